"""`media-service publish`: what is on its way to the channel, when it is shown, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from media_service import bootstrap, publishing_actions, service_actions
from media_service.cli import publications
from media_service.cli.airing import complain, opened
from media_service.cli.desk import DONE, Desk
from media_service.cli.help import Program
from media_service.cli.wishes import retry
from media_service.domain.airing import rhythm
from media_service.domain.publication import Publication, UploadState, Visibility
from media_service.errors import SetupError, refused
from media_service.ledgers import PublicationStatus
from media_service.messages import message
from media_service.publishing_actions import may_wait
from media_service.stores import Stores


def publish(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("See what goes to the channel, and when it is shown."))
    app.add_typer(group, name="publish")
    for command in (_list, _show, _schedule, _now, _hold, retry, _settle, _correct, _replace):
        command(group, desk)


def _list(group: typer.Typer, desk: Desk) -> None:
    @group.command("list", help=desk.put("List what is published or about to be, in its order."))
    def command(
        slug: str = typer.Argument("", metavar="[SLUG]", help=desk.put("A production, by the name that status shows.")),
        json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs.")),
    ) -> int:
        _require_channel(desk)
        with bootstrap.stores(desk.settings) as stores:
            if slug:
                service_actions.find(slug, stores.works)
            there, now = stores.ledgers.publications.status(slug or None), stores.turns.moment()
        if json:
            desk.json({"publications": there})
        elif there:
            desk.out.print(publications.listed(there, now, desk))
        else:
            desk.say("Nothing is published yet; what is approved goes to the channel by itself.")
        return DONE


def _show(group: typer.Typer, desk: Desk) -> None:
    @group.command("show", help=desk.put("Show a publication: its video, what is done and what waits."))
    def command(slug: str = _slug(desk), number: int | None = _number(desk)) -> int:
        with bootstrap.stores(desk.settings) as stores:
            for one in _meant(slug, number, stores, desk):
                publications.exhibit(one, stores.turns.moment(), desk)
                if one.publication.upload.state is UploadState.UNDECIDED:
                    _candidates(one.publication, stores, desk)
        return DONE


def _candidates(publication: Publication, stores: Stores, desk: Desk) -> None:
    """Show the videos that may be it, as the channel lists them now."""
    for one in publishing_actions.candidates(publication, stores.turns.moment(), opened(stores, desk)):
        desk.note(
            "It may be {video} of {when} “{title}”: {link}",
            video=one.video,
            when=desk.here(one.uploaded_at),
            title=one.title,
            link=publications.link(one.video, desk.settings.publishing),
        )


def _schedule(group: typer.Typer, desk: Desk) -> None:
    @group.command("schedule", help=desk.put("Set when an episode, or a series one by one, is shown."))
    def command(
        slug: str = _slug(desk),
        number: int | None = _number(desk),
        at: str = typer.Option("", "--at", metavar="TIME", help=desk.put("As “2026-12-24 19:00”.")),
        every: str = typer.Option(
            "", "--every", metavar="DAYS", help=desk.put("As “mon,wed,fri 19:00”: one each time.")
        ),
        name: str = _name(desk),
    ) -> int:
        who = desk.who(name)
        with bootstrap.stores(desk.settings) as stores:
            now = stores.turns.moment()
            meant = [one.publication for one in _meant(slug, number, stores, desk) if may_wait(one, now)]
            if not meant:
                raise refused("", message("People can see all of that already; there is nothing to schedule."))
            times = _times(at, every, now, meant, stores)
            for one, when in zip(meant, times, strict=False):
                publishing_actions.schedule(one, when, now, who, stores.ledgers)
                desk.say(
                    "{slug} {number:02d}: public from {when}.", slug=one.slug, number=one.number, when=desk.here(when)
                )
        return DONE


def _times(at: str, every: str, now: datetime, meant: Sequence[Publication], stores: Stores) -> list[datetime]:
    """Return a time for each of the episodes; raises InputError where what was written says none."""
    if bool(at) == bool(every):
        raise refused(
            "", message("Give either --at or --every, as: --at “2026-12-24 19:00” or --every “mon,fri 19:00”.")
        )
    if at:
        return [_moment(at)] * len(meant)
    found = rhythm(every)
    if found is None:
        raise refused("", message("“{written}” says no days and time; write it as “mon,wed,fri 19:00”.", written=every))
    return publishing_actions.one_by_one(found, meant, now, stores.ledgers)


def _moment(written: str) -> datetime:
    """Read a moment as clocks in Việt Nam show it, whatever the clock of a server says."""
    try:
        when = datetime.strptime(written.strip().replace("T", " "), "%Y-%m-%d %H:%M")  # noqa: DTZ007  # said in the next line
        return when.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    except ValueError as exc:
        raise refused(
            "", message("“{written}” is no moment; write it as “2026-12-24 19:00”.", written=written)
        ) from exc


def _now(group: typer.Typer, desk: Desk) -> None:
    @group.command("now", help=desk.put("Show an episode as soon as all is ready, whatever time was set."))
    def command(
        slug: str = _slug(desk),
        number: int | None = _number(desk),
        unlisted: bool = typer.Option(False, "--unlisted", help=desk.put("Only for those who have the link.")),
        name: str = _name(desk),
    ) -> int:
        who = desk.who(name)
        visibility = Visibility.UNLISTED if unlisted else Visibility.PUBLIC
        with bootstrap.stores(desk.settings) as stores:
            for one in _meant(slug, number, stores, desk):
                if one.current:
                    mine = one.publication
                    publishing_actions.show_now(mine, visibility, who, stores.ledgers)
                    desk.say(
                        "{slug} {number:02d} is shown as soon as all is ready.", slug=mine.slug, number=mine.number
                    )
        return DONE


def _hold(group: typer.Typer, desk: Desk) -> None:
    @group.command("hold", help=desk.put("Do nothing more for an episode until publish now."))
    def command(slug: str = _slug(desk), number: int | None = _number(desk), name: str = _name(desk)) -> int:
        who, code = desk.who(name), DONE
        with bootstrap.stores(desk.settings) as stores:
            for one in _meant(slug, number, stores, desk):
                if one.current:
                    mine = one.publication
                    now = stores.turns.moment()
                    left = publishing_actions.hold(mine, now, who, stores.ledgers, opened(stores, desk))
                    code = max(code, complain(left, desk))
                    desk.say(
                        "{slug} {number:02d} is held back. Go on with: media-service publish now {slug} {number}",
                        slug=mine.slug,
                        number=mine.number,
                    )
        return code


def _settle(group: typer.Typer, desk: Desk) -> None:
    @group.command("settle", help=desk.put("Decide on an upload whose outcome is unknown."))
    def command(
        slug: str = _slug(desk),
        number: int = _one(desk),
        video: str = typer.Option("", "--video", metavar="ID", help=desk.put("It is this video.")),
        none: bool = typer.Option(False, "--none", help=desk.put("It is none of them: send it anew.")),
        name: str = _name(desk),
    ) -> int:
        who = desk.who(name)
        if bool(video) == none:
            raise refused("", message("Give either --video ID or --none."))
        with bootstrap.stores(desk.settings) as stores:
            service_actions.find_episode(slug, number, stores.works)
            stores.ledgers.publications.settle(slug, number, video, who)
        desk.say("{slug} {number:02d} is settled and goes on.", slug=slug, number=number)
        return DONE


def _correct(group: typer.Typer, desk: Desk) -> None:
    @group.command("correct", help=desk.put("Change the words of a video that is on the channel."))
    def command(
        slug: str = _slug(desk),
        number: int = _one(desk),
        name: str = _name(desk),
    ) -> int:
        who = desk.who(name)
        with bootstrap.stores(desk.settings) as stores:
            _meant(slug, number, stores, desk)
            found = publishing_actions.correct(slug, number, who, stores.ledgers, opened(stores, desk))
        desk.say(
            "{slug} {number:02d}: the video {video} says it as it was approved.",
            slug=slug,
            number=number,
            video=found.video,
        )
        return DONE


def _replace(group: typer.Typer, desk: Desk) -> None:
    @group.command("replace", help=desk.put("Hide the older videos of an episode; nothing is deleted."))
    def command(
        slug: str = _slug(desk),
        number: int = _one(desk),
        name: str = _name(desk),
    ) -> int:
        who = desk.who(name)
        with bootstrap.stores(desk.settings) as stores:
            service_actions.find_episode(slug, number, stores.works)
            count = publishing_actions.replace(slug, number, who, stores.ledgers, opened(stores, desk))
        desk.say(
            "{count} older video(s) of {slug} {number:02d} are private now.", count=count, slug=slug, number=number
        )
        return DONE


def _meant(slug: str, number: int | None, stores: Stores, desk: Desk) -> list[PublicationStatus]:
    """Return the publications that are meant, in the order of episodes; raises InputError where there is none."""
    _require_channel(desk)
    if number is None:
        service_actions.find(slug, stores.works)
    else:
        service_actions.find_episode(slug, number, stores.works)
    return publishing_actions.of_work(slug, number, stores.ledgers)


def _require_channel(desk: Desk) -> None:
    if not desk.settings.publishing.channel:
        raise SetupError(message("No channel is set up; name one in MEDIA_SERVICE_CHANNEL."))


def _slug(desk: Desk) -> str:
    slug: str = typer.Argument(metavar="SLUG", help=desk.put("A production, by the name that status shows."))
    return slug


def _number(desk: Desk) -> int | None:
    number: int | None = typer.Argument(None, metavar="[N]", help=desk.put("Number of the episode."))
    return number


def _one(desk: Desk) -> int:
    number: int = typer.Argument(metavar="N", help=desk.put("Number of the episode."))
    return number


def _name(desk: Desk) -> str:
    name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log."))
    return name
