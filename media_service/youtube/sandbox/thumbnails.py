"""The method that sets a video's thumbnail, and what every picture that is sent must be."""

from __future__ import annotations

from dataclasses import replace

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.picture_size import look
from media_service.youtube.sandbox.pictures import thumbnails
from media_service.youtube.sandbox.sandbox import Call, Sandbox
from media_service.youtube.sandbox.storage import Body
from media_service.youtube.sandbox.videos import required

LARGEST = 50 << 20
"""Bytes of a picture."""


def check(sandbox: Sandbox, call: Call) -> None:
    """Refuse a thumbnail for a video that is not there."""
    required(sandbox, call.one("videoId"), "videoId")


def chosen(sandbox: Sandbox, call: Call) -> Body:
    """Set a video's thumbnail."""
    video = required(sandbox, call.one("videoId"), "videoId")
    changed = replace(video, body=video.body | {"thumbnail": picture(sandbox, call)})
    sandbox.storage.put(changed)
    return {"kind": "youtube#thumbnailSetResponse", "items": [thumbnails(call.base, video.id, custom=True)]}


def picture(sandbox: Sandbox, call: Call) -> Body:
    """Return what is kept of the picture that came with a call; raises RefusedError where it is none."""
    if call.file is None:
        raise RefusedError(400, "mediaBodyRequired", "The request does not include the image content.")
    with sandbox.storage.content(call.file.sha256).open("rb") as file:
        seen = look(file)
    if seen is None:
        raise RefusedError(400, "invalidImage", "The provided image content is invalid.")
    return {"sha256": call.file.sha256, "type": seen.type, "width": seen.width, "height": seen.height}
