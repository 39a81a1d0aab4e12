"""`media-service backup`: the database and everything it speaks of in one file, while the service works."""

from __future__ import annotations

from pathlib import Path

import typer

from media_service import backup as backups
from media_service import bootstrap
from media_service.cli.counting import counting
from media_service.cli.desk import DONE, Desk
from media_service.errors import refused
from media_service.messages import message


def backup(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("backup", help=desk.put("Write database and shelf into one file, while the service works."))
    def command(
        file: Path = typer.Argument(metavar="FILE", help=desk.put("The file, as sao-luu.tar.")),
    ) -> int:
        if file.exists():
            raise refused(str(file), message("This file is there already; choose another name."))
        if not file.absolute().parent.is_dir():  # a disk that is not mounted must not become a folder
            raise refused(str(file), message("The folder for this file is not there; mount its disk, or make it."))
        with (
            bootstrap.stores(desk.settings) as stores,
            bootstrap.holdings(desk.settings) as shelf,
            counting(desk) as told,
        ):
            made = backups.backup(bootstrap.archive(file), stores, shelf, told)
        desk.say("{file}: {count} product(s), {size}.", file=file, count=made.products, size=desk.size(made.bytes))
        if made.missing or made.damaged:
            desk.note(
                "{missing} product(s) not on the shelf, {damaged} damaged; whoever needs them makes them again.",
                missing=made.missing,
                damaged=made.damaged,
            )
        return DONE
