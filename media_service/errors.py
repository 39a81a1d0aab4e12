"""Every fault that leaves its room, drawn as one tree; errors that never leave one are defined there.

MediaServiceError
├── PermanentError          the same work fails again until a person changes something
│   ├── InputError          faults in what was handed in, each with its file and line
│   ├── SetupError          this machine or these settings lack something
│   ├── NotWritableError    a folder of ours may not be written
│   ├── NothingToSayError   a text without a single word was handed to a voice
│   ├── SilentVoiceError    a voice gave back nothing that can be heard
│   └── ToolFailedError     a child program refused its work; its last lines are kept
└── TransientError          the same work may succeed later, unchanged
    ├── NoSpaceError        the disk is full
    ├── ToolKilledError     a child program was killed or ran out of time
    ├── ShelfAwayError      the object store does not answer
    └── QueueAwayError      Redis does not answer
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from media_service.messages import Message


class MediaServiceError(Exception):
    """A fault with one sentence for people: what is wrong, where, and what to do next."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


class PermanentError(MediaServiceError):
    """Doing the same again changes nothing until a person acts."""


class TransientError(MediaServiceError):
    """The same work may succeed later, unchanged.

    `after` says when to try again, for faults that are nobody's and pass by themselves however long they last; None
    where nothing is known of that: then tries are counted.
    """

    after: timedelta | None = None

    def __init__(self, said: Message, after: timedelta | None = None) -> None:
        super().__init__(said)
        self.after = after or self.after


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file that a person wrote.

    `file` is the file as a person would name it from where the program was started; `line` counts from 1, 0 where the
    whole file is meant.
    """

    file: str
    line: int
    said: Message


class InputError(PermanentError):
    """Everything wrong in what was handed in, all faults at once, in the order of their lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        super().__init__(self.faults[0].said)


def refused(file: str, said: Message, line: int = 0) -> InputError:
    """Return the error for one fault."""
    return InputError([Fault(file, line, said)])


class SetupError(PermanentError):
    """This machine or these settings lack something that the work needs."""


class NotWritableError(PermanentError):
    """A folder of ours may not be written."""


class SilentVoiceError(PermanentError):
    """A voice gave back nothing that can be heard; whoever knows the passage can say which one."""


class NothingToSayError(PermanentError):
    """A text without a single word was handed to a voice."""


class ToolFailedError(PermanentError):
    """A child program ended with a fault of its own; `last_lines` is the end of what it said."""

    def __init__(self, said: Message, last_lines: str) -> None:
        super().__init__(said)
        self.last_lines = last_lines


class NoSpaceError(TransientError):
    """The disk is full."""

    after = timedelta(seconds=30)


class ProductGoneError(TransientError):
    """A product that was on the shelf is not there any more, or not whole; made again, it is back."""


class ToolKilledError(TransientError):
    """A child program was killed from outside, or ran past its time."""


class DatabaseAwayError(TransientError):
    """The database does not answer."""

    after = timedelta(seconds=5)


class QueueAwayError(TransientError):
    """Redis does not answer."""

    after = timedelta(seconds=5)


class ShelfAwayError(TransientError):
    """The object store that holds the shelf does not answer."""

    after = timedelta(seconds=10)
