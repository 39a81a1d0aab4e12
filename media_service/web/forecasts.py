"""The forecast of what goes to the channel and when, worked out once for all who look at it within some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

LASTS_S = 10.0
"""Workers change it by the minute; what people change on these pages is seen at once."""
Goes = Mapping[int, datetime]
"""When the next errand of each publication may go, by its id."""


class Forecasts:
    """Keeps the newest forecast; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: Goes = {}
        self._until = 0.0

    def newest(self, work_out: Callable[[], Goes]) -> Goes:
        """Return the forecast, worked out anew where it is too old."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._known = work_out()
                self._until = time.monotonic() + LASTS_S
            return self._known

    def forget(self) -> None:
        """Somebody has changed what it follows from."""
        with self._lock:
            self._until = 0.0
