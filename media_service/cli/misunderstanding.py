"""A command that was typed wrongly becomes one sentence in the user's language; typer's own sentences are English."""

from __future__ import annotations

import re
from typing import Any

from typer.exceptions import TyperException

from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.messages import Message, message

_SIGNS = (
    r"No such command '(?P<name>[^']*)'",
    r"No such option: (?P<name>[^\s.]+)",
    r"unexpected extra argument(?:s|\(s\))? \((?P<name>[^)]*)\)",
    r"Option '(?P<name>[^']+)' requires an argument",
)
"""How typer says what was typed, or left out."""


def misunderstood(fault: TyperException, desk: Desk) -> int:
    """Say what was typed wrongly and return the exit code; a command that needs a word more shows its help."""
    if type(fault).__name__ == "NoArgsIsHelpError":
        desk.out.print(str(fault), soft_wrap=True)
        return DONE
    meant, context = getattr(fault, "param", None), getattr(fault, "ctx", None)
    command = context.command_path if context else "media-service"
    said = _said_of(type(fault).__name__, _name(meant), command) if meant else _said(str(fault), command)
    desk.err.print(desk.translate(said), soft_wrap=True)
    return MENDABLE


def _name(meant: Any) -> str:
    """Return what help calls an option or an argument."""
    name: str = meant.opts[-1]
    return name if name.startswith("-") or not meant.metavar else meant.metavar.strip("[].")


def _said_of(kind: str, name: str, command: str) -> Message:
    """Say what is wrong with an argument or option that typer names itself."""
    if kind == "MissingParameter":
        return message("“{name}” is missing; see {command} --help.", name=name, command=command)
    return message("“{name}” cannot have this value; see {command} --help.", name=name, command=command)


def _said(theirs: str, command: str) -> Message:
    name = next((found["name"] for sign in _SIGNS if (found := re.search(sign, theirs))), "")
    sentences = (
        message("There is no command “{name}”; see {command} --help.", name=name, command=command),
        message("There is no option “{name}”; see {command} --help.", name=name, command=command),
        message("“{name}” is too much; see {command} --help.", name=name, command=command),
        message("“{name}” needs a word more; see {command} --help.", name=name, command=command),
    )
    known = (said for sign, said in zip(_SIGNS, sentences, strict=True) if re.search(sign, theirs))
    plain = " ".join(theirs.split()).removesuffix(".")
    return next(
        known, message("This command was not understood ({said}); see {command} --help.", said=plain, command=command)
    )
