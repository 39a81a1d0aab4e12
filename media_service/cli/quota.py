"""`media-service quota`: what was asked of the channel today, what is planned, and when each waiting errand will go."""

from __future__ import annotations

from datetime import datetime

import typer

from media_service import bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.domain.forecast import plan
from media_service.domain.publication import Errand
from media_service.domain.quota import Limits, next_day
from media_service.messages import message
from media_service.stores import Stores
from media_service.words import ERRANDS

MOST = 40
"""Lines of a forecast that people read; programs get all of it."""


def quota(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("quota", help=desk.put("Say what may be asked of the channel today, and what waits."))
    def command(json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs."))) -> int:
        publishing = desk.settings.publishing
        limits = Limits(publishing.uploads, publishing.units)
        with bootstrap.stores(desk.settings) as stores:
            now, spent = stores.turns.moment(), stores.ledgers.quota.spent()
            lines = forecast(stores, limits, now)
        if json:
            desk.json({"day": spent.day, "spent": {"uploads": spent.uploads, "units": spent.units}, "limits": limits,
                       "emptied": sorted(spent.emptied), "next_day": next_day(now), "waiting": lines})  # fmt: skip
            return DONE
        desk.say(
            "Today ({day}, until {until}): {uploads} of {most_uploads} uploads, {units} of {most_units} units.",
            day=spent.day,
            until=desk.here(next_day(now)),
            uploads=spent.uploads,
            most_uploads=limits.uploads,
            units=spent.units,
            most_units=limits.units,
        )
        for bucket in sorted(spent.emptied):
            desk.note("The channel itself says that {bucket} are used up until then.", bucket=bucket)
        _show(lines, now, desk)
        return DONE


def forecast(stores: Stores, limits: Limits, now: datetime) -> list[dict[str, object]]:
    """Return what waits and when it will go, soonest first: the plan by which it does."""
    waiting = stores.ledgers.quota.waiting()
    planned = plan(waiting, stores.ledgers.quota.spent(), limits, now)
    known = {one.id: one for one in stores.ledgers.publications.find()}
    order = sorted(range(len(waiting)), key=lambda at: (planned[at], at))
    return [
        {
            "slug": known[waiting[at].publication].slug,
            "number": known[waiting[at].publication].number,
            "errand": waiting[at].errand,
            "goes": planned[at],
        }
        for at in order
    ]


def _show(lines: list[dict[str, object]], now: datetime, desk: Desk) -> None:
    if not lines:
        desk.note("Nothing waits.")
        return
    table = desk.table(message("production"), message("episode"), message("errand"), message("goes"))
    for line in lines[:MOST]:
        goes = line["goes"]
        when = desk.here(goes) if isinstance(goes, datetime) and goes > now else desk.put("at once")
        errand = desk.translate(ERRANDS[Errand(str(line["errand"]))])
        table.add_row(desk.name(str(line["slug"])), f"{line['number']:02d}", errand, when)
    desk.out.print(table)
    if len(lines) > MOST:
        last = lines[-1]["goes"]
        desk.note(
            "And {count} more; the last one goes {when}.",
            count=len(lines) - MOST,
            when=desk.here(last) if isinstance(last, datetime) else "",
        )
