"""Sends videos by the resumable protocol: the session's address first, then bytes from where the platform says it is.

The requests on a session are plain PUTs of ours rather than the library's `next_chunk`: that opens the session and
sends its first chunk in one go, so that a break loses the address, and it asks where a session stands only in an
object that has itself seen the break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from googleapiclient.http import MediaUpload
from httplib2 import Response

from media_service.channels import Arrived, At, Candidate, Gone, VideoDetails
from media_service.domain.publication import VideoFile
from media_service.errors import (
    ChannelAwayError,
    ChannelRefusedError,
    PlaylistGoneError,
    ProductGoneError,
    SessionGoneError,
)
from media_service.messages import message
from media_service.youtube import faults, parts
from media_service.youtube.client import Carried, Client, Resource

CHUNK = 8 * 1024 * 1024
"""Bytes sent in one request; the platform wants a multiple of 256 KiB."""
_STANDSTILLS = 5
"""So many chunks in a row that bring nothing on are enough."""
_DELETED = "Deleted video"
"""What the platform calls a video in a list whose owner has deleted it."""


class YouTubeUploads:
    """The Uploads door."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def open_session(self, details: VideoDetails, file: VideoFile) -> str:
        """Open a session for a private video; no subscriber is told of it."""
        body = parts.new_video(details)
        request = self._client.request(
            "videos.insert", part=",".join(body), body=body, notifySubscribers=False, media_body=_Announced(file.size)
        )
        headers = {
            **request.headers,
            "X-Upload-Content-Type": _Announced.TYPE,
            "X-Upload-Content-Length": str(file.size),
            "Slug": file.name,
        }
        self._client.enter("videos.insert")
        answer, content = self._client.carry(Carried(request.uri, request.method, request.body, headers))
        if answer.status != 200:
            raise faults.of(faults.read(answer.status, content))
        if "location" not in answer:
            raise faults.broken()
        return str(answer["location"])

    def ask(self, session: str, file: VideoFile) -> At | Arrived | Gone:
        """Return how the session stands, by an empty PUT."""
        return _Session(self._client, session, file).deliver(b"", f"bytes */{file.size}")

    def send(self, session: str, file: VideoFile, path: Path, start: int, told: Callable[[int], None]) -> str:
        """Send the bytes from `start` on, chunk by chunk; the platform's own word says what it holds."""
        with _opened(path, file) as content:
            return _Session(self._client, session, file).bring(content, start, told)

    def recent(self, since: datetime) -> Iterator[Candidate]:
        """Yield the videos of the channel's list of uploads, which is newest first, until a page is all older."""
        for entries in self._uploads():
            at = {
                str(entry["contentDetails"]["videoId"]): parts.moment(entry["snippet"]["publishedAt"])
                for entry in entries
            }
            wanted = [video for video, moment in at.items() if moment >= since]
            if not wanted:
                return
            gone = {str(one["contentDetails"]["videoId"]) for one in entries if one["snippet"].get("title") == _DELETED}
            for video in self._known([video for video in wanted if video not in gone]):
                yield _candidate(video, at[str(video["id"])])

    def _uploads(self) -> Iterator[list[Resource]]:
        channels = self._client.call("channels.list", part="contentDetails", mine=True).get("items", ())
        for channel in channels:
            playlist = channel["contentDetails"]["relatedPlaylists"]["uploads"]
            try:
                yield from self._client.pages("playlistItems.list", part="snippet,contentDetails", playlistId=playlist)
            except PlaylistGoneError:  # so it is called while nothing was ever uploaded
                return

    def _known(self, videos: Sequence[str]) -> list[Resource]:
        """Return videos in that order; raises NotYetError where one cannot be looked at: it may be ours."""
        answer = self._client.call("videos.list", part="snippet,fileDetails", id=",".join(videos))
        found = {str(video["id"]): video for video in answer.get("items", ())}
        if not found.keys() >= set(videos):
            raise faults.of(faults.Refusal(404, "videoNotFound", ""))
        return [found[video] for video in videos]


class _Announced(MediaUpload):  # type: ignore[misc]
    """A video that the library is told of, for the address of its session, and does not send."""

    TYPE = "video/mp4"

    def __init__(self, size: int) -> None:
        self._size = size

    def chunksize(self) -> int:
        return CHUNK

    def mimetype(self) -> str:
        return self.TYPE

    def size(self) -> int:
        return self._size

    def resumable(self) -> bool:
        return True


class _Session:
    """An open session while bytes go into it."""

    def __init__(self, client: Client, address: str, file: VideoFile) -> None:
        self._client = client
        self._address = address
        self._file = file

    def bring(self, content: BinaryIO, start: int, told: Callable[[int], None]) -> str:
        """Send all from `start` on and return the video's id."""
        offset, standstills = start, 0
        while standstills < _STANDSTILLS:
            state = self._next(content, offset)
            match state:
                case Arrived(video):
                    return video
                case Gone():
                    raise SessionGoneError(message("The channel has closed the upload; its list of videos is asked."))
                case At(held):
                    standstills = 0 if held > offset else standstills + 1
                    offset = held
                    told(held)
        raise ChannelAwayError(message("The channel takes no more bytes of the video; it is asked again by itself."))

    def _next(self, content: BinaryIO, offset: int) -> At | Arrived | Gone:
        content.seek(offset)
        chunk = content.read(min(CHUNK, self._file.size - offset)) if offset < self._file.size else b""
        if not chunk:
            return self.deliver(b"", f"bytes */{self._file.size}")
        return self.deliver(chunk, f"bytes {offset}-{offset + len(chunk) - 1}/{self._file.size}")

    def deliver(self, body: bytes, extent: str) -> At | Arrived | Gone:
        """Send one request on the session and return how it then stands."""
        answer, content = self._client.carry(Carried(self._address, "PUT", body, {"Content-Range": extent}))
        if answer.status in {200, 201}:
            return Arrived(_id(content))
        if answer.status in {404, 410}:
            return Gone()
        if answer.status == 308:
            self._address = answer.get("location", self._address)
            return At(_held(answer))
        fault = faults.of(faults.read(answer.status, content))
        if body and isinstance(fault, ChannelRefusedError) and not fault.field:  # as bytes that do not follow the last
            return self.deliver(b"", f"bytes */{self._file.size}")
        raise fault


def _held(answer: Response) -> int:
    """Return how many bytes the platform holds; without a range it is none."""
    _, _, last = str(answer.get("range", "")).rpartition("-")
    return int(last) + 1 if last.isdigit() else 0


def _id(content: bytes) -> str:
    video = faults.resource(content).get("id")
    if not isinstance(video, str) or not video:  # the answer was cut off; asked again, it comes whole
        raise faults.broken()
    return video


def _opened(path: Path, file: VideoFile) -> BinaryIO:
    try:
        content = path.open("rb")
    except FileNotFoundError:
        content = None
    if content is None or path.stat().st_size != file.size:
        if content:
            content.close()
        raise ProductGoneError(message("A product is gone from the shelf ({path}); it will be made again.", path=path))
    return content


def _candidate(video: Resource, at: datetime) -> Candidate:
    snippet = video["snippet"]
    return Candidate(
        str(video["id"]),
        str(snippet.get("title", "")),
        str(video.get("fileDetails", {}).get("fileName", "")),
        tuple(snippet.get("tags", ())),
        str(snippet.get("description", "")),
        at,
    )
