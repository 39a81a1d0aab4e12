"""What RQ calls. A worker process says once which post it mans, then forks a child for every shift."""

from __future__ import annotations

from contextvars import ContextVar

import structlog

from media_service.errors import TransientError
from media_service.worker.post import Post
from media_service.worker.stop import Stop
from media_service.worker.work import work_on

_log = structlog.stdlib.get_logger(__name__)

manned: ContextVar[Post] = ContextVar("manned")
"""The post of this process and its children: RQ hands two numbers to a function it finds by name, and no more."""


def work(stage: int, attempt: int) -> None:
    """Do what was rung for, and for a while what else waits, in a child that does nothing else."""
    stop = Stop()
    try:
        with stop.on_signals():
            work_on((stage, attempt), manned.get(), stop)
    except TransientError as fault:  # the sweep will ring again
        _log.warning("given up", stage=stage, attempt=attempt, said=str(fault))
    finally:
        stop.close()
