"""How much work a production is, before it is begun: the products it will need, and its length to the ear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

from media_service.domain.episode import Planned
from media_service.domain.pace import HEAD, TAIL
from media_service.domain.slide import picture_of

TYPICAL_SECONDS = {
    "painting": 1.0,
    "clip": 0.05,
    "master": 2.0,
    "film-sound": 2.0,
    "slide": 0.5,
    "shot": 1.0,
    "video": 0.5,
    "thumbnail": 0.5,
    "mp3": 1.0,
    "film-facts": 0.5,
    "sound-facts": 2.0,
}
"""Seconds that one product takes on a small machine; a first guess until the run has measured its own."""

SECONDS_A_MINUTE = 3.0
"""What joining, binding and measuring take more for every minute of sound, as measured on the shipped works."""


def expected(episodes: Iterable[Planned]) -> Mapping[str, int]:
    """Return how many products of each kind the episodes need, none of them being there yet."""
    need: Counter[str] = Counter()
    for episode in episodes:
        slides = sum(1 for passage in episode.passages if passage.slide)
        need.update(dict.fromkeys(("master", "film-sound", "video", "thumbnail", "mp3", "film-facts"), 1))
        need["sound-facts"] += 2
        shown = {picture_of(passage.slide) for passage in episode.passages if passage.slide} - {None}
        need.update(
            {"painting": len(shown), "clip": len(episode.passages), "slide": slides, "shot": max(1, 2 * slides - 1)}
        )
    return need


def syllables(text: str) -> int:
    """Count Vietnamese syllables: runs of letters or digits between spaces and marks."""
    return sum(1 for word in text.split() if any(letter.isalnum() for letter in word))


def estimate(episode: Planned) -> timedelta:
    """Return how long an episode will be, from its syllables at the age profile's rate and its planned pauses."""
    spoken = sum(syllables(passage.text) / passage.voice.rate for passage in episode.passages)
    pauses = sum((passage.pause for passage in episode.passages), timedelta())
    return timedelta(seconds=spoken / episode.pace.articulation) + pauses + HEAD + TAIL


def work_seconds(episodes: Iterable[Planned]) -> float:
    """Return the seconds of work, on one core, that episodes are guessed to need while nothing of them is there."""
    known = tuple(episodes)
    products = sum(TYPICAL_SECONDS[kind] * count for kind, count in expected(known).items())
    return products + SECONDS_A_MINUTE * sum(estimate(episode) / timedelta(minutes=1) for episode in known)
