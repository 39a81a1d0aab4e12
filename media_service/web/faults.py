"""What people are told where their request cannot be answered: one sentence and what to do, as a page or as JSON."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from media_service.errors import (
    DatabaseAwayError,
    InputError,
    MediaServiceError,
    NoSpaceError,
    OvertakenError,
    QueueAwayError,
    TransientError,
)
from media_service.messages import Message, message
from media_service.web.guard import CSRF_HEADER, NobodyError, RefusedError
from media_service.web.visitor import Visitor

_log = logging.getLogger(__name__)

_STATUSES: Mapping[int, Message] = {
    404: message("There is no such page; perhaps the work was renamed or withdrawn."),
    405: message("This address cannot be asked that way; go back and use the page's buttons."),
    400: message("This request cannot be read; load the page again and repeat what you did."),
    413: message("This is more text than fits; part it into several works."),
    429: message("Too many requests in a short time; wait a minute, then go on."),
}
_BROKEN = message(
    "Something went wrong in the program itself; nothing made is lost. Try again, and report it if it stays."
)
_AWAY = message("The studio's database does not answer just now; nothing is lost. This page tries again by itself.")


def install(app: FastAPI) -> None:
    """Have every fault answered."""
    app.add_exception_handler(NobodyError, _nobody)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(MediaServiceError, _fault)
    app.add_exception_handler(Exception, _broken)


def told(request: Request, status: int, said: Message, headers: Mapping[str, str] | None = None) -> Response:
    """Return a sentence as the asker can read it."""
    visitor = getattr(request.state, "visitor", None) or Visitor(request.app.state.studio, request)
    if wants_json(request):
        return JSONResponse({"message": visitor.translate(said)}, status, dict(headers or {}))
    answer = visitor.page("fault", {"fault": visitor.translate(said), "status": status}, status)
    answer.headers.update(headers or {})
    return answer


def wants_json(request: Request) -> bool:
    """Tell whether a program or a script of ours asks."""
    return request.url.path.startswith("/api/") or CSRF_HEADER in request.headers


def status_of(fault: MediaServiceError) -> int:
    """Return the HTTP status that says whose fault it is."""
    if isinstance(fault, OvertakenError):
        return 409
    if isinstance(fault, InputError):
        return 422
    if isinstance(fault, NoSpaceError):
        return 507
    return 503 if isinstance(fault, TransientError) else 500


async def _nobody(request: Request, _fault: Any) -> Response:
    if wants_json(request):
        said = message("Nobody is signed in; send a token, or sign in again.")
        return told(request, 401, said, {"WWW-Authenticate": "Bearer"})
    return RedirectResponse("/sign-in", 303)


async def _refused(request: Request, fault: Any) -> Response:
    return told(request, fault.status_code, fault.said, fault.headers)


async def _http(request: Request, fault: Any) -> Response:
    return told(request, fault.status_code, _STATUSES.get(fault.status_code, _STATUSES[400]), fault.headers)


async def _invalid(request: Request, _fault: Any) -> Response:
    return told(request, 422 if wants_json(request) else 404, _STATUSES[400 if wants_json(request) else 404])


async def _fault(request: Request, fault: Any) -> Response:
    if isinstance(fault, DatabaseAwayError | QueueAwayError):
        return told(request, 503, _AWAY, {"Retry-After": "5", **({} if wants_json(request) else {"Refresh": "5"})})
    return told(request, status_of(fault), fault.said)


async def _broken(request: Request, fault: Any) -> Response:
    _log.error("a request failed: %s", request.url.path, exc_info=fault)
    return told(request, 500, _BROKEN)
