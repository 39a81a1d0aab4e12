"""One worker process: `python -m media_service.worker.run speech`, started by a supervisor, serves one queue.

Its settings come on standard input, so that passwords stand neither in its arguments nor in its environment.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import structlog

from media_service import bootstrap, values
from media_service.box import manners
from media_service.box.call import Box
from media_service.boxed import KNOWLEDGE, VOICES
from media_service.domain.episode import STATES
from media_service.domain.stage import Queue
from media_service.errors import MediaServiceError, QueueAwayError, SetupError
from media_service.queue.bell import Bell
from media_service.queue.client import translated
from media_service.queue.worker_process import WorkerPlan, run_worker
from media_service.settings import Settings
from media_service.stores import Stores
from media_service.worker import log, tasks
from media_service.worker.dispatch import dispatch
from media_service.worker.post import OpenTools, Post
from media_service.worker.record import Record

_log = structlog.stdlib.get_logger("media_service.worker.run")  # which is called __main__ in its own process

GRACE_S = 5.0
"""For handing a stage back; the supervisor waits a little longer."""
Equip = Callable[[Queue], AbstractContextManager[OpenTools]]
"""How a worker process comes by what opens the tools of its children."""


def main(arguments: Sequence[str], equip: Equip | None = None) -> int:
    """Serve the queue that the arguments name; settings are read from standard input. Returns the exit code."""
    settings = values.load(sys.stdin.buffer.read(), Settings)
    manners.give_way(settings.service.nice)
    log.configure(settings)
    try:
        serve(settings, Queue(arguments[0]), equip or _equipped)
    except MediaServiceError as fault:  # the supervisor starts it again, and again more slowly
        _log.error("worker cannot work", queue=arguments[0], said=str(fault))  # the sentence says it all
        return 1
    return 0


def serve(settings: Settings, queue: Queue, equip: Equip) -> None:
    """Serve one queue, in this process's main thread, until SIGTERM or until Redis is away for too long.

    What is opened here is loaded once; children are forked from it and make connections of their own.
    """
    owner = f"{socket.gethostname()}/{os.getpid()}"
    with equip(queue) as open_tools, bootstrap.stores(settings) as stores:
        _warm(settings, queue, open_tools)
        _rehearse(queue, owner, settings, stores)
        tasks.manned.set(Post(settings, stores, Bell(settings.service.redis), open_tools, queue, owner))
        _log.info("ready", queue=queue.value, worker=owner)
        with translated(settings.service.redis):
            plan = WorkerPlan(url=settings.service.redis, queue=queue, grace_s=GRACE_S)
            run_worker(plan, partial(_died, stores, owner))


@contextmanager
def _equipped(queue: Queue) -> Iterator[OpenTools]:
    """Open one nursery for all children of this process, where they speak, draw or fill in templates."""
    with Box(KNOWLEDGE) as box, Box(VOICES) as speaking:
        if queue in {Queue.FILM, Queue.MISC, Queue.PUBLISH}:
            box.open()
        if queue is Queue.SPEECH:
            speaking.open()
        yield lambda settings, progress: bootstrap.tools(settings, progress, (box, speaking))


def _warm(settings: Settings, queue: Queue, open_tools: OpenTools) -> None:
    """Find out here what every child would find out again. A fault is told by the child that meets it."""
    bootstrap.preload(channel=queue is Queue.PUBLISH)
    for state in [*STATES.values()] * 2:  # what is learnt of one drops some of what was learnt of those before
        values.prepare(state)
    if queue is Queue.PUBLISH:
        return
    try:
        with open_tools(settings, Record()) as tools:
            tools.sound.version()
            tools.film.version()
            for voice in tools.voices:
                with contextlib.suppress(SetupError):  # a voice that is not installed here is asked for by few
                    tools.speech.version(voice)
    except MediaServiceError as fault:
        _log.warning("not warm", said=str(fault))


def _rehearse(queue: Queue, owner: str, settings: Settings, stores: Stores) -> None:
    """Ask the database what every child asks, so that each finds its statements compiled."""
    stores.stages.claim(0, 0, owner, settings.service.lease)
    with contextlib.suppress(QueueAwayError), contextlib.closing(Bell(settings.service.redis)) as bell:
        dispatch([queue], stores, bell)
    gc.collect()
    gc.freeze()  # memory that children share stays shared


def _died(stores: Stores, owner: str, signal: int) -> None:
    """Give back what a child can no more: by a lapsed lease nobody could tell that it was the child."""
    _log.warning("child died", worker=owner, signal=signal)
    try:
        stores.stages.died(owner)
    except Exception as fault:  # noqa: BLE001  # the lease will run out
        _log.warning("not said", why=str(fault))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
