"""The channel's pages: what children and parents would see, and the owner's view of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from media_service.catalogue import translate
from media_service.errors import InputError
from media_service.filling import fill
from media_service.youtube.sandbox import described, standing
from media_service.youtube.sandbox.captions import KIND as CAPTION
from media_service.youtube.sandbox.nearness import refuse_strangers
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.shown import Looker
from media_service.youtube.sandbox.storage import Body, Thing

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""What every page says to the browser: nothing from elsewhere, nothing inline."""
_LABELS = {"vi": "Tiếng Việt", "en": "English"}


def routes(sandbox: Sandbox) -> list[Route]:
    """Return the addresses of the pages; none without templates."""
    if not sandbox.options.templates:
        return []
    ways = {"/": _home, "/watch": _watch, "/playlist": _playlist}
    return [
        *(Route(path, _page(sandbox, way)) for path, way in ways.items()),
        Route("/{rest:path}", _page(sandbox, _none)),
    ]


def _page(sandbox: Sandbox, way: Callable[[Looker, Request], Response]) -> Callable[[Request], Response]:
    async def endpoint(request: Request) -> Response:
        wants = request.query_params.get("owner") == "1"
        if wants and refuse_strangers(request):
            return missing(
                Looker(sandbox, owner=False), "Chỉ dành cho chủ kênh", "Trang này chỉ mở được trên máy của kênh.", 403
            )
        return way(Looker(sandbox, wants), request)

    return endpoint  # type: ignore[return-value]


def _home(looker: Looker, _request: Request) -> Response:
    shelves = looker.shelves()
    return filled(looker, "home", {"shelves": shelves, "counts": looker.counts(shelves)})


def _playlist(looker: Looker, request: Request) -> Response:
    thing = looker.playlist(request.query_params.get("list", ""))
    return filled(looker, "playlist", {"shelf": looker.shelf(thing)}) if thing else _none(looker, request)


def _watch(looker: Looker, request: Request) -> Response:
    found = looker.find(request.query_params.get("v", ""))
    if found is None:
        return _none(looker, request)
    thing, body = _counted(looker, found[0])
    playlist = looker.playlist(request.query_params.get("list", ""))
    video = looker.video(thing, body, playlist.id if playlist else "")
    start = request.query_params.get("t", "")
    if video.media and start.isascii() and start.isdigit():
        video = replace(video, media=f"{video.media}#t={start}")
    text = body["snippet"]["description"]
    values = {
        "video": video,
        "list": looker.shelf(playlist, thing.id) if playlist else None,
        "chapters": described.chapters(text, body["file"]["seconds"], _with_query(video.link)),
        "paragraphs": described.paragraphs(text, _with_query(video.link)),
        "tracks": _tracks(looker, thing.id),
    }
    return filled(looker, "watch", values)


def _with_query(link: str) -> str:
    return link if "?" in link else f"{link}?"


def _counted(looker: Looker, thing: Thing) -> tuple[Thing, Body]:
    """Count one more view, unless it is the owner's."""
    if not looker.owner:
        thing = replace(thing, body=thing.body | {"views": thing.body["views"] + 1})
        with looker.sandbox.storage.change():
            looker.sandbox.storage.put(thing)
    return thing, standing.now(looker.sandbox, thing.body)


def _tracks(looker: Looker, video: str) -> list[dict[str, str]]:
    """Return the tracks of captions, the Vietnamese one first: that one is on."""
    tracks = [
        each for each in looker.sandbox.storage.all_of(CAPTION, video) if looker.owner or not each.body["isDraft"]
    ]
    tracks = [each for each in tracks if not each.body["failure"]]
    tracks.sort(key=lambda each: each.body["language"] != "vi")
    return [
        {
            "source": looker.address(f"/captions/{each.id}.vtt"),
            "language": each.body["language"],
            "label": str(each.body["name"] or _LABELS.get(each.body["language"], each.body["language"])),
        }
        for each in tracks
    ]


def _none(looker: Looker, _request: Request) -> Response:
    return missing(looker, "Không tìm thấy", "Video hoặc trang này không có, hoặc chưa được công bố.", 404)


def missing(looker: Looker, heading: str, said: str, status: int) -> Response:
    """Return a page that says why there is nothing to see."""
    return filled(looker, "missing", {"heading": heading, "said": said}, status)


def filled(looker: Looker, name: str, values: Mapping[str, object], status: int = 200) -> Response:
    """Return a page made from its template."""
    sandbox = looker.sandbox
    channel = {
        "title": sandbox.options.title,
        "home": looker.address("/"),
        "owner": looker.owner,
        "quota": looker.quota(),
    }
    try:
        page = fill(sandbox.options.templates, f"pages/channel/{name}.html.j2", {"channel": channel, **values})
    except InputError as fault:  # staff may have changed a template: they are told where it is at fault
        return PlainTextResponse(translate(fault.said, "vi"), 500, HEADERS)
    return HTMLResponse(page, status, HEADERS)
