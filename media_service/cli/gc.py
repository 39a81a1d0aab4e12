"""`media-service gc`: what lies on the shelf and nothing refers to any more, first told, then taken away."""

from __future__ import annotations

import re
from datetime import timedelta

import typer

from media_service import bootstrap, upkeep
from media_service.cli.desk import DONE, Desk
from media_service.errors import refused
from media_service.messages import message
from media_service.upkeep import LEAST, Garbage


def gc(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("gc", help=desk.put("Tell what is used no more; with --delete, throw it away."))
    def command(
        older: str = typer.Option("30d", "--older-than", metavar="DAYS", help=desk.put("Unused for so long.")),
        delete: bool = typer.Option(False, "--delete", help=desk.put("Throw it away.")),
        json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        age = _age(older)
        who = desk.who(name) if delete else ""
        with bootstrap.stores(desk.settings) as stores, bootstrap.holdings(desk.settings) as shelf:
            found = upkeep.gc(stores.upkeep, shelf, stores.turns.moment(), age, delete=delete)
            if found.deleted and found.count:
                stores.records.note(event_what="cleared", who=who, details={"products": str(found.count)})
        if json:
            desk.json(found)
        else:
            _report(found, age, desk)
        return DONE


def _report(found: Garbage, age: timedelta, desk: Desk) -> None:
    size = desk.size(found.bytes + found.unsealed_bytes)
    if found.deleted and (found.count or found.unsealed_bytes):
        desk.say("{count} product(s) thrown away: {size}.", count=found.count, size=size)
    elif found.count:
        desk.say(
            "Nothing refers to {count} product(s), unused for {days} days: {size}. Throw them away with --delete.",
            count=found.count,
            days=age.days,
            size=size,
        )
    else:
        desk.say("Nothing is to be thrown away.")
    for kind, count in found.by_kind.items():
        desk.out.print(f"  {kind}  {desk.size(count)}", soft_wrap=True)


def _age(written: str) -> timedelta:
    """Read an age in days: 30d, or 30."""
    days = re.fullmatch(r"(\d{1,5})d?", written)
    if days and timedelta(days=int(days[1])) >= LEAST:
        return timedelta(days=int(days[1]))
    raise refused(
        "", message("“{written}” cannot be; write days, as 30d, at least {least}d.", written=written, least=LEAST.days)
    )
