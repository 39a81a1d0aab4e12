"""How a child that did not give an answer is told of: a fault of the file it worked on, or a reason to begin again."""

from __future__ import annotations

import signal

from media_service.box.child import ChildBounds
from media_service.box.nursery import Verdict
from media_service.errors import InputError, ToolKilledError, refused
from media_service.messages import message


def too_long(about: str, bounds: ChildBounds) -> InputError:
    """Return the fault of a file that keeps a child busy beyond its time."""
    said = message(
        "{file} keeps this program busy for longer than {seconds} seconds; make it simpler or smaller.",
        file=about,
        seconds=int(min(bounds.cpu_s, bounds.wall_s)),
    )
    return refused(about, said)


def too_much(about: str, bounds: ChildBounds) -> InputError:
    """Return the fault of a file that asks for more memory than a child may have."""
    said = message(
        "{file} asks for more than {limit} MB of memory; make it simpler or smaller.",
        file=about,
        limit=bounds.memory // 1_000_000,
    )
    return refused(about, said)


def broken(about: str, reason: str) -> InputError:
    """Return the fault of a file on which a child breaks off."""
    said = message(
        "{file} makes the program that reads it break off ({reason}); save it anew or replace it.",
        file=about,
        reason=reason,
    )
    return refused(about, said)


def ended(about: str, verdict: Verdict) -> InputError | ToolKilledError:
    """Return the fault of a child that ended without an answer."""
    if verdict.code == -signal.SIGKILL:
        return ToolKilledError(message("The work on {file} was stopped from outside; start again.", file=about))
    how = signal.Signals(-verdict.code).name if verdict.code < 0 else f"exit code {verdict.code}"
    return broken(about, how)
