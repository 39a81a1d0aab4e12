"""The bell: tells workers that a stage is due.

It carries two numbers and may be lost or rung twice at any time; the database decides what is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from rq.queue import EnqueueData
from rq.utils import utcparse

from media_service.domain.stage import Queue, Ring
from media_service.queue import keys
from media_service.queue.client import hasty, translated
from media_service.queue.strict_job import StrictJob, call_of, job_id
from media_service.queue.strict_queue import StrictQueue

Call = tuple[int, int]
"""A stage and an attempt."""

_BATCH = 500
_TAKEN_S = 5.0
_KEPT_UNHEARD_S = 7 * 24 * 3600
_KEPT_FAILED_S = 3600


class Bell:
    """Rings for stages. Every method raises QueueAwayError where Redis does not answer."""

    def __init__(
        self, url: str, job_class: type[StrictJob] = StrictJob, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = url
        self._client = hasty(url)
        self._job_class = job_class
        self._clock = clock
        self._taken: dict[Queue, dict[Call, float]] = {}

    def ring(self, rings: Iterable[Ring], *, at_front: bool = False) -> None:
        """Tell the workers that stages are due, in this order; `at_front` before all that wait.

        Ringing again for the same attempt does no harm. After an error some of them may have been rung for.
        """
        by_queue: dict[Queue, dict[Call, Ring]] = {}
        for ring in rings:
            by_queue.setdefault(ring.queue, {})[ring.stage, ring.attempt] = ring
        with translated(self._url):
            for queue, once in by_queue.items():
                pushed = [*reversed(once.values())] if at_front else [*once.values()]  # each goes before the last
                self._push(queue, pushed, at_front)

    def waiting(self, queue: Queue) -> set[Call]:
        """Return what really waits: what lies in the queue, and what a worker took so lately that it may yet claim it.

        A stage that is due but not in this set wants to be rung for again. Reading changes nothing in Redis.
        """
        with translated(self._url):
            pipeline = self._client.pipeline(transaction=True)
            pipeline.lrange(keys.listed(queue), 0, -1)
            pipeline.lrange(keys.popped(queue), 0, -1)
            pipeline.zrange(keys.begun(queue), 0, -1)
            listed, popped, started = pipeline.execute()
        return _calls(listed) | self._lately(queue, _calls(popped) | _calls(name.split(b":")[0] for name in started))

    def take(self, queue: Queue, wait_s: int) -> Call | None:
        """Take the next ring out of the queue, for a child that goes on; None where none comes so soon."""
        with translated(self._url):
            popped = self._client.blpop([keys.listed(queue)], wait_s)
            call = call_of(popped[1]) if popped else None
            if call is not None:
                self._client.delete(keys.job(job_id(*call)))
        return call

    def length(self, queue: Queue) -> int:
        """Return how many rings lie in the queue."""
        with translated(self._url):
            return int(self._client.llen(keys.listed(queue)))

    def age_s(self, queue: Queue) -> float:
        """Return for how many seconds the next ring of the queue has been waiting; 0.0 where nothing waits."""
        with translated(self._url):
            first = self._client.lindex(keys.listed(queue), 0)
            call = call_of(first) if first else None
            rung = self._client.hget(keys.job(job_id(*call)), "enqueued_at") if call else None
        return _seconds_since(bytes(rung)) if isinstance(rung, bytes) else 0.0

    def forget(self, rings: Iterable[Ring]) -> None:
        """Take rings back that nobody has heard yet; one that is being worked on goes on."""
        with translated(self._url):
            pipeline = self._client.pipeline(transaction=False)
            for ring in rings:
                pipeline.lrem(keys.listed(ring.queue), 0, job_id(ring.stage, ring.attempt))
            pipeline.execute()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _push(self, queue: Queue, rings: Sequence[Ring], at_front: bool) -> None:
        door = StrictQueue(queue, self._client, job_class=self._job_class)
        for start in range(0, len(rings), _BATCH):
            door.enqueue_many(self._data(ring, at_front) for ring in rings[start : start + _BATCH])

    def _data(self, ring: Ring, at_front: bool) -> EnqueueData:
        return StrictQueue.prepare_data(
            self._job_class.function,
            (ring.stage, ring.attempt),
            timeout=max(1, int(ring.limit.total_seconds())),
            result_ttl=0,
            ttl=_KEPT_UNHEARD_S,
            failure_ttl=_KEPT_FAILED_S,
            description="stage",
            job_id=job_id(ring.stage, ring.attempt),
            at_front=at_front,
        )

    def _lately(self, queue: Queue, taken: set[Call]) -> set[Call]:
        """Those seen as taken for the first time a moment ago: who died in between would hide its stage for minutes."""
        now, known = self._clock(), self._taken.get(queue, {})
        self._taken[queue] = {call: known.get(call, now) for call in taken}
        return {call for call, since in self._taken[queue].items() if now - since < _TAKEN_S}


def _calls(names: Iterable[bytes]) -> set[Call]:
    return {call for name in names if (call := call_of(name)) is not None}


def _seconds_since(written: bytes) -> float:
    """Clocks of several machines may differ; time does not run backwards here."""
    try:
        return max(0.0, (datetime.now(UTC) - utcparse(written.decode("ascii"))).total_seconds())
    except ValueError:
        return 0.0
