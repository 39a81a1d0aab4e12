"""What a reader is given: the file, how a person names it, and where its pictures go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from media_service.books.pictures import Pictures


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read; `named` is how a person would name it."""

    path: Path
    named: str
    pictures: Pictures
    ocr: bool = False
    """Whether pages that are only pictures are to be read letter by letter."""
