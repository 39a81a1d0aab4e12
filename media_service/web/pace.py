"""How often somebody may ask for what costs the machine something: uploads, speech, calls of programs."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum


class Pace(Enum):
    """So many times in so many seconds, for each account."""

    UPLOAD = (200, 600.0)
    HEAR = (60, 60.0)
    CALL = (600, 60.0)


@dataclass(slots=True)
class Paces:
    """What was asked of late; in this process only, for there is one studio."""

    clock: Callable[[], float] = time.monotonic
    _asked: dict[tuple[Pace, str], deque[float]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, pace: Pace, who: str) -> float:
        """Count what somebody asks; returns after how many seconds they may, 0 for now."""
        most, within = pace.value
        with self._turn:
            now, asked = self.clock(), self._asked.setdefault((pace, who), deque())
            while asked and asked[0] <= now - within:
                asked.popleft()
            if len(asked) >= most:
                return asked[0] + within - now
            asked.append(now)
            return 0.0
