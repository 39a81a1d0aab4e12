"""The only job that is taken from Redis: our one function with a stage and an attempt.

Whoever can write to Redis can ring, but neither run other code nor stop a worker: of a job's hash nothing is read but
three fields, and what is not exactly as our bell writes it counts as not there.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from typing import Any, Self

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import ResponseError
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from rq.results import Result
from rq.serializers import JSONSerializer

from media_service.queue import keys

TASK = "media_service.worker.tasks.work"
_FIELDS = ("data", "origin", "timeout")
_LARGEST_DATA = 2_048
_ID = re.compile(r"s(0|[1-9][0-9]{0,17})-(0|[1-9][0-9]{0,8})", re.ASCII)
_TIMEOUT = re.compile(rb"[1-9][0-9]{0,5}")


def job_id(stage: int, attempt: int) -> str:
    """Name the one job that one attempt at one stage may have."""
    return f"s{stage}-{attempt}"


def call_of(name: bytes | str) -> tuple[int, int] | None:
    """Return the stage and the attempt that a job is named after; None for any other name."""
    text = name.decode("ascii", "replace") if isinstance(name, bytes) else name
    found = _ID.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


class StrictJob(Job):
    """A job that refuses all but what `Bell` writes, by raising NoSuchJobError, which every reader of rq expects."""

    function = TASK

    def __init__(self, id: str | None = None, connection: Redis | None = None, serializer: Any = None) -> None:  # noqa: A002, ARG002  # rq's names
        super().__init__(id, connection, JSONSerializer)

    @classmethod
    def fetch(cls, id: str, connection: Redis | None = None, serializer: Any = None) -> Self:  # noqa: A002, ARG003
        """Return the job of that name; raises NoSuchJobError also for one that is refused."""
        if call_of(id) is None:
            raise NoSuchJobError("not a name of ours")
        job = cls(id, connection)
        job.refresh()
        return job

    @classmethod
    def fetch_many(cls, job_ids: Iterable[str], connection: Redis, serializer: Any = None) -> list[Job | None]:  # noqa: ARG003
        """Return the jobs of those names, None in place of each that is refused."""
        found: list[Job | None] = []
        for name in job_ids:
            try:
                found.append(cls.fetch(name, connection))
            except NoSuchJobError:
                found.append(None)
        return found

    def refresh(self) -> None:
        """Read the fields of a ring and no others; raises NoSuchJobError."""
        try:
            values = self.connection.hmget(self.key, _FIELDS)
        except ResponseError as error:  # a key of this name, but not a hash
            raise NoSuchJobError("not a hash") from error
        self.restore(dict(zip(_FIELDS, values, strict=True)))

    def restore(self, raw_data: Any) -> None:
        """Take on a ring's fields; raises NoSuchJobError for all that our bell did not write so."""
        data, timeout = _unpacked(raw_data.get("data")), raw_data.get("timeout") or b""
        if call_of(self.id) != self._call(data) or not _TIMEOUT.fullmatch(timeout):
            raise NoSuchJobError("not a ring of ours")
        self.data = data
        self.timeout = int(timeout)
        self.origin = (raw_data.get("origin") or b"").decode("ascii", "replace")
        self.result_ttl = 0
        self.failure_ttl = 3600

    def _call(self, data: bytes) -> tuple[int, int]:
        try:
            function, instance, arguments, named = json.loads(data)
            stage, attempt = arguments
        except (ValueError, TypeError, RecursionError) as error:
            raise NoSuchJobError("unreadable data") from error
        if (
            (function, instance, named) != (self.function, None, {})
            or type(stage) is not int
            or type(attempt) is not int
        ):
            raise NoSuchJobError("not our function")
        return stage, attempt

    def delete(
        self,
        pipeline: Pipeline | None = None,
        remove_from_queue: bool = True,  # rq calls it so
        delete_dependents: bool = False,  # noqa: ARG002
    ) -> None:
        """Take away all keys of this job; rq's own way reads them first and trips over what is missing."""
        connection = pipeline if pipeline is not None else self.connection
        if remove_from_queue and self.origin:
            connection.lrem(keys.listed(self.origin), 0, self.id)
        results = Result.get_key(self.id)  # type: ignore[no-untyped-call]
        connection.delete(self.key, self.dependents_key, self.dependencies_key, results, self.execution_registry.key)

    def _fetch_status(self) -> JobStatus:
        """Read a status that was tampered with while the job ran as failed; the database knows better anyway."""
        try:
            return super()._fetch_status()
        except (ValueError, ResponseError):
            return JobStatus.FAILED


def _unpacked(packed: bytes | None) -> bytes:
    """Return a ring's data; a bomb or anything not packed by us is refused."""
    if not packed or len(packed) > _LARGEST_DATA:
        raise NoSuchJobError("no data, or far too much")
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, _LARGEST_DATA)
    except zlib.error as error:
        raise NoSuchJobError("not packed") from error
    if not unpacker.eof:
        raise NoSuchJobError("far too much data")
    return data
