"""What every command needs: the settings, the language, and where to speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.text import Text

from media_service.catalogue import translate
from media_service.errors import Fault, InputError, MediaServiceError, ToolFailedError
from media_service.messages import Message, message
from media_service.settings import Settings

DONE, BROKEN, MENDABLE, STOPPED = 0, 1, 2, 130
"""Exit codes, as docs/operations.md explains them."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One call of the program: results go to `out`, faults and progress to `err`."""

    settings: Settings
    out: Console
    err: Console

    def put(self, key: str, /, **values: object) -> str:
        """Return a sentence of the catalogue in the language of this call."""
        return self.translate(message(key, **values))

    def translate(self, said: Message) -> str:
        """Return a message in the language of this call."""
        return translate(said, self.settings.language)

    def say(self, key: str, /, **values: object) -> None:
        """Print a sentence of the catalogue as a result."""
        self.out.print(Text(self.put(key, **values)), soft_wrap=True)

    def note(self, key: str, /, **values: object) -> None:
        """Print a sentence below the result it belongs to."""
        self.out.print(Text(f"  {self.put(key, **values)}"), soft_wrap=True)

    @staticmethod
    def length(span: timedelta) -> str:
        """Return a length as people write it: minutes and seconds, with hours where there are any."""
        minutes, seconds = divmod(round(span.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}" if minutes >= 60 else f"{minutes}:{seconds:02d}"

    def complain(self, fault: MediaServiceError) -> None:
        """Print what is wrong: every fault with its place, one line each."""
        lines = [self._line(one) for one in fault.faults] if isinstance(fault, InputError) else []
        for line in lines or [self.translate(fault.said)]:
            self.err.print(Text(line, style="red" if self.err.is_terminal else ""), soft_wrap=True)
        if isinstance(fault, ToolFailedError) and fault.last_lines:
            self.err.print(Text(fault.last_lines), soft_wrap=True)

    def mention(self, notice: Fault) -> None:
        """Print what is no fault but should be looked at, with its place, below the result it belongs to."""
        self.out.print(Text(f"  {self._line(notice)}"), soft_wrap=True)

    def _line(self, fault: Fault) -> str:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        return f"{place}: {self.translate(fault.said)}" if place else self.translate(fault.said)
