"""Redis clients: a patient one that sits out a restart of the server, and a hasty one that says at once it is away."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError
from redis.retry import Retry

from media_service.errors import QueueAwayError
from media_service.messages import message

Answer = TypeVar("Answer")

PATIENCE_S = 120.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 1.0
_CONNECT_S = 5.0
_HASTY_S = 5.0


class Patience(Retry):
    """Tries again until `seconds` are over, at first soon, then about once a second.

    The client nests its retries (connecting inside a command), which would multiply them; here the outermost call
    sets the one deadline. `hurry` ends all waiting at the next failure, for a process that is about to stop.
    """

    def __init__(self, seconds: float = PATIENCE_S) -> None:
        super().__init__(NoBackoff(), retries=-1)
        self._seconds = seconds
        self._hurried = False
        self._suspended = False
        self._thread = threading.local()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Every connection of a client shares its patience, though the client copies what it is given."""
        return self

    def hurry(self) -> None:
        """Let the next failure be the last; safe in a signal handler."""
        self._hurried = True

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Have no patience within a block: what is asked there is not worth waiting for."""
        self._suspended = True
        try:
            yield
        finally:
            self._suspended = False

    def call_with_retry(
        self,
        do: Callable[[], Answer],
        fail: Callable[..., Any],
        is_retryable: Callable[[Exception], bool] | None = None,
        with_failure_count: bool = False,  # the client calls it so
    ) -> Answer:
        """Return what `do` returns, or raise its last error when the time is over."""
        failures = 0
        with self._deadline() as deadline:
            while True:
                try:
                    return do()
                except self._supported_errors as error:
                    if isinstance(error, AuthenticationError) or (is_retryable and not is_retryable(error)):
                        raise
                    failures += 1
                    fail(error, failures) if with_failure_count else fail(error)
                    if self._hurried or self._suspended or time.monotonic() >= deadline:
                        raise
                time.sleep(_pause(failures))

    @contextmanager
    def _deadline(self) -> Iterator[float]:
        outer: float | None = getattr(self._thread, "deadline", None)
        if outer is not None:
            yield outer
            return
        self._thread.deadline = time.monotonic() + self._seconds
        try:
            yield self._thread.deadline
        finally:
            self._thread.deadline = None


def _pause(failures: int) -> float:
    """Return a pause that doubles each time, and differs so that workers do not all come back in one moment."""
    doubled: float = _FIRST_PAUSE_S * 2 ** min(failures - 1, 10)
    return min(doubled, _LONGEST_PAUSE_S) * random.uniform(0.8, 1.2)  # noqa: S311  # not a secret


def patient(url: str, patience: Patience | None = None) -> Redis:
    """Return a client for workers: a Redis that is away for up to two minutes only makes it slow. Connects later."""
    return Redis.from_url(
        url, retry=patience or Patience(), socket_connect_timeout=_CONNECT_S, socket_timeout=30.0, protocol=2
    )


def hasty(url: str, timeout_s: float = _HASTY_S) -> Redis:
    """Return a client for those who have something better to do than to wait; it tries for about a second."""
    return Redis.from_url(
        url, retry=Patience(1.0), socket_connect_timeout=timeout_s, socket_timeout=timeout_s, protocol=2
    )


def probing(url: str, timeout_s: float = 1.0) -> Redis:
    """Return a client that tries once, to see whether somebody is there."""
    return Redis.from_url(
        url, retry=Patience(0), socket_connect_timeout=timeout_s, socket_timeout=timeout_s, protocol=2
    )


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the client's errors into QueueAwayError, which names the server without its password."""
    try:
        yield
    except RedisError as error:
        raise QueueAwayError(
            message(
                "Redis at {url} does not do its work ({reason}); see that it runs, the work goes on by itself.",
                url=redacted(url),
                reason=type(error).__name__,
            )
        ) from error


def redacted(url: str) -> str:
    """Return the address without user, password or query, fit for messages and logs."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
