"""Sound that a person has recorded for a work: files laid beside the script, known by their content."""

from __future__ import annotations

from dataclasses import dataclass

ENGINE = "recorded"
"""What a voice profile names as its engine where a person has spoken."""


@dataclass(frozen=True, slots=True)
class Tape:
    """One recording: of a whole chapter, or of one passage of it."""

    name: str
    """Its path in the job folder, `/` between."""
    sha256: str
    chapter: int
    """From 1."""
    passage: int = 0
    """From 1 among the passages of the chapter that are recorded; 0 where it holds all of them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Samples `start:end` of a tape, at 48 kHz, in which a text is said; both 0 where it is not found there."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where each text of a tape is said, in order."""

    cuts: tuple[Cut, ...]
