"""Films, sound, captions and pictures: products by what they are, in ranges, for whoever may see their work.

An address names a work, an episode and a kind; which file that is, the episode knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from media_service.domain.episode import Assembled, Bound, Described, Filmed, Narrated, Planned
from media_service.domain.permissions import Action, sees_all
from media_service.domain.product import Key
from media_service.domain.subtitles import vtt
from media_service.errors import ProductGoneError
from media_service.messages import message
from media_service.web.addresses import Addresses, Number
from media_service.web.guard import RefusedError
from media_service.web.visitor import Asked, Visitor

addresses = Addresses()

INERT = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "private, no-cache",
}
"""For what came from outside: should it be opened by itself, it can do nothing."""
PICTURE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".svg": "image/svg+xml",
}
_KINDS: Mapping[str, tuple[type[Planned], Callable[[Planned], Key], str]] = {
    "video": (Filmed, lambda episode: episode.video.key, "video/mp4"),  # type: ignore[attr-defined]
    "sound": (Assembled, lambda episode: episode.master.key, "audio/flac"),  # type: ignore[attr-defined]
    "mp3": (Bound, lambda episode: episode.mp3.key, "audio/mpeg"),  # type: ignore[attr-defined]
    "thumbnail": (Described, lambda episode: episode.thumbnail.key, "image/jpeg"),  # type: ignore[attr-defined]
}
"""What there is of an episode: from which state on, under which key, and of which type."""


def visible(visitor: Visitor, slug: str) -> None:
    """Raise RefusedError where a work is not there, or not for this visitor: nobody can tell which."""
    account, whose = visitor.account, visitor.studio.stores.works.submitter(slug)
    if not whose or (whose != account.name and not sees_all(account.role)):
        raise nothing()


def nothing() -> RefusedError:
    """Return the refusal for what is not there, or not yet, or not for this visitor."""
    return RefusedError(404, message("There is nothing here (yet); look at the work's page for what is made."))


@addresses.page("/media/{slug}/{number}/clip/{index}", Action.SEE_WORKS)
async def clip(visitor: Asked, slug: str, number: Number, index: Number) -> Response:
    """Return the sound of one passage."""
    episode = await run_in_threadpool(_episode, visitor, slug, number)
    if not isinstance(episode, Narrated) or not 0 <= index < len(episode.clips):
        raise nothing()
    return await _file(visitor, episode.clips[index].key, "audio/flac")


@addresses.page("/media/{slug}/{number}/picture/{sha256}", Action.SEE_WORKS)
async def picture(visitor: Asked, slug: str, number: Number, sha256: str) -> Response:
    """Return a picture as it was handed in."""
    episode = await run_in_threadpool(_episode, visitor, slug, number)
    if sha256 not in episode.pictures:
        raise nothing()
    product = episode.pictures[sha256]
    kind = PICTURE_TYPES.get(PurePosixPath(product.facts.name).suffix.lower(), "application/octet-stream")
    return await _file(visitor, product.key, kind)


@addresses.page("/media/{slug}/{number}/captions", Action.SEE_WORKS)
def captions(visitor: Asked, slug: str, number: Number) -> Response:
    """Return an episode's captions as WebVTT."""
    episode = _episode(visitor, slug, number)
    if not isinstance(episode, Described):
        raise nothing()
    return Response(vtt(episode.captions, episode.facts.language), media_type="text/vtt; charset=utf-8", headers=INERT)


@addresses.page("/media/{slug}/{number}/{what}", Action.SEE_WORKS)
async def media(visitor: Asked, slug: str, number: Number, what: str) -> Response:
    """Return a film, a sound or a thumbnail."""
    if what not in _KINDS:
        raise nothing()
    state, key, kind = _KINDS[what]
    episode = await run_in_threadpool(_episode, visitor, slug, number)
    if not isinstance(episode, state):
        raise nothing()
    return await _file(visitor, key(episode), kind)


def _episode(visitor: Visitor, slug: str, number: int) -> Planned:
    visible(visitor, slug)
    return visitor.studio.stores.works.episode(slug, number)


async def _file(visitor: Visitor, key: Key, kind: str) -> Response:
    try:
        path = await run_in_threadpool(visitor.studio.workshop.tools.shelf.reach, key)
    except ProductGoneError as exc:
        raise nothing() from exc
    return FileResponse(path, media_type=kind, headers=INERT)
