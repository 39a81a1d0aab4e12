"""Rings for what is due: as little ahead as keeps the workers busy, so that the database decides the order of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from media_service.domain.stage import QUEUES, Queue, limit_of
from media_service.stores import Stores
from media_service.worker.post import Doorbell

_AT_ONCE = timedelta(0)

SEEN_WITHIN = timedelta(seconds=15)
"""A worker that was not reported for so long does not count as there."""


def _margin(queue: Queue) -> timedelta:
    """Return how much later than a stage's own limit rq ends its child.

    That is only the last resort, for the lease's thread has ended the work long before. It covers what a child goes on
    with after the stage that it was rung for.
    """
    return max(limit_of(step) for step, of in QUEUES.items() if of is queue) + timedelta(minutes=2)


def window(workers: int) -> int:
    """Return how many rings may lie in a queue that so many workers serve.

    What lies there goes before all that is handed in later, however short. Each worker rings for one more when it takes
    one and when it is done, so half as many as there are workers keeps all of them busy.
    """
    return max(1, workers // 2)


def take_back(queues: Iterable[Queue], stores: Stores, bell: Doorbell) -> None:
    """Make due again what was rung for and lies unheard, so that the next `dispatch` puts what came since in its order.

    A worker that hears such a ring at this moment finds it fenced. Raises QueueAwayError.
    """
    for queue in queues:
        waiting = bell.waiting(queue)
        unheard = [ring for ring in stores.schedule.rung(queue, _AT_ONCE) if (ring.stage, ring.attempt) in waiting]
        bell.forget(unheard)
        stores.schedule.ring_again(unheard)


def dispatch(queues: Iterable[Queue], stores: Stores, bell: Doorbell) -> int:
    """Ring for what is due in these queues; returns how many rings that were.

    Raises QueueAwayError; what was to be rung for then counts as rung, and the sweep rings for it again.
    """
    live = Counter(worker.queue for worker in stores.records.workers(SEEN_WITHIN))
    rung = 0
    for queue in queues:
        room = window(live[queue.value]) - bell.length(queue)
        due = stores.schedule.due(queue, room) if room > 0 else ()
        bell.ring(replace(ring, limit=ring.limit + _margin(queue)) for ring in due)
        rung += len(due)
    return rung
