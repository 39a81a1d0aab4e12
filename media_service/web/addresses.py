"""How addresses of pages are declared: each with the one action that it is for, so that none is without a guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path
from starlette.datastructures import FormData

from media_service.domain.permissions import Action
from media_service.web.guard import Guard, fields
from media_service.web.pace import Pace

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

Fields = Annotated[FormData, Depends(fields)]
"""The fields of the form that a deed came with."""


Number = Annotated[int, Path(ge=0, le=1_000_000)]
"""A number in an address; no database has to wonder at a larger one."""


class Addresses(APIRouter):
    """A group of pages and deeds."""

    def page(self, path: str, action: Action) -> Callable[[Endpoint], Endpoint]:
        """Declare a page: looking at it changes nothing."""
        return self._declared(path, ["GET"], Guard(action, changes=False))

    def deed(self, path: str, action: Action, pace: Pace | None = None) -> Callable[[Endpoint], Endpoint]:
        """Declare a deed: a form of ours is sent to it, no oftener than its pace."""
        return self._declared(path, ["POST"], Guard(action, changes=True, pace=pace))

    def _declared(self, path: str, methods: list[str], guard: Guard) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            self.add_api_route(
                path,
                endpoint,
                methods=methods,
                dependencies=[Depends(guard)],
                include_in_schema=False,
                response_model=None,
            )
            return endpoint

        return declare


def text(given: FormData, name: str) -> str:
    """Return a field as text; empty where it is not there."""
    return str(given.get(name, ""))
