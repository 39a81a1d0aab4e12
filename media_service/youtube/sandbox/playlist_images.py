"""The methods of playlists' pictures: list, insert, update, delete."""

from __future__ import annotations

import secrets
from dataclasses import replace

from media_service.youtube.sandbox import schema
from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.paging import page
from media_service.youtube.sandbox.playlists import required
from media_service.youtube.sandbox.sandbox import Call, Sandbox
from media_service.youtube.sandbox.storage import Body, Thing
from media_service.youtube.sandbox.thumbnails import picture

KIND = "playlistImage"


def listed(sandbox: Sandbox, call: Call) -> Body:
    """Return the pictures of a playlist (its parent), or all."""
    schema.parts(sandbox.protocol, call.many("part"), "PlaylistImage")
    found = page(sandbox.storage.all_of(KIND, call.one("parent") or None), call)
    items = [_shown(thing, call) for thing in found.things]
    return {"kind": "youtube#playlistImageListResponse", "items": items} | found.said


def check_new(sandbox: Sandbox, call: Call) -> None:
    """Refuse a picture for a playlist that is not there, or that has one."""
    playlist = required(sandbox, str(_snippet(call).get("playlistId", "")), "body.snippet.playlistId")
    if sandbox.storage.all_of(KIND, playlist.id):
        said = "The playlist already has an image of this type."
        raise RefusedError(409, "playlistImageExists", said)


def inserted(sandbox: Sandbox, call: Call) -> Body:
    """Give a playlist its picture."""
    check_new(sandbox, call)
    snippet = _snippet(call)
    thing = Thing(KIND, secrets.token_urlsafe(27), _square(sandbox, call), snippet["playlistId"])
    sandbox.storage.put(thing)
    return _shown(thing, call)


def updated(sandbox: Sandbox, call: Call) -> Body:
    """Give a playlist another picture."""
    changed = replace(_required(sandbox, str(call.body.get("id", ""))), body=_square(sandbox, call))
    sandbox.storage.put(changed)
    return _shown(changed, call)


def deleted(sandbox: Sandbox, call: Call) -> None:
    """Take a playlist's picture away."""
    sandbox.storage.drop(_required(sandbox, call.one("id")))


def _snippet(call: Call) -> Body:
    snippet: Body = call.body.get("snippet", {})
    if snippet.get("type") != "hero":
        raise RefusedError(400, "invalidPlaylistImage", "The image type must be hero.", place="body.snippet.type")
    return snippet


def _square(sandbox: Sandbox, call: Call) -> Body:
    seen = picture(sandbox, call)
    if seen["width"] != seen["height"]:
        raise RefusedError(400, "invalidAspectRatio", "The playlist image must be square.")
    return seen


def _required(sandbox: Sandbox, id_: str) -> Thing:
    thing = sandbox.storage.find(KIND, id_)
    if thing is None:
        raise RefusedError(404, "playlistImageNotFound", "The playlist image cannot be found.", place="id")
    return thing


def _shown(thing: Thing, call: Call) -> Body:
    snippet = {
        "playlistId": thing.owner,
        "type": "hero",
        "width": thing.body["width"],
        "height": thing.body["height"],
    }
    parts = {"snippet": snippet} if "snippet" in call.many("part") else {}
    return {"kind": "youtube#playlistImage", "id": thing.id} | parts
