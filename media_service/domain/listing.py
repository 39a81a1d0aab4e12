"""What a channel shows beside a video: title, description, tags, chapter marks, within the platform's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from media_service.domain.script import Facts
from media_service.domain.timeline import SAMPLE_RATE, Mark

EDUCATION = 27
"""YouTube's category of that name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a listing is written from: one episode of a work, made and timed."""

    facts: Facts
    chapter: str
    """Title of the episode; empty where the work is one piece."""
    number: int
    """From 1, of `count` episodes."""
    count: int
    marks: tuple[Mark, ...]
    """Chapter marks that are fit to be shown; none where the rules of P1 cannot be met."""
    disclosures: tuple[str, ...]
    """What viewers are told of the voices, each sentence once."""
    synthetic: bool
    """Whether any voice is machine-made."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything the channel shows of one episode, and the duties declared with it."""

    title: str
    description: str
    tags: tuple[str, ...]
    playlist: str
    language: str
    category: int
    made_for_kids: bool | None
    synthetic_media: bool


LONGEST_MARK_TITLE = 49
"""Characters of a chapter title that players show (P1)."""


def fit_marks(marks: Sequence[Mark], length: int) -> tuple[Mark, ...]:
    """Return marks that a player accepts: first at 0, rising, at least three, each at least ten seconds.

    A mark too close behind another is left out; where fewer than three remain there are none, because a broken list
    is silently ignored by the platform and reads as an error to people.
    """
    ten_seconds = 10 * SAMPLE_RATE
    kept: list[Mark] = []
    for mark in marks:
        if length - mark.start >= ten_seconds and (not kept or mark.start - kept[-1].start >= ten_seconds):
            kept.append(mark)
    return tuple(kept) if len(kept) >= 3 and kept[0].start == 0 else ()
