"""Sessions of resumable uploads: what each is for and how far it is, whatever breaks in between."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.arriving import Arrival, TakenOverError
from media_service.youtube.sandbox.calls import Desk, done
from media_service.youtube.sandbox.clock import read, written
from media_service.youtube.sandbox.content_range import Sent, sent_bytes
from media_service.youtube.sandbox.deeds import DEEDS
from media_service.youtube.sandbox.mishaps import ExpiredError, Trouble
from media_service.youtube.sandbox.sandbox import Arrived, Call, Sandbox
from media_service.youtube.sandbox.storage import Body, Thing

KIND = "session"


def open_session(desk: Desk, call: Call, wrong: Trouble) -> Response:
    """Open a session for a call that is in order, and name its address; no byte of the file was sent."""
    headers = desk.request.headers
    size = headers.get("x-upload-content-length", "")
    body: Body = {
        "call": {"method": call.method, "parameters": dict(call.parameters), "body": call.body, "slug": call.slug},
        "size": int(size) if size.isdecimal() else None,
        "type": headers.get("x-upload-content-type", "application/octet-stream"),
        "opened": written(desk.sandbox.clock.now()),
        "video": wrong.of_video(),
        "answer": None,
    }
    if body["size"] is not None and body["size"] > DEEDS[call.method].most:
        raise RefusedError(413, "uploadTooLarge", "Media is too large.")
    name = secrets.token_urlsafe(48)
    with desk.sandbox.storage.change():
        desk.sandbox.storage.put(Thing(KIND, name, body))
    query = [*((one, value) for one, values in call.parameters.items() for value in values), ("upload_id", name)]
    address = f"{call.base}{desk.request.url.path}?{urlencode(query)}"
    return Response(headers={"Location": address, "X-GUploader-UploadID": name})


def session_method(sandbox: Sandbox, name: str) -> str:
    """Return which method a session is for; empty where there is none."""
    session = sandbox.storage.find(KIND, name)
    return str(session.body["call"]["method"]) if session else ""


async def use_session(desk: Desk, name: str) -> Response:
    """Take bytes into a session, or tell how far it is."""
    sandbox, headers = desk.sandbox, desk.request.headers
    sent = sent_bytes(headers.get("content-range", ""), headers.get("content-length", ""))
    wrong = desk.trouble(":ask" if sent.first is None else ":bytes")
    try:
        await wrong.before()
    except ExpiredError:
        _forget(sandbox, name)
        raise
    session = _session(sandbox, name)
    if session.body["answer"] is None:
        answer = await _further(desk, session, sent, wrong)
    else:
        answer = _again(session.body["answer"])
    wrong.after()
    return answer


async def _further(desk: Desk, session: Thing, sent: Sent, wrong: Trouble) -> Response:
    sandbox = desk.sandbox
    size = _size(session, sent)
    arrival = sandbox.arrivals.of(_file(session), size)
    turn = arrival.take_turn()
    if sent.first is not None:
        if sent.first > arrival.held:
            raise _out_of_order(sent.first, arrival.held)
        begun = arrival.held
        skipped = _Skipped(wrong, begun - sent.first)
        try:
            await arrival.add(skipped.pieces(), turn, -1 if size is None else size)
        except TakenOverError:
            raise RefusedError(503, "backendError", "Another request has taken over this upload.") from None
        finally:
            sandbox.arrivals.log.append({"first": begun, "held": arrival.held, "size": size or 0})
        if (kept := wrong.forgotten()) is not None:
            arrival.cut_to(kept)
    if size is None or arrival.held < size:
        return _held(arrival)
    return await _finished(sandbox, session, arrival, desk)


async def _finished(sandbox: Sandbox, session: Thing, arrival: Arrival, desk: Desk) -> Response:
    """Let the file be whole: the deed is done, and what it answers is kept with the session, in one change."""
    sha256 = await arrival.sha256()
    sandbox.storage.settle(arrival.path, sha256)
    current = _session(sandbox, session.id)
    if current.body["answer"] is not None:  # somebody else has asked while the hash was made
        return _again(current.body["answer"])
    call = _call(session, Arrived(sha256, arrival.held, session.body["type"]), desk)
    with sandbox.storage.change():
        answer = done(sandbox, call)
        text = bytes(answer.body).decode()
        sandbox.storage.put(replace(current, body={**current.body, "answer": text, "size": arrival.held}))
    sandbox.arrivals.end(_file(session))
    return answer


def _call(session: Thing, file: Arrived, desk: Desk) -> Call:
    kept: dict[str, Any] = session.body["call"]
    parameters = {name: tuple(values) for name, values in kept["parameters"].items()}
    extra = {f"sandbox:{name}": (str(value),) for name, value in session.body["video"].items()}
    base = f"{desk.request.url.scheme}://{desk.request.url.netloc}"
    return Call(kept["method"], parameters | extra, kept["body"], base, file, kept["slug"])


@dataclass(slots=True)
class _Skipped:
    """The bytes of a request without those at its beginning that are held already."""

    wrong: Trouble
    skip: int

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield them."""
        async for piece in self.wrong.pieces():
            rest = piece[self.skip :]
            self.skip -= len(piece) - len(rest)
            yield rest


def _session(sandbox: Sandbox, name: str) -> Thing:
    session = sandbox.storage.find(KIND, name)
    if session is None:
        raise ExpiredError(404)
    if read(session.body["opened"]) + timedelta(seconds=sandbox.options.session_s) <= sandbox.clock.now():
        _forget(sandbox, name)
        raise ExpiredError(410)
    return session


def _size(session: Thing, sent: Sent) -> int | None:
    declared: int | None = session.body["size"]
    if declared is not None and sent.size is not None and declared != sent.size:
        raise RefusedError(400, "badRequest", f"Invalid request.  According to the Content-Range header, the total "
                           f"size is {sent.size} byte(s), which is not {declared} byte(s).")  # fmt: skip
    return sent.size if declared is None else declared


def _out_of_order(first: int, held: int) -> RefusedError:
    said = (
        f"Invalid request.  According to the Content-Range header, the upload offset is {first} byte(s), which exceeds "
        f"already uploaded size of {held} byte(s)."
    )
    return RefusedError(400, "badRequest", said)


def _held(arrival: Arrival) -> Response:
    return Response(status_code=308, headers={"Range": f"bytes=0-{arrival.held - 1}"} if arrival.held else {})


def _again(answer: str) -> Response:
    return Response(json.dumps(json.loads(answer), ensure_ascii=False, indent=2), media_type="application/json")


def _file(session: Thing) -> str:
    return f"session-{session.id}"


def _forget(sandbox: Sandbox, name: str) -> None:
    session = sandbox.storage.find(KIND, name)
    if session is not None:
        with sandbox.storage.change():
            sandbox.storage.drop(session)
        sandbox.arrivals.end(_file(session))
