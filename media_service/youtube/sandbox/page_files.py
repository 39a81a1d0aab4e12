"""The files that pages ask for: films in ranges, pictures, captions, and the pages' own style, script and typefaces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import fontpkg_be_vietnam_pro
import fontpkg_lexend
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from media_service.filling import fill, find
from media_service.youtube.sandbox import standing
from media_service.youtube.sandbox.captions import KIND as CAPTION
from media_service.youtube.sandbox.nearness import refuse_strangers
from media_service.youtube.sandbox.playlist_images import KIND as IMAGE
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.shown import Looker
from media_service.youtube.sandbox.storage import Body
from media_service.youtube.sandbox.subtitles import converted

_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_INERT = _SAFE | {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""For what came from outside: should it be opened by itself, it can do nothing."""
_OWN = {"channel.css": "text/css; charset=utf-8", "channel.js": "text/javascript; charset=utf-8"}
_DRAWN = {"emblem.svg", "no-picture.svg"}
_FONTS = {
    "lexend.ttf": Path(fontpkg_lexend.ROOT, "files", "Lexend[wght].ttf"),
    "be-vietnam-pro.ttf": Path(fontpkg_be_vietnam_pro.ROOT, "files", "BeVietnamPro-Bold.ttf"),
}


def routes(sandbox: Sandbox) -> list[Route]:
    """Return the addresses of files; none without templates."""
    if not sandbox.options.templates:
        return []
    ways = {
        "/media/{id}": _film,
        "/vi/{id}/{size}.jpg": _thumbnail,
        "/pl/{id}/{hash}": _playlist_picture,
        "/captions/{id}.vtt": _captions,
        "/static/{name}": _own,
    }
    return [Route(path, _served(sandbox, way)) for path, way in ways.items()]


def _served(sandbox: Sandbox, way: Callable[[Looker, Request], Response]) -> Callable[[Request], Response]:
    async def endpoint(request: Request) -> Response:
        owner = request.query_params.get("owner") == "1" and not refuse_strangers(request)
        return way(Looker(sandbox, owner), request)

    return endpoint  # type: ignore[return-value]


def _film(looker: Looker, request: Request) -> Response:
    found = looker.find(request.path_params["id"])
    if found is None or not standing.playable(looker.sandbox, found[1]):
        return _nothing()
    file = found[1]["file"]
    return FileResponse(looker.sandbox.storage.content(file["sha256"]), media_type="video/mp4", headers=_INERT)


def _thumbnail(looker: Looker, request: Request) -> Response:
    """Return a thumbnail; of what is not public only on this machine, where the owner's view needs it."""
    near = Looker(looker.sandbox, owner=not refuse_strangers(request))
    found = near.find(request.path_params["id"])
    if found is None:
        return _nothing()
    return (
        _picture(looker.sandbox, found[1]["thumbnail"]) if "thumbnail" in found[1] else _drawn(looker, "no-picture.svg")
    )


def _playlist_picture(looker: Looker, request: Request) -> Response:
    near = Looker(looker.sandbox, owner=not refuse_strangers(request))
    thing = near.playlist(request.path_params["id"])
    images = looker.sandbox.storage.all_of(IMAGE, thing.id) if thing else []
    return _picture(looker.sandbox, images[0].body) if images else _nothing()


def _picture(sandbox: Sandbox, body: Body) -> Response:
    return FileResponse(sandbox.storage.content(body["sha256"]), media_type=body["type"], headers=_INERT)


def _captions(looker: Looker, request: Request) -> Response:
    track = looker.sandbox.storage.find(CAPTION, request.path_params["id"])
    if track is None or looker.find(track.owner) is None or (track.body["isDraft"] and not looker.owner):
        return _nothing()
    text = looker.sandbox.storage.content(track.body["sha256"]).read_bytes().decode("utf-8-sig", "replace")
    return Response(converted(text, "vtt"), media_type="text/vtt; charset=utf-8", headers=_INERT)


def _own(looker: Looker, request: Request) -> Response:
    name, folders = request.path_params["name"], looker.sandbox.options.templates
    if name in _DRAWN:
        return _drawn(looker, name)
    if name in _FONTS:
        return FileResponse(_FONTS[name], media_type="font/ttf", headers=_SAFE | {"Cache-Control": "max-age=604800"})
    if name in _OWN:
        return FileResponse(find(folders, f"pages/channel/{name}"), media_type=_OWN[name], headers=_SAFE)
    return _nothing()


def _drawn(looker: Looker, name: str) -> Response:
    svg = fill(looker.sandbox.options.templates, f"pages/channel/{name}", {})
    return Response(svg, media_type="image/svg+xml", headers=_INERT)


def _nothing() -> Response:
    return Response(status_code=404, headers=_SAFE)
