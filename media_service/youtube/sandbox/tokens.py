"""Who may speak for the channel: codes, refresh tokens and access tokens, kept by their hashes only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.clock import Clock, read, written
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.storage import Storage, Thing

FORCE_SSL = "https://www.googleapis.com/auth/youtube.force-ssl"
_BEFORE = "https://www.googleapis.com/auth/"
SCOPES = frozenset(_BEFORE + name for name in ("youtube", "youtube.force-ssl", "youtube.readonly", "youtube.upload"))
"""All that can be consented to."""

CLIENT = "sandbox.apps.media-service"
SECRET = "sandbox"  # noqa: S105  # of a channel that is nobody's
"""Id and secret of the one program that the sandbox knows; they guard nothing."""

CODE, REFRESH, ACCESS = "code", "refresh token", "access token"
_LIFE = {CODE: timedelta(minutes=10)}


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token stands for."""

    scopes: tuple[str, ...]
    client: str
    origin: str = ""
    """Hash of the refresh token from which an access token comes."""
    challenge: str = ""
    """S256 challenge of PKCE, of a code."""
    redirect: str = ""
    """Where a code was sent."""


def issue(storage: Storage, clock: Clock, kind: str, grant: Grant, life: timedelta | None = None) -> str:
    """Return a new token; all that is kept of it is its hash."""
    token = {CODE: "4/", REFRESH: "1//", ACCESS: "ya29."}[kind] + secrets.token_urlsafe(48)
    life = life or _LIFE.get(kind)
    body = {
        "scopes": list(grant.scopes),
        "client": grant.client,
        "origin": grant.origin,
        "challenge": grant.challenge,
        "redirect": grant.redirect,
        "until": written(clock.now() + life) if life else "",
    }
    with storage.change():
        storage.put(Thing(kind, hashed(token), body, grant.origin))
    return token


def find(storage: Storage, clock: Clock, kind: str, token: str) -> Grant | None:
    """Return what a token stands for, if it holds (still)."""
    thing = storage.find(kind, hashed(token))
    if thing is None or (thing.body["until"] and read(thing.body["until"]) <= clock.now()):
        return None
    facts = {name: value for name, value in thing.body.items() if name not in {"until", "scopes"}}
    return Grant(tuple(thing.body["scopes"]), **facts)


def revoke(storage: Storage, token: str) -> bool:
    """End a token and the consent it comes from; tell whether there was one."""
    found = storage.find(REFRESH, hashed(token)) or storage.find(ACCESS, hashed(token))
    if found is None:
        return False
    origin = found.owner or found.id
    with storage.change() as run:
        run.execute(
            "DELETE FROM things WHERE kind IN (?, ?) AND (id = ? OR owner = ?)", (REFRESH, ACCESS, origin, origin)
        )
    return True


def hashed(token: str) -> str:
    """Return by what a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()


def require(sandbox: Sandbox, request: Request, method: str) -> None:
    """Raise RefusedError unless the request carries an access token that holds and reaches as far as the method."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    token = bearer if kind.lower() == "bearer" else request.query_params.get("access_token", "")
    if not token:
        raise _refused(401, "required", "Login Required.")
    grant = find(sandbox.storage, sandbox.clock, ACCESS, token)
    if grant is None:
        raise _refused(401, "authError", "Invalid Credentials")
    if not _reaches(grant.scopes, method):
        raise _refused(403, "insufficientPermissions", "Request had insufficient authentication scopes.")


def _refused(status: int, reason: str, said: str) -> RefusedError:
    refused = RefusedError(status, reason, said, place="Authorization" if status == 401 else "")
    refused.extra = {"status": "UNAUTHENTICATED" if status == 401 else "PERMISSION_DENIED"}
    return refused


def _reaches(scopes: tuple[str, ...], method: str) -> bool:
    """Tell whether scopes reach as far as a method, as its page in the reference says."""
    short = {scope.removeprefix(_BEFORE) for scope in scopes}
    if "youtube.force-ssl" in short:
        return True
    if method.startswith(("captions.", "comments.")):
        return False
    if "youtube" in short:
        return True
    if "youtube.upload" in short and method in {"videos.insert", "thumbnails.set"}:
        return True
    return "youtube.readonly" in short and method.endswith(".list")
