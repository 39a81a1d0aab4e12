"""A video as the channel tells of it, before anything is done to it."""

from __future__ import annotations

from media_service.channels import VideoSeen
from media_service.domain.publication import Errand, Publication
from media_service.errors import ChannelRefusedError
from media_service.messages import message
from media_service.steps.means import Means, not_there

_LOST = {"failed", "rejected", "deleted"}


def look(publication: Publication, means: Means) -> VideoSeen:
    """Return how a video stands.

    Raises NotYetError where the channel does not know it yet, ChannelRefusedError with the channel's word where it has
    rejected it or could not read it.
    """
    seen = means.channel.videos.look([publication.upload.video])
    if not seen:
        raise not_there(publication, means.now)
    (one,) = seen
    if one.upload_status in _LOST or one.processing in {"failed", "terminated"}:
        said = message(
            "The channel has not taken the video {video}: {status} ({reason}); look at it there.",
            video=one.video,
            status=one.upload_status or one.processing,
            reason=one.reason or "–",
        )
        raise ChannelRefusedError(said, one.reason or one.upload_status, "video")
    return one


def require_known(publication: Publication, means: Means) -> None:
    """Look for a video unless an errand done before has shown that the channel knows it; raises as `look` does.

    A dear call that is refused because the video is not known yet costs as much as any.
    """
    if not publication.done & {Errand.THUMBNAIL, Errand.REVEAL}:
        look(publication, means)
