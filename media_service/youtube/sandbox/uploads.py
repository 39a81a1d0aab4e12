"""Calls with a file: sent whole (media), beside its metadata (multipart), or into a session that survives breaks.

A session's protocol: a POST opens it and names its address; PUTs with `Content-Range` bring bytes, `bytes */size` asks
how far it is; 308 with `Range` tells what is held, 200 brings the finished resource, again and again if asked.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

from starlette.responses import Response

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.arriving import TooLargeError
from media_service.youtube.sandbox.calls import Desk, done, file_of, whole
from media_service.youtube.sandbox.deeds import DEEDS
from media_service.youtube.sandbox.multipart import Related
from media_service.youtube.sandbox.sandbox import Arrived, Call
from media_service.youtube.sandbox.sessions import open_session, use_session


async def upload(desk: Desk) -> Response:
    """Answer a request at an address for uploads."""
    query = desk.request.query_params
    if "upload_id" in query:
        return await use_session(desk, query["upload_id"])
    kind = query.get("uploadType") or query.get("upload_protocol") or "media"
    ways = {"resumable": _opened, "multipart": _related, "media": _bare}
    if kind not in ways:
        raise RefusedError(400, "invalidParameter", f"Invalid upload type: {kind}", place="uploadType")
    return await ways[kind](desk)


async def _opened(desk: Desk) -> Response:
    wrong = desk.trouble()
    parameters = await desk.admit(wrong)
    call = desk.call(parameters, await whole(wrong), desk.request.headers.get("slug", ""))
    DEEDS[call.method].check(desk.sandbox, call)
    answer = open_session(desk, call, wrong)
    wrong.after()
    return answer


async def _related(desk: Desk) -> Response:
    wrong = desk.trouble()
    parameters = await desk.admit(wrong)
    related = Related(desk.request.headers.get("content-type", ""), wrong.pieces())
    call = desk.call(parameters, await related.head(), desk.request.headers.get("slug", ""))
    answer = await _taken(desk, call, related.file(), related.type)
    wrong.after()
    return answer


async def _bare(desk: Desk) -> Response:
    wrong = desk.trouble()
    parameters = await desk.admit(wrong)
    call = desk.call(parameters, b"{}", desk.request.headers.get("slug", ""))
    answer = await _taken(desk, call, wrong.pieces(), desk.request.headers.get("content-type", ""))
    wrong.after()
    return answer


async def _taken(desk: Desk, call: Call, pieces: AsyncIterator[bytes], kind: str) -> Response:
    """Take a file that comes in one request, and do the deed."""
    deed, sandbox = DEEDS[call.method], desk.sandbox
    deed.check(sandbox, call)
    name = secrets.token_hex(16)
    arrival = sandbox.arrivals.of(name)
    try:
        await arrival.add(pieces, arrival.take_turn(), None, deed.most)
        if arrival.held == 0:
            raise RefusedError(400, "mediaBodyRequired", "The request does not include the media content.")
        sha256 = await arrival.sha256()
        sandbox.storage.settle(arrival.path, sha256)
        return done(sandbox, file_of(call, Arrived(sha256, arrival.held, kind)))
    except TooLargeError:
        raise RefusedError(413, "uploadTooLarge", "Media is too large.") from None
    finally:
        sandbox.arrivals.end(name)
