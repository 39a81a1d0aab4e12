"""The methods of videos: list, insert, update, delete. How a video stands by the clock is for `standing`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from media_service.youtube.sandbox import schema, standing, video_rules
from media_service.youtube.sandbox.answers import RefusedError, marked
from media_service.youtube.sandbox.clock import written
from media_service.youtube.sandbox.mp4 import seconds
from media_service.youtube.sandbox.paging import refuse_unfiltered
from media_service.youtube.sandbox.sandbox import CHANNEL, Call, Sandbox
from media_service.youtube.sandbox.storage import Body, Thing

KIND = "video"
_LONGEST_S, _LONGEST_UNVERIFIED_S = 12 * 3600, 15 * 60
"""Seconds that a video may have on a channel whose owner has proved a phone number, and on one whose owner has not."""


def listed(sandbox: Sandbox, call: Call) -> Body:
    """Return the videos of the ids that are there."""
    schema.parts(sandbox.protocol, call.many("part"), "Video")
    ids = call.many("id")
    if not ids:
        raise refuse_unfiltered("id", "chart", "myRating")
    found = [thing for id_ in dict.fromkeys(ids[:50]) if (thing := visible(sandbox, id_))]
    items = [shown(sandbox, thing, call) for thing in found]
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return {"kind": "youtube#videoListResponse", "items": items, "pageInfo": info}


def check_new(sandbox: Sandbox, call: Call) -> None:
    """Refuse a new video whose metadata are not in order, before any byte of it comes."""
    schema.parts(sandbox.protocol, call.many("part"), "Video")
    refuse_unnamed_parts(call)
    video_rules.check(_new(call), sandbox.clock.now(), published=False)


def inserted(sandbox: Sandbox, call: Call) -> Body:
    """Keep a video that has arrived, and return it."""
    file = call.file
    if file is None:
        raise RefusedError(400, "mediaBodyRequired", "The request does not include the video content.")
    length = seconds(sandbox.storage.content(file.sha256))
    body: Body = _new(call) | {
        "file": {"sha256": file.sha256, "size": file.size, "type": file.type, "name": call.slug, "seconds": length},
        "arrived": written(sandbox.clock.now()),
        "arrivedExactly": sandbox.clock.now().timestamp(),
        "wrong": _wrong(sandbox, call, length),
        "views": 0,
    }
    thing = Thing(KIND, secrets.token_urlsafe(8), body, CHANNEL)
    sandbox.storage.put(thing)
    return shown(sandbox, thing, call)


def _wrong(sandbox: Sandbox, call: Call, length_s: float) -> Body:
    """Return what is wrong with a new video: what a plan of faults says, or that it is too long for the channel."""
    most = _LONGEST_S if sandbox.options.long_uploads == "allowed" else _LONGEST_UNVERIFIED_S
    too_long = {standing.REJECTION: "length"} if length_s > most else {}
    return too_long | {name: said for name in standing.WRONGS if (said := call.one(f"sandbox:{name}"))}


def updated(sandbox: Sandbox, call: Call) -> Body:
    """Replace whole parts of a video: what such a part does not say is gone."""
    schema.parts(sandbox.protocol, call.many("part"), "Video")
    refuse_unnamed_parts(call)
    thing = required(sandbox, str(call.body.get("id", "")))
    parts = [part for part in call.many("part") if part in video_rules.PARTS]
    body = dict(standing.now(sandbox, thing.body))
    published = bool(body.get("published"))
    if "snippet" in parts and "categoryId" not in call.body.get("snippet", {}):
        raise RefusedError(
            400, "invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID. Use the "
            "videoCategories.list method to retrieve supported categories.", place="body.snippet.categoryId",
        )  # fmt: skip
    body |= {part: video_rules.taken(part, call.body.get(part, {})) for part in parts}
    video_rules.check(body, sandbox.clock.now(), published=published)
    changed = replace(thing, body=standing.noted(sandbox, body))
    sandbox.storage.put(changed)
    return shown(sandbox, changed, call)


def deleted(sandbox: Sandbox, call: Call) -> None:
    """Take a video away with its captions; its entries in playlists stay, as YouTube leaves them."""
    thing = required(sandbox, call.one("id"))
    sandbox.storage.drop(thing)
    for caption in sandbox.storage.all_of("caption", thing.id):
        sandbox.storage.drop(caption)


def visible(sandbox: Sandbox, id_: str) -> Thing | None:
    """Return a video, if the API knows of it by now."""
    thing = sandbox.storage.find(KIND, id_)
    return None if thing is None or standing.hidden(sandbox, thing.body) else thing


def required(sandbox: Sandbox, id_: str, place: str = "id") -> Thing:
    """Return a video; raises RefusedError where the API does not know of it (yet)."""
    thing = visible(sandbox, id_)
    if thing is None:
        said = (
            "The video that you are trying to use cannot be found. Check the value of the <code>videoId</code> field."
        )
        raise RefusedError(404, "videoNotFound", said, place=place)
    return thing


def refuse_unnamed_parts(call: Call) -> None:
    """Refuse a body that says more than the `part` parameter names."""
    for name in call.body:
        if name not in {"id", "kind", "etag", *call.many("part")}:
            raise RefusedError(400, "unexpectedPart", f"'{name}'", place="part")


def _new(call: Call) -> Body:
    sent = call.body
    body = {part: video_rules.taken(part, sent.get(part, {})) for part in ("snippet", "status")}
    for part in ("recordingDetails", "localizations"):
        if part in sent:
            body[part] = video_rules.taken(part, sent[part])
    return body


def shown(sandbox: Sandbox, thing: Thing, call: Call) -> Body:
    """Return a video as the API tells of it: the parts that were asked for."""
    body = standing.now(sandbox, thing.body)
    facts = standing.Seen(sandbox, thing.id, body, call.base)
    parts = {part: _PARTS[part](facts) for part in call.many("part") if part in _PARTS}
    return marked({"kind": "youtube#video", "id": thing.id} | parts)


_PARTS: Mapping[str, Callable[[standing.Seen], Any]] = {
    "snippet": standing.snippet,
    "status": standing.status,
    "contentDetails": standing.content_details,
    "statistics": standing.statistics,
    "processingDetails": standing.processing_details,
    "fileDetails": standing.file_details,
    "recordingDetails": lambda seen: seen.body.get("recordingDetails", {}),
    "localizations": lambda seen: seen.body.get("localizations", {}),
    "suggestions": lambda _seen: {},
    "player": lambda seen: {"embedHtml": f'<iframe src="{seen.base}/watch?v={seen.id}"></iframe>'},
}
