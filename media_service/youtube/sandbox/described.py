"""A description as a page shows it: paragraphs of plain text, in which addresses and times are links; its chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LINK = re.compile(
    r"(?P<address>https?://[^\s<>\"'”’]+[^\s<>\"'”’.,;:!?)\]])|(?<![\d:.])(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})(?![\d:])"
)
_CHAPTER = re.compile(r"^\W*((?:\d{1,2}:)?\d{1,2}:\d{2})\b[\s–—:.)\]-]*(.+)$")
_SHORTEST_S = 10
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and where they lead: to an address, or to a time of the film; nowhere where `href` is empty."""

    text: str
    href: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of a film begins."""

    title: str
    time: str
    seconds: int
    href: str


def paragraphs(text: str, watch: str = "") -> list[list[Piece]]:
    """Return the paragraphs of a description; `watch` is the film's address, to which a time is added.

    Without it times are words like others.
    """
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [list(_pieces(block, watch)) for block in blocks if block.strip()]


def _pieces(text: str, watch: str) -> Iterator[Piece]:
    end = 0
    for found in _LINK.finditer(text):
        if found["time"] and not watch:
            continue
        if found.start() > end:
            yield Piece(text[end : found.start()])
        if found["address"]:
            yield Piece(found["address"], found["address"])
        else:
            yield Piece(found["time"], f"{watch}&t={_seconds(found['time'])}", _seconds(found["time"]))
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def chapters(text: str, length_s: float, watch: str) -> list[Chapter]:
    """Return the chapters that a description tells of; none where YouTube's rules for them are broken.

    The first is at 0:00, there are three at least, in order, each of ten seconds at least.
    """
    lines = (_CHAPTER.match(line.strip()) for line in text.splitlines())
    found = [Chapter(line[2].strip(), line[1], _seconds(line[1]), "") for line in lines if line]
    ends = [*(each.seconds for each in found), length_s or (found[-1].seconds + _SHORTEST_S if found else 0)]
    sound = len(found) >= _FEWEST and found[0].seconds == 0
    if not sound or any(after - before < _SHORTEST_S for before, after in pairwise(ends)):
        return []
    return [Chapter(each.title, each.time, each.seconds, f"{watch}&t={each.seconds}") for each in found]


def _seconds(time: str) -> int:
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total
