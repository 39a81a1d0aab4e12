"""Stands before every address: who asks, whether they may, and whether a deed comes from a page of ours."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from media_service.domain.permissions import Action, within
from media_service.messages import Message, message
from media_service.web.pace import Pace
from media_service.web.studio import Studio
from media_service.web.visitor import GUEST, VISIT, Visitor

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_MOST_FIELDS = 200
_LONGEST_FIELD = 4_000_000
"""Bytes of one field: a script of a whole book fits."""
CSRF_HEADER = "x-csrf-token"


class RefusedError(HTTPException):
    """A request that is answered by a sentence in place of what was asked for."""

    def __init__(self, status: int, said: Message, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, str(said), dict(headers) if headers else None)
        self.said = said


class NobodyError(Exception):
    """Nobody is signed in where somebody must be."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in whoever may do `action`; a deed must carry its visit's CSRF token as a field or in a header."""

    action: Action
    changes: bool
    api: bool = False
    pace: Pace | None = None
    """How often it may be asked; for calls of programs there is one pace for all."""

    async def __call__(self, request: Request) -> None:
        """Put the visitor into the request's state; raises RefusedError and NobodyError."""
        studio: Studio = request.app.state.studio
        request.state.visitor = visitor = await run_in_threadpool(self._visitor, studio, request)
        if not visitor.may(self.action):
            if visitor.visit is None and visitor.bearer is None:
                raise NobodyError
            raise RefusedError(403, message("Your role does not allow this; ask an administrator."))
        if visitor.bearer and not within(visitor.bearer.scopes, self.action, changes=self.changes):
            raise RefusedError(403, message("This token's scopes do not allow this; make another under Account."))
        self._keep_pace(studio, visitor)
        if self.changes and not visitor.bearer:
            await _refuse_strangers(request, visitor)

    def _keep_pace(self, studio: Studio, visitor: Visitor) -> None:
        known = visitor.visit or visitor.bearer
        for pace in (self.pace, Pace.CALL if visitor.bearer else None):
            if pace and known and (wait := studio.paces.wait(pace, known.account.name)):
                said = message("Too many requests in a short time; wait a minute, then go on.")
                raise RefusedError(429, said, {"Retry-After": str(int(wait) + 1)})

    def _visitor(self, studio: Studio, request: Request) -> Visitor:
        people = studio.stores.people
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if self.api and kind.lower() == "bearer":
            return Visitor(studio, request, bearer=people.tokens.find(token.strip()))
        cookie, guest = request.cookies.get(VISIT, ""), request.cookies.get(GUEST, "")
        if visit := people.visits.find(cookie) if cookie else None:
            return Visitor(studio, request, visit=visit)
        return Visitor(studio, request, guest=guest) if guest else Visitor(studio, request)


async def _refuse_strangers(request: Request, visitor: Visitor) -> None:
    """Raise RefusedError for a deed that no page of ours has asked for."""
    said = message("This page was open too long or came from elsewhere; load it again and repeat what you did.")
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc not in _ours(request, visitor.studio):
        raise RefusedError(403, said)
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise RefusedError(403, said)
    given = request.headers.get(CSRF_HEADER) or str((await fields(request)).get("csrf", ""))
    if not hmac.compare_digest(given.encode(), visitor.csrf.encode()):
        raise RefusedError(403, said)


async def fields(request: Request) -> FormData:
    """Return the fields of a form, which is read once; files come by themselves, never in a form."""
    if not request.headers.get("content-type", "").startswith(FORMS):
        return FormData()
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > _LONGEST_FIELD * 2:
        raise RefusedError(413, message("This is more text than fits; part it into several works."))
    return await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)


def _ours(request: Request, studio: Studio) -> set[str]:
    named = studio.settings.studio.address
    return {request.headers.get("host", ""), *([urlsplit(named).netloc] if named else [])}
