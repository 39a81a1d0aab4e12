"""`media-service review`: what waits for a person, and the person's decision; nothing else moves an episode on."""

from __future__ import annotations

import re
from datetime import timedelta

import typer

from media_service import bootstrap, service_actions
from media_service.cli.airing import take_back
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.exhibits import exhibit, waiting
from media_service.cli.help import Program
from media_service.domain.obstacles import owed
from media_service.domain.service import ReviewItem, Verdict
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.stores import Decision, Stores


def review(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("Look at what is made, approve it or send it back."))
    app.add_typer(group, name="review")
    for command in (_list, _show, _approve, _send_back, _thumbnail):
        command(group, desk)


def _list(group: typer.Typer, desk: Desk) -> None:
    @group.command("list", help=desk.put("List what waits for review, the oldest first."))
    def command(
        everything: bool = typer.Option(False, "--all", help=desk.put("What is decided already, too.")),
        json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs.")),
    ) -> int:
        with bootstrap.stores(desk.settings) as stores:
            items = stores.reviews.waiting(None if everything else Verdict.WAITING)
        if json:
            desk.json({"episodes": items})
        elif items:
            desk.out.print(waiting(items, desk))
        else:
            desk.say("Nothing waits for review.")
        return DONE


def _show(group: typer.Typer, desk: Desk) -> None:
    @group.command("show", help=desk.put("Show an episode: files, what speaks against it, what was said."))
    def command(slug: str = _slug(desk), number: int | None = _number(desk)) -> int:
        with bootstrap.stores(desk.settings) as stores:
            _find(slug, number, stores)
            for item in stores.reviews.show(slug, number):
                exhibit(item, desk)
        return DONE


def _approve(group: typer.Typer, desk: Desk) -> None:
    @group.command("approve", help=desk.put("Approve an episode, the only one that waits, or --all of them."))
    def command(  # noqa: PLR0913, PLR0917  # each option is a parameter of its own to typer
        slug: str = _slug(desk),
        number: int | None = _number(desk),
        everything: bool = typer.Option(False, "--all", help=desk.put("Every episode that waits.")),
        note: str = typer.Option("", "--note", help=desk.put("What to say of it.")),
        waive: str = typer.Option("", "--waive", metavar="REASON", help=desk.put("Approve it all the same, and why.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        decision = Decision(Verdict.APPROVED, desk.who(name), note=note.strip(), waiver=waive.strip())
        with bootstrap.stores(desk.settings) as stores:
            _find(slug, number, stores)
            meant = service_actions.approvable(slug, number, everything, stores.reviews)
            return max(_approve_one(item, decision, stores, desk) for item in meant)


def _approve_one(item: ReviewItem, decision: Decision, stores: Stores, desk: Desk) -> int:
    try:
        stores.reviews.decide(item.slug, item.number, decision)
    except InputError as fault:
        desk.complain(fault)
        if owed(item):
            desk.hint("No reason outweighs rights and made_for_kids: answer them in the script and hand it in again.")
        else:
            desk.hint(
                "To approve it all the same, say why: media-service review approve {slug} {number} --waive REASON",
                slug=item.slug,
                number=item.number,
            )
        return MENDABLE
    desk.say("{slug} {number:02d} “{title}” is approved.", slug=item.slug, number=item.number, title=item.title)
    return DONE


def _send_back(group: typer.Typer, desk: Desk) -> None:
    @group.command("send-back", help=desk.put("Send an episode back, with what is to be mended."))
    def command(
        slug: str = _slug(desk),
        number: int = typer.Argument(metavar="N", help=desk.put("Number of the episode.")),
        note: str = typer.Option(..., "--note", help=desk.put("What is to be mended.")),
        at: str = typer.Option("", "--at", metavar="M:SS", help=desk.put("Where in the episode.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        if not note.strip():
            raise refused("", message("--note is empty; say what is to be mended."))
        decision = Decision(Verdict.SENT_BACK, desk.who(name), note=note.strip(), at_s=_second(at))
        with bootstrap.stores(desk.settings) as stores:
            _find(slug, number, stores)
            for item in stores.reviews.show(slug, number):
                _refuse_behind_end(decision, item, desk)
            stores.reviews.decide(slug, number, decision)
            code = take_back(slug, {number}, stores, desk)
        desk.say(
            "{slug} {number:02d} is sent back. When its job is mended: media-service submit JOB",
            slug=slug,
            number=number,
        )
        return code


def _thumbnail(group: typer.Typer, desk: Desk) -> None:
    @group.command("thumbnail", help=desk.put("Choose which of its thumbnails an episode uses."))
    def command(
        slug: str = _slug(desk),
        number: int = typer.Argument(metavar="N", help=desk.put("Number of the episode.")),
        choice: int = typer.Argument(metavar="K", help=desk.put("1, 2 or 3: thumbnail-1.jpg and so on.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        with bootstrap.stores(desk.settings) as stores:
            _find(slug, number, stores)
            stores.reviews.choose_thumbnail(slug, number, choice, desk.who(name))
        desk.say(
            "{slug} {number:02d} uses thumbnail {choice}; it is shown anew.", slug=slug, number=number, choice=choice
        )
        return DONE


def _slug(desk: Desk) -> str:
    slug: str = typer.Argument(metavar="SLUG", help=desk.put("A production, by the name that status shows."))
    return slug


def _number(desk: Desk) -> int | None:
    number: int | None = typer.Argument(None, metavar="[N]", help=desk.put("Number of the episode."))
    return number


def _find(slug: str, number: int | None, stores: Stores) -> None:
    """Raise InputError, naming what is there, where the production or the episode is not."""
    if number is None:
        service_actions.find(slug, stores.works)
    else:
        service_actions.find_episode(slug, number, stores.works)


def _refuse_behind_end(decision: Decision, item: ReviewItem, desk: Desk) -> None:
    if decision.at_s is not None and decision.at_s > item.length_s:
        at, length = (desk.length(timedelta(seconds=seconds)) for seconds in (decision.at_s, item.length_s))
        said = message("The episode ends at {length}, before {at}; name a moment within it.", length=length, at=at)
        raise refused("", said)


def _second(at: str) -> float | None:
    """Read a moment as people and players write it: 83, 1:23 or 1:02:03."""
    if not at:
        return None
    if not re.fullmatch(r"\d+([.,]\d+)?|(\d+:)?\d+:[0-5]?\d([.,]\d+)?", at):
        raise refused("", message("“{at}” is no moment; write it as 1:23 or 1:02:03.", at=at))
    seconds = 0.0
    for part in at.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
