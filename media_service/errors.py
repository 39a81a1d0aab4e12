"""Every fault that leaves its room, drawn as one tree; errors that never leave one are defined there.

MediaServiceError
├── PermanentError          the same work fails again until a person changes something
│   ├── InputError          faults in what was handed in, each with its file and line
│   │   └── OvertakenError  somebody else has changed meanwhile what a person decides on
│   ├── SetupError          this machine or these settings lack something
│   ├── NotWritableError    a folder of ours may not be written
│   ├── NothingToSayError   a text without a single word was handed to a voice
│   ├── SilentVoiceError    a voice gave back nothing that can be heard
│   ├── VoiceFailedError    a voice's engine broke off at a text, or will not speak it
│   ├── ToolFailedError     a child program refused its work; its last lines are kept
│   ├── UndecidedError      an upload may or may not have arrived; a person decides
│   └── ChannelRefusedError the channel will not take this, whoever asks again
└── TransientError          the same work may succeed later, unchanged
    ├── NoSpaceError        the disk is full
    ├── ToolKilledError     a child program was killed or ran out of time
    ├── VoiceAwayError      a voice's engine does not answer, or asks to be left alone for a while
    ├── ShelfAwayError      the object store does not answer
    ├── QueueAwayError      Redis does not answer
    ├── ChannelAwayError    the channel does not answer, or asks to be left alone for a while
    ├── NotYetError         the channel does not know yet what it took a moment ago
    ├── QuotaSpentError     no more may be asked of the channel until its next day
    └── ConsentLostError    nobody may speak for the channel any more until a person consents anew
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


class ChannelRefusedError(PermanentError):
    """The channel will not take this.

    `reason` is its own word (`invalidTitle`); `field` names what of ours is at fault, empty where nothing is.
    """

    def __init__(self, said: Message, reason: str, field: str = "") -> None:
        super().__init__(said)
        self.reason = reason
        self.field = field


class PlaylistGoneError(ChannelRefusedError):
    """The channel has no such playlist (any more)."""


class UndecidedError(PermanentError):
    """An upload may or may not have arrived, and the channel's own list does not settle it."""


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


class OvertakenError(InputError):
    """What a person decides on does not stand any more as they saw it; nothing of the decision was kept."""


def refused(file: str, said: Message, line: int = 0) -> InputError:
    """Return the error for one fault."""
    return InputError([Fault(file, line, said)])


class SetupError(PermanentError):
    """This machine or these settings lack something that the work needs."""


class WrongKeyError(SetupError):
    """A secret was sealed with another key than the one at hand."""


class NotWritableError(PermanentError):
    """A folder of ours may not be written."""


class SilentVoiceError(PermanentError):
    """A voice gave back nothing that can be heard; whoever knows the passage can say which one."""


class VoiceFailedError(PermanentError):
    """A voice's engine broke off at a text, or will not speak it; another voice may."""


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


class FencedError(TransientError):
    """The stage is not this worker's any more; nothing of it was kept."""


class DatabaseAwayError(TransientError):
    """The database does not answer."""

    after = timedelta(seconds=5)


class QueueAwayError(TransientError):
    """Redis does not answer."""

    after = timedelta(seconds=5)


class VoiceAwayError(TransientError):
    """A voice's engine does not answer, or asks to be left alone for a while."""


class ShelfAwayError(TransientError):
    """The object store that holds the shelf does not answer."""

    after = timedelta(seconds=10)


class ChannelAwayError(TransientError):
    """The channel does not answer, or asks to be left alone for a while."""

    after = timedelta(seconds=30)


class SessionGoneError(TransientError):
    """The channel knows an upload's session no more: whether the video arrived must be found out."""


class NotYetError(TransientError):
    """The channel does not know yet what it took a moment ago."""

    after = timedelta(minutes=1)


class QuotaSpentError(TransientError):
    """No more may be asked of the channel until its next day; `after` leads there.

    `bucket` (uploads, units) is what the channel itself calls empty; empty where our own ledger has refused.
    """

    after = timedelta(hours=1)

    def __init__(self, said: Message, after: timedelta | None = None, bucket: str = "") -> None:
        super().__init__(said, after)
        self.bucket = bucket


class ConsentLostError(TransientError):
    """Nobody may speak for the channel any more, until a person consents anew."""

    after = timedelta(hours=1)
