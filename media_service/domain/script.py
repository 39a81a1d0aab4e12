"""What an author hands in, as values: a script of chapters, paragraphs, picture cues and pauses, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from media_service.domain.edition import Edition, Excerpt, Motion
from media_service.domain.lexicon import Entry
from media_service.domain.manner import Marked
from media_service.domain.pace import Age
from media_service.domain.rights import Rights
from media_service.domain.tape import Tape
from media_service.errors import Fault


class Kind(StrEnum):
    """What sort of work a job asks for."""

    AUDIOBOOK = "audiobook"
    BOOK_INTRODUCTION = "book-introduction"
    FAIRY_TALE = "fairy-tale"
    HERITAGE = "heritage"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of the author's text, exactly as it is shown, in NFC, without line ends except in verse."""

    text: str
    line: int
    marked: tuple[Marked, ...] = ()
    """What of it is said otherwise than the rest, in order, none over another."""

    def is_a_note(self) -> bool:
        """Tell whether it holds notes of sounds and nothing else."""
        place, left = 0, ""
        for one in self.marked:
            left += self.text[place : one.first] + ("" if one.manner.shown_only else self.text[one.first : one.last])
            place = one.last
        return bool(self.marked) and not any(sign.isalnum() for sign in left + self.text[place:])


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a picture that matters: shares of its width from the left and of its height from the top."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cue:
    """From the next sentence on this picture stands; `picture` is its path inside the job folder, `/` between."""

    picture: str
    alt: str
    line: int
    focus: Focus | None = None
    """None: whoever frames the picture finds it."""
    label: str = ""
    """Short words that stand on the picture; empty for none."""


@dataclass(frozen=True, slots=True)
class Card:
    """The words that follow, up to the next part, stand on the screen while they are read; `source` is who said them.

    A `quote` is set as one. Behind it the picture that stood before comes back.
    """

    text: str
    line: int
    quote: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence the author asks for."""

    length: timedelta
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""What is said in one breath of thought, by one speaker (None: the narrator).

    In verse the words keep their line ends as `\n`.
    """

    parts: tuple[Words | Cue | Pause | Card, ...]
    line: int
    speaker: str | None = None
    verse: bool = False

    def words(self) -> Iterator[Words]:
        """Yield the runs of text alone."""
        return (part for part in self.parts if isinstance(part, Words))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside an episode: a chapter card on the screen, a chapter mark in the video."""

    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """What becomes one episode: one video, one entry of the playlist. `title` is empty where the work is one piece."""

    title: str
    items: tuple[Paragraph | Section, ...]
    line: int

    def cues(self) -> Iterator[Cue]:
        """Yield the picture cues in order."""
        for item in self.items:
            if isinstance(item, Paragraph):
                yield from (part for part in item.parts if isinstance(part, Cue))


@dataclass(frozen=True, slots=True)
class Borrow:
    """How a reader gets the book itself."""

    call_number: str = ""
    link: str = ""
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class English:
    """What English readers are shown of a work, beside what its own language says."""

    title: str = ""
    summary: str = ""
    playlist: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the front matter says of a work."""

    title: str
    kind: Kind
    age: Age
    slug: str
    """The job folder's name; names the production's folder under output/."""
    short_title: str = ""
    language: str = "vi"
    author: str = ""
    """Who wrote the work; in a book introduction, who wrote the book."""
    presenter: str = ""
    """Who wrote a book introduction; empty for the library. Other kinds have none."""
    reteller: str = ""
    translator: str = ""
    illustrator: str = ""
    publisher: str = ""
    year: str = ""
    summary: str = ""
    playlist: str = ""
    tags: tuple[str, ...] = ()
    cover: str = ""
    """The picture that stands for the work, by its path in the job folder; empty for an episode's first one."""
    narrator: str = ""
    """The narrator's voice; empty for the house's own."""
    cast: tuple[tuple[str, str], ...] = ()
    """(name in the script, name of the voice), in the order written."""
    rights: Rights = field(default_factory=Rights)
    borrow: Borrow = field(default_factory=Borrow)
    contact: str = ""
    music: str = ""
    theme: str = ""
    """Which theme of its kind's style the work is drawn in; empty for the first."""
    made_for_kids: bool | None = None
    """The publisher's duty to answer; None until a person has."""
    synthetic_media: bool | None = None
    """Whether viewers are told that a machine has made it; None where its voices decide."""
    english: English = field(default_factory=English)
    motion: Motion | None = None
    """How its pictures stand; None where its kind decides."""
    editions: tuple[Edition, ...] | None = None
    """The films beside the main one; None where kind and age decide."""
    short: Excerpt | None = None
    """What its short film shows; None where a rule chooses."""


def spans_of(chapters: Iterable[Chapter]) -> Iterator[Marked]:
    """Yield every span that is said in a manner of its own."""
    items = (item for chapter in chapters for item in chapter.items if isinstance(item, Paragraph))
    return (span for item in items for words in item.words() for span in words.marked)


MOST_PIXELS = 40_000_000
"""Of a picture; decoded, so many take about 160 MB."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the job, known by its content: `sha256` names the bytes, sizes are in pixels."""

    name: str
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Script:
    """A whole job as its author wrote it, free of faults: facts, chapters in order, and the pictures they name."""

    facts: Facts
    chapters: tuple[Chapter, ...]
    pictures: tuple[Picture, ...]
    file: str = "script.md"
    """The file it was read from, as a person would name it."""
    lines: tuple[tuple[str, int], ...] = ()
    """Line of each key of the front matter, by its path (`narrator`, `cast.An Tiêm`)."""
    notices: tuple[Fault, ...] = ()
    """What a person should look at though the work can be made, in the order of lines."""
    lexicon: tuple[Entry, ...] = ()
    """How its words are read: what the work says of them, then what the house does; the first counts."""
    tapes: tuple[Tape, ...] = ()
    """What persons have recorded of it."""

    def picture(self, name: str) -> Picture:
        """Return the picture of that name; a script free of faults has every picture its cues name."""
        return next(picture for picture in self.pictures if picture.name == name)
