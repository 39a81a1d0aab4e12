"""A publication: one approved episode on one channel, from the first byte sent until viewers see it dressed and placed.

Its upload is the one thing that cannot be undone, so what is known of it is a closed set of states; everything after
it may be done again at any time without harm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Visibility(StrEnum):
    """Who may see a video; every video begins private."""

    PRIVATE = "private"
    UNLISTED = "unlisted"
    PUBLIC = "public"


class UploadState(StrEnum):
    """What is known of an upload."""

    PLANNED = "planned"
    """Nothing was sent."""
    OPEN = "open"
    """The channel has opened a session, and its address is kept; some bytes may have been sent."""
    UNKNOWN = "unknown"
    """The session is gone and nobody knows whether the video arrived; the channel must be searched before any other."""
    UNDECIDED = "undecided"
    """The search did not settle it; a person is asked."""
    ARRIVED = "arrived"
    """The video is on the channel, and its id is kept."""


@dataclass(frozen=True, slots=True)
class VideoFile:
    """The file that is sent: its name on the channel, its size in bytes, the SHA-256 of its content in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Upload:
    """How far the sending of a publication's file has come."""

    state: UploadState = UploadState.PLANNED
    file: VideoFile | None = None
    """Settled when the session is opened; a session takes no other file."""
    session: str = field(default="", repr=False)
    """Address of the session. Whoever knows it may write: never shown, logged or stored in the clear."""
    sent: int = 0
    """Bytes the channel has acknowledged, as last heard."""
    begun_at: datetime | None = None
    """When the first session of this publication was opened."""
    video: str = ""
    """The video's id on the channel, once it has arrived."""
    since: datetime | None = None
    """When it came into this state."""


class Errand(StrEnum):
    """What is done for a publication, each a stage of its own, in the order in which it matters to viewers."""

    PUBLISH = "publish"
    """Send the file, private."""
    THUMBNAIL = "thumbnail"
    PLACE = "place"
    """Put it into its playlist, in order."""
    REVEAL = "reveal"
    """Let people see it, now or at the time set."""
    CAPTION = "caption"


AFTER: Mapping[Errand, tuple[Errand, ...]] = {
    Errand.PUBLISH: (),
    Errand.THUMBNAIL: (Errand.PUBLISH,),
    Errand.PLACE: (Errand.PUBLISH,),
    Errand.REVEAL: (Errand.PLACE, Errand.THUMBNAIL),
    Errand.CAPTION: (Errand.PUBLISH,),
}
"""What each errand waits for; of a thumbnail a first try is enough."""


def due(done: Collection[Errand], tried: Collection[Errand] = ()) -> tuple[Errand, ...]:
    """Return the errands that may begin now; `tried` are those that failed, a thumbnail that is to be tried again."""
    enough = {*done, *(errand for errand in tried if errand is Errand.THUMBNAIL)}
    return tuple(errand for errand in Errand if errand not in done and enough.issuperset(AFTER[errand]))


@dataclass(frozen=True, slots=True)
class Airing:
    """When and to whom a publication is shown."""

    visibility: Visibility = Visibility.PUBLIC
    at: datetime | None = None
    """Public from then on; None for as soon as all is ready."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One approved episode on one channel."""

    id: int
    slug: str
    number: int
    content: str
    """Fingerprint of what was approved; other content is another publication."""
    channel: str
    """The channel's id."""
    marker: str
    """Stands with the video on the channel, so that a lost upload is found again."""
    airing: Airing
    upload: Upload
    done: frozenset[Errand]
    approved_by: str
    waiver: str
    """Why it was approved although a gate failed; empty where none did."""


class Stand(StrEnum):
    """How a publication stands, as far as people need to tell it apart."""

    RETIRED = "retired"
    OLDER = "older"
    """Another version is approved by now, and this one's video is still on the channel."""
    UNAPPROVED = "unapproved"
    REFUSED = "refused"
    """The channel has not taken the video."""
    UNDECIDED = "undecided"
    """Nobody knows which video it is; a person decides."""
    STUCK = "stuck"
    """An errand was put aside for a person."""
    AIRS = "airs"
    """All is done, and its time is still to come."""
    SHOWN = "shown"
    HELD = "held"
    PARKED = "parked"
    """It waits for the channel's quota or consent."""
    SENDING = "sending"
    SOUGHT = "sought"
    """Its upload broke off, and the channel is searched for it."""
    SENT = "sent"
    PLANNED = "planned"
