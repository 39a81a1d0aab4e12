"""The rounds that a supervisor makes beside its crew: the sweep, and the report of who lives.

In a thread of its own, so that a slow database keeps nobody from starting a dead worker again.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Self

import structlog

from media_service.domain.service import Pulse, WorkerSeen
from media_service.domain.stage import Queue
from media_service.errors import DatabaseAwayError, NoSpaceError, QueueAwayError
from media_service.stores import Stores
from media_service.worker.post import Doorbell
from media_service.worker.reconcile import Reconciler, Swept

_log = structlog.stdlib.get_logger(__name__)

EVERY_S = 1.0
REPORT_EVERY_S = 3.0
Hands = Callable[[], Sequence[tuple[int, Queue]]]


class Rounds:
    """Sweeps once a second for the time of a block, whatever goes wrong."""

    def __init__(self, stores: Stores, bell: Doorbell, hands: Hands) -> None:
        self._stores = stores
        self._reconciler = Reconciler(stores, bell)
        self._hands = hands
        self._host = f"{socket.gethostname()}/{os.getpid()}"  # of two supervisors on a machine, each reports its own
        self._ended = Event()
        self._thread = Thread(target=self._go, name="rounds", daemon=True)
        self._report_at = 0.0
        self._swept_at: float | None = None
        self._redis_ok = self._database_ok = True

    def __enter__(self) -> Self:
        """Make the first round, so that what the last run left is due before anybody works; then go on beside."""
        self._round()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Make no more rounds."""
        self.end()
        self._thread.join()

    def end(self) -> None:
        """Begin no more rounds, so that nothing is rung for while the workers end."""
        self._ended.set()

    def pulse(self) -> Pulse:
        """Return how things stand, from any thread."""
        swept = self._swept_at
        since = None if swept is None else timedelta(seconds=time.monotonic() - swept)
        return Pulse(since_sweep=since, redis_ok=self._redis_ok, database_ok=self._database_ok)

    def _go(self) -> None:
        while not self._ended.wait(EVERY_S):
            self._round()

    def _round(self) -> None:
        self._quietly(self._sweep)
        if self._quietly(self._report):
            self._swept_at = time.monotonic()

    def _sweep(self) -> None:
        swept = self._reconciler.sweep()
        self._turned(redis_ok=swept.redis_ok)
        if swept.reclaimed or swept.lost or swept.mended:
            _log.info("swept", **_counts(swept))

    def _report(self) -> None:
        if time.monotonic() >= self._report_at:
            now = datetime.now(UTC)
            self._stores.records.seen(
                [WorkerSeen(f"{self._host}/{pid}", self._host, queue.value, now) for pid, queue in self._hands()]
            )
            self._report_at = time.monotonic() + REPORT_EVERY_S

    def _quietly(self, do: Callable[[], None]) -> bool:
        """Do something that may fail for a while; nothing ends the rounds. Returns False where it broke."""
        try:
            do()
        except (DatabaseAwayError, NoSpaceError) as fault:
            self._turned(database_ok=False, said=str(fault))
        except QueueAwayError as fault:
            self._turned(redis_ok=False, said=str(fault))
        except Exception:  # noqa: BLE001  # whatever is wrong with one round, the next may be better
            _log.exception("round broken off")
            return False
        else:
            self._turned(database_ok=True)
        return True

    def _turned(self, *, redis_ok: bool | None = None, database_ok: bool | None = None, said: str = "") -> None:
        """Note how the two servers are, and say it when it changes."""
        if redis_ok is not None and redis_ok != self._redis_ok:
            self._redis_ok = redis_ok
            _log.warning("redis answers again" if redis_ok else "redis is away", said=said)
        if database_ok is not None and database_ok != self._database_ok:
            self._database_ok = database_ok
            _log.warning("database answers again" if database_ok else "database is away", said=said)


def _counts(swept: Swept) -> dict[str, int]:
    return {"reclaimed": swept.reclaimed, "lost": swept.lost, "mended": swept.mended, "rung": swept.rung}
