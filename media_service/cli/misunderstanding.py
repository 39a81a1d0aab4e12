"""A command that was typed wrongly becomes one sentence in the user's language; typer's own sentences are English."""

from __future__ import annotations

import re

from typer.exceptions import TyperException

from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.messages import Message, message

_SIGNS = (
    r"No such command '(?P<name>[^']*)'",
    r"No such option: (?P<name>[^\s.]+)",
    r"Missing (?:parameter|argument|option)[: ']+(?P<name>[\w-]+)",
    r"unexpected extra argument(?:s|\(s\))? \((?P<name>[^)]*)\)",
)
"""How typer says what was typed, or left out."""


def misunderstood(fault: TyperException, desk: Desk) -> int:
    """Say what was typed wrongly and return the exit code; a command that needs a word more shows its help."""
    if type(fault).__name__ == "NoArgsIsHelpError":
        desk.out.print(str(fault), soft_wrap=True)
        return DONE
    desk.err.print(desk.translate(_said(str(fault))), soft_wrap=True)
    return MENDABLE


def _said(theirs: str) -> Message:
    name = next((found["name"] for sign in _SIGNS if (found := re.search(sign, theirs))), "")
    sentences = (
        message("There is no command “{name}”; see media-service --help.", name=name),
        message("There is no option “{name}”; see media-service --help.", name=name),
        message("“{name}” is missing; see media-service --help.", name=name),
        message("“{name}” is too much; see media-service --help.", name=name),
    )
    known = (said for sign, said in zip(_SIGNS, sentences, strict=True) if re.search(sign, theirs))
    plain = " ".join(theirs.split()).removesuffix(".")
    return next(known, message("This command was not understood ({said}); see media-service --help.", said=plain))
