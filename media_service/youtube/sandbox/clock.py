"""The sandbox's own time: the machine's, or moved by whoever tries how days and waits pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from media_service.youtube.sandbox.storage import Storage

_PACIFIC = ZoneInfo("America/Los_Angeles")
_MOVED = "clock moved by seconds"


class Clock:
    """What time it is on the channel; how far it was moved is kept with the channel."""

    def __init__(self, storage: Storage, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._storage = storage
        self._real = real
        self._moved = timedelta(seconds=float(storage.note(_MOVED) or 0))

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._real() + self._moved

    def move(self, to: datetime) -> None:
        """Let it be that time now; it runs on from there."""
        self._moved = to - self._real()
        with self._storage.change():
            self._storage.keep_note(_MOVED, str(self._moved.total_seconds()))

    def day(self) -> str:
        """Return the day of the quota, which begins at midnight in California."""
        return self.now().astimezone(_PACIFIC).date().isoformat()


def written(at: datetime) -> str:
    """Return a time as the API writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str) -> datetime:
    """Read a time (RFC 3339) that must say its zone; raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at.astimezone(UTC)
