"""The reconciler: finds what died, what the queue has lost and what was forgotten, and makes it due again.

Any number of them may work at once, on any machines: every change is a compare-and-set in the database.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from media_service.domain.stage import Queue
from media_service.errors import QueueAwayError
from media_service.stores import Stores
from media_service.worker.dispatch import dispatch
from media_service.worker.post import Doorbell

RUNG_TOO_LONG = timedelta(seconds=10)
MEND_EVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    reclaimed: int
    """Stages whose worker had died."""
    lost: int
    """Stages that the queue had lost."""
    mended: int
    """Stages that were missing."""
    rung: int
    redis_ok: bool


class Reconciler:
    """Sweeps; to be called about once a second."""

    def __init__(self, stores: Stores, bell: Doorbell, clock: Callable[[], float] = time.monotonic) -> None:
        self._stores = stores
        self._bell = bell
        self._clock = clock
        self._mend_at = clock()

    def sweep(self) -> Swept:
        """Put everything right that can be; raises DatabaseAwayError. Without Redis the rest is still done."""
        reclaimed, mended = len(self._stores.schedule.reclaim()), self._mend()
        try:
            lost = sum(self._ring_again(queue) for queue in Queue)
            return Swept(reclaimed, lost, mended, dispatch(Queue, self._stores, self._bell), redis_ok=True)
        except QueueAwayError:
            return Swept(reclaimed, 0, mended, 0, redis_ok=False)

    def _mend(self) -> int:
        if self._clock() < self._mend_at:
            return 0
        self._mend_at = self._clock() + MEND_EVERY_S
        return self._stores.schedule.mend()

    def _ring_again(self, queue: Queue) -> int:
        """Make due again what was rung for and is in nobody's hands.

        The queue is asked second: a stage that was rung for before and waits there now has not been lost.
        """
        rung = self._stores.schedule.rung(queue, RUNG_TOO_LONG)
        if not rung:
            return 0
        waiting = self._bell.waiting(queue)
        lost = [ring for ring in rung if (ring.stage, ring.attempt) not in waiting]
        return self._stores.schedule.ring_again(lost) if lost else 0
