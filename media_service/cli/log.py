"""`media-service log`: who asked what and when, as the audit log keeps it."""

from __future__ import annotations

import typer
from rich.text import Text

from media_service import bootstrap, service_actions
from media_service.cli.desk import DONE, Desk
from media_service.domain.service import Event
from media_service.words import detail, event


def log(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("log", help=desk.put("Show who asked what and when, the newest last."))
    def command(
        slug: str = typer.Argument("", metavar="[SLUG]", help=desk.put("A production, by the name that status shows.")),
        most: int = typer.Option(100, "-n", min=1, help=desk.put("How many lines at most.")),
    ) -> int:
        with bootstrap.stores(desk.settings) as stores:
            if slug:
                service_actions.find(slug, stores.works)
            events = stores.records.events(slug or None, limit=most)
        for one in sorted(events, key=lambda one: one.when):
            desk.out.print(Text(_line(one, desk)), soft_wrap=True)
        return DONE


def _line(one: Event, desk: Desk) -> str:
    what = f"{one.slug} {one.number:02d}" if one.number else one.slug
    details = ", ".join(f"{desk.translate(detail(name))}: {value}" for name, value in one.details.items() if value)
    parts = (desk.moment(one.when), one.who, desk.translate(event(one.what)), what, f"({details})" if details else "")
    return "  ".join(part for part in parts if part)
