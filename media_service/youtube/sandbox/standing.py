"""How a video stands at this moment: being processed or ready, private or public by now, and each part of its resource.

Nothing runs in the background: what the clock makes true is worked out whenever somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from media_service.youtube.sandbox.clock import read, written
from media_service.youtube.sandbox.pictures import thumbnails
from media_service.youtube.sandbox.sandbox import CHANNEL, Sandbox
from media_service.youtube.sandbox.storage import Body

HIDDEN, REJECTION, FAILURE = WRONGS = ("hidden_s", "rejection", "failure")
"""What may be wrong with a video from the beginning, by a plan of faults."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A video as it stands now, and under which address it is looked at."""

    sandbox: Sandbox
    id: str
    body: Body
    base: str


def now(sandbox: Sandbox, body: Body) -> Body:
    """Return what is kept of a video as it stands by the clock: what was scheduled for a time past is public."""
    status = body["status"]
    at = status.get("publishAt")
    if at and status["privacyStatus"] == "private" and read(at) <= sandbox.clock.now():
        rest = {name: value for name, value in status.items() if name != "publishAt"}
        return body | {"status": rest | {"privacyStatus": "public"}, "published": written(read(at))}
    return noted(sandbox, body)


def noted(sandbox: Sandbox, body: Body) -> Body:
    """Return it with the time at which it became public, once it has."""
    if body["status"]["privacyStatus"] == "public" and not body.get("published"):
        return body | {"published": written(sandbox.clock.now())}
    return body


def hidden(sandbox: Sandbox, body: Body) -> bool:
    """Tell whether the API does not know of a video yet."""
    return _age(sandbox, body) < float(body["wrong"].get(HIDDEN, 0))


def processed(sandbox: Sandbox, body: Body) -> bool:
    """Tell whether the processing of a video is over, well or not."""
    return _age(sandbox, body) >= sandbox.options.processing_s


def playable(sandbox: Sandbox, body: Body) -> bool:
    """Tell whether a video can be watched."""
    return processed(sandbox, body) and not body["wrong"].get(REJECTION) and not body["wrong"].get(FAILURE)


def _age(sandbox: Sandbox, body: Body) -> float:
    return sandbox.clock.now().timestamp() - float(body["arrivedExactly"])


def snippet(seen: Seen) -> Body:
    """Return what the video says of itself."""
    own: Body = seen.body["snippet"]
    return own | {
        "publishedAt": seen.body.get("published") or seen.body["arrived"],
        "channelId": CHANNEL,
        "channelTitle": seen.sandbox.options.title,
        "thumbnails": thumbnails(seen.base, seen.id, custom="thumbnail" in seen.body),
        "liveBroadcastContent": "none",
        "localized": {"title": own["title"], "description": own["description"]},
    }


def status(seen: Seen) -> Body:
    """Return who may see it, and how it stands."""
    own = dict(seen.body["status"])
    own["madeForKids"] = own.get("selfDeclaredMadeForKids", False)
    if "publishAt" in own:
        own["publishAt"] = written(read(own["publishAt"]))
    wrong = seen.body["wrong"]
    if not processed(seen.sandbox, seen.body):
        return own | {"uploadStatus": "uploaded"}
    if wrong.get(REJECTION):
        return own | {"uploadStatus": "rejected", "rejectionReason": wrong[REJECTION]}
    if wrong.get(FAILURE):
        return own | {"uploadStatus": "failed", "failureReason": wrong[FAILURE]}
    return own | {"uploadStatus": "processed"}


def processing_details(seen: Seen) -> Body:
    """Return how far the processing is."""
    total = max(seen.sandbox.options.processing_s, 0.001)
    left = max(total - _age(seen.sandbox, seen.body), 0)
    if left > 0:
        progress = {"partsTotal": "1000", "partsProcessed": str(int(1000 * (1 - left / total))),
                    "timeLeftMs": str(int(left * 1000))}  # fmt: skip
        return {"processingStatus": "processing", "processingProgress": progress} | _available("inProgress")
    if seen.body["wrong"].get(FAILURE):
        return {"processingStatus": "failed", "processingFailureReason": "transcodeFailed"} | _available("notAvailable")
    rejected = seen.body["wrong"].get(REJECTION)
    return {"processingStatus": "terminated" if rejected else "succeeded"} | _available("available")


def _available(how: str) -> Body:
    return {"fileDetailsAvailability": "available", "thumbnailsAvailability": how, "processingIssuesAvailability": how}


def file_details(seen: Seen) -> Body:
    """Return what arrived, for the owner."""
    file = seen.body["file"]
    return {
        "fileName": file["name"],
        "fileSize": str(file["size"]),
        "fileType": "video",
        "container": "mov",
        "durationMs": str(int(file["seconds"] * 1000)),
    }


def content_details(seen: Seen) -> Body:
    """Return what can be watched."""
    captions = seen.sandbox.storage.all_of("caption", seen.id)
    return {
        "duration": _iso(seen.body["file"]["seconds"]) if processed(seen.sandbox, seen.body) else "P0D",
        "dimension": "2d",
        "definition": "hd",
        "caption": "true" if any(not each.body["isDraft"] for each in captions) else "false",
        "licensedContent": False,
        "projection": "rectangular",
        "hasCustomThumbnail": "thumbnail" in seen.body,
    }


def _iso(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    told = [f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if value]
    return "PT" + ("".join(told) or "0S")


def statistics(seen: Seen) -> Body:
    """Return how often it was looked at."""
    figures: dict[str, Any] = {"viewCount": str(seen.body["views"]), "likeCount": "0", "favoriteCount": "0"}
    return figures | ({} if seen.body["status"].get("selfDeclaredMadeForKids") else {"commentCount": "0"})


def since(body: Body) -> datetime:
    """Return since when viewers see it, or when it arrived."""
    return read(body.get("published") or body["arrived"])
