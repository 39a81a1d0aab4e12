"""OAuth 2.0 as Google's endpoints speak it: codes and refresh tokens for access tokens, and revocation."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from media_service.youtube.sandbox import tokens
from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.lines import HungUpError, nothing
from media_service.youtube.sandbox.mishaps import trouble
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.tokens import ACCESS, CODE, REFRESH, Grant

_LONGEST = 16_384
_GRANT_INVALID = "Token has been expired or revoked."


class _NoGrantError(Exception):
    """OAuth's refusal: its status, its word, and a sentence."""

    def __init__(self, status: int, error: str, said: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error} | ({"error_description": said} if said else {})


async def token(sandbox: Sandbox, request: Request) -> ASGIApp:
    """Answer the token endpoint."""
    wrong = trouble(sandbox, request, "token")
    try:
        await wrong.before()
        answer = JSONResponse(_granted(sandbox, await form(request)), headers={"Cache-Control": "no-store"})
        wrong.after()
    except _NoGrantError as refused:
        return JSONResponse(refused.body, refused.status)
    except RefusedError as refused:
        said = {"invalid_grant": _GRANT_INVALID}.get(refused.reason, "")
        return JSONResponse(_NoGrantError(refused.status, refused.reason, said).body, refused.status)
    except (HungUpError, ClientDisconnect):
        return nothing
    return answer


async def revoke(sandbox: Sandbox, request: Request) -> ASGIApp:
    """End a consent."""
    sent = dict(request.query_params) | await form(request)
    if tokens.revoke(sandbox.storage, sent.get("token", "")):
        return JSONResponse({})
    return JSONResponse({"error": "invalid_token", "error_description": "Token expired or revoked"}, 400)


async def form(request: Request) -> dict[str, str]:
    """Return the fields of a form, each once."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            raise _NoGrantError(413, "invalid_request")
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _granted(sandbox: Sandbox, sent: Mapping[str, str]) -> dict[str, object]:
    if sent.get("client_id") != tokens.CLIENT or not hmac.compare_digest(
        sent.get("client_secret", "").encode(), tokens.SECRET.encode()
    ):
        raise _NoGrantError(401, "invalid_client", "The OAuth client was not found.")
    ways = {"authorization_code": _by_code, "refresh_token": _by_refresh_token}
    if sent.get("grant_type") not in ways:
        raise _NoGrantError(400, "unsupported_grant_type", f"Invalid grant_type: {sent.get('grant_type', '')}")
    return ways[sent["grant_type"]](sandbox, sent)


def _by_refresh_token(sandbox: Sandbox, sent: Mapping[str, str]) -> dict[str, object]:
    given = sent.get("refresh_token", "")
    grant = tokens.find(sandbox.storage, sandbox.clock, REFRESH, given)
    if grant is None:
        raise _NoGrantError(400, "invalid_grant", _GRANT_INVALID)
    return _access(sandbox, grant, given)


def _by_code(sandbox: Sandbox, sent: Mapping[str, str]) -> dict[str, object]:
    code = sent.get("code", "")
    grant = tokens.find(sandbox.storage, sandbox.clock, CODE, code)
    used = sandbox.storage.find(CODE, tokens.hashed(code))
    if grant is None or used is None:
        raise _NoGrantError(400, "invalid_grant", "Malformed auth code.")
    if sent.get("redirect_uri", "") != grant.redirect:
        raise _NoGrantError(400, "redirect_uri_mismatch", "Bad Request")
    if grant.challenge and _challenge(sent.get("code_verifier", "")) != grant.challenge:
        raise _NoGrantError(400, "invalid_grant", "Invalid code verifier.")
    with sandbox.storage.change():  # a code holds once
        sandbox.storage.drop(used)
        lasting = Grant(grant.scopes, grant.client)
        refresh = tokens.issue(sandbox.storage, sandbox.clock, REFRESH, lasting)
        return _access(sandbox, lasting, refresh) | {"refresh_token": refresh}


def _access(sandbox: Sandbox, grant: Grant, refresh: str) -> dict[str, object]:
    life = sandbox.options.token_s
    short = Grant(grant.scopes, grant.client, tokens.hashed(refresh))
    access = tokens.issue(sandbox.storage, sandbox.clock, ACCESS, short, timedelta(seconds=life))
    return {"access_token": access, "expires_in": life, "scope": " ".join(grant.scopes), "token_type": "Bearer"}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
