"""Files for programs: books to import, pictures of a draft, and what is made of an episode."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from media_service.domain.permissions import Action
from media_service.domain.script import Kind
from media_service.web.addresses import Number
from media_service.web.api.calls import Calls
from media_service.web.api.shapes import Fault
from media_service.web.pages import drafts, media
from media_service.web.visitor import Asked
from media_service.web.workshop import told

calls = Calls(prefix="/api", tags=["files"])

Name = Annotated[str, Query(min_length=1, max_length=255, description="The file's name, with its ending.")]


class Ticket(BaseModel):
    """Under which an import is told of."""

    ticket: str


class Import(BaseModel):
    """How an import goes; `draft` once it has become one."""

    done: bool
    draft: str
    faults: list[Fault]


class Kept(BaseModel):
    """Under which name a picture is kept, as scripts write it."""

    name: str


@calls.take("/imports", Action.MAKE_WORKS, 202)
async def begin(visitor: Asked, request: Request, name: Name, kind: Kind = Kind.AUDIOBOOK) -> Ticket:
    """Take a book file in; it becomes a draft under the ticket that is returned."""
    return Ticket(ticket=await drafts.take_book(visitor, request, name, kind.value))


@calls.look("/imports/{ticket}", Action.MAKE_WORKS)
def importing(visitor: Asked, ticket: str) -> Import:
    """Return how an import goes."""
    one = visitor.studio.workshop.importing(visitor.account.name, ticket)
    faults = [Fault.model_validate(fault) for fault in told(one.fault, visitor.translate)] if one.fault else []
    return Import(done=one.done, draft=one.slug, faults=faults)


@calls.take("/drafts/{slug}/pictures", Action.MAKE_WORKS, 201)
async def add_picture(visitor: Asked, request: Request, slug: str, name: Name) -> Kept:
    """Keep a picture of a draft."""
    bench = visitor.studio.workshop.bench
    flowing = drafts.flowing(request, drafts.MOST_PICTURE)
    return Kept(name=await bench.add_picture(visitor.account.name, slug, name, flowing))


@calls.look("/works/{slug}/{number}/captions", Action.SEE_WORKS)
def captions(visitor: Asked, slug: str, number: Number) -> Response:
    """Return an episode's captions as WebVTT."""
    return media.captions(visitor, slug, number)


@calls.look("/works/{slug}/{number}/{what}", Action.SEE_WORKS)
async def made(
    visitor: Asked, slug: str, number: Number, what: Literal["video", "sound", "mp3", "thumbnail"]
) -> Response:
    """Return an episode's film, sound or thumbnail; parts of it where a range is asked for."""
    return await media.media(visitor, slug, number, what)
