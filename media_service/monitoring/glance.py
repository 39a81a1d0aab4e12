"""One look at the service, kept for a moment so that nobody who watches it can load the database."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from media_service.domain.service import Gauge, Pulse
from media_service.errors import TransientError
from media_service.stores import Records

KEPT_S = 2.0
"""For how long a look is shown again."""
PATIENCE_S = 5.0
"""For how long who asks waits for somebody else's look before it is told that nothing is known."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look showed."""

    gauge: Gauge | None = None
    """None where the database did not answer."""
    free: Mapping[str, int] = field(default_factory=dict)
    """Free bytes by place; a place that could not be looked at is missing."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched, and how to look at it."""

    records: Records
    pulse: Callable[[], Pulse]
    places: Mapping[str, Path]
    """Folders whose disks must have room, by the names that figures and alerts use."""
    least_free: int
    """Bytes that each of them must have free before a piece of work begins."""


class Watch:
    """Looks at the service when asked, at most every other second, and never twice at once."""

    def __init__(self, watched: Watched, clock: Callable[[], float] = time.monotonic) -> None:
        self.watched = watched
        self._clock = clock
        self._looking = threading.Lock()
        self._seen = Glance()
        self._good_until = float("-inf")

    def pulse(self) -> Pulse:
        """Return how the supervisor is doing; never waits."""
        return self.watched.pulse()

    def look(self) -> Glance:
        """Return what the last look showed, or a new one's; an empty one where looking takes too long."""
        if not self._looking.acquire(timeout=PATIENCE_S):
            return Glance()
        try:
            if self._clock() >= self._good_until:
                self._seen = Glance(self._gauge(), self._free())
                self._good_until = self._clock() + KEPT_S
            return self._seen
        finally:
            self._looking.release()

    def _gauge(self) -> Gauge | None:
        try:
            return self.watched.records.gauge()
        except TransientError:
            return None

    def _free(self) -> Mapping[str, int]:
        free = {}
        for name, path in self.watched.places.items():
            try:
                free[name] = shutil.disk_usage(path).free
            except OSError:  # the folder is gone, or its disk is; that it is missing says so
                continue
        return free
