"""`media-service restore`: a backup becomes the state of a service that is empty and at rest."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from media_service import backup as backups
from media_service import bootstrap
from media_service.cli.counting import counting
from media_service.cli.desk import DONE, Desk
from media_service.errors import SetupError
from media_service.stores import Stores


def restore(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("restore", help=desk.put("Bring a backup back into an empty service, while nothing runs."))
    def command(
        file: Path = typer.Argument(metavar="FILE", help=desk.put("The file that backup has written.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        who = desk.who(name)
        with bootstrap.stores(desk.settings) as stores, bootstrap.holdings(desk.settings) as shelf:
            with counting(desk) as told:
                found = backups.restore(bootstrap.archive(file), stores, shelf, told)
            stores.records.note(event_what="restored", who=who, details={"file": file.name})
            _try_key(stores, desk)
        desk.say(
            "Restored as it was at {when}: {count} product(s), {size}. Go on with: media-service up",
            when=desk.moment(datetime.fromisoformat(found.origin.made_at)),
            count=found.products,
            size=desk.size(found.bytes),
        )
        return DONE


def _try_key(stores: Stores, desk: Desk) -> None:
    """Say at once where the key that opens the channel's secrets has not come along: it is in no backup."""
    try:
        stores.ledgers.consents.consent()
    except SetupError as fault:
        desk.complain(fault)
        desk.hint("Without it, publishing waits; put the key there, or connect the channel anew.")
