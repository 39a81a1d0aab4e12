"""The studio as one application: its groups of pages, what stands before each, and what is said where one fails."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from media_service.domain.permissions import Action
from media_service.web import faults
from media_service.web.addresses import Addresses
from media_service.web.api import files, house, publishing
from media_service.web.api import reviews as api_reviews
from media_service.web.api import works as api_works
from media_service.web.headers import Headers
from media_service.web.pages import (
    account,
    channel,
    drafts,
    media,
    outlines,
    people,
    reviewing,
    signing,
    storyboard,
    system,
    uploads,
    works,
)
from media_service.web.studio import Studio

GROUPS = (
    signing.addresses,
    works.addresses,
    outlines.addresses,
    reviewing.addresses,
    uploads.addresses,
    channel.addresses,
    people.addresses,
    system.addresses,
    storyboard.addresses,
    drafts.addresses,
    media.addresses,
    account.addresses,
)
"""The pages, in groups."""


API = (
    api_works.calls,
    api_reviews.calls,
    files.calls,
    publishing.calls,
    house.calls,
)
"""The same for programs."""


def application(studio: Studio) -> FastAPI:
    """Return the application over a studio's doors."""
    app = FastAPI(
        title="media-service", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", redirect_slashes=False
    )
    app.state.studio = studio
    for group in (_own, *API, *GROUPS, _rest):
        app.include_router(group)
    faults.install(app)
    app.add_middleware(Headers, secure=studio.settings.studio.secure)
    return app


_own = Addresses()


@_own.page("/static/{name}", Action.ENTER)
def static(request: Request) -> Response:
    """Return a file that pages need."""
    studio: Studio = request.app.state.studio
    return studio.static.answer(request)


_rest = Addresses()


@_rest.page("/{rest:path}", Action.ENTER)
def nowhere() -> Response:
    """Say that nothing is there, to whoever asks: the page's head is theirs."""
    raise HTTPException(404)
