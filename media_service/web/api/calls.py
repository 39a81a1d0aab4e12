"""How calls of the API are declared: each for one action, with the refusals that any of them may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBearer

from media_service.domain.permissions import Action
from media_service.web.api.shapes import Told
from media_service.web.guard import Guard
from media_service.web.pace import Pace

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Told} for status in (400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503)
}
_FILE = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
_BEARER = HTTPBearer(auto_error=False, description="A token made under Account, with the scopes that the call needs.")


class Calls(APIRouter):
    """A group of calls."""

    def look(self, path: str, action: Action) -> Callable[[Endpoint], Endpoint]:
        """Declare a call that changes nothing."""
        return self._declared(path, "GET", Guard(action, changes=False, api=True), 200)

    def do(self, path: str, action: Action, status: int = 200) -> Callable[[Endpoint], Endpoint]:
        """Declare a call that changes something."""
        return self._declared(path, "POST", Guard(action, changes=True, api=True), status)

    def take(self, path: str, action: Action, status: int) -> Callable[[Endpoint], Endpoint]:
        """Declare a call that a file is sent to, as it is."""
        return self._declared(path, "POST", Guard(action, changes=True, api=True, pace=Pace.UPLOAD), status, _FILE)

    def _declared(
        self, path: str, method: str, guard: Guard, status: int, more: Mapping[str, Any] | None = None
    ) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            self.add_api_route(
                path,
                endpoint,
                methods=[method],
                dependencies=[Depends(guard), Depends(_BEARER)],
                responses=_REFUSALS,
                status_code=status,
                openapi_extra=dict(more or {}),
            )
            return endpoint

        return declare
