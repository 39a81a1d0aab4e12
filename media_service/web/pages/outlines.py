"""What a reviewer's player shows beside the film: the outline of its sound, and its slides on one sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from fastapi import HTTPException
from starlette.responses import FileResponse, Response

from media_service.domain.episode import Presented
from media_service.domain.permissions import Action
from media_service.domain.product import Product
from media_service.inspection import Inspector
from media_service.ports import Shelf
from media_service.steps.outline import strip, waveform
from media_service.web.addresses import Addresses
from media_service.web.studio import Studio
from media_service.web.visitor import Asked

addresses = Addresses()

_Making = Callable[[Presented, Inspector, Shelf], Product[None]]
_KEPT = {"Cache-Control": "private, max-age=3600"}
"""The addresses that pages give name the content."""
_MEDIA = ("video", "captions", "thumbnail")
"""What the player has from where everybody has it."""


@addresses.page("/review/{slug}/{number:int}/cover/{index:int}", Action.REVIEW)
def cover(visitor: Asked, slug: str, number: int, index: int) -> Response:
    """Return one of the thumbnails to choose from, counted from 1."""
    candidates = visitor.studio.stores.overviews.reviews.episode(slug, number).candidates
    if not 1 <= index <= len(candidates):
        raise HTTPException(404)
    file = visitor.studio.workshop.tools.shelf.reach(candidates[index - 1].key)
    return FileResponse(file, media_type="image/jpeg", headers=_KEPT)


@addresses.page("/review/{slug}/{number:int}/{part}", Action.REVIEW)
def part(visitor: Asked, slug: str, number: int, part: str) -> Response:
    """Return a part of a finished episode."""
    if part not in _PARTS:
        raise HTTPException(404)
    return _PARTS[part](visitor.studio.stores.overviews.reviews.episode(slug, number), visitor.studio)


def parts(slug: str, number: int, content: str) -> Mapping[str, str]:
    """Return the addresses of an episode's parts, which change with what they hold."""
    found = {part: f"/review/{slug}/{number}/{part}?v={content}" for part in _PARTS}
    return {**found, **{part: f"/media/{slug}/{number}/{part}?v={content}" for part in _MEDIA}}


def _drawn(make: _Making, kind: str, episode: Presented, studio: Studio) -> Response:
    tools = studio.workshop.tools
    product = make(episode, tools.inspector, tools.shelf)
    return FileResponse(tools.shelf.reach(product.key), media_type=kind, headers=_KEPT)


_PARTS: Mapping[str, Callable[[Presented, Studio], Response]] = {
    "waveform": partial(_drawn, waveform, "application/octet-stream"),
    "strip": partial(_drawn, strip, "image/jpeg"),
}
"""What can be had, by the last part of its address."""
