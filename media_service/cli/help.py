"""Help in the user's language: the words that typer adds of itself are English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from media_service.cli.desk import Desk
from media_service.messages import message

THEIRS = {
    "Usage:": message("Usage:"),
    "[OPTIONS] COMMAND [ARGS]...": message("[OPTIONS] COMMAND [ARGS]..."),
    "[OPTIONS]": message("[OPTIONS]"),
    "\nArguments:\n": message("\nArguments:\n"),
    "\nOptions:\n": message("\nOptions:\n"),
    "\nCommands:\n": message("\nCommands:\n"),
    "Show this message and exit.": message("Show this message and exit."),
    "[required]": message("[required]"),
}
"""What typer writes, to be looked for in this order."""
LONGEST = 400
"""Characters of what a command says of itself in the list of its group; none has so many."""


class Program(typer.Typer):
    """A group of commands whose help is in the language of the desk that the program is run with (`obj`)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=_Group, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Add a command, as typer does."""
        return super().command(name, cls=_Command, **options)


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx), ctx)


class _Group(TyperGroup):
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Tell what each command does, whole: a long line goes on in the next, where typer would cut it off."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(LONGEST)) for name, command in commands if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx), ctx)


def _translated(text: str, context: Any) -> str:
    desk = context.find_root().obj
    if isinstance(desk, Desk):
        for theirs, ours in THEIRS.items():
            text = text.replace(theirs, desk.translate(ours))
    return text
