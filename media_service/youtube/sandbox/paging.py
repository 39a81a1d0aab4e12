"""Lists in pages: tokens that lead on and back, as YouTube's do."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.sandbox import Call
from media_service.youtube.sandbox.storage import Body, Thing

_USUAL = 5
"""Entries of a page where the caller names no number."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its things, and what a response says of the rest."""

    things: Sequence[Thing]
    said: Body


def page(things: Sequence[Thing], call: Call) -> Page:
    """Return the page of a list that a call asks for; raises RefusedError for a token that is none of ours."""
    size = int(call.one("maxResults") or _USUAL)
    start = _read(call.one("pageToken"))
    said: Body = {}
    if size and start + size < len(things):
        said["nextPageToken"] = _token(start + size)
    if size and start > 0:
        said["prevPageToken"] = _token(max(start - size, 0))
    said["pageInfo"] = {"totalResults": len(things), "resultsPerPage": size}
    return Page(things[start : start + size], said)


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(b"C" + start.to_bytes(4, "big")).decode().rstrip("=")


def _read(token: str) -> int:
    if not token:
        return 0
    try:
        written = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (ValueError, binascii.Error):
        written = b""
    if len(written) != 5 or written[:1] != b"C":
        said = "The request specifies an invalid page token."
        raise RefusedError(400, "invalidPageToken", said, place="pageToken")
    return int.from_bytes(written[1:], "big")


def refuse_unfiltered(*filters: str) -> RefusedError:
    """Return the error for a list that was asked for without saying of what."""
    said = f"No filter selected. Expected one of: {', '.join(filters)}"
    return RefusedError(400, "missingRequiredParameter", said, place="parameters." if not filters else filters[0])
