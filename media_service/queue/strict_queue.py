"""A queue that hands out strict jobs only, and clears away at once whatever else somebody has put into it."""

from __future__ import annotations

import logging
from typing import Any

from redis import Redis
from redis.client import Pipeline
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from media_service.queue import keys
from media_service.queue.strict_job import StrictJob, call_of

_log = logging.getLogger(__name__)


class StrictQueue(Queue):
    """One queue of rings. Dependents, which rq would read from Redis after each job, do not exist here."""

    job_class: type[Job] = StrictJob

    def __init__(self, name: str, connection: Redis, job_class: Any = None, **others: Any) -> None:
        others.pop("serializer", None)
        super().__init__(str(name), connection, job_class=job_class, serializer=JSONSerializer, **others)

    @classmethod
    def lmove(cls, connection: Redis, queue_key: str, timeout: int | None) -> Any:
        """Pop the next name that is one of ours; others leave the queue unread."""
        while True:
            popped = super().lmove(connection, queue_key, timeout)
            if popped is None or call_of(popped[1]) is not None:
                return popped
            _log.warning("a foreign entry was taken out of %s", queue_key)
            connection.lrem(f"{queue_key}:intermediate", 0, popped[1])

    @classmethod
    def _fetch_dequeued_job(cls, connection: Redis, queue_key: str, job_id: str, *classes: Any, **named: Any) -> Any:
        fetched = super()._fetch_dequeued_job(connection, queue_key, job_id, *classes, **named)
        if fetched is not None and fetched[0].origin == fetched[1].name:
            return fetched
        # Gone or refused. Its stage still stands in the database, and the sweep there will ring for it again.
        _log.warning("ring %s in %s was not there or not ours", job_id, queue_key)
        connection.lrem(f"{queue_key}:intermediate", 0, job_id)
        connection.delete(keys.job(job_id))
        return None

    def move_dependents_to_ready(
        self,
        job: Job,  # noqa: ARG002  # rq's signature
        pipeline: Pipeline | None = None,  # noqa: ARG002
        exclude_job_id: str | None = None,  # noqa: ARG002
        refresh_job_status: bool = True,  # noqa: ARG002
    ) -> dict[str, list[str]]:
        """Answer that no job waits for another: what follows a stage is the database's affair."""
        return {}
