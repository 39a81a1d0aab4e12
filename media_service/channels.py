"""The doors to a video channel: sending videos, changing what it says of them, and its playlists.

A channel is YouTube's, or one of our own that speaks the same protocol. Every method may raise the faults named at the
head of `errors.py` under ChannelError: ChannelAwayError (it does not answer, or asks to be left alone for a while),
QuotaSpentError (with the time until more may be asked), ConsentLostError (nobody may speak for the channel any more),
ChannelRefusedError (it will not take this, with its reason and the field that is at fault). No method asks again by
itself. Secrets and session addresses appear in no message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from media_service.domain.listing import Localisation
from media_service.domain.publication import Airing, VideoFile, Visibility


@dataclass(frozen=True, slots=True)
class VideoDetails:
    """All that we say of a video; what viewers may see of it is `Airing`'s affair."""

    title: str
    description: str
    tags: tuple[str, ...]
    category: int
    language: str
    made_for_kids: bool
    synthetic_media: bool
    licence: str = "youtube"
    """youtube or creativeCommon."""
    localisations: tuple[Localisation, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """The session is open; the channel holds the first `offset` bytes."""

    offset: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """The session is over: the video is there."""

    video: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The channel knows no such session (any more); nothing follows from that about the video."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A video of the channel that may be one of ours."""

    video: str
    title: str
    file_name: str
    tags: tuple[str, ...]
    description: str
    uploaded_at: datetime


class Uploads(Protocol):
    """Sends videos so that none is sent twice: whoever calls keeps the session's address before any byte is sent."""

    def open_session(self, details: VideoDetails, file: VideoFile) -> str:
        """Open a session for a private video and return its address; no byte of the file is sent."""

    def ask(self, session: str, file: VideoFile) -> At | Arrived | Gone:
        """Return how the session stands, in the channel's own words."""

    def send(self, session: str, file: VideoFile, path: Path, start: int, told: Callable[[int], None]) -> str:
        """Send the bytes from `start` on and return the video's id.

        `told` hears how many bytes the channel holds, after each chunk; what it raises ends the sending. Memory stays
        within two chunks (16 MiB). After a failure `ask` tells how far it came; raises SessionGoneError where the
        session has ended meanwhile, ProductGoneError where the file is not there, or not of its size.
        """

    def recent(self, since: datetime) -> Iterator[Candidate]:
        """Yield the channel's videos that were uploaded since then, newest first."""


@dataclass(frozen=True, slots=True)
class VideoSeen:
    """A video as the channel tells of it."""

    video: str
    title: str
    visibility: Visibility
    publish_at: datetime | None
    processing: str
    """processing, succeeded, failed or terminated; empty where the channel does not say."""
    upload_status: str
    """uploaded, processed, failed, rejected or deleted."""
    reason: str
    """Why it failed or was rejected, in the channel's word; empty otherwise."""
    views: int | None
    likes: int | None


class Videos(Protocol):
    """What the channel says of a video, and what we have it say."""

    def look(self, videos: Sequence[str]) -> tuple[VideoSeen, ...]:
        """Return those of the videos that are there."""

    def correct(self, video: str, details: VideoDetails) -> None:
        """Have it say all of `details`; whatever else it says stays as it is."""

    def reveal(self, video: str, airing: Airing) -> None:
        """Let people see it, or set the time from which they may; whatever else it says stays as it is."""

    def thumbnail(self, video: str, picture: Path) -> None:
        """Set its thumbnail (JPEG)."""

    def caption(self, video: str, language: str, name: str, track: bytes) -> str:
        """Add a track of captions (WebVTT) and return its id; one of that language and name is replaced."""


@dataclass(frozen=True, slots=True)
class PlaylistDetails:
    """What a playlist says of itself."""

    title: str
    description: str
    language: str
    visibility: Visibility = Visibility.PUBLIC
    localisations: tuple[Localisation, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaylistSeen:
    """A playlist as the channel tells of it."""

    playlist: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a playlist, in the order of the list."""

    entry: str
    """Id of the entry itself."""
    video: str


class Playlists(Protocol):
    """The channel's playlists."""

    def playlists(self) -> tuple[PlaylistSeen, ...]:
        """Return the channel's playlists."""

    def make(self, details: PlaylistDetails) -> str:
        """Make a playlist and return its id."""

    def correct(self, playlist: str, details: PlaylistDetails) -> None:
        """Have it say all of `details`."""

    def picture(self, playlist: str, picture: Path) -> None:
        """Set its square picture (JPEG or PNG)."""

    def entries(self, playlist: str) -> tuple[Entry, ...]:
        """Return its entries in order; raises PlaylistGoneError where there is no such playlist."""

    def insert(self, playlist: str, video: str, position: int) -> bool:
        """Put a video at a position (from 0); those from there on move back. One that is in it already stays put.

        False where the channel itself sorts the playlist: the video is in it, at a place of the channel's choice.
        """

    def move(self, playlist: str, entry: Entry, position: int) -> None:
        """Take an entry to the position (from 0) that it has afterwards.

        Raises ChannelRefusedError (`manualSortRequired`) where the channel itself sorts the playlist.
        """

    def remove(self, entry: Entry) -> None:
        """Take an entry out; one that is gone already is fine."""


@dataclass(frozen=True, slots=True)
class ChannelSeen:
    """The channel that we speak for."""

    id: str
    title: str
    long_uploads: str
    """allowed, eligible or disallowed: whether it takes videos over 15 minutes."""


class Identity(Protocol):
    """Who we speak for."""

    def whoami(self) -> ChannelSeen:
        """Return the channel whose consent we hold; raises ConsentLostError."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One of each door, all of the same channel."""

    identity: Identity
    uploads: Uploads
    videos: Videos
    playlists: Playlists


Meter = Callable[[str], None]
"""Called before each request with the method's name in the discovery document (`videos.insert`); raises QuotaSpentError
where it may not be made today. So every call is in the ledger before it is made."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A channel owner's consent, as it is kept; `refresh_token` is a secret and never shown."""

    channel: str
    title: str
    refresh_token: str = field(repr=False)
    granted_at: datetime
