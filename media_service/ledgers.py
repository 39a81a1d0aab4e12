"""The doors to what is kept of publishing: publications, the quota's ledger, the channel's consent, playlists.

As with all durable state, every method is one transaction on the database's own time, and may raise DatabaseAwayError.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from media_service.channels import Consent, VideoSeen
from media_service.domain.episode import Presented
from media_service.domain.publication import Airing, Errand, Publication, Upload
from media_service.domain.quota import Bucket, Spent, Waiting
from media_service.domain.stage import Assignment, StageState
from media_service.messages import Message


@dataclass(frozen=True, slots=True)
class ErrandStatus:
    """How one errand of a publication stands."""

    errand: Errand
    state: StageState
    parked: bool
    """It waits for the channel's quota or consent."""
    again_at: datetime | None
    said: Message | None
    """What went wrong, or what it waits for."""
    lines: str


@dataclass(frozen=True, slots=True)
class PublicationStatus:
    """How a publication stands, for people."""

    publication: Publication
    """The address of its session left out."""
    title: str
    errands: tuple[ErrandStatus, ...]
    """Those that were laid."""
    held: bool
    current: bool
    """Whether its content is what is approved now; one that is not has been replaced, or sent back."""
    retired: bool
    """A person wants its video to be seen no more."""
    seen_at: datetime | None
    """When the channel was last asked how the video is; what follows is its answer, empty where it has none."""
    processing: str
    upload_status: str
    reason: str
    views: int | None
    playlist: str = ""
    """The title of the one that it goes into; empty for none."""
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A publication whose very film is on the channel already, under other words."""

    publication: Publication
    episode: Presented
    video: str


class Publications(Protocol):
    """What is to be seen on the channel, and how far that has come. Writing needs the stage: a fence like any other."""

    def of(self, assignment: Assignment) -> Publication:
        """Return the publication that a stage works on."""

    def find(self, slug: str | None = None, channel: str = "") -> tuple[Publication, ...]:
        """Return the publications of a production, or all, in the order in which they are due.

        The addresses of their sessions are left out.
        """

    def status(self, slug: str | None = None) -> tuple[PublicationStatus, ...]:
        """Return how the publications on our channel stand; raises InputError for a production that is not there."""

    def keep(self, assignment: Assignment, upload: Upload) -> None:
        """Keep what is now known of the upload, before anything else is done; raises FencedError if not ours any more.

        The session's address is stored encrypted.
        """

    def air(self, slug: str, number: int, airing: Airing, who: str) -> None:
        """Set when and to whom an episode is shown; its `reveal` is due again."""

    def settle(self, slug: str, number: int, video: str, who: str) -> None:
        """Record a person's decision on an undecided upload: it is that video, or (empty) none and may be sent anew."""

    def hold(self, slug: str, number: int, who: str, *, held: bool) -> None:
        """Have what is still to be done for an episode wait, or go on at once."""

    def retire(self, slug: str, number: int, who: str) -> tuple[str, ...]:
        """Take what an episode's current publication has replaced out of its playlist; returns those videos.

        Nothing is asked of the channel here.
        """

    def correction(self, slug: str, number: int) -> Correction | None:
        """Return what is to be said of a film that is on the channel already; None where its film is another one."""

    def adopt(self, slug: str, number: int, video: str, who: str) -> None:
        """Have an episode's current publication go on with the video of an older one, which was corrected."""

    def seen(self, videos: Sequence[VideoSeen]) -> None:
        """Note how videos of ours are, and how often each was seen until today."""


class Quota(Protocol):
    """What was asked of the channel on each day of its quota, and what may still be."""

    def take(self, method: str) -> None:
        """Enter a call in today's ledger; raises QuotaSpentError, entering nothing, where it would go over a limit."""

    def emptied(self, bucket: Bucket) -> None:
        """Note that the channel itself says that a bucket is empty until its next day."""

    def spent(self) -> Spent:
        """Return what today's ledger holds."""

    def waiting(self) -> tuple[Waiting, ...]:
        """Return every errand that is still to be done, in the order in which they should go."""


class Consents(Protocol):
    """Who allows us to speak for which channel. Tokens are stored encrypted."""

    def keep(self, consent: Consent, who: str) -> None:
        """Keep a consent; whatever waited for it is due again."""

    def consent(self) -> Consent | None:
        """Return the consent of the channel we publish to; None where nobody has given it."""

    def lost(self, reason: str) -> None:
        """Note that the consent does not hold any more: publishing pauses until there is another."""

    def checked(self) -> None:
        """Note that the channel has just answered as it should."""

    def health(self) -> ChannelHealth | None:
        """Return how the connection stands; None where nobody has given a consent yet. Needs no key."""


@dataclass(frozen=True, slots=True)
class KeptPlaylist:
    """A playlist of ours: its id on the channel, and which of its videos belong to whom, in the wished order."""

    playlist: str
    videos: tuple[str, ...]
    """Those that have arrived and are wanted (`domain.placing.wished`)."""
    withdrawn: tuple[str, ...] = ()
    """Videos of ours that have no place in it any more."""


class PlaylistBook(Protocol):
    """Our playlists by title."""

    def find(self, title: str, channel: str) -> KeptPlaylist:
        """Return what we know of the playlist; its id is empty where it was not made yet."""

    def made(self, title: str, channel: str, playlist: str) -> None:
        """Keep the id of a playlist."""

    def hold(self, name: str, owner: str, lease: timedelta) -> bool:
        """Take the lock on a playlist for some time, or lengthen it; False where somebody else has it."""

    def release(self, name: str, owner: str) -> None:
        """Give the lock back."""


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """How the connection to the channel stands, for administrators."""

    channel: str
    title: str
    granted_at: datetime | None
    checked_at: datetime | None
    paused: str
    """Why publishing pauses; empty while it does not."""


@dataclass(frozen=True, slots=True)
class Ledgers:
    """One of each."""

    publications: Publications
    quota: Quota
    consents: Consents
    playlists: PlaylistBook


Plan = Sequence[tuple[Errand, datetime]]
"""When each errand will go."""
