"""The methods of a playlist's entries: list, insert, update, delete, with positions as YouTube keeps them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from media_service.youtube.sandbox import schema, standing
from media_service.youtube.sandbox.answers import RefusedError, marked
from media_service.youtube.sandbox.clock import written
from media_service.youtube.sandbox.paging import page, refuse_unfiltered
from media_service.youtube.sandbox.pictures import thumbnails
from media_service.youtube.sandbox.playlists import ITEM, UPLOADS, required
from media_service.youtube.sandbox.sandbox import CHANNEL, Call, Sandbox
from media_service.youtube.sandbox.storage import Body, Thing
from media_service.youtube.sandbox.videos import KIND as VIDEO
from media_service.youtube.sandbox.videos import refuse_unnamed_parts
from media_service.youtube.sandbox.videos import required as required_video

_MOST = 5000
MANUAL = "sorted by hand"
"""In a playlist's body: False where YouTube sorts it, so that nobody may give positions."""


def listed(sandbox: Sandbox, call: Call) -> Body:
    """Return a playlist's entries in order; the list of uploads has every video, the latest first."""
    schema.parts(sandbox.protocol, call.many("part"), "PlaylistItem")
    ids, of = call.many("id"), call.one("playlistId")
    if not ids and not of:
        raise refuse_unfiltered("id", "playlistId")
    if ids:
        things: Sequence[Thing] = [thing for one in ids if (thing := sandbox.storage.find(ITEM, one))]
    else:
        things = _uploads(sandbox) if of == UPLOADS else _entries(sandbox, required(sandbox, of, "playlistId").id)
    if video := call.one("videoId"):
        things = [thing for thing in things if thing.body["videoId"] == video]
    found = page(things, call)
    items = [shown(sandbox, thing, call) for thing in found.things]
    return {"kind": "youtube#playlistItemListResponse", "items": items} | found.said


def inserted(sandbox: Sandbox, call: Call) -> Body:
    """Put a video into a playlist: at its end, or at a position."""
    snippet = _sent(sandbox, call)
    playlist = required(sandbox, snippet["playlistId"], "body.snippet.playlistId")
    video = required_video(sandbox, snippet["resourceId"]["videoId"], "body.snippet.resourceId.videoId")
    entries = _entries(sandbox, playlist.id)
    if sandbox.options.repeats and any(entry.body["videoId"] == video.id for entry in entries):
        raise RefusedError(409, "videoAlreadyInPlaylist", "Video already in playlist.")
    if len(entries) >= _MOST:
        said = "The playlist already contains the maximum allowed number of items."
        raise RefusedError(403, "playlistContainsMaximumNumberOfVideos", said)
    place = _place(playlist, snippet, len(entries))
    body = {"videoId": video.id, "made": written(sandbox.clock.now()), "note": _note(call)}
    new = Thing(ITEM, "UEx" + secrets.token_urlsafe(42), body, playlist.id)
    _keep(sandbox, [*entries[:place], new, *entries[place:]])
    return shown(sandbox, replace(new, place=place), call)


def updated(sandbox: Sandbox, call: Call) -> Body:
    """Move an entry to a position; the others close up."""
    snippet = _sent(sandbox, call)
    entry = _required(sandbox, str(call.body.get("id", "")))
    if snippet["playlistId"] != entry.owner or snippet["resourceId"]["videoId"] != entry.body["videoId"]:
        raise RefusedError(400, "invalidResourceType", "The playlist item cannot become another.")
    playlist = required(sandbox, entry.owner)
    rest = [each for each in _entries(sandbox, playlist.id) if each.id != entry.id]
    place = _place(playlist, snippet, len(rest)) if "position" in snippet else entry.place
    changed = replace(entry, body=entry.body | {"note": _note(call)})
    _keep(sandbox, [*rest[:place], changed, *rest[place:]])
    return shown(sandbox, replace(changed, place=place), call)


def deleted(sandbox: Sandbox, call: Call) -> None:
    """Take an entry out; the others close up."""
    entry = _required(sandbox, call.one("id"))
    sandbox.storage.drop(entry)
    _keep(sandbox, _entries(sandbox, entry.owner))


