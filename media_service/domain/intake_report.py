"""What is told of an import: where each word went, what looks damaged, how long the work will be."""

from __future__ import annotations

from dataclasses import dataclass, field

from media_service.domain.book import Damage, Format, Metadata, Omission, Place, Remark
from media_service.domain.cast_hints import Cast
from media_service.domain.chaptering import Decision
from media_service.domain.encodings import Encoding
from media_service.domain.merging import Conflict
from media_service.domain.pace import PACES, Age


@dataclass(frozen=True, slots=True)
class ChapterFigures:
    """A chapter's length."""

    title: str
    words: int
    minutes: float
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class PictureFigures:
    """A picture as it stands in the script; `described`: the book itself says what it shows."""

    file: str
    alt: str
    described: bool
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of one import."""

    source: str
    format: Format
    encoding: Encoding
    metadata: Metadata
    chapters: tuple[ChapterFigures, ...]
    omitted: tuple[Omission, ...]
    decisions: tuple[Decision, ...]
    damaged: tuple[Damage, ...]
    pictures: tuple[PictureFigures, ...]
    remarks: tuple[Remark, ...] = ()
    cast: Cast = field(default_factory=Cast)
    conflicts: tuple[Conflict, ...] = ()
    edits: int = 0

    @property
    def hours(self) -> float:
        """How long the work will be when it is read aloud."""
        return round(sum(chapter.minutes for chapter in self.chapters) / 60, 2)


def minutes(words: int, age: Age = Age.CHILD) -> float:
    """Return how long that many words take at the pace of an age, pauses and all."""
    low, high = PACES[age].syllables_per_s
    return round(words / ((low + high) / 2) / 60, 1)


def words_in(length: float, age: Age = Age.CHILD) -> int:
    """Return how many words are read in so many minutes."""
    low, high = PACES[age].syllables_per_s
    return max(1, round(length * 60 * (low + high) / 2))
