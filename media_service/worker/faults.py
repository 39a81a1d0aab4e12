"""What becomes of a stage whose work ended in a fault: waits, begins again, or is put aside for a person."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from media_service.domain.stage import Assignment
from media_service.errors import (
    ConsentLostError,
    InputError,
    MediaServiceError,
    NotWritableError,
    PermanentError,
    ProductGoneError,
    QuotaSpentError,
    SetupError,
    TransientError,
)
from media_service.messages import Message, message
from media_service.stores import Stages

_LAST_FRAMES = 12
_AN_HOUR = timedelta(hours=1)


class Ending(StrEnum):
    """How a ring ended."""

    FENCED = "fenced"
    """The stage was not, or is no longer, to be had."""
    DONE = "done"
    POSTPONED = "postponed"
    FAILED = "failed"
    """Counted as a try."""
    PARKED = "parked"
    """An errand waits for the channel's quota or consent."""
    QUARANTINED = "quarantined"
    STARTED_OVER = "started-over"
    LEFT = "left"
    """Ended from outside."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a fault means for its stage."""

    ending: Ending
    said: Message
    lines: str = ""
    after: timedelta | None = None

    def tell(self, stages: Stages, assignment: Assignment) -> bool:
        """Have it recorded; False where the stage is not ours any more."""
        tellings: dict[Ending, Callable[[], bool]] = {
            Ending.POSTPONED: lambda: stages.postpone(assignment, self.said, self.lines, self.after),
            Ending.FAILED: lambda: stages.postpone(assignment, self.said, self.lines, None),
            Ending.PARKED: lambda: stages.park(assignment, self.said, self.after or _AN_HOUR),
            Ending.QUARANTINED: lambda: stages.quarantine(assignment, self.said, self.lines),
            Ending.STARTED_OVER: lambda: stages.start_over(assignment),
        }
        return tellings[self.ending]()


def judge(fault: Exception, assignment: Assignment) -> Verdict:
    """Return what a fault means."""
    if isinstance(fault, ProductGoneError) and (assignment.episode or assignment.publication) is not None:
        return Verdict(Ending.STARTED_OVER, fault.said)
    if isinstance(fault, QuotaSpentError | ConsentLostError):
        return Verdict(Ending.PARKED, fault.said, after=fault.after)
    if isinstance(fault, SetupError | NotWritableError):  # of this machine: another may do it, or this one, once mended
        return Verdict(Ending.FAILED, fault.said)
    if isinstance(fault, PermanentError):
        return Verdict(Ending.QUARANTINED, _said(fault), _lines(fault))
    if isinstance(fault, TransientError):
        return Verdict(Ending.POSTPONED if fault.after else Ending.FAILED, fault.said, _lines(fault), fault.after)
    said = message(
        "A fault in the program itself ({said}), by which nothing made is lost; report it.",
        said=f"{type(fault).__name__}: {fault}",
    )
    return Verdict(Ending.FAILED, said, "".join(traceback.format_exception(fault, limit=-_LAST_FRAMES)))


def _said(fault: MediaServiceError) -> Message:
    """Return a fault's sentence; one in a script or template with its place before it."""
    if isinstance(fault, InputError) and fault.faults[0].file:
        first = fault.faults[0]
        place = f"{first.file}:{first.line}" if first.line else first.file
        return message("{place}: {fault}", place=place, fault=first.said)
    return fault.said


def _lines(fault: MediaServiceError) -> str:
    """Return what a failed program said at last, or the further faults of an input."""
    if isinstance(fault, InputError):
        return "\n".join(f"{one.file}:{one.line}: {one.said}" for one in fault.faults[1:])
    return str(getattr(fault, "last_lines", ""))
