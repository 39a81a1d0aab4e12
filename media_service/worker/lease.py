"""Keeps an assignment ours while it is worked on, from a thread of its own.

It ends this process the moment that the work may not go on: the lease is lost, its time is over, or the worker is asked
to stop.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock, Thread
from types import TracebackType
from typing import Self

import structlog

from media_service.domain.stage import Assignment, limit_of
from media_service.messages import Message, message
from media_service.worker.post import Post
from media_service.worker.stop import Stop

_log = structlog.stdlib.get_logger(__name__)

LONGEST_BEAT_S = 1.0
"""A cancelled stage is noticed within this."""
Goodbye = Callable[[], object]


class Lease:
    """Beats for the time of a block. Where the work must end, `post.leave` is called in the middle of it.

    After the block nothing beats any more, and the stage stays ours for `left_s()`.
    """

    def __init__(self, assignment: Assignment, post: Post, stop: Stop, claimed: float) -> None:
        """`claimed`: the monotonic time just before the claim."""
        self._assignment = assignment
        self._post = post
        self._stop = stop
        self._length = post.settings.service.lease
        self._over = claimed + self._length.total_seconds()
        self._limit = claimed + limit_of(assignment.step).total_seconds()
        self._guard = Lock()
        self._working = True
        self._thread = Thread(target=self._keep, name="lease", daemon=True)
        self.left = False
        """Whether the work was ended from here."""

    def __enter__(self) -> Self:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Beat no more. Waits for a beat, or an end, that is under way."""
        with self._guard:
            self._working = False
        self._stop.wake()
        self._thread.join()

    def left_s(self) -> float:
        """Return for how many seconds the stage is still ours, if nothing beats."""
        return self._over - time.monotonic()

    def _keep(self) -> None:
        pause = min(self._length.total_seconds() / 3, LONGEST_BEAT_S)
        while True:
            stopping = self._stop.wait(pause)
            with self._guard:
                if not self._working:
                    return
                goodbye = self._goodbye(stopping=stopping)
                if goodbye is not None:
                    self._leave(goodbye)
                    return

    def _goodbye(self, *, stopping: bool) -> Goodbye | None:
        """Return what to tell the database before the work is ended; None where it goes on."""
        stages = self._post.stores.stages
        if stopping:
            return lambda: stages.hand_back(self._assignment)
        if time.monotonic() >= self._limit:
            return lambda: stages.postpone(self._assignment, _too_long(self._assignment.step), "", None)
        return None if self._beat() else lambda: None

    def _beat(self) -> bool:
        """Whoever cannot say that he lives for a whole lease must take the stage for given away."""
        begun = time.monotonic()
        try:
            ours = self._post.stores.stages.beat(self._assignment, self._length)
        except Exception as fault:  # noqa: BLE001  # whatever it was: were this thread to end, nobody would stop the work
            if begun >= self._over:
                _log.warning("lost", why=str(fault))
            return begun < self._over
        if not ours:
            _log.warning("lost", why="cancelled, or given to another")
            return False
        self._over = begun + self._length.total_seconds()
        return True

    def _leave(self, goodbye: Goodbye) -> None:
        """Nothing of this process may go on: first its children, then word to the database, then itself."""
        self._post.halt()
        try:
            goodbye()
        except Exception as fault:  # noqa: BLE001  # the lease will run out
            _log.warning("not said goodbye", why=str(fault))
        _log.info("left", asked_to_stop=bool(self._stop.asked))
        self.left, self._working = True, False
        self._post.leave(0)


def _too_long(step: str) -> Message:
    minutes = limit_of(step) // timedelta(minutes=1)
    return message("This took longer than {minutes} minutes and was stopped; it will be tried again.", minutes=minutes)
