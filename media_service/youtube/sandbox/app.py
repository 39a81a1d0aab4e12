"""The sandbox as one application: the API's addresses, read off the discovery document, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from media_service.youtube.sandbox import consenting, control, oauth, page_files, pages
from media_service.youtube.sandbox.answers import RefusedError, refusal
from media_service.youtube.sandbox.calls import Desk, attended, plain
from media_service.youtube.sandbox.deeds import DEEDS
from media_service.youtube.sandbox.protocol import Method
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.sessions import session_method
from media_service.youtube.sandbox.uploads import upload

Endpoint = Callable[[Request], Coroutine[Any, Any, ASGIApp]]

_BEFORE_UPLOADS = ("/upload", "/resumable/upload")


def application(sandbox: Sandbox) -> Starlette:
    """Return the application."""
    templates = sandbox.options.templates
    return Starlette(
        routes=[
            *_api(sandbox),
            Route("/youtube/v3/{rest:path}", _unknown, methods=_VERBS),
            Route("/token", _asking(sandbox, oauth.token), methods=["POST"]),
            Route("/revoke", _asking(sandbox, oauth.revoke), methods=["POST"]),
            *control.routes(sandbox),
            *(
                [Route("/o/oauth2/auth", _asking(sandbox, consenting.ask), methods=["GET", "POST"])]
                if templates
                else []
            ),
            *page_files.routes(sandbox),
            *pages.routes(sandbox),
        ]
    )


_VERBS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


def _api(sandbox: Sandbox) -> list[Route]:
    routes = []
    uploading: dict[str, dict[str, Method]] = {}
    for name in DEEDS:
        method = sandbox.protocol.methods[name]
        routes.append(Route(method.path, _calling(sandbox, method), methods=[method.verb]))
        if method.uploads:
            uploading.setdefault(method.path, {})[method.verb] = method
    for path, methods in uploading.items():
        verbs = list({*methods, "PUT"})  # whatever opened a session, bytes are put into it
        routes += [Route(before + path, _uploading(sandbox, methods), methods=verbs) for before in _BEFORE_UPLOADS]
    return routes


def _calling(sandbox: Sandbox, method: Method) -> Endpoint:
    async def endpoint(request: Request) -> ASGIApp:
        return await attended(Desk(sandbox, method, request), plain)

    return endpoint


def _uploading(sandbox: Sandbox, methods: Mapping[str, Method]) -> Endpoint:
    first = next(iter(methods.values()))

    async def endpoint(request: Request) -> ASGIApp:
        name = session_method(sandbox, request.query_params.get("upload_id", ""))
        method = sandbox.protocol.methods[name] if name else methods.get(request.method, first)
        return await attended(Desk(sandbox, method, request), upload)

    return endpoint


def _asking(sandbox: Sandbox, way: Callable[[Sandbox, Request], Coroutine[Any, Any, ASGIApp]]) -> Endpoint:
    async def endpoint(request: Request) -> ASGIApp:
        return await way(sandbox, request)

    return endpoint


async def _unknown(request: Request) -> Response:
    return refusal(RefusedError(404, "notFound", f"Method not found: {request.method} {request.url.path}"))
