"""Consent and tokens: the page on which the owner decides, and what a program gets of it."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import jsonschema
import pytest

from media_service.youtube.sandbox import tokens
from tests.sandbox import shapes
from tests.sandbox.calling import PNG, Answer, Caller

pytestmark = pytest.mark.enable_socket

VERIFIER = "a-verifier-that-nobody-else-knows-0123456789"
BACK = "http://localhost:8765/back"
ASKED = {
    "client_id": tokens.CLIENT,
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": tokens.FORCE_SSL,
    "state": "s & s",
    "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("="),
    "code_challenge_method": "S256",
    "access_type": "offline",
    "prompt": "consent",
}


def page(caller: Caller, **changed: str) -> Answer:
    return caller.ask("GET", f"/o/oauth2/auth?{urlencode(ASKED | changed)}")


def decide(caller: Caller, choice: str, **changed: str) -> dict[str, str]:
    """Open the page, press a button, and return what the program is told."""
    ticket = re.search(r'name="ticket" value="([^"]+)"', page(caller, **changed).body.decode())
    assert ticket
    answer = caller.form("/o/oauth2/auth", ticket=ticket[1], choice=choice)
    assert answer.status == 303
    assert answer.headers["location"].startswith(f"{BACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def exchange(caller: Caller, code: str, **changed: str) -> Answer:
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return caller.token("", **(sent | changed))


def test_an_owner_who_allows_it_lets_the_program_in(caller: Caller) -> None:
    told = decide(caller, "allow")
    assert told["state"] == "s & s"
    given = exchange(caller, told["code"]).json
    assert set(given) == {"access_token", "expires_in", "scope", "token_type", "refresh_token"}
    assert caller.token(given["refresh_token"]).status == 200
    caller.access = given["access_token"]
    assert caller.api("GET", "channels", mine="true", part="id").status == 200


def test_an_owner_who_denies_it_does_not(caller: Caller) -> None:
    assert decide(caller, "deny") == {"error": "access_denied", "state": "s & s"}


def test_a_code_holds_once_and_only_for_whoever_asked(caller: Caller) -> None:
    code = decide(caller, "allow")["code"]
    assert exchange(caller, code, code_verifier="another").json["error"] == "invalid_grant"
    assert exchange(caller, code, redirect_uri="http://localhost/other").json["error"] == "redirect_uri_mismatch"
    assert exchange(caller, code, client_id="another").json["error"] == "invalid_client"
    assert exchange(caller, code).status == 200
    assert exchange(caller, code).json["error"] == "invalid_grant"


def test_an_answer_counts_once(caller: Caller) -> None:
    ticket = re.search(r'name="ticket" value="([^"]+)"', page(caller).body.decode())
    assert ticket
    assert caller.form("/o/oauth2/auth", ticket=ticket[1], choice="allow").status == 303
    assert caller.form("/o/oauth2/auth", ticket=ticket[1], choice="allow").status == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "another"},
        {"scope": "https://example.org/everything"},
        {"code_challenge_method": "plain"},
        {"redirect_uri": "http://example.org/back"},
        {"redirect_uri": "javascript:alert(1)"},
        {"response_type": "token"},
    ],
)
def test_what_is_asked_wrongly_shows_no_button(caller: Caller, changed: dict[str, str]) -> None:
    shown = page(caller, **changed)
    assert shown.status == 400
    assert b"<button" not in shown.body


def test_foreign_pages_and_names_cannot_ask_for_consent(caller: Caller) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        assert caller.ask("POST", "/o/oauth2/auth", b"choice=allow", headers).status == 403
        assert caller.ask("GET", "/sandbox/state", b"", headers).status == 403


def test_an_access_token_ends_by_the_clock(caller: Caller) -> None:
    caller.access = caller.token(caller.refresh).json["access_token"]
    assert caller.api("GET", "channels", mine="true", part="id").status == 200
    caller.control("clock", by=3600)
    ended = caller.api("GET", "channels", mine="true", part="id")
    jsonschema.validate(ended.json, shapes.ERROR)
    assert (ended.status, ended.reason) == (401, "authError")
    assert "invalid_token" in ended.headers["www-authenticate"]
    caller.access = caller.token(caller.refresh).json["access_token"]


def test_a_call_without_a_token_is_not_answered(caller: Caller) -> None:
    refused = caller.ask("GET", "/youtube/v3/videos?part=id&id=x")
    jsonschema.validate(refused.json, shapes.ERROR)
    assert (refused.status, refused.reason) == (401, "required")


def test_a_consent_that_is_taken_back_ends_every_token_of_it(caller: Caller) -> None:
    refresh = caller.control("consent")["refresh_token"]
    access = caller.token(refresh).json["access_token"]
    assert caller.form("/revoke", token=access).status == 200
    assert caller.token(refresh).json == {
        "error": "invalid_grant", "error_description": "Token has been expired or revoked."}  # fmt: skip
    assert (
        caller.ask("GET", "/youtube/v3/videos?part=id&id=x", b"", {"Authorization": f"Bearer {access}"}).status == 401
    )
    assert caller.form("/revoke", token=access).status == 400


def test_a_scope_reaches_only_so_far(caller: Caller) -> None:
    kept = caller.access
    video = caller.video()
    scope = "https://www.googleapis.com/auth/youtube.upload"
    refresh = caller.control("consent", scopes=[scope])["refresh_token"]
    caller.access = caller.token(refresh).json["access_token"]
    refused = caller.api("GET", "captions", videoId=video, part="id")
    jsonschema.validate(refused.json, shapes.ERROR)
    assert (refused.status, refused.reason) == (403, "insufficientPermissions")
    assert caller.api("DELETE", "videos", id=video).status == 403
    assert caller.upload("thumbnails/set", PNG, videoId=video).status == 200
    caller.access = kept


def test_a_consent_may_be_lost_on_demand(caller: Caller) -> None:
    caller.wrong({"on": "token", "do": "answer", "status": 400, "reason": "invalid_grant"})
    lost = caller.token(caller.refresh)
    assert (lost.status, lost.json["error"]) == (400, "invalid_grant")
    assert caller.token(caller.refresh).status == 200


def test_tokens_are_kept_by_their_hashes_only(caller: Caller) -> None:
    secrets = [caller.refresh, caller.token(caller.refresh).json["access_token"]]
    kept = b"".join(path.read_bytes() for path in caller.running.options.folder.glob("channel.db*"))
    assert not any(secret.encode() in kept for secret in secrets)
