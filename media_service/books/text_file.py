"""A plain text file into a Book: lines to paragraphs and verse, whether each paragraph is one line or was wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from media_service.books.gathering import Gathering
from media_service.books.source import Source
from media_service.domain.book import Book, Format, Metadata, Place, Role
from media_service.domain.encodings import decoded
from media_service.domain.front_lines import front_lines
from media_service.domain.titles import is_bare_number, is_capitals, is_named_title, numbered, role_of_title
from media_service.domain.verse_looks import looks_like_verse
from media_service.errors import refused
from media_service.messages import message

WIDEST = 130
"""Characters of a line in a file that was wrapped by hand or by a program."""
_LIST = re.compile(r"(?:[-–—•*+]|\d{1,3}[.)])\s")

Lines = Sequence[tuple[int, str]]


def read_text(source: Source, data: bytes) -> Book:
    """Read a text file; raises InputError where it has no text."""
    read = decoded(data)
    lines = read.text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").split("\n")
    into = Gathering()
    wrapped = _is_wrapped(lines)
    for group in _groups(lines):
        _gather(group, into, wrapped=wrapped)
    if not into.blocks:
        raise refused(source.named, message("There is no text in this file."))
    front = front_lines([getattr(block, "text", "") for block in into.blocks])
    blocks = [
        replace(block, role=Role.TITLE_PAGE) if number < front.count else block
        for number, block in enumerate(into.blocks)
    ]
    return Book(Format.TEXT, tuple(blocks), read.encoding, Metadata(title=front.title, author=front.author))


def _groups(lines: Sequence[str]) -> Iterator[Lines]:
    """Yield runs of lines between empty ones, each line with its number."""
    group: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            group.append((number, line))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether paragraphs go over several lines: then those that go on are nearly as long as the longest."""
    full = sorted(len(line) for line in lines if line.strip())
    if not full or full[-1] > WIDEST or not any(not line.strip() for line in lines[1:-1]):
        return False
    width = full[int(len(full) * 0.95)]
    followed = [len(line) for line, after in pairwise(lines) if line.strip() and after.strip()]
    return bool(followed) and sum(length > width * 0.7 for length in followed) * 2 > len(followed)


def _gather(group: Lines, into: Gathering, *, wrapped: bool) -> None:
    if looks_like_verse([line.strip() for _, line in group]) and not any(_stands_alone(line) for _, line in group):
        into.verse("\n".join(line for _, line in group), Place(line=group[0][0]))
        return
    paragraph: list[tuple[int, str]] = []
    indented = {number for number, line in group if re.match(r"\t| {2,}", line)}
    marked = 0 < len(indented) < len(group)
    for number, line in group:
        begins = not wrapped or (marked and number in indented) or _LIST.match(line.strip()) or _stands_alone(line)
        if paragraph and (begins or _stands_alone(paragraph[-1][1])):
            _paragraph(paragraph, into)
            paragraph = []
        paragraph.append((number, line))
    _paragraph(paragraph, into)


def _paragraph(lines: Lines, into: Gathering) -> None:
    text = ""
    for _, line in lines:
        joined = re.search(r"[^\W\d_]-$", text) and line.strip()[:1].islower()
        text = text[:-1] + line.strip() if joined and line.strip().isascii() else f"{text} {line.strip()}".strip()
    into.paragraph(text, Place(line=lines[0][0]))


def _stands_alone(line: str) -> bool:
    """Tell whether a line is a title by its words, so that it belongs to no paragraph."""
    bare = line.strip()
    return bool(
        numbered(bare) or is_named_title(bare) or role_of_title(bare) or is_bare_number(bare) or is_capitals(bare)
    )
