"""The crew: one process for every place, started again when it dies; who dies soon again waits a little longer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from media_service.domain.stage import Queue

_log = structlog.stdlib.get_logger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 5.0
_STEADY_S = 10.0
"""Who has lived so long is started again without a long pause."""


class Hand(Protocol):
    """A worker process."""

    @property
    def pid(self) -> int:
        """Its process."""

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it at once."""


@dataclass(slots=True)
class _Place:
    queue: Queue
    hand: Hand | None = None
    since: float = 0.0
    falls: int = 0
    not_before: float = 0.0


class Crew:
    """One worker process for each of `queues`, which may name a queue several times."""

    def __init__(
        self, queues: Sequence[Queue], start: Callable[[Queue], Hand], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._places = [_Place(queue) for queue in queues]
        self._start = start
        self._clock = clock

    def tend(self) -> None:
        """Notice who died, and start whoever is missing and whose pause is over."""
        for place in self._places:
            if place.hand is not None and (code := place.hand.poll()) is not None:
                self._fallen(place, code)
            if place.hand is None and self._clock() >= place.not_before:
                self._man(place)

    def hands(self) -> tuple[tuple[int, Queue], ...]:
        """Return the process and the queue of each that lives."""
        return tuple((place.hand.pid, place.queue) for place in self._places if place.hand is not None)

    def ask_to_end(self) -> None:
        """Ask all to hand their stages back and end; nobody is started again unless `tend` is called."""
        for place in self._places:
            if place.hand is not None:
                place.hand.terminate()

    def gone(self) -> bool:
        """Tell whether all have ended."""
        return all(place.hand is None or place.hand.poll() is not None for place in self._places)

    def kill(self) -> None:
        """End all at once."""
        for place in self._places:
            if place.hand is not None:
                place.hand.kill()

    def _man(self, place: _Place) -> None:
        place.since = self._clock()
        try:
            place.hand = self._start(place.queue)
        except OSError as fault:  # the machine has no room for one more process at this moment
            self._fallen(place, str(fault))

    def _fallen(self, place: _Place, code: int | str) -> None:
        steady = self._clock() - place.since >= _STEADY_S
        place.falls = 0 if steady else place.falls + 1
        pause = min(FIRST_PAUSE_S * 2 ** max(0, place.falls - 1), LONGEST_PAUSE_S)
        _log.warning("worker ended", queue=place.queue.value, code=code, again_in_s=pause)
        place.hand, place.not_before = None, self._clock() + pause
