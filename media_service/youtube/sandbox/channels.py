"""The methods that tell of the channel itself, and of the categories and languages that a video may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from media_service.youtube.sandbox import schema
from media_service.youtube.sandbox.answers import marked
from media_service.youtube.sandbox.paging import refuse_unfiltered
from media_service.youtube.sandbox.playlists import UPLOADS
from media_service.youtube.sandbox.sandbox import CHANNEL, Call, Sandbox
from media_service.youtube.sandbox.storage import Body
from media_service.youtube.sandbox.video_rules import CATEGORIES
from media_service.youtube.sandbox.videos import KIND as VIDEO

_SINCE = "2026-01-01T00:00:00Z"
_LANGUAGES = {"vi": "Vietnamese", "en": "English", "fr": "French", "km": "Khmer", "lo": "Lao", "zh-CN": "Chinese"}


def listed(sandbox: Sandbox, call: Call) -> Body:
    """Return the channel."""
    schema.parts(sandbox.protocol, call.many("part"), "Channel")
    ids = call.many("id")
    if not ids and not call.yes("mine") and not call.one("forHandle"):
        raise refuse_unfiltered("forHandle", "id", "mine")
    ours = not ids or CHANNEL in ids
    parts = {part: _PARTS[part](sandbox) for part in call.many("part") if part in _PARTS}
    items = [marked({"kind": "youtube#channel", "id": CHANNEL} | parts)] if ours else []
    info = {"totalResults": len(items), "resultsPerPage": int(call.one("maxResults") or 5)}
    return {"kind": "youtube#channelListResponse", "pageInfo": info, "items": items}


def _snippet(sandbox: Sandbox) -> Body:
    title = sandbox.options.title
    return {"title": title, "description": "", "publishedAt": _SINCE, "country": "VN", "defaultLanguage": "vi",
            "localized": {"title": title, "description": ""}}  # fmt: skip


def _statistics(sandbox: Sandbox) -> Body:
    videos = sandbox.storage.all_of(VIDEO)
    views = sum(video.body["views"] for video in videos)
    return {"viewCount": str(views), "subscriberCount": "0", "videoCount": str(len(videos))}


def _status(sandbox: Sandbox) -> Body:
    return {"privacyStatus": "public", "isLinked": True, "longUploadsStatus": sandbox.options.long_uploads}


_PARTS: Mapping[str, Callable[[Sandbox], Any]] = {
    "snippet": _snippet,
    "contentDetails": lambda _sandbox: {"relatedPlaylists": {"likes": "", "uploads": UPLOADS}},
    "statistics": _statistics,
    "status": _status,
}


def categories(sandbox: Sandbox, call: Call) -> Body:
    """Return the categories that a video may be put into."""
    schema.parts(sandbox.protocol, call.many("part"), "VideoCategory")
    ids = call.many("id")
    if not ids and not call.one("regionCode"):
        raise refuse_unfiltered("id", "regionCode")
    items = [
        marked({"kind": "youtube#videoCategory", "id": id_,
                "snippet": {"title": title, "assignable": True, "channelId": CHANNEL}})
        for id_, title in CATEGORIES.items() if not ids or id_ in ids
    ]  # fmt: skip
    return {"kind": "youtube#videoCategoryListResponse", "items": items}


def languages(sandbox: Sandbox, call: Call) -> Body:
    """Return some of the languages that YouTube knows."""
    schema.parts(sandbox.protocol, call.many("part"), "I18nLanguage")
    items = [
        marked({"kind": "youtube#i18nLanguage", "id": id_, "snippet": {"hl": id_, "name": name}})
        for id_, name in _LANGUAGES.items()
    ]
    return {"kind": "youtube#i18nLanguageListResponse", "items": items}
