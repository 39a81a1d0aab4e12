"""The texts that the corpus is made of, read by rules of our own, so that what is expected never comes from a reader.

The files beside this one are Markdown as pandoc reads it, of which this knows what they use: headings, paragraphs,
`^[notes]`, verse (`| line`), pipe tables, lists, pictures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"


class Kind(StrEnum):
    """What a block is."""

    PROSE = "prose"
    VERSE = "verse"
    SECTION = "section"
    TABLE = "table"
    LIST = "list"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Block:
    """A block as written; `rows` are the lines of verse, the items of a list or the rows of a table."""

    kind: Kind
    raw: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words that a listener hears: without notes and marks."""
        if self.kind in (Kind.PROSE, Kind.SECTION):
            return plain(self.raw)
        lines = [" ".join(plain(cell) for cell in row) for row in self.rows]
        return ("\n" if self.kind in (Kind.VERSE, Kind.TABLE) else "\n\n").join(lines)

    @property
    def notes(self) -> list[str]:
        """The notes in it, in order."""
        return re.findall(r"\^\[(.*?)\]", self.raw)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `part` is the heading of the part that it opens or stands in, empty where there are none."""

    title: str
    blocks: tuple[Block, ...]
    part: str = ""

    @property
    def text(self) -> str:
        """All that is heard, paragraphs separated by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def notes(self) -> list[str]:
        """The notes in it, in order."""
        return [note for block in self.blocks for note in block.notes]


@dataclass(frozen=True, slots=True)
class Work:
    """A whole text with what is known of it."""

    metadata: dict[str, str]
    chapters: tuple[Chapter, ...]
    source: str = field(repr=False, default="")

    @property
    def title(self) -> str:
        """The title of the work."""
        return self.metadata["title"]

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.metadata["author"]

    @property
    def notes(self) -> list[str]:
        """All notes in order."""
        return [note for chapter in self.chapters for note in chapter.notes]


def plain(raw: str) -> str:
    """Return a run without notes and marks of emphasis."""
    return re.sub(r"[*_]", "", re.sub(r"\^\[.*?\]", "", raw))


def work(name: str) -> Work:
    """Read one of the texts beside this file."""
    source = (TEXTS / f"{name}.md").read_text(encoding="utf-8")
    _, head, body = source.split("---\n", 2)
    metadata = dict(line.split(": ", 1) for line in head.strip().splitlines())
    nested = bool(re.search("^## Chương", body, re.MULTILINE))
    chapters: list[Chapter] = []
    part = ""
    for raw in re.split(r"\n\s*\n", body.strip()):
        heading = re.match("(#+) (.*)", raw)
        if heading and nested and heading[1] == "#":
            part = heading[2]
        elif heading and (nested or heading[1] == "#"):
            chapters.append(Chapter(heading[2], (), part))
        else:
            last = chapters[-1]
            chapters[-1] = replace(last, blocks=(*last.blocks, block(raw)))
    return Work(metadata, tuple(chapters), source)


def block(raw: str) -> Block:
    """Read one block; a line of verse begins with a bar and a space, a row of a table ends with a bar too."""
    lines = raw.splitlines()
    if raw.startswith("## "):
        return Block(Kind.SECTION, raw[3:])
    if raw.startswith("|") and raw.endswith("|") and "---" in raw:
        rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if "---" not in line]
        return Block(Kind.TABLE, raw, tuple(rows))
    if raw.startswith("|"):
        return Block(Kind.VERSE, raw, tuple((line[1:].strip(),) for line in lines))
    if raw.startswith("- "):
        return Block(Kind.LIST, raw, tuple((line[2:],) for line in lines))
    if re.match(r"\d+\. ", raw):
        return Block(Kind.NUMBERED, raw, tuple((line.split(". ", 1)[1],) for line in lines))
    return Block(Kind.PROSE, raw)
