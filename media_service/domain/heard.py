"""Who is really heard in an episode: the voices that were cast, and those that had to stand in for them."""

from __future__ import annotations

from collections import Counter

from media_service.domain.episode import Narrated, Planned
from media_service.domain.manifest import StandIn


def stood_in(episode: Planned) -> tuple[StandIn, ...]:
    """Return who stood in for whom, and in how many passages; none before there are clips."""
    clips = [clip.facts for clip in episode.clips] if isinstance(episode, Narrated) else []
    found = Counter((clip.fallback_from, clip.voice, clip.engine) for clip in clips if clip.fallback_from)
    return tuple(StandIn(*names, passages) for names, passages in sorted(found.items()))


def draft_heard(episode: Planned) -> bool:
    """Tell whether a draft voice is heard: one that was cast, or one that stood in."""
    clips = episode.clips if isinstance(episode, Narrated) else ()
    return any(voice.draft for voice in episode.cast.voices()) or any(clip.facts.draft for clip in clips)
