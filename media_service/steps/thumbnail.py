"""A thumbnail for a video that has arrived; without one the channel shows a frame of the film."""

from __future__ import annotations

from media_service.domain.episode import Presented
from media_service.domain.publication import Publication
from media_service.steps.look import look
from media_service.steps.means import Means


def thumbnail(publication: Publication, episode: Presented, means: Means) -> Publication:
    """Set the thumbnail; done again, it is the same.

    It looks for the video first, which costs next to nothing: a thumbnail for one that is not there yet costs as much
    as any. Raises NotYetError for that.
    """
    look(publication, means)
    means.channel.videos.thumbnail(publication.upload.video, means.shelf.reach(episode.thumbnail.key))
    return publication
