"""Looks after the workers of a machine: Redis first, then what the last run left, then the workers, to a graceful end.

A supervisor that is killed takes its workers and their programs along; the Redis it started is taken over by the next.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import structlog

from media_service import bootstrap, values
from media_service.box import program
from media_service.box.bounds import Terms
from media_service.domain.service import Pulse
from media_service.domain.stage import Queue
from media_service.errors import SetupError
from media_service.messages import message
from media_service.queue.bell import Bell
from media_service.queue.embedded import EmbeddedRedis, RedisSettings
from media_service.queue.external import ExternalRedis, answers, open_external
from media_service.queue.opening import redis_url, running_redis
from media_service.settings import Settings
from media_service.stores import Stores
from media_service.worker.crew import Crew, Hand
from media_service.worker.rounds import Rounds
from media_service.worker.stop import Stop
from media_service.worker.watch import Watch

_log = structlog.stdlib.get_logger(__name__)

GRACE_S = 8.0
_TICK_S = 0.1
_TEND_REDIS_S = 1.0
WORKER = (sys.executable, "-m", "media_service.worker.run")
"""What is started for each worker; the queue's name follows."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service at work, for whoever watches it."""

    settings: Settings
    """With the address of the Redis in use."""
    stores: Stores
    pulse: Callable[[], Pulse]
    queues: tuple[Queue, ...]
    """One for each worker."""


Beside = Callable[[Service], AbstractContextManager[object]]
"""Opened when the service works, closed before it ends: health pages, a word to whoever started it."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who is to work, and what goes on beside."""

    queues: tuple[Queue, ...]
    beside: Beside = lambda _: nullcontext()
    command: Sequence[str] = WORKER


def company(settings: Settings) -> tuple[Queue, ...]:
    """Return the workers that keep this machine busy whichever queue has work: cores are shared among them.

    One more films than there are cores, so that a core has work while what was made on it is written down.
    """
    each = settings.service.cores
    # a long film on its way to the channel must not keep the small errands of others waiting
    publishing = (Queue.PUBLISH,) * 2 if settings.publishing.channel else ()
    return (Queue.SPEECH,) * each + (Queue.FILM,) * (each + 1) + (Queue.MISC,) + publishing


def up(settings: Settings, who: Company | None = None) -> None:
    """Run the whole service in the foreground until SIGTERM or Ctrl+C: Redis, reconciler, workers.

    A second signal ends it at once. Raises SetupError where another service runs on the same folder, or where Redis or
    the database cannot be had. For the main thread.
    """
    with running_redis(redis_settings(settings), _start_redis) as redis:
        supervise(_with_redis(settings, redis.url), who or Company(company(settings)), redis)


def supervise(settings: Settings, who: Company, redis: EmbeddedRedis | ExternalRedis | None = None) -> None:
    """Keep a reconciler and one worker for each of `who.queues` at work until SIGTERM or Ctrl+C.

    `redis`, where given, is kept alive too; else the one of the settings, or of their folder, is used. Raises
    SetupError where that one is not there or unfit, DatabaseAwayError.
    """
    settings = settings if redis else _with_redis(settings, _redis_in_use(redis_settings(settings)))
    crew = Crew(who.queues, lambda queue: _start_worker([*who.command, queue.value], settings))
    stop = Stop()
    with (
        stop.on_signals(),
        bootstrap.stores(settings) as stores,
        Rounds(stores, Bell(settings.service.redis), crew.hands) as rounds,
        Watch(settings, stores.ledgers) if Queue.PUBLISH in who.queues else nullcontext(),
        who.beside(Service(settings, stores, rounds.pulse, who.queues)),
        _graceful_end(rounds, crew, stop),
    ):
        _log.info("at work", workers=len(who.queues))
        tend_at = time.monotonic()
        while not stop.wait(_TICK_S):
            crew.tend()
            if redis and time.monotonic() >= tend_at:
                _tend(redis)
                tend_at = time.monotonic() + _TEND_REDIS_S


def redis_settings(settings: Settings) -> RedisSettings:
    """Return which Redis the settings ask for."""
    service = settings.service
    return RedisSettings(
        folder=settings.state / "redis",
        url=service.redis,
        program=service.redis_server,
        forgetful=service.redis_forgetful,
    )


def _redis_in_use(wanted: RedisSettings) -> str:
    """Return where the Redis answers that others look after; raises SetupError where there is none, or an unfit one."""
    if wanted.url:
        return open_external(wanted.url, forgetful=wanted.forgetful).url
    url = redis_url(wanted)
    if not answers(url):
        raise SetupError(
            message(
                "No Redis runs for {folder}; start media-service up there first, or set MEDIA_SERVICE_REDIS.",
                folder=wanted.folder,
            )
        )
    return url


def _with_redis(settings: Settings, url: str) -> Settings:
    return dataclasses.replace(settings, service=dataclasses.replace(settings.service, redis=url))


def _tend(redis: EmbeddedRedis | ExternalRedis) -> None:
    """Keep Redis alive; what cannot be started at this moment may be at the next, and the database keeps everything."""
    try:
        if redis.tend():
            _log.warning("redis was started again")
    except Exception:  # noqa: BLE001  # tried again a second later
        _log.exception("redis cannot be started")


@contextmanager
def _graceful_end(rounds: Rounds, crew: Crew, stop: Stop) -> Iterator[None]:
    """See that nobody is left after the block: first asked, then, after the grace or at a second signal, killed."""
    try:
        yield
    finally:
        _log.info("ending")
        rounds.end()
        crew.ask_to_end()
        deadline = time.monotonic() + GRACE_S
        while not crew.gone() and time.monotonic() < deadline and not stop.again():
            time.sleep(_TICK_S / 5)
        crew.kill()


def _start_worker(command: Sequence[str], settings: Settings) -> Hand:
    """Start a worker that dies with us; it is told its settings on standard input, and speaks where we do."""
    said = values.dump(settings)
    heard, told = os.pipe()
    try:
        os.write(told, said)  # far less than a pipe holds
        os.close(told)
        return program.start(command, Terms(networked=True), sys.stderr.fileno(), heard)
    finally:
        os.close(heard)


def _start_redis(command: Sequence[str], *, log: Path, stdin: int) -> program.Child:
    return program.start(command, Terms(tethered=False), log, stdin)
