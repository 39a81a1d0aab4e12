"""One way for every call: what is to go wrong, who asks, what it costs, whether it is in order, then the deed."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp

from media_service.youtube.sandbox import quota, schema, tokens
from media_service.youtube.sandbox.answers import RefusedError, marked, refusal, told
from media_service.youtube.sandbox.deeds import DEEDS
from media_service.youtube.sandbox.lines import HungUpError, nothing
from media_service.youtube.sandbox.mishaps import ExpiredError, Trouble, trouble
from media_service.youtube.sandbox.protocol import Method
from media_service.youtube.sandbox.sandbox import Arrived, Call, Sandbox, base
from media_service.youtube.sandbox.storage import Body

_LARGEST_BODY = 1 << 20


@dataclass(slots=True)
class Desk:
    """Where one request is dealt with."""

    sandbox: Sandbox
    method: Method
    request: Request
    number: int = 0
    """Of the call in the ledger, once it is paid for."""

    def trouble(self, step: str = "") -> Trouble:
        """Return what goes wrong with this request."""
        return trouble(self.sandbox, self.request, f"{self.method.id}{step}")

    async def admit(self, wrong: Trouble) -> dict[str, tuple[str, ...]]:
        """Let the request in, and return its parameters; raises whatever refuses it."""
        await wrong.before()
        tokens.require(self.sandbox, self.request, self.method.id)
        self.number = quota.charge(self.sandbox, self.method.id)
        return schema.parameters(self.sandbox.protocol, self.method, self.request.query_params)

    def call(self, parameters: dict[str, tuple[str, ...]], sent: bytes, slug: str = "") -> Call:
        """Return the call, its body held against its schema."""
        body = self._body(sent)
        path = {name: (str(value),) for name, value in self.request.path_params.items()}
        return Call(self.method.id, parameters | path, body, base(self.request), slug=slug)

    def _body(self, sent: bytes) -> Body:
        if not self.method.body:
            return {}
        try:
            body = json.loads(sent or b"{}")
        except ValueError:
            raise RefusedError(400, "parseError", "Parse Error") from None
        schema.body(self.sandbox.protocol, self.method.body, body)
        return dict(body)


async def plain(desk: Desk) -> Response:
    """Answer a call without a file."""
    wrong = desk.trouble()
    parameters = await desk.admit(wrong)
    sent = await whole(wrong)
    answer = done(desk.sandbox, desk.call(parameters, sent))
    wrong.after()
    return answer


async def whole(wrong: Trouble) -> bytes:
    """Return the whole of a small body."""
    body = bytearray()
    async for piece in wrong.pieces():
        body += piece
        if len(body) > _LARGEST_BODY:
            raise RefusedError(413, "uploadTooLarge", "Request body is too large.")
    return bytes(body)


def done(sandbox: Sandbox, call: Call) -> Response:
    """Do what a call asks for, whole or not at all."""
    with sandbox.storage.change():
        answer = DEEDS[call.method].do(sandbox, call)
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status_code=204)
    schema_of = sandbox.protocol.schemas[sandbox.protocol.methods[call.method].answer]
    return told(marked(answer) if "etag" in schema_of["properties"] else answer)


def file_of(call: Call, file: Arrived) -> Call:
    """Return the call with the file that came with it."""
    return Call(call.method, call.parameters, call.body, call.base, file, call.slug)


async def attended(desk: Desk, answering: Callable[[Desk], Awaitable[Response]]) -> ASGIApp:
    """Answer a request; whatever stands against it becomes an error, or silence on a line that is cut."""
    reason = ""
    answer: Any
    try:
        answer = await answering(desk)
    except RefusedError as refused:
        answer, reason = refusal(refused), refused.reason
    except ExpiredError as expired:
        answer = Response(status_code=expired.status)
    except (HungUpError, ClientDisconnect):
        answer, reason = nothing, "connectionLost"
    if desk.number:
        quota.settled(desk.sandbox, desk.number, getattr(answer, "status_code", 0), reason)
    return answer  # type: ignore[no-any-return]
