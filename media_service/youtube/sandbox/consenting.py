"""The page on which the channel's owner allows a program to act for the channel, or not; only on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from media_service.youtube.sandbox import tokens
from media_service.youtube.sandbox.clock import read, written
from media_service.youtube.sandbox.nearness import refuse_strangers
from media_service.youtube.sandbox.oauth import form
from media_service.youtube.sandbox.pages import HEADERS, filled, missing
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.shown import Looker
from media_service.youtube.sandbox.storage import Thing

_TICKET = "consent"
"""What a program asked for, kept until the owner has answered; the page carries only its number."""
_SAID = {
    "youtube.force-ssl": "Xem, sửa và xóa vĩnh viễn video, phụ đề và danh sách phát của kênh",
    "youtube": "Quản lý kênh",
    "youtube.readonly": "Xem kênh",
    "youtube.upload": "Gửi video lên kênh",
}
_PATIENCE = timedelta(minutes=30)


async def ask(sandbox: Sandbox, request: Request) -> Response:
    """Show what a program asks for, or take the owner's answer."""
    looker = Looker(sandbox, owner=False)
    if refuse_strangers(request):
        return missing(looker, "Chỉ dành cho chủ kênh", "Trang này chỉ mở được trên máy của kênh.", 403)
    if request.method == "POST":
        return _answered(sandbox, looker, await form(request))
    asked = {name: request.query_params.get(name, "") for name in _ASKED}
    if wrong := _wrong(asked):
        return missing(looker, "Lời xin phép không hợp lệ", f"{wrong}; hãy báo cho người viết chương trình.", 400)
    ticket = secrets.token_urlsafe(24)
    with sandbox.storage.change():
        sandbox.storage.put(Thing(_TICKET, ticket, asked | {"at": written(sandbox.clock.now())}))
    scopes = [_SAID[scope.rpartition("/")[2]] for scope in asked["scope"].split()]
    values = {"client": "Dịch vụ đa phương tiện của thư viện", "scopes": scopes, "ticket": ticket}
    page = filled(looker, "consent", values)
    # the answer leads on to the program's own address, which the form's policy must allow
    policy = HEADERS["Content-Security-Policy"].replace("form-action 'self'", f"form-action 'self' {_origin(asked)}")
    page.headers["Content-Security-Policy"] = policy
    return page


_ASKED = (
    *("client_id", "redirect_uri", "response_type", "scope", "state"),
    *("code_challenge", "code_challenge_method", "access_type", "prompt"),
)


def _wrong(asked: Mapping[str, str]) -> str:
    """Say what is wrong with what a program asks for; empty where nothing is."""
    if asked["client_id"] != tokens.CLIENT:
        return "Không có chương trình nào tên như vậy (invalid_client)"
    if asked["response_type"] != "code" or not asked["scope"] or not set(asked["scope"].split()) <= tokens.SCOPES:
        return "Loại hoặc phạm vi xin phép không đúng (invalid_scope)"
    if asked["code_challenge"] and asked["code_challenge_method"] != "S256":
        return "PKCE phải dùng S256 (invalid_request)"
    target = urlsplit(asked["redirect_uri"])
    if target.scheme not in {"http", "https"} or not target.hostname or target.fragment:
        return "Địa chỉ trở về không đúng (redirect_uri_mismatch)"
    if target.scheme == "http" and target.hostname not in {"localhost", "127.0.0.1", "::1"}:
        return "Địa chỉ trở về phải ở trên máy này hoặc dùng https (redirect_uri_mismatch)"
    return ""


def _origin(asked: Mapping[str, str]) -> str:
    target = urlsplit(asked["redirect_uri"])
    return f"{target.scheme}://{target.netloc}"


def _answered(sandbox: Sandbox, looker: Looker, sent: Mapping[str, str]) -> Response:
    ticket = sandbox.storage.find(_TICKET, sent.get("ticket", ""))
    if ticket is None or read(ticket.body["at"]) + _PATIENCE < sandbox.clock.now():
        return missing(looker, "Lời xin phép đã hết hạn", "Hãy bắt đầu lại từ chương trình.", 400)
    asked = ticket.body
    with sandbox.storage.change():  # an answer counts once
        sandbox.storage.drop(ticket)
        answer = {"code": _code(sandbox, asked)} if sent.get("choice") == "allow" else {"error": "access_denied"}
    if "code" in answer:
        answer["scope"] = asked["scope"]
    query = urlencode({**answer, **({"state": asked["state"]} if asked["state"] else {})})
    joint = "&" if "?" in asked["redirect_uri"] else "?"
    return RedirectResponse(
        f"{asked['redirect_uri']}{joint}{query}", 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )


def _code(sandbox: Sandbox, asked: Mapping[str, str]) -> str:
    grant = tokens.Grant(
        tuple(asked["scope"].split()), asked["client_id"], "", asked["code_challenge"], asked["redirect_uri"]
    )
    return tokens.issue(sandbox.storage, sandbox.clock, tokens.CODE, grant)
