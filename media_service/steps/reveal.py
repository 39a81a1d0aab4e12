"""Lets people see a video, now or from the time that is set for it."""

from __future__ import annotations

from media_service.domain.airing import effective, is_shown, refusal
from media_service.domain.episode import Presented
from media_service.domain.publication import Publication
from media_service.errors import ChannelRefusedError
from media_service.steps.look import look
from media_service.steps.means import Means


def reveal(publication: Publication, episode: Presented, means: Means) -> Publication:  # noqa: ARG001  # as every errand
    """Show a video as its publication wants it; what is shown so already is left alone.

    Raises ChannelRefusedError where a time is wanted for a video that people can see already.
    """
    seen = look(publication, means)
    if is_shown(publication.airing, seen.visibility, seen.publish_at, means.now):
        return publication
    said = refusal(publication.airing, seen.visibility, means.now)
    if said:
        raise ChannelRefusedError(said, "invalidPublishAt", "airing")
    means.channel.videos.reveal(publication.upload.video, effective(publication.airing, means.now))
    return publication
