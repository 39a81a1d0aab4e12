"""Times, lengths and numbers as people of a language write them, by Việt Nam's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Viewers and staff live by it, whatever the clock of a server says."""
_LOCALES = {"vi": "vi_VN", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language writes them."""

    language: str

    @property
    def _locale(self) -> str:
        return _LOCALES[self.language]

    def moment(self, when: datetime) -> str:
        """Return a date with its time of day."""
        here = when.astimezone(HERE)
        if self.language == "vi":  # figures alone; a list of works has a hundred of them
            return f"{here:%H:%M} {here.day}/{here.month}/{here.year}"
        return format_datetime(here, "d MMM yyyy HH:mm", locale=self._locale)

    def date(self, when: datetime) -> str:
        """Return a date."""
        return format_date(
            when.astimezone(HERE).date(), "d/M/yyyy" if self.language == "vi" else "d MMM yyyy", locale=self._locale
        )

    @staticmethod
    def clock(when: datetime) -> str:
        """Return a time of day."""
        return f"{when.astimezone(HERE):%H:%M}"

    def number(self, number: float) -> str:
        """Return a number."""
        if isinstance(number, int):  # a table of figures has a thousand of them
            return f"{number:,}".replace(",", "." if self.language == "vi" else ",")
        return format_decimal(number, locale=self._locale)

    def about(self, span: timedelta) -> str:
        """Return a length in one unit, as one says it."""
        return format_timedelta(span, threshold=1.5, locale=self._locale)

    @staticmethod
    def length(seconds: float | timedelta) -> str:
        """Return a length as players show it."""
        whole = round(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)
        minutes, left = divmod(max(0, whole), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{left:02d}" if minutes >= 60 else f"{minutes}:{left:02d}"

    def size(self, count: int) -> str:
        """Return bytes as people count them."""
        for unit, worth in (("GB", 1e9), ("MB", 1e6)):
            if count >= worth:
                return f"{format_decimal(round(count / worth, 1), locale=self._locale)} {unit}"
        return f"{format_decimal(max(1, round(count / 1e3)), locale=self._locale)} kB"
