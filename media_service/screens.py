"""The doors that make what is seen: slides and thumbnails, and the shots and films that are made of them.

Like the doors of `ports`, which has the others: a file is written at the path that is given, and nothing else is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from media_service.domain.look import Look
from media_service.domain.motion import WHOLE, Move, View
from media_service.domain.read_along import Block, Lettering, Lit
from media_service.domain.slide import Slide, SlideFacts, Thumbnail


@dataclass(frozen=True, slots=True)
class Lettered:
    """A drawn block (see `Slides.letter`), and where it stands on the slide."""

    block: Path
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawn slide, the part of it that is seen, and the block over it."""

    slide: Path
    view: View = WHOLE
    letters: Lettered | None = None


class Film(Protocol):
    """Makes moving pictures from drawn slides; every shot joins every other of its size without encoding again."""

    def still(self, shown: Shown, frames: int, path: Path) -> None:
        """Write a shot in which nothing moves."""

    def fade(self, before: Shown, after: Shown, frames: int, path: Path) -> None:
        """Write a shot in which one picture melts into the next."""

    def moving(self, slide: Path, move: Move, frames: range, path: Path) -> None:
        """Write these frames of a slide's move."""

    def read(self, shown: Shown, lit: Sequence[Lit], path: Path) -> None:
        """Write a shot whose block has words lit in turn."""

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        """Write the film: shots in order and the sound in its language, MP4 as standards V1-V3 ask, both from 0:00.

        Raises SetupError where shots come from different encoders.
        """

    def version(self) -> str:
        """Name the encoder and its version; shots of different versions do not join."""


class Slides(Protocol):
    """Draws slides and thumbnails, over pictures that it has painted once."""

    def paint(self, picture: Path, name: str, path: Path) -> None:
        """Write a picture of any accepted kind as PNG: upright, in sRGB, an SVG drawn as large as a slide needs it.

        `name` is the file's name in people's words. Raises InputError where the picture is damaged or refused.
        """

    def draw(self, slide: Slide, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        """Write a slide as PNG, as large as the look's canvas, over its painted picture; return what is seen on it.

        Raises InputError where template, style, theme or text is at fault; so does `thumbnail`.
        """

    def letter(self, block: Block, look: Look, path: Path) -> Lettering:
        """Write a block of text as PNG, twice: above as it stands, below with all its words lit; tell where it stands.

        Raises InputError where theme or text is at fault.
        """

    def thumbnail(self, thumbnail: Thumbnail, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        """Write a thumbnail as JPEG, 1280 x 720, at most 2 MB; return what is seen on it."""

    def cover(self, thumbnail: Path, path: Path) -> None:
        """Write a square cover, 3000 x 3000, as JPEG, from a thumbnail: whole, in a surround of its own colours."""

    def version(self, slide: Slide | Thumbnail | Block | None, look: Look) -> str:
        """Name all that shapes a slide besides its words and its picture; for None, what shapes a painted picture."""
