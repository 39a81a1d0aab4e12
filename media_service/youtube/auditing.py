"""What a channel really shows of our videos, asked by its public protocol and, of a sandbox, by its page's own files.

For whoever wants to see for themselves rather than trust what was kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import requests

from media_service.channels import Meter
from media_service.domain.publication import Visibility
from media_service.errors import ChannelAwayError
from media_service.messages import message
from media_service.youtube.client import Client, Resource
from media_service.youtube.transport import Access, session

_BLOCK = 1 << 20
_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A video as the channel tells of it."""

    video: str
    title: str
    description: str
    tags: tuple[str, ...]
    visibility: Visibility
    made_for_kids: bool | None
    captions: tuple[str, ...]
    """Languages of its tracks."""


def shown(access: Access, meter: Meter, videos: Sequence[str]) -> tuple[Shown, ...]:
    """Return how videos are shown, in no order; raises as every door to a channel does."""
    client = Client(access, meter)
    found = []
    for start in range(0, len(videos), 50):
        ids = ",".join(videos[start : start + 50])
        for one in client.call("videos.list", part="snippet,status", id=ids).get("items", ()):
            tracks = client.call("captions.list", part="snippet", videoId=one["id"]).get("items", ())
            found.append(_shown(one, tuple(str(track["snippet"]["language"]) for track in tracks)))
    return tuple(found)


def _shown(one: Resource, captions: tuple[str, ...]) -> Shown:
    snippet, status = one["snippet"], one["status"]
    return Shown(
        video=str(one["id"]),
        title=str(snippet["title"]),
        description=str(snippet.get("description", "")),
        tags=tuple(map(str, snippet.get("tags", ()))),
        visibility=Visibility(status["privacyStatus"]),
        made_for_kids=status.get("selfDeclaredMadeForKids"),
        captions=captions,
    )


def digest(address: str) -> str:
    """Return the SHA-256 of what lies at an address of a sandbox's page; empty where nothing does."""
    content = hashlib.sha256()
    try:
        with session() as straight, straight.get(address, timeout=_TIMEOUT_S, stream=True) as answer:
            if answer.status_code != 200:
                return ""
            for block in answer.iter_content(_BLOCK):
                content.update(block)
    except (requests.RequestException, OSError) as error:
        said = message("The channel's page does not answer ({reason}).", reason=type(error).__name__)
        raise ChannelAwayError(said) from None
    return content.hexdigest()
