"""A Redis or Valkey server that somebody else runs: whether it is fit to be used, and what it must allow us."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from media_service.errors import SetupError
from media_service.messages import Message, message
from media_service.queue.client import hasty, probing, redacted
from media_service.queue.ending import until

ACL = (
    "user media-service on >PASSWORD resetkeys ~rq:* resetchannels "
    "+@all -@admin -@dangerous -@scripting -@pubsub +info +client|list +client|info +client|setname +client|setinfo"
)
"""The line for the server's ACL file: all that the queue needs, and neither scripts nor settings nor others' keys."""

_OLDEST = (6, 2)
_LOADING_S = 60.0


class ExternalRedis:
    """A server that is looked after by others."""

    pid = None
    adopted = False

    def __init__(self, url: str) -> None:
        self.url = url

    def ping(self) -> bool:
        """Tell whether it answers at this moment."""
        return answers(self.url)

    def tend(self) -> bool:
        """Leave it alone; returns False: it was not started again."""
        return False

    def stop(self) -> None:
        """Leave it running."""

    let_go = stop


def open_external(url: str, *, forgetful: bool) -> ExternalRedis:
    """Return the server at `url`, found fit; `forgetful` accepts one that keeps nothing on disk.

    Raises SetupError with what is wrong with it.
    """
    unsafe = _unsafe(url)
    unfit = unsafe or unfit_for_us(_info(url), forgetful=forgetful)
    if unfit:
        raise SetupError(message("Redis at {url} is not fit: {why}", url=redacted(url), why=unfit))
    return ExternalRedis(url)


def answers(url: str, timeout_s: float = 2.0) -> bool:
    """Tell whether a server answers there at this moment."""
    with suppress(RedisError, OSError), probing(url, timeout_s) as client:
        return bool(client.ping())
    return False


def unfit_for_us(info: dict[str, Any], *, forgetful: bool = False) -> Message | None:
    """Return why a server that says this of itself must not be used; INFO is allowed where CONFIG may not be."""
    if _version(info) < _OLDEST:
        return message("it is older than 6.2; update it to a version that is maintained.")
    if info.get("redis_mode", "standalone") != "standalone":
        return message("it is a cluster; give the queue a single server.")
    if info.get("role", "master") != "master":
        return message("it is a replica; give the address of its master.")
    if info.get("maxmemory_policy", "noeviction") != "noeviction":
        return message("it may drop keys when memory is short; set maxmemory-policy noeviction.")
    if not info.get("aof_enabled") and not forgetful:
        return message(
            "it forgets everything when it is killed; set appendonly yes or MEDIA_SERVICE_REDIS_FORGETFUL=1."
        )
    return None


def _info(url: str) -> dict[str, Any]:
    told: dict[str, Any] = {}

    def loaded() -> bool:
        """Ask again while it reads its own file: until then it does not say whether it will keep one."""
        with hasty(url) as client:
            told.update(client.info())
        return not told.get("loading")

    try:
        until(loaded, _LOADING_S)
    except (AuthenticationError, NoPermissionError) as error:
        said = message(
            "Redis at {url} does not let us in; correct the user and password in MEDIA_SERVICE_REDIS.",
            url=redacted(url),
        )
        raise SetupError(said) from error
    except (RedisError, OSError, ValueError) as error:
        said = message(
            "Redis at {url} cannot be reached; see that it runs and that MEDIA_SERVICE_REDIS is right.",
            url=redacted(url),
        )
        raise SetupError(said) from error
    return told


def _version(info: dict[str, Any]) -> tuple[int, ...]:
    """Valkey says 7.2.4 here, whatever its own version, because it does all that that Redis did."""
    return tuple(int(part) for part in re.findall(r"\d+", str(info.get("redis_version", "0")))[:2])


def _unsafe(url: str) -> Message | None:
    """Return what is wrong with an address before anything is sent there, such as a public one without TLS."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 6379
    except ValueError:
        return message("its address cannot be understood; correct MEDIA_SERVICE_REDIS.")
    if parts.scheme not in {"redis", "rediss", "unix"}:
        return message("its address must begin with redis://, rediss:// or unix://; correct MEDIA_SERVICE_REDIS.")
    if parts.scheme == "redis" and any(address.is_global for address in _addresses(host, port)):
        return message("everybody on the way could read along; use rediss:// or an address in your own network.")
    return None


def _addresses(host: str, port: int) -> set[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Return what a name stands for; nothing for one that is unknown, which cannot be reached either."""
    with suppress(ValueError):
        return {ipaddress.ip_address(host)}
    with suppress(OSError):
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return {ipaddress.ip_address(str(address[0]).partition("%")[0]) for *_, address in found}
    return set()
