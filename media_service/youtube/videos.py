"""What the channel says of its videos, and what we have it say: the Videos door."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from googleapiclient.http import MediaIoBaseUpload

from media_service.channels import VideoDetails, VideoSeen
from media_service.domain.publication import Airing, Visibility
from media_service.youtube import faults, parts
from media_service.youtube.client import PAGE, Client, RefusedError, Resource

_LOOKED_AT = "snippet,status,processingDetails,statistics"


class YouTubeVideos:
    """The Videos door; `clock` says what time it is, in any zone."""

    def __init__(self, client: Client, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._client = client
        self._clock = clock

    def look(self, videos: Sequence[str]) -> tuple[VideoSeen, ...]:
        """Return those of the videos that are there."""
        return tuple(
            _seen(video)
            for some in _pages(videos)
            for video in self._client.call("videos.list", part=_LOOKED_AT, id=",".join(some)).get("items", ())
        )

    def correct(self, video: str, details: VideoDetails) -> None:
        """Have it say all of `details`; nothing is written where it says so already."""
        wished = parts.video(details)
        there = self._read(video, wished)
        self._write(video, there, parts.merged(there, wished))

    def reveal(self, video: str, airing: Airing) -> None:
        """Let people see it, now or from a time on."""
        there = self._read(video, ("status",))
        self._write(video, there, parts.aired(there, airing, self._clock()))

    def thumbnail(self, video: str, picture: Path) -> None:
        """Set its thumbnail (JPEG)."""
        self._client.call("thumbnails.set", videoId=video, media_body=media(picture.read_bytes(), "image/jpeg"))

    def caption(self, video: str, language: str, name: str, track: bytes) -> str:
        """Add a track (WebVTT); the dear list of tracks is asked for only where there is one of that name already."""
        body = {"snippet": {"videoId": video, "language": language, "name": name, "isDraft": False}}
        try:
            added = self._client.attempt("captions.insert", part="snippet", body=body, media_body=_webvtt(track))
            return str(added["id"])
        except RefusedError as error:
            refusal = error.refusal
        if refusal.status == 409:
            return self._replace_caption(body["snippet"], refusal, track)
        raise faults.of(refusal)

    def _replace_caption(self, wanted: Resource, refusal: faults.Refusal, track: bytes) -> str:
        tracks = self._client.call("captions.list", part="snippet", videoId=wanted["videoId"]).get("items", ())
        known = [
            str(one["id"])
            for one in tracks
            if (one["snippet"]["language"].lower(), one["snippet"].get("name", ""))
            == (wanted["language"].lower(), wanted["name"])
        ]
        if not known:  # it was refused for something else, or has been deleted meanwhile
            raise faults.of(refusal)
        self._client.call("captions.update", part="snippet", body={"id": known[0]}, media_body=_webvtt(track))
        return known[0]

    def _read(self, video: str, wanted: Sequence[str] | parts.Parts) -> Resource:
        items = self._client.call("videos.list", part=",".join(wanted), id=video).get("items", ())
        if not items:
            raise faults.of(faults.Refusal(404, "videoNotFound", ""))
        return dict(items[0])

    def _write(self, video: str, there: Resource, wished: parts.Parts) -> None:
        if not parts.same(there, wished):
            self._client.call("videos.update", part=",".join(wished), body={"id": video, **wished})


def media(content: bytes, kind: str) -> MediaIoBaseUpload:
    """Return a file that goes out whole within one request."""
    return MediaIoBaseUpload(io.BytesIO(content), kind, resumable=False)


def _webvtt(track: bytes) -> MediaIoBaseUpload:
    return media(track, "text/vtt")


def _pages(videos: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(videos)
    while some := tuple(islice(left, PAGE)):
        yield some


def _seen(video: Resource) -> VideoSeen:
    status, counts = video.get("status", {}), video.get("statistics", {})
    at = status.get("publishAt")
    return VideoSeen(
        video=str(video["id"]),
        title=str(video.get("snippet", {}).get("title", "")),
        visibility=Visibility(status.get("privacyStatus", Visibility.PRIVATE)),
        publish_at=parts.moment(at) if at else None,
        processing=str(video.get("processingDetails", {}).get("processingStatus", "")),
        upload_status=str(status.get("uploadStatus", "")),
        reason=str(status.get("failureReason") or status.get("rejectionReason") or ""),
        views=_count(counts.get("viewCount")),
        likes=_count(counts.get("likeCount")),
    )


def _count(told: Any) -> int | None:
    return None if told is None else int(told)
