"""The methods of playlists: list, insert, update, delete."""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from media_service.youtube.sandbox import schema
from media_service.youtube.sandbox.answers import RefusedError, marked
from media_service.youtube.sandbox.clock import written
from media_service.youtube.sandbox.paging import page, refuse_unfiltered
from media_service.youtube.sandbox.pictures import thumbnails
from media_service.youtube.sandbox.sandbox import CHANNEL, Call, Sandbox
from media_service.youtube.sandbox.storage import Body, Thing
from media_service.youtube.sandbox.videos import refuse_unnamed_parts

KIND, ITEM = "playlist", "playlistItem"
UPLOADS = f"UU{CHANNEL[2:]}"
"""The list of all uploads, which nobody may change."""
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 150, 5000
_MUTABLE = {
    "snippet": ("title", "description", "tags", "defaultLanguage"),
    "status": ("privacyStatus", "podcastStatus"),
}
_LETTERS = string.ascii_letters + string.digits + "-_"


def listed(sandbox: Sandbox, call: Call) -> Body:
    """Return the channel's playlists, the latest first, or those of the ids."""
    schema.parts(sandbox.protocol, call.many("part"), "Playlist")
    ids = call.many("id")
    if not ids and not call.yes("mine") and not call.one("channelId"):
        raise refuse_unfiltered("channelId", "id", "mine")
    things = sandbox.storage.all_of(KIND)[::-1] if not ids and call.one("channelId") in {"", CHANNEL} else []
    if ids:
        things = [thing for one in dict.fromkeys(ids) if (thing := sandbox.storage.find(KIND, one))]
    found = page(things, call)
    items = [shown(sandbox, thing, call) for thing in found.things]
    return {"kind": "youtube#playlistListResponse", "items": items} | found.said


def inserted(sandbox: Sandbox, call: Call) -> Body:
    """Make a playlist."""
    schema.parts(sandbox.protocol, call.many("part"), "Playlist")
    refuse_unnamed_parts(call)
    body = {"status": {"privacyStatus": "public"}} | _taken(call, {}) | {"made": written(sandbox.clock.now())}
    _check(body)
    id_ = "PL" + "".join(secrets.choice(_LETTERS) for _ in range(32))
    thing = Thing(KIND, id_, body, CHANNEL)
    sandbox.storage.put(thing)
    return shown(sandbox, thing, call)


def updated(sandbox: Sandbox, call: Call) -> Body:
    """Replace whole parts of a playlist."""
    schema.parts(sandbox.protocol, call.many("part"), "Playlist")
    refuse_unnamed_parts(call)
    thing = required(sandbox, str(call.body.get("id", "")))
    body = _taken(call, thing.body)
    _check(body)
    changed = replace(thing, body=body)
    sandbox.storage.put(changed)
    return shown(sandbox, changed, call)


def deleted(sandbox: Sandbox, call: Call) -> None:
    """Take a playlist away; its videos stay."""
    thing = required(sandbox, call.one("id"))
    sandbox.storage.drop(thing)
    for kind in (ITEM, "playlistImage"):
        for each in sandbox.storage.all_of(kind, thing.id):
            sandbox.storage.drop(each)


def required(sandbox: Sandbox, id_: str, place: str = "id") -> Thing:
    """Return a playlist; raises RefusedError where there is none."""
    thing = sandbox.storage.find(KIND, id_)
    if thing is None:
        said = "The playlist identified with the request's <code>playlistId</code> parameter cannot be found."
        raise RefusedError(404, "playlistNotFound", said, place=place)
    return thing


def _taken(call: Call, before: Body) -> Body:
    """Return a playlist's body with the parts that the call replaces."""
    body = dict(before)
    for part in call.many("part"):
        sent = call.body.get(part, {})
        if part in _MUTABLE:
            body[part] = {name: sent[name] for name in _MUTABLE[part] if sent.get(name) is not None}
        elif part == "localizations":
            body[part] = dict(sent)
    body["snippet"] = {"title": "", "description": ""} | body.get("snippet", {})
    body["status"] = {"privacyStatus": "public"} | body.get("status", {})
    return body


def _check(body: Body) -> None:
    snippet = body["snippet"]
    if not snippet["title"].strip():
        said = "The request must specify a playlist title."
        raise RefusedError(400, "playlistTitleRequired", said, place="body.snippet.title")
    if len(snippet["title"]) > _LONGEST_TITLE or "<" in snippet["title"] or ">" in snippet["title"]:
        said = "The request metadata specifies an invalid playlist title."
        raise RefusedError(400, "invalidPlaylistSnippet", said, place="body.snippet.title")
    if len(snippet["description"].encode()) > _LONGEST_DESCRIPTION or set("<>") & set(snippet["description"]):
        said = "The request metadata specifies an invalid playlist description."
        raise RefusedError(400, "invalidPlaylistSnippet", said, place="body.snippet.description")
    if body.get("localizations") and not snippet.get("defaultLanguage"):
        said = "The request is trying to add localized details without specifying the default language."
        raise RefusedError(400, "defaultLanguageNotSet", said, place="body.snippet.defaultLanguage")


def shown(sandbox: Sandbox, thing: Thing, call: Call) -> Body:
    """Return a playlist as the API tells of it."""
    parts = {part: _PARTS[part](sandbox, thing, call) for part in call.many("part") if part in _PARTS}
    return marked({"kind": "youtube#playlist", "id": thing.id} | parts)


def _snippet(sandbox: Sandbox, thing: Thing, call: Call) -> Body:
    own: Body = thing.body["snippet"]
    items = sandbox.storage.all_of(ITEM, thing.id)
    return own | {
        "publishedAt": thing.body["made"],
        "channelId": CHANNEL,
        "channelTitle": sandbox.options.title,
        "thumbnails": thumbnails(call.base, items[0].body["videoId"], custom=False) if items else {},
        "localized": {"title": own["title"], "description": own["description"]},
    }


_PARTS: Mapping[str, Callable[[Sandbox, Thing, Call], Any]] = {
    "snippet": _snippet,
    "status": lambda _sandbox, thing, _call: {"podcastStatus": "disabled"} | thing.body["status"],
    "contentDetails": lambda sandbox, thing, _call: {"itemCount": len(sandbox.storage.all_of(ITEM, thing.id))},
    "localizations": lambda _sandbox, thing, _call: thing.body.get("localizations", {}),
    "player": lambda _sandbox, thing, call: {
        "embedHtml": f'<iframe src="{call.base}/playlist?list={thing.id}"></iframe>'
    },
}
