"""What may be said of a video: YouTube's limits, each broken one refused with YouTube's own reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.clock import read
from media_service.youtube.sandbox.storage import Body

CATEGORIES: Mapping[str, str] = {
    "1": "Film & Animation",
    "2": "Autos & Vehicles",
    "10": "Music",
    "15": "Pets & Animals",
    "17": "Sports",
    "19": "Travel & Events",
    "20": "Gaming",
    "22": "People & Blogs",
    "23": "Comedy",
    "24": "Entertainment",
    "25": "News & Politics",
    "26": "Howto & Style",
    "27": "Education",
    "28": "Science & Technology",
    "29": "Nonprofits & Activism",
}
"""The categories that a video may be put into."""

_MUTABLE: Mapping[str, tuple[str, ...]] = {
    "snippet": ("title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage"),
    "status": (
        *("privacyStatus", "publishAt", "license", "embeddable", "publicStatsViewable"),
        *("selfDeclaredMadeForKids", "containsSyntheticMedia"),
    ),
    "recordingDetails": ("recordingDate", "location", "locationDescription"),
}
"""What of each part is the uploader's to set; what else is sent is passed over."""
PARTS = (*_MUTABLE, "localizations")
_LONGEST_TITLE = 100
_LONGEST_DESCRIPTION = 5000
_LONGEST_TAGS = 500


def taken(part: str, sent: Mapping[str, Any]) -> Body:
    """Return what is kept of a part as it was sent, in place of whatever was there before."""
    if part == "localizations":
        return dict(sent)
    kept = {name: sent[name] for name in _MUTABLE[part] if sent.get(name) is not None}
    if part == "snippet":
        return {"title": "", "description": "", "categoryId": "22"} | kept
    if part == "status":
        return {"privacyStatus": "public", "license": "youtube", "embeddable": True, "publicStatsViewable": True} | kept
    return kept


def check(video: Body, now: datetime, *, published: bool) -> None:
    """Raise RefusedError for whatever may not be said of a video; `published` whether it was ever public."""
    _check_snippet(video.get("snippet", {}))
    _check_time(video.get("status", {}), now, published=published)
    localizations = video.get("localizations", {})
    if localizations and not video.get("snippet", {}).get("defaultLanguage"):
        said = "The request is trying to add localized video details without specifying the default language."
        raise RefusedError(400, "defaultLanguageNotSet", said, place="body.snippet.defaultLanguage")
    for each in localizations.values():
        _check_title(each.get("title", ""))
        _check_description(each.get("description", ""))


def _check_snippet(snippet: Mapping[str, Any]) -> None:
    _check_title(snippet.get("title", ""))
    _check_description(snippet.get("description", ""))
    if length(snippet.get("tags", ())) > _LONGEST_TAGS or any(
        "<" in tag or ">" in tag for tag in snippet.get("tags", ())
    ):
        raise _broken("invalidTags", "The request metadata specifies invalid video keywords.", "tags")
    if snippet.get("categoryId") not in CATEGORIES:
        raise _broken("invalidCategoryId", "The request metadata specifies an invalid category ID.", "categoryId")


def _check_title(title: str) -> None:
    if not title.strip() or len(title) > _LONGEST_TITLE or "<" in title or ">" in title:
        raise _broken("invalidTitle", "The request metadata specifies an invalid or empty video title.", "title")


def _check_description(text: str) -> None:
    if len(text.encode()) > _LONGEST_DESCRIPTION or "<" in text or ">" in text:
        raise _broken(
            "invalidDescription", "The request metadata specifies an invalid video description.", "description"
        )


def _check_time(status: Mapping[str, Any], now: datetime, *, published: bool) -> None:
    if "publishAt" in status and (
        status["privacyStatus"] != "private" or published or read(status["publishAt"]) <= now
    ):
        said = "The request metadata specifies an invalid scheduled publishing time."
        raise RefusedError(400, "invalidPublishAt", said, place="body.status.publishAt")


def length(tags: tuple[str, ...] | list[str]) -> int:
    """Count tags as YouTube does: commas between them, two quotation marks for one with a space."""
    return sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(len(tags) - 1, 0)


def _broken(reason: str, said: str, field: str) -> RefusedError:
    return RefusedError(400, reason, said, place=f"body.snippet.{field}")
