"""Where a channel's platform is asked: YouTube's own addresses, or those of a sandbox that speaks the same protocol."""

from __future__ import annotations

from dataclasses import dataclass

SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
"""The one scope asked for: it covers every call that is made here."""


@dataclass(frozen=True, slots=True)
class Place:
    """The addresses of a platform."""

    root: str = "https://youtube.googleapis.com/"
    """Of the API, with its last slash."""
    token: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address, not a token
    consent: str = "https://accounts.google.com/o/oauth2/v2/auth"
    """Where an owner is asked for consent."""


YOUTUBE = Place()


def sandbox(address: str) -> Place:
    """Return the addresses of a sandbox, as http://127.0.0.1:9760."""
    root = address.rstrip("/") + "/"
    return Place(root, root + "token", root + "o/oauth2/auth")
