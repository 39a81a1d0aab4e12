"""What tests ask of the sandbox itself, from this machine only: a plan of faults, another time, all that it holds."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from media_service.youtube.sandbox import quota, standing, tokens
from media_service.youtube.sandbox.clock import read, written
from media_service.youtube.sandbox.nearness import refuse_strangers
from media_service.youtube.sandbox.playlist_items import MANUAL
from media_service.youtube.sandbox.playlists import ITEM
from media_service.youtube.sandbox.playlists import KIND as PLAYLIST
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.storage import Body, Thing

_LARGEST = 1 << 20


def routes(sandbox: Sandbox) -> list[Route]:
    """Return the addresses of this room; none unless the sandbox may misbehave."""
    if not sandbox.options.faults:
        return []
    ways = {"faults": (_faults, "POST"), "clock": (_clock, "POST"), "consent": (_consent, "POST"),
            "playlist": (_playlist, "POST"), "state": (_state, "GET")}  # fmt: skip
    return [Route(f"/sandbox/{name}", _guarded(sandbox, way), methods=[verb]) for name, (way, verb) in ways.items()]


def _guarded(sandbox: Sandbox, way: Callable[[Sandbox, Body], Body]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if stranger := refuse_strangers(request):
            return stranger
        try:
            asked = json.loads(await request.body() or b"{}") if request.method == "POST" else {}
            return JSONResponse(way(sandbox, asked))
        except (ValueError, TypeError, KeyError) as fault:
            return JSONResponse({"error": f"{type(fault).__name__}: {fault}"}, 400)

    return endpoint


def _faults(sandbox: Sandbox, asked: Body) -> Body:
    """Take a plan in place of the one before."""
    sandbox.faults.plan(asked)
    return {"rules": len(sandbox.faults.rules), "storm": sandbox.faults.storm is not None}


def _clock(sandbox: Sandbox, asked: Body) -> Body:
    """Let it be another time: `to` a moment, or `by` seconds."""
    if "to" in asked:
        sandbox.clock.move(read(asked["to"]))
    elif "by" in asked:
        sandbox.clock.move(sandbox.clock.now() + timedelta(seconds=float(asked["by"])))
    return {"now": written(sandbox.clock.now()), "day": sandbox.clock.day()}


def _consent(sandbox: Sandbox, asked: Body) -> Body:
    """Give a refresh token as if the owner had consented; or (`revoke`) end one."""
    if "revoke" in asked:
        return {"revoked": tokens.revoke(sandbox.storage, str(asked["revoke"]))}
    scopes = tuple(str(scope) for scope in asked.get("scopes", [tokens.FORCE_SSL]))
    grant = tokens.Grant(scopes, tokens.CLIENT)
    return {"refresh_token": tokens.issue(sandbox.storage, sandbox.clock, tokens.REFRESH, grant)}


def _playlist(sandbox: Sandbox, asked: Body) -> Body:
    """Let a playlist be sorted by hand (`manual`), or not."""
    thing = sandbox.storage.find(PLAYLIST, str(asked["id"]))
    if thing is None:
        raise ValueError("no such playlist")
    with sandbox.storage.change():
        sandbox.storage.put(Thing(PLAYLIST, thing.id, thing.body | {MANUAL: bool(asked["manual"])}, thing.owner))
    return {"id": thing.id}


def _state(sandbox: Sandbox, _asked: Body) -> Body:
    """Return all that is held and was asked."""
    storage = sandbox.storage
    videos = [
        {"id": video.id, **standing.now(sandbox, video.body), "processed": standing.processed(sandbox, video.body)}
        for video in storage.all_of("video")
    ]
    captions = [{"id": each.id, "videoId": each.owner, **each.body} for each in storage.all_of("caption")]
    playlists = [
        {"id": each.id, **each.body, "videos": [item.body["videoId"] for item in storage.all_of(ITEM, each.id)]}
        for each in storage.all_of(PLAYLIST)
    ]
    sessions = [
        {"call": each.body["call"]["method"], "size": each.body["size"], "finished": each.body["answer"] is not None,
         "held": sandbox.arrivals.held(f"session-{each.id}")}
        for each in storage.all_of("session")
    ]  # fmt: skip
    spent = {bucket: quota.spent(sandbox, bucket) for bucket in (quota.UPLOADS, quota.UNITS)}
    return {"now": written(sandbox.clock.now()), "day": sandbox.clock.day(), "spent": spent, "calls": _calls(sandbox),
            "videos": videos, "captions": captions, "playlists": playlists, "sessions": sessions,
            "ranges": list(sandbox.arrivals.log)}  # fmt: skip


def _calls(sandbox: Sandbox) -> list[dict[str, Any]]:
    names = ("at", "day", "method", "bucket", "cost", "status", "reason")
    rows = sandbox.storage.run.execute(f"SELECT {', '.join(names)} FROM calls ORDER BY number")  # noqa: S608  # ours
    return [dict(zip(names, row, strict=True)) for row in rows]
