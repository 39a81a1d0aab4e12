"""What every command needs: the settings, the language, and where to speak."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import wrap
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_service.catalogue import translate
from media_service.errors import Fault, InputError, MediaServiceError, SetupError, ToolFailedError
from media_service.messages import Message, message
from media_service.settings import Settings

DONE, BROKEN, MENDABLE, STOPPED = 0, 1, 2, 130
"""Exit codes, as docs/operations.md explains them."""

LONGEST_NAME = 36
"""Characters of a slug that stand in one line of a table."""


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

    def hint(self, key: str, /, **values: object) -> None:
        """Print a sentence below the faults that it helps with."""
        self.err.print(Text(self.put(key, **values)), soft_wrap=True)

    def add(self, said: Message) -> None:
        """Print a message below the result it belongs to."""
        self.out.print(Text(f"  {self.translate(said)}"), soft_wrap=True)

    def table(self, *titles: Message) -> Table:
        """Return an empty table; its first column is never broken, since people copy names from it; nothing is cut."""
        table = Table(box=None, pad_edge=False)
        for title in titles:
            table.add_column(self.translate(title), no_wrap=title is titles[0], overflow="fold")
        return table

    @staticmethod
    def name(slug: str) -> str:
        """Return a slug for the first column of a table: a very long one in lines, or it would leave no room."""
        return "\n".join(wrap(slug, LONGEST_NAME))

    def json(self, value: object) -> None:
        """Print a value for programs: enums by their values, times as ISO 8601, lengths in seconds."""
        self.out.print(json.dumps(value, default=self._plain, ensure_ascii=False, indent=2), soft_wrap=True)

    def who(self, given: str) -> str:
        """Return who asks, for the audit log; raises SetupError where nobody can tell."""
        name = given or self.settings.service.who
        if not name:
            raise SetupError(message("Nobody can tell who asks this; give --as NAME, or set MEDIA_SERVICE_WHO."))
        return name

    def _plain(self, value: object) -> object:
        if isinstance(value, Message):
            return self.translate(value)
        if isinstance(value, datetime):
            return value.isoformat(timespec="seconds")
        if isinstance(value, timedelta):
            return round(value.total_seconds(), 3)
        if isinstance(value, Mapping):
            return dict(value)
        if isinstance(value, frozenset):
            return sorted(value)
        if dataclasses.is_dataclass(value):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        raise TypeError(value)

    @staticmethod
    def size(count: int) -> str:
        """Return bytes as people count them."""
        return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"

    @staticmethod
    def moment(when: datetime) -> str:
        """Return a moment as the clock on the wall shows it."""
        return f"{when.astimezone():%Y-%m-%d %H:%M}"

    @staticmethod
    def here(when: datetime) -> str:
        """Return a moment as clocks in Việt Nam show it, whatever the clock of a server says: viewers live by it."""
        return f"{when.astimezone(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d %H:%M}"

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
        place, said = f"{fault.file}:{fault.line}" if fault.line else fault.file, self.translate(fault.said)
        return said if said.startswith(place) else f"{place}: {said}"
