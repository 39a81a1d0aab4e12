"""Opens the Redis that the settings ask for: somebody else's, checked, or one of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from media_service.queue.embedded import EmbeddedRedis, RedisSettings, StartProgram, socket_url
from media_service.queue.external import ExternalRedis, open_external


def redis_url(settings: RedisSettings) -> str:
    """Return where the queue's Redis answers, for those who only use it; may hold a password."""
    return settings.url or socket_url(settings)


def open_redis(settings: RedisSettings, start: StartProgram) -> EmbeddedRedis | ExternalRedis:
    """Return a Redis that answers. Whoever opens it calls `tend` once a second and `stop` (or `let_go`) at the end.

    Raises SetupError where it cannot be had, NotWritableError for our own one's folder.
    """
    if settings.url:
        return open_external(settings.url, forgetful=settings.forgetful)
    server = EmbeddedRedis(settings, start)
    server.open()
    return server


@contextmanager
def running_redis(settings: RedisSettings, start: StartProgram) -> Iterator[EmbeddedRedis | ExternalRedis]:
    """Open a Redis for the time of a block; our own one ends with it."""
    server = open_redis(settings, start)
    try:
        yield server
    finally:
        server.stop()
