"""The methods of captions: list, insert, update, delete, download."""

from __future__ import annotations

import secrets
from dataclasses import replace

from starlette.responses import Response

from media_service.youtube.sandbox import schema
from media_service.youtube.sandbox.answers import RefusedError, marked
from media_service.youtube.sandbox.clock import written
from media_service.youtube.sandbox.sandbox import Call, Sandbox
from media_service.youtube.sandbox.storage import Body, Thing
from media_service.youtube.sandbox.subtitles import converted, form
from media_service.youtube.sandbox.videos import refuse_unnamed_parts, required

KIND = "caption"
_LONGEST_NAME = 150


def listed(sandbox: Sandbox, call: Call) -> Body:
    """Return the tracks of a video."""
    schema.parts(sandbox.protocol, call.many("part"), "Caption")
    video = required(sandbox, call.one("videoId"), "videoId")
    wanted = call.many("id")
    tracks = [track for track in sandbox.storage.all_of(KIND, video.id) if not wanted or track.id in wanted]
    return {"kind": "youtube#captionListResponse", "items": [shown(track, call) for track in tracks]}


def check_new(sandbox: Sandbox, call: Call) -> None:
    """Refuse a new track that says too little, or that is there already."""
    schema.parts(sandbox.protocol, call.many("part"), "Caption")
    refuse_unnamed_parts(call)
    snippet = call.body.get("snippet", {})
    if not snippet.get("language") or not snippet.get("videoId") or "name" not in snippet:
        said = "The request contains invalid metadata values, which prevent the track from being created."
        raise RefusedError(400, "invalidMetadata", said)
    if len(snippet["name"]) > _LONGEST_NAME:
        said = f"The specified name is too long. The maximum length supported is {_LONGEST_NAME} characters."
        raise RefusedError(400, "nameTooLong", said, place="body.snippet.name")
    video = required(sandbox, snippet["videoId"], "body.snippet.videoId")
    for track in sandbox.storage.all_of(KIND, video.id):
        if (track.body["language"], track.body["name"]) == (snippet["language"], snippet["name"]):
            said = "The specified video already contains a caption track with the given language and name."
            raise RefusedError(409, "captionExists", said)


def inserted(sandbox: Sandbox, call: Call) -> Body:
    """Keep a track, and return it."""
    check_new(sandbox, call)
    snippet = call.body["snippet"]
    facts = {name: snippet[name] for name in ("language", "name")} | {"isDraft": bool(snippet.get("isDraft"))}
    thing = Thing(KIND, secrets.token_urlsafe(27), facts | _content(sandbox, call), snippet["videoId"])
    sandbox.storage.put(thing)
    return shown(thing, call)


def check_update(sandbox: Sandbox, call: Call) -> None:
    """Refuse a change to a track that is not there."""
    schema.parts(sandbox.protocol, call.many("part"), "Caption")
    refuse_unnamed_parts(call)
    _required(sandbox, str(call.body.get("id", "")))


def updated(sandbox: Sandbox, call: Call) -> Body:
    """Give a track other content, or change whether it is a draft."""
    check_update(sandbox, call)
    thing = _required(sandbox, str(call.body["id"]))
    content = _content(sandbox, call) if call.file else {}
    draft = {"isDraft": bool(call.body.get("snippet", {}).get("isDraft"))} if "snippet" in call.many("part") else {}
    changed = replace(thing, body=thing.body | draft | content)
    sandbox.storage.put(changed)
    return shown(changed, call)


def deleted(sandbox: Sandbox, call: Call) -> None:
    """Take a track away."""
    sandbox.storage.drop(_required(sandbox, call.one("id")))


def downloaded(sandbox: Sandbox, call: Call) -> Response:
    """Return a track as it came, or in the form that was asked for."""
    thing = _required(sandbox, call.one("id"))
    text = sandbox.storage.content(thing.body["sha256"]).read_bytes().decode("utf-8-sig", "replace")
    wanted = call.one("tfmt")
    if wanted not in {"", "srt", "vtt"}:
        raise RefusedError(400, "couldNotConvert", "The caption track data could not be converted.", place="tfmt")
    return Response(converted(text, wanted) if wanted else text, media_type="application/octet-stream")


def _required(sandbox: Sandbox, id_: str) -> Thing:
    thing = sandbox.storage.find(KIND, id_)
    if thing is None:
        said = "The caption track could not be found. Check the value of the request's <code>id</code> parameter."
        raise RefusedError(404, "captionNotFound", said, place="id")
    return thing


def _content(sandbox: Sandbox, call: Call) -> Body:
    if call.file is None:
        raise RefusedError(400, "contentRequired", "The request does not contain the caption track contents.")
    content = sandbox.storage.content(call.file.sha256).read_bytes()
    return {
        "sha256": call.file.sha256,
        "size": call.file.size,
        "failure": "" if form(content) else "unknownFormat",
        "lastUpdated": written(sandbox.clock.now()),
    }


def shown(thing: Thing, call: Call) -> Body:
    """Return a track as the API tells of it."""
    body = thing.body
    failed = {"status": "failed", "failureReason": body["failure"]} if body["failure"] else {"status": "serving"}
    snippet = {
        "videoId": thing.owner,
        "lastUpdated": body["lastUpdated"],
        "trackKind": "standard",
        "language": body["language"],
        "name": body["name"],
        "audioTrackType": "unknown",
        "isCC": False,
        "isLarge": False,
        "isEasyReader": False,
        "isDraft": body["isDraft"],
        "isAutoSynced": False,
        **failed,
    }
    parts = {"snippet": snippet} if "snippet" in call.many("part") else {}
    return marked({"kind": "youtube#caption", "id": thing.id} | parts)
