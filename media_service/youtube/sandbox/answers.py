"""What the API answers: JSON, and errors in YouTube's own shape."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

_JSON = "application/json; charset=UTF-8"


class RefusedError(Exception):
    """The API's refusal of a call: HTTP status, YouTube's word for the reason, and a sentence."""

    def __init__(self, status: int, reason: str, said: str, *, place: str = "", domain: str = "") -> None:
        super().__init__(said)
        self.status = status
        self.reason = reason
        self.said = said
        self.place = place
        """The parameter or the header that is at fault, where one is."""
        self.domain = domain or _DOMAINS.get(reason, "global")
        self.extra: Mapping[str, object] = {}
        """What else stands in the error: `status` and `details` of newer answers."""


_DOMAINS = {
    "quotaExceeded": "youtube.quota",
    **dict.fromkeys(
        ("videoNotFound", "invalidTitle", "invalidDescription", "invalidTags", "invalidCategoryId", "invalidPublishAt"),
        "youtube.video",
    ),
    **dict.fromkeys(("invalidVideoMetadata", "defaultLanguageNotSet", "uploadLimitExceeded"), "youtube.video"),
    **dict.fromkeys(("playlistNotFound", "playlistTitleRequired"), "youtube.playlist"),
    **dict.fromkeys(
        ("playlistItemNotFound", "manualSortRequired", "videoAlreadyInPlaylist", "playlistIdRequired"),
        "youtube.playlistItem",
    ),
    **dict.fromkeys(
        ("captionNotFound", "captionExists", "contentRequired", "invalidMetadata", "nameTooLong"), "youtube.caption"
    ),
    **dict.fromkeys(("invalidImage", "uploadRateLimitExceeded"), "youtube.thumbnail"),
    **dict.fromkeys(("unknownPart", "unexpectedPart"), "youtube.part"),
    **dict.fromkeys(("missingRequiredParameter", "incompatibleParameters"), "youtube.parameter"),
}
"""Whose word a reason is; every other is `global`."""


def refusal(refused: RefusedError) -> Response:
    """Return the answer that tells of a refusal."""
    one: dict[str, str] = {"message": refused.said, "domain": refused.domain, "reason": refused.reason}
    if refused.place:
        one |= {"location": refused.place, "locationType": _place_type(refused.place)}
    error = {"code": refused.status, "message": refused.said, "errors": [one], **refused.extra}
    headers = {"WWW-Authenticate": 'Bearer realm="sandbox", error="invalid_token"'} if refused.status == 401 else {}
    return told({"error": error}, refused.status, headers)


def _place_type(place: str) -> str:
    if place == "Authorization":
        return "header"
    return "other" if place.startswith("body.") else "parameter"


def told(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON answer, indented as YouTube's are."""
    text = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    return Response(text, status, {"Vary": "Origin, X-Origin, Referer", **(headers or {})}, _JSON)


def marked(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a resource or a list with its etag, which changes whenever the rest does."""
    kind = {"kind": body["kind"]} if "kind" in body else {}
    rest = {name: value for name, value in body.items() if name not in {"kind", "etag"}}
    return {**kind, "etag": _etag(body), **rest}


def _etag(body: Mapping[str, Any] | Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:27]
