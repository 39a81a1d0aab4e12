"""`media-service voices`: which voices a script may name."""

from __future__ import annotations

import typer

from media_service import bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.cli.help import Program
from media_service.messages import message

TITLES = (
    message("name"),
    message("voice"),
    message("region"),
    message("gender"),
    message("engine"),
    message("state"),
)
"""Of the columns of the list."""


def voices(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("Voices that a script may name."))
    app.add_typer(group, name="voices")

    @group.callback()
    def options() -> None:
        """Keep `list` a word of its own while it is the only one."""

    @group.command("list", help=desk.put("List the voices."))
    def command() -> int:
        with bootstrap.reading(desk.settings) as (_, there):
            table = desk.table(*TITLES)
            for voice in there:
                state = desk.put("draft") if voice.draft else desk.put("ready")
                table.add_row(voice.name, voice.title, voice.region, voice.gender, voice.engine, state)
            desk.out.print(table)
        return DONE
