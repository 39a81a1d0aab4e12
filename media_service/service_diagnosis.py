"""What this machine has and lacks for the service: database, Redis, shelf, room, limits for the programs it starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from media_service import bootstrap
from media_service.box.bounds import Bounds, Terms, chain
from media_service.diagnosis import Examination, Finding, look_at
from media_service.errors import SetupError
from media_service.files.space import free_bytes, require_room
from media_service.messages import Message, message
from media_service.queue.client import redacted
from media_service.queue.embedded import socket_url
from media_service.queue.external import answers, open_external
from media_service.queue.server_program import find_server
from media_service.settings import Settings
from media_service.worker.supervise import redis_settings

if TYPE_CHECKING:
    from media_service.files.bucket import Bucket

_HOLDS = {
    "prlimit": message("limits of memory and time"),
    "unshare": message("no network"),
    "setpriv": message("an end together with the service"),
}
"""What holds a program that we start, and what it gives."""


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything that the service needs beyond what making a work does; a fault in one part hides no other."""
    parts: tuple[tuple[Message, Examination], ...] = (
        (message("database"), _database),
        (message("Redis"), _redis),
        (message("shelf"), _shelf),
        (message("room for the service"), _room),
        (message("programs in a box"), _box),
        *([(message("channel"), _channel), (message("key"), _key)] if settings.publishing.channel else []),
    )
    return tuple(look_at(part, settings, look) for part, look in parts)


def require_redis(settings: Settings) -> None:
    """Raise SetupError where no Redis answers that workers could serve."""
    if settings.service.redis:
        open_external(settings.service.redis, forgetful=settings.service.redis_forgetful)
    elif not answers(socket_url(redis_settings(settings))):
        raise SetupError(
            message(
                "No service runs on {folder}; start media-service up, or set MEDIA_SERVICE_REDIS.",
                folder=settings.state,
            )
        )


def require_shelf(settings: Settings) -> None:
    """Raise SetupError where the address of the shelf cannot be understood; whether it answers shows itself later."""
    if settings.service.shelf:
        _bucket(settings)


def require_free_room(settings: Settings) -> None:
    """Raise NoSpaceError where less room is left than a piece of work must find."""
    for folder in (settings.state, settings.output):
        require_room(folder, settings.service.free_bytes)


def _database(settings: Settings) -> Message:
    if not settings.service.database and not (settings.state / "service.db").exists():
        return message("a file will be made at {path}", path=settings.state / "service.db")
    with bootstrap.stores(settings) as stores:
        return message("it answers, at revision {revision}", revision=stores.upkeep.revision())


def _redis(settings: Settings) -> Message:
    if settings.service.redis:
        require_redis(settings)
        return message("{url} answers and is fit", url=redacted(settings.service.redis))
    program = find_server(settings.service.redis_server)
    if answers(socket_url(redis_settings(settings))):
        return message("our own one runs ({program})", program=program)
    return message("our own one can be started ({program})", program=program)


def _shelf(settings: Settings) -> Message:
    if not settings.service.shelf:
        return message("in the output folder, for this machine")
    _bucket(settings).size("any")
    return message("{url} answers", url=redacted(settings.service.shelf))


def _bucket(settings: Settings) -> Bucket:
    from media_service.files.bucket import Bucket  # noqa: PLC0415  # its library is an extra

    return Bucket(settings.service.shelf)


def _room(settings: Settings) -> Message:
    require_free_room(settings)
    return message("{free:.1f} GB are left", free=free_bytes(settings.state) / 1e9)


def _channel(settings: Settings) -> Message:
    """Look at what is kept of the channel; asking it is the affair of `channel status --check`."""
    bootstrap.require_platform(settings)
    with bootstrap.stores(settings) as stores:
        health = stores.ledgers.consents.health()
    if health is None:
        raise SetupError(message("Nobody has connected the channel yet. Do it with: media-service channel connect"))
    if health.paused:
        raise SetupError(message("Publishing pauses: {why}", why=health.paused))
    return message("connected: {title}", title=health.title)


def _key(settings: Settings) -> Message:
    bootstrap.sealing(settings).check()
    with bootstrap.stores(settings) as stores:
        stores.ledgers.consents.consent()
    return message("{file} opens what is sealed", file=settings.key_file)


def _box(_settings: Settings) -> Message:
    there = {Path(word).name for word in chain(Terms(Bounds(), networked=False))}
    held = [said for name, said in _HOLDS.items() if name in there]
    lacking = [said for name, said in _HOLDS.items() if name not in there]
    if lacking:
        return message("this machine cannot give {lacking}; the rest holds.", lacking=_listed(lacking))
    return message("ffmpeg and readers of files have {held}", held=_listed(held))


def _listed(said: list[Message]) -> Message:
    """Return messages as one, with commas."""
    places = ", ".join(f"{{part{number}}}" for number in range(len(said)))
    return Message(places, {f"part{number}": one for number, one in enumerate(said)})
