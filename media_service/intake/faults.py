"""Gathers what a reading finds in one script, so that its author learns of everything at once."""

from __future__ import annotations

from media_service.errors import Fault, InputError
from media_service.messages import Message


class Faults:
    """What has been found wrong so far in `file`, and what is only to be looked at."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Fault] = []
        self._notices: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, line: int, said: Message) -> None:
        """Note a fault at a line counted from 1; 0 means the whole file."""
        self._found.append(Fault(self._file, line, said))

    def add_once(self, line: int, said: Message) -> None:
        """Note a fault unless the line has one of that kind already."""
        if not any(fault.line == line and fault.said.key == said.key for fault in self._found[-20:]):
            self.add(line, said)

    def include(self, error: InputError) -> None:
        """Note the faults of another file of the same job."""
        self._found.extend(error.faults)

    def notice(self, line: int, said: Message) -> None:
        """Note what a person should look at though it is no fault."""
        self._notices.append(Fault(self._file, line, said))

    def notices(self) -> tuple[Fault, ...]:
        """Return what is to be looked at, in the order of lines."""
        return tuple(sorted(self._notices, key=lambda notice: notice.line))

    def error(self) -> InputError:
        """Return everything found as one error; there must be something."""
        return InputError(self._found)
