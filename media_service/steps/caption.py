"""Captions for a video that has arrived, in the language it is spoken in."""

from __future__ import annotations

from media_service.domain.episode import Presented
from media_service.domain.publication import Publication
from media_service.domain.subtitles import vtt
from media_service.steps.look import require_known
from media_service.steps.means import Means

_NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""What a track is called, in its own language."""


def caption(publication: Publication, episode: Presented, means: Means) -> Publication:
    """Add the captions; a track of the same language and name is replaced. Where nothing is said there are none."""
    if episode.captions:
        require_known(publication, means)
        language = episode.facts.language
        track = vtt(episode.captions, language).encode()
        means.channel.videos.caption(publication.upload.video, language, _NAMES.get(language, language), track)
    return publication
