"""A book as a file gives it, whatever its format: metadata, a contents list, blocks in order, each with its place.

Readers yield everything they find and say what part it plays; what is left out, joined or split is judged by
`chaptering`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from media_service.domain.encodings import Encoding
from media_service.messages import Message


class Format(StrEnum):
    """What a file is, by its content."""

    EPUB = "epub"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "txt"
    MARKDOWN = "md"


class Role(StrEnum):
    """What part of a book a block belongs to, where its file or its looks say so."""

    TEXT = "text"
    COVER = "cover"
    TITLE_PAGE = "title-page"
    COPYRIGHT = "copyright"
    CONTENTS = "contents"
    INDEX = "index"
    BIBLIOGRAPHY = "bibliography"
    NOTE = "note"
    NOTE_MARK = "note-mark"
    PAGE_NUMBER = "page-number"
    RUNNING_HEAD = "running-head"
    RUBY = "ruby"
    CODE = "code"
    """Scripts, forms, embedded players: what is shown, but not text."""
    DECORATION = "decoration"
    """Pictures too small to be looked at."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its file: a part of it by name, a page or a line counted from 1; 0 where unknown."""

    part: str = ""
    page: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    text: str
    level: int
    place: Place = Place()
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, on one line."""

    text: str
    place: Place = Place()
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines of verse; an empty one parts stanzas."""

    lines: tuple[str, ...]
    place: Place = Place()
    role: Role = Role.TEXT

    @property
    def text(self) -> str:
        r"""The lines, parted by `\n`."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `picture` is its file's name among the pictures taken out of the book, `alt` empty where none is told.

    Where the picture cannot be used, `picture` is empty.
    """

    picture: str
    alt: str
    place: Place = Place()
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Break:
    """A change of scene: a rule, a line of asterisks."""

    place: Place = Place()
    role: Role = Role.TEXT


Block = Heading | Paragraph | Verse | Image | Break


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the book's own contents list: its title, its depth from 1, the number of the block it leads to."""

    title: str
    depth: int
    block: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a book says of itself, or a catalogue of it; empty where neither does."""

    title: str = ""
    author: str = ""
    translator: str = ""
    publisher: str = ""
    year: str = ""
    isbn: str = ""
    language: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    call_number: str = ""
    """Where the book stands in the library."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader had to do, or could not, that a person should know."""

    said: Message
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that is not read aloud: its beginning, why, where it stood, how many words it had."""

    what: str
    why: Role
    place: Place
    words: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A passage that looks damaged and needs a person's eye."""

    text: str
    why: Message
    place: Place


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book as its file gives it, its text mended but not yet judged."""

    format: Format
    blocks: tuple[Block, ...]
    encoding: Encoding = field(default_factory=Encoding)
    metadata: Metadata = Metadata()
    contents: tuple[Entry, ...] = ()
    cover: str = ""
    """The cover's file among the pictures; empty where there is none."""
    remarks: tuple[Remark, ...] = ()
    omitted: tuple[Omission, ...] = ()
    """What is inside paragraphs and was left out of them: note marks, ruby, page numbers."""


_WORD = re.compile(r"\S*?[^\W_]\S*")


def count_words(text: str) -> int:
    """Count words as people see them, parted by spaces: in Vietnamese, syllables; signs alone are none."""
    return len(_WORD.findall(text))
