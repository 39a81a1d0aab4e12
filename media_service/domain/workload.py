"""How much work a production is, before it is begun: the products it will need, and its length to the ear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

from media_service.domain.episode import Planned
from media_service.domain.pace import HEAD, TAIL
from media_service.domain.passages import Passage
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
    "captions": 0.5,
    "listing": 0.2,
    "mp3": 1.0,
    "book-part": 0.5,
    "film-facts": 0.5,
    "sound-facts": 2.0,
    "waveform": 0.5,
    "strip": 1.5,
    "film-seen": 1.5,
    "levels": 0.7,
    "coding": 0.1,
}
"""Seconds that one product takes on a small machine; a first guess until the run has measured its own."""

_ONCE = (
    *("master", "film-sound", "video", "thumbnail", "captions", "listing", "mp3"),
    *("film-facts", "film-seen", "levels", "waveform", "strip"),
)
"""What every episode has one of."""

SECONDS_A_MINUTE = 3.0
"""What joining, binding and measuring take more for every minute of sound, as measured on the shipped works."""


def expected(episodes: Iterable[Planned]) -> Mapping[str, int]:
    """Return how many products of each kind the episodes need, none of them being there yet."""
    need: Counter[str] = Counter()
    for episode in episodes:
        slides = sum(1 for passage in episode.passages if passage.slide)
        need.update(dict.fromkeys(_ONCE, 1))
        need.update({"sound-facts": 2, "coding": 2})
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
    spoken = sum(syllables(_said(passage)) / passage.voice.rate for passage in episode.passages)
    pauses = sum((passage.pause for passage in episode.passages), timedelta())
    return timedelta(seconds=spoken / episode.pace.articulation) + pauses + HEAD + TAIL


def _said(passage: Passage) -> str:
    """Return a passage as it is said where that makes a difference to its length: 1941 is seven syllables."""
    has_figures = any(character.isdecimal() for character in passage.text)
    return passage.spoken().text if has_figures else passage.text


def work_seconds(episodes: Iterable[Planned], lengths: Iterable[timedelta]) -> float:
    """Return the seconds of work, on one core, that episodes are guessed to need while nothing of them is there.

    `lengths` are how long each of them is estimated to be.
    """
    products = sum(TYPICAL_SECONDS[kind] * count for kind, count in expected(episodes).items())
    return products + SECONDS_A_MINUTE * (sum(lengths, timedelta()) / timedelta(minutes=1))
