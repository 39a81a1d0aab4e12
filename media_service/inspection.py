"""The doors through which finished works are looked at: what measures files, and what shows people the outcome.

Inspectors may raise ToolFailedError, ToolKilledError, NoSpaceError and SetupError.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from media_service.domain.measured import BookPartFacts, Coding, FilmFacts, FilmSeen, PictureFile, SoundFacts, Span
from media_service.domain.quality_sheet import QualitySheet
from media_service.domain.reading_sheet import ReadingSheet


class Inspector(Protocol):
    """Looks at finished files as a listener's player would."""

    def sound(self, path: Path) -> SoundFacts:
        """Measure the sound of a file (any that holds one sound stream)."""

    def film(self, path: Path) -> FilmFacts:
        """Read the facts of a film file."""

    def waveform(self, sound: Path, path: Path) -> None:
        """Write the outline of a sound as `domain.waveform` says it."""

    def strip(self, film: Path, moments: Sequence[float], path: Path) -> None:
        """Write small pictures of a film at these seconds on one sheet, as `domain.strip` says it (JPEG)."""

    def seen(self, path: Path, moments_s: Sequence[float]) -> FilmSeen:
        """Watch a film's pictures once, and tell how it looks at these moments."""

    def levels(self, path: Path, spans: Sequence[Span]) -> tuple[float, ...]:
        """Measure how loud stretches of a sound are, in LUFS; they rise and do not overlap."""

    def coding(self, path: Path) -> Coding:
        """Read how a sound file is coded."""

    def book_part(self, path: Path) -> BookPartFacts:
        """Measure what an episode is in the book of its production."""

    def picture(self, path: Path) -> PictureFile:
        """Read what a thumbnail's file is."""

    def frame(self, path: Path, at_s: float, picture: Path) -> None:
        """Write the frame that a film shows at that second as a small JPEG."""


class Pages(Protocol):
    """Pages for people to read, each one file that needs nothing else."""

    def quality(self, sheet: QualitySheet) -> bytes:
        """Return the page that shows an episode's quality report."""

    def readings(self, sheet: ReadingSheet) -> bytes:
        """Return the page on which a native listener hears and judges readings."""
