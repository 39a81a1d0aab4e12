"""`media-service retry`, `cancel`, `pause` and `resume`: what people want of a production that was accepted."""

from __future__ import annotations

import typer

from media_service import bootstrap, service_actions
from media_service.cli.desk import DONE, Desk
from media_service.domain.service import Standing, Will

MADE = frozenset({Standing.REVIEW, Standing.SENT_BACK, Standing.APPROVED})
MOVING = frozenset(Standing) - {Standing.PAUSED, Standing.CANCELLED}
"""Where there is nothing to pause, and where nothing is held that could be resumed."""


def retry(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("retry", help=desk.put("Try again at once what was put aside or waits after a failure."))
    def command(slug: str = _slug(desk), name: str = _name(desk)) -> int:
        who = desk.who(name)
        with bootstrap.stores(desk.settings) as stores:
            service_actions.find(slug, stores.works)
            count = stores.works.retry(slug, who)
        if count:
            desk.say("“{slug}”: {count} piece(s) of work will be tried again at once.", slug=slug, count=count)
        else:
            desk.say("“{slug}”: nothing has failed; there is nothing to try again.", slug=slug)
        return DONE


def cancel(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("cancel", help=desk.put("Stop the work on a production for good; what is made stays."))
    def command(slug: str = _slug(desk), name: str = _name(desk)) -> int:
        _want(slug, Will.CANCELLED, name, desk)
        desk.say(
            "“{slug}” is cancelled: what runs of it stops within moments, what is made stays. "
            "Go on with: media-service resume {slug}",
            slug=slug,
        )
        return DONE


def pause(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("pause", help=desk.put("Begin nothing new of a production until it is resumed."))
    def command(slug: str = _slug(desk), name: str = _name(desk)) -> int:
        if _want(slug, Will.PAUSED, name, desk, unless=MADE):
            desk.say(
                "“{slug}” is paused: what runs of it comes to its end. Go on with: media-service resume {slug}",
                slug=slug,
            )
        else:
            desk.say("“{slug}” is made already; there is nothing to pause.", slug=slug)
        return DONE


def resume(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("resume", help=desk.put("Go on with a production that was paused."))
    def command(slug: str = _slug(desk), name: str = _name(desk)) -> int:
        if _want(slug, Will.GO, name, desk, unless=MOVING):
            desk.say("“{slug}” goes on.", slug=slug)
        else:
            desk.say("“{slug}” is neither paused nor cancelled; there is nothing to resume.", slug=slug)
        return DONE


def _slug(desk: Desk) -> str:
    slug: str = typer.Argument(metavar="SLUG", help=desk.put("A production, by the name that status shows."))
    return slug


def _name(desk: Desk) -> str:
    name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log."))
    return name


def _want(slug: str, will: Will, name: str, desk: Desk, unless: frozenset[Standing] = frozenset()) -> bool:
    """Pass a wish on; returns False where the production stands so that the wish would mean nothing."""
    who = desk.who(name)
    with bootstrap.stores(desk.settings) as stores:
        if service_actions.find(slug, stores.works).standing in unless:
            return False
        stores.works.want(slug, will, who)
        return True
