"""Counts what a run makes and finds, times its steps, and works out from measured speed how long it will still take."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from threading import Lock

from media_service.domain.manifest import StepWork
from media_service.domain.product import Key
from media_service.domain.workload import TYPICAL_SECONDS


class Tally:
    """The Progress door: one run of one production, told to whoever watches (`changed` is called after each event)."""

    def __init__(self, changed: Callable[[Tally], None] = lambda _: None) -> None:
        self._changed = changed
        self._lock = Lock()
        self._expected: Counter[str] = Counter()
        self._made: Counter[str] = Counter()
        self._reused: Counter[str] = Counter()
        self._product_seconds: defaultdict[str, float] = defaultdict(float)
        self._step_seconds: defaultdict[str, float] = defaultdict(float)
        self._since = time.monotonic()
        self.step = ""
        self.title = ""

    def expect(self, products: Mapping[str, int]) -> None:
        """Take note of how many products of each kind the run will need."""
        self._expected = Counter(products)

    def begin(self, step: str, title: str) -> None:
        """Close the step before, if any, and begin the next."""
        with self._lock:
            self._close()
            self.step, self.title = step, title
        self._changed(self)

    def product(self, key: Key, seconds: float | None) -> None:
        """Count a product that was made in so many seconds, or found (None)."""
        with self._lock:
            if seconds is None:
                self._reused[key.product] += 1
            else:
                self._made[key.product] += 1
                self._product_seconds[key.product] += seconds
        self._changed(self)

    def work(self) -> StepWork:
        """Return what has been done so far."""
        with self._lock:
            self._close()
            seconds = {step: round(spent, 3) for step, spent in self._step_seconds.items()}
            return StepWork(made=dict(self._made), reused=dict(self._reused), seconds=seconds)

    def share(self) -> float:
        """Return how much of the expected work is done, 0-1, weighed by the time its products take."""
        whole = sum(self._weight(kind) * count for kind, count in self._expected.items())
        return 1 - self.remaining_s() / whole if whole else 0.0

    def remaining_s(self) -> float:
        """Return the seconds still to go: what is left of each kind, times what one of it has taken so far."""
        return sum(
            self._weight(kind) * max(0, count - self._made[kind] - self._reused[kind])
            for kind, count in self._expected.items()
        )

    def _weight(self, kind: str) -> float:
        """Seconds one product takes: as measured in this run, else as is typical."""
        if self._made[kind]:
            return self._product_seconds[kind] / self._made[kind]
        return TYPICAL_SECONDS.get(kind, 0.1)

    def _close(self) -> None:
        now = time.monotonic()
        if self.step:
            self._step_seconds[self.step] += now - self._since
        self._since = now
