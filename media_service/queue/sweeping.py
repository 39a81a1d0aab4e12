"""Keeps rq's keys in order.

It stands in place of rq's own maintenance, which reads what anybody may have written there and ends the worker when it
cannot. Nothing here decides about work: the database does.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

from media_service.queue import keys
from media_service.queue.strict_job import call_of, job_id

_log = logging.getLogger(__name__)

_LEFT_ALONE_S = 10.0
_KEPT_S = 3_600


class Sweeper:
    """Clears one queue's leftovers: what a dead worker popped, had begun or was registered as."""

    def __init__(self, client: Redis, queue: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client: Any = client  # its types do not know whether it answers in bytes or in text
        self._queue = queue
        self._clock = clock
        self._popped: dict[bytes, float] = {}

    def sweep(self) -> None:
        """Put the keys in order; raises redis' errors where the server is away."""
        self._right_kinds()
        self._forget_popped()
        self._forget_begun()
        self._forget_workers()

    def _right_kinds(self) -> None:
        """Remove keys of the wrong kind, which would fail every worker at every start."""
        kinds = {
            keys.listed(self._queue): b"list",
            keys.popped(self._queue): b"list",
            keys.begun(self._queue): b"zset",
            keys.failed(self._queue): b"zset",
            keys.QUEUES: b"set",
            keys.WORKERS: b"set",
            keys.workers(self._queue): b"set",
        }
        pipeline = self._client.pipeline(transaction=False)
        for key in kinds:
            pipeline.type(key)
        for (key, kind), found in zip(kinds.items(), pipeline.execute(), strict=True):
            if found not in (kind, b"none"):
                _log.warning("%s was a %s and is removed", key, found.decode("ascii", "replace"))
                self._client.delete(key)

    def _forget_popped(self) -> None:
        """Forget what was popped ten seconds ago: a name stays there for milliseconds; whoever took it is dead."""
        key, now = keys.popped(self._queue), self._clock()
        self._popped = {name: self._popped.get(name, now) for name in self._client.lrange(key, 0, -1)}
        for name, since in self._popped.items():
            if now - since >= _LEFT_ALONE_S:
                self._client.lrem(key, 0, name)

    def _forget_begun(self) -> None:
        """Forget what runs out as its worker no longer beats; its hash, which rq would keep for ever, gets an end."""
        now = time.time()
        for entry in self._client.zrangebyscore(keys.begun(self._queue), 0, now):
            call = call_of(entry.split(b":")[0])
            if call is not None:
                self._client.expire(keys.job(job_id(*call)), _KEPT_S)
        for registry in (keys.begun(self._queue), keys.failed(self._queue)):
            self._client.zremrangebyscore(registry, 0, now)

    def _forget_workers(self) -> None:
        for registered in (keys.WORKERS, keys.workers(self._queue)):
            for key in self._client.smembers(registered):
                if not key.startswith(keys.A_WORKER.encode()) or not self._client.exists(key):
                    self._client.srem(registered, key)


def sweep_before_work(client: Redis, queue: str) -> None:
    """Put the keys in order before a worker registers itself; a refusal of the server is left to the worker to meet."""
    try:
        Sweeper(client, queue).sweep()
    except ResponseError as error:
        _log.warning("the keys of %s could not be put in order: %s", queue, type(error).__name__)
