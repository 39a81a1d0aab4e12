"""`media-service review`: what waits for a person, and the person's decision; nothing else moves an episode on."""

from __future__ import annotations

import re

import typer

from media_service import bootstrap, service_actions
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.exhibits import exhibit, waiting
from media_service.domain.service import ReviewItem, Verdict
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.stores import Decision, Stores


def review(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help=desk.put("Look at what is made, approve it or send it back."))
    app.add_typer(group, name="review")
    for command in (_list, _show, _approve, _send_back):
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
    @group.command("show", help=desk.put("Show an episode: its files, what speaks against it, what was said of it."))
    def command(slug: str = _slug(desk), number: int | None = _number(desk)) -> int:
        with bootstrap.stores(desk.settings) as stores:
            service_actions.find(slug, stores.works)
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
        decision = Decision(Verdict.APPROVED, desk.who(name), note=note, waiver=waive)
        with bootstrap.stores(desk.settings) as stores:
            service_actions.find(slug, stores.works)
            meant = service_actions.approvable(slug, number, everything, stores.reviews)
            return max(_approve_one(item, decision, stores, desk) for item in meant)


def _approve_one(item: ReviewItem, decision: Decision, stores: Stores, desk: Desk) -> int:
    try:
        stores.reviews.decide(item.slug, item.number, decision)
    except InputError as fault:
        desk.complain(fault)
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
        decision = Decision(Verdict.SENT_BACK, desk.who(name), note=note, at_s=_second(at))
        with bootstrap.stores(desk.settings) as stores:
            service_actions.find(slug, stores.works)
            stores.reviews.decide(slug, number, decision)
        desk.say(
            "{slug} {number:02d} is sent back. When its job is mended: media-service submit JOB",
            slug=slug,
            number=number,
        )
        return DONE


def _slug(desk: Desk) -> str:
    slug: str = typer.Argument(metavar="SLUG", help=desk.put("A production, by the name that status shows."))
    return slug


def _number(desk: Desk) -> int | None:
    number: int | None = typer.Argument(None, metavar="[N]", help=desk.put("Number of the episode."))
    return number


def _second(at: str) -> float | None:
    """Read a moment as people and players write it: 83, 1:23 or 1:02:03."""
    if not at:
        return None
    if not re.fullmatch(r"(\d+:){0,2}\d+([.,]\d+)?", at):
        raise refused("", message("“{at}” is no moment; write it as 1:23 or 1:02:03.", at=at))
    seconds = 0.0
    for part in at.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
