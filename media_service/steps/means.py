"""What every errand works with: the stage it does, one of each door, and the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from media_service.channels import Channel
from media_service.domain.publication import Publication
from media_service.domain.stage import Assignment
from media_service.domain.uploading import SETTLING
from media_service.errors import ChannelRefusedError, NotYetError
from media_service.ledgers import Ledgers
from media_service.messages import Message, message
from media_service.ports import Descriptions, Shelf

PATIENCE = timedelta(hours=1)
"""So long a channel may take to know a video that it has taken."""


@dataclass(frozen=True, slots=True)
class Means:
    """The stage that is done, and what it is done with."""

    assignment: Assignment
    channel: Channel
    ledgers: Ledgers
    shelf: Shelf
    descriptions: Descriptions
    clock: Callable[[], datetime]
    settling: timedelta = SETTLING
    """So long after a session was lost, a search that finds nothing proves nothing."""
    tell: Callable[[Message], None] = lambda _: None
    """Hears what an administrator should know although the errand goes on."""

    @property
    def now(self) -> datetime:
        """The time; sending a film may take hours."""
        return self.clock()


def not_there(publication: Publication, now: datetime) -> NotYetError | ChannelRefusedError:
    """Return the fault for a video that the channel does not know: wait, each time as long again; later, a person."""
    video, since = publication.upload.video, publication.upload.since or now
    if now - since > PATIENCE:
        said = message("The channel has no video {video} any more; look for it on the channel.", video=video)
        return ChannelRefusedError(said, "videoNotFound", "video")
    said = message("The channel does not show the video {video} yet; it is asked again.", video=video)
    return NotYetError(said, max(now - since, timedelta(minutes=1)))
