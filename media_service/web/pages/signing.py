"""Signing in and out, the first administrator, choosing a password by a one-time link, language and light."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from media_service.catalogue import LANGUAGES
from media_service.domain.account import Purpose, account_name, display_name, sound_password
from media_service.domain.permissions import Action
from media_service.errors import InputError
from media_service.messages import message
from media_service.web.addresses import Addresses, Fields, text
from media_service.web.guard import RefusedError
from media_service.web.visitor import LANGUAGE, THEME, THEMES, VISIT, Asked, Visitor

addresses = Addresses()

LIFETIME = timedelta(hours=12)
"""A visit ends after so long without a sign of life."""
_YEAR_S = 365 * 24 * 3600


@addresses.page("/", Action.ENTER)
def home(visitor: Asked) -> Response:
    """Send everybody to where they begin."""
    return visitor.on("/works" if visitor.visit else "/sign-in")


@addresses.page("/sign-in", Action.ENTER)
def ask(visitor: Asked) -> Response:
    """Ask for name and password."""
    return visitor.on("/works") if visitor.visit else visitor.page("sign-in", {"name": ""})


@addresses.deed("/sign-in", Action.ENTER)
def sign_in(visitor: Asked, given: Fields) -> Response:
    """Begin a visit, under a cookie that nobody can have known before."""
    people, name = visitor.studio.stores.people, text(given, "name").strip().lower()
    address = visitor.request.client.host if visitor.request.client else ""
    wait = people.attempts.wait(name, address)
    if wait:
        minutes = -(-int(wait.total_seconds()) // 60)
        said = message(
            "Too many tries; wait {minutes} minute(s), or ask an administrator for a new password.", minutes=minutes
        )
        raise RefusedError(429, said, {"Retry-After": str(int(wait.total_seconds()) + 1)})
    if not visitor.studio.passwords.right(text(given, "password")[:400], people.accounts.hashed(name)):
        fault = visitor.put("Name or password is wrong; try again, or ask an administrator for a new password.")
        return visitor.page("sign-in", {"name": name, "fault": fault}, 422)
    people.attempts.forget(name, address)
    return _begun(visitor, name)


@addresses.deed("/sign-out", Action.ENTER)
def sign_out(visitor: Asked) -> Response:
    """End the visit."""
    visitor.studio.stores.people.visits.end(visitor.request.cookies.get(VISIT, ""))
    answer = visitor.on("/sign-in", message("You are signed out."))
    answer.delete_cookie(VISIT, path="/")
    return answer


@addresses.page("/link/{secret}", Action.ENTER)
def link(visitor: Asked, secret: str) -> Response:
    """Ask for what a one-time link lets somebody choose."""
    found = visitor.studio.stores.people.links.look(secret)
    if found is None:
        raise RefusedError(404, message("This link has been used or is too old; ask an administrator for a new one."))
    return visitor.page("link", {"link": found, "first": found.purpose is Purpose.FIRST, "name": found.name})


@addresses.deed("/link/{secret}", Action.ENTER)
def use_link(visitor: Asked, given: Fields, secret: str) -> Response:
    """Use a one-time link up; whoever did is signed in."""
    links = visitor.studio.stores.people.links
    found = links.look(secret)
    if found is None:
        return link(visitor, secret)
    try:
        name = account_name(text(given, "name")) if found.purpose is Purpose.FIRST else found.name
        hashed = visitor.studio.passwords.hashed(sound_password(text(given, "password"), name))
        if found.purpose is Purpose.FIRST:
            links.first(secret, name, display_name(text(given, "display"), name), hashed)
        else:
            links.choose_password(secret, hashed)
    except InputError as fault:
        values = {"link": found, "first": found.purpose is Purpose.FIRST, "name": text(given, "name") or found.name}
        return visitor.page("link", {**values, "fault": visitor.translate(fault.said)}, 422)
    return _begun(visitor, name)


@addresses.deed("/look", Action.ENTER)
def look(visitor: Asked, given: Fields) -> Response:
    """Keep the language and the light that somebody has chosen."""
    answer = visitor.on(_back(visitor.request))
    for name, among in ((LANGUAGE, LANGUAGES), (THEME, THEMES)):
        if text(given, name) in among:
            visitor.keep(answer, name, text(given, name), _YEAR_S)
    return answer


def _begun(visitor: Visitor, name: str) -> Response:
    visits = visitor.studio.stores.people.visits
    if before := visitor.request.cookies.get(VISIT, ""):
        visits.end(before)
    answer = visitor.on("/works")
    visitor.keep(answer, VISIT, visits.begin(name, LIFETIME), None)
    return answer


def _back(request: Request) -> str:
    """Return the page of ours that somebody came from."""
    came = urlsplit(request.headers.get("referer", ""))
    path = came.path if came.netloc == request.headers.get("host") and came.path.startswith("/") else "/"
    query = f"?{came.query}" if came.query and path != "/" else ""
    return "/" if path.startswith("//") else f"{path}{query}"
