"""The films that one episode is shown as: a main one, and others for other eyes, ears and screens.

What each of them shows, and when, is the affair of `storyboard`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from media_service.domain.product import Product


class Motion(StrEnum):
    """How pictures stand in a film; titles, chapter cards and words never move."""

    STILL = "still"
    """They stand still and melt into one another."""
    GENTLE = "gentle"
    """They are slowly drawn near or passed along (standard V9)."""


class Edition(StrEnum):
    """What a film is made for."""

    MAIN = "main"
    """The film that is published; every episode has it."""
    STILL = "still"
    """The main film without motion."""
    READ_ALONG = "read-along"
    """Each sentence stands in the picture, and the syllable that is heard is lit (standard C8)."""
    SHORT = "short"
    """One passage, upright, captions in the picture: a film of its own."""
    SOUND_ONLY = "sound-only"
    """Cover and chapter cards: for listening."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The passage that a short film shows: from the sentence that begins so to the end of the one that ends so."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class OtherFilm:
    """A film of an episode beside its main one; `video` knows its length in samples."""

    edition: Edition
    video: Product[int]