def _sent(sandbox: Sandbox, call: Call) -> Mapping[str, Any]:
    """Return the snippet that was sent, which must name a playlist and a video."""
    schema.parts(sandbox.protocol, call.many("part"), "PlaylistItem")
    refuse_unnamed_parts(call)
    snippet: Mapping[str, Any] = call.body.get("snippet", {})
    if not snippet.get("playlistId"):
        said = "The subscribe request does not specify the required playlistId property."
        raise RefusedError(400, "playlistIdRequired", said, place="body.snippet.playlistId")
    resource = snippet.get("resourceId", {})
    if resource.get("kind") != "youtube#video" or not resource.get("videoId"):
        said = "The type specified for the resource is not supported for this operation."
        raise RefusedError(400, "resourceIdRequired", said, place="body.snippet.resourceId")
    return snippet


def _place(playlist: Thing, snippet: Mapping[str, Any], count: int) -> int:
    """Return the position that is asked for, the end where none is; raises RefusedError where none may be."""
    if "position" not in snippet:
        return count
    if not playlist.body.get(MANUAL, True):
        said = "The request cannot specify a position because the playlist is not sorted manually."
        raise RefusedError(400, "manualSortRequired", said, place="body.snippet.position")
    place = int(snippet["position"])
    if not 0 <= place <= count:
        said = "The request specifies an invalid position."
        raise RefusedError(400, "invalidPlaylistItemPosition", said, place="body.snippet.position")
    return place


def _note(call: Call) -> str:
    return str(call.body.get("contentDetails", {}).get("note", ""))


def _required(sandbox: Sandbox, id_: str) -> Thing:
    thing = sandbox.storage.find(ITEM, id_)
    if thing is None:
        said = "The playlist item identified with the request's <code>id</code> parameter cannot be found."
        raise RefusedError(404, "playlistItemNotFound", said, place="id")
    return thing


def _entries(sandbox: Sandbox, playlist: str) -> list[Thing]:
    return sandbox.storage.all_of(ITEM, playlist)


def _keep(sandbox: Sandbox, entries: Sequence[Thing]) -> None:
    """Keep the entries of a playlist in this order."""
    for place, entry in enumerate(entries):
        if entry.place != place or sandbox.storage.find(ITEM, entry.id) != entry:
            sandbox.storage.put(replace(entry, place=place))


def _uploads(sandbox: Sandbox) -> list[Thing]:
    """Return every video as an entry of the list of uploads."""
    videos = sandbox.storage.all_of(VIDEO)[::-1]
    return [
        Thing(ITEM, f"VVU{video.id}", {"videoId": video.id, "made": video.body["arrived"]}, UPLOADS, place)
        for place, video in enumerate(videos)
    ]


def shown(sandbox: Sandbox, thing: Thing, call: Call) -> Body:
    """Return an entry as the API tells of it."""
    video = sandbox.storage.find(VIDEO, thing.body["videoId"])
    now = standing.now(sandbox, video.body) if video else None
    parts = {part: _PARTS[part](sandbox, thing, call, now) for part in call.many("part") if part in _PARTS}
    return marked({"kind": "youtube#playlistItem", "id": thing.id} | parts)


def _snippet(sandbox: Sandbox, thing: Thing, call: Call, video: Body | None) -> Body:
    said = video["snippet"] if video else {"title": "Deleted video", "description": "This video is unavailable."}
    id_ = thing.body["videoId"]
    owner = {"videoOwnerChannelTitle": sandbox.options.title, "videoOwnerChannelId": CHANNEL} if video else {}
    return {
        "publishedAt": thing.body["made"],
        "channelId": CHANNEL,
        "title": said["title"],
        "description": said["description"],
        "thumbnails": thumbnails(call.base, id_, custom="thumbnail" in video) if video else {},
        "channelTitle": sandbox.options.title,
        "playlistId": thing.owner,
        "position": thing.place,
        "resourceId": {"kind": "youtube#video", "videoId": id_},
        **owner,
    }


def _content(_sandbox: Sandbox, thing: Thing, _call: Call, video: Body | None) -> Body:
    published = {"videoPublishedAt": written(standing.since(video))} if video and video.get("published") else {}
    note = {"note": thing.body["note"]} if thing.body.get("note") else {}
    return {"videoId": thing.body["videoId"]} | published | note


def _status(_sandbox: Sandbox, _thing: Thing, _call: Call, video: Body | None) -> Body:
    return {"privacyStatus": video["status"]["privacyStatus"] if video else "private"}


_PARTS: Mapping[str, Callable[[Sandbox, Thing, Call, Body | None], Any]] = {
    "snippet": _snippet,
    "contentDetails": _content,
    "status": _status,
}
