"""Reads `script.txt`: no front matter, no marks; the first line is the title, “Chương 1” begins a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from media_service.domain.pace import Age
from media_service.domain.script import Facts, Kind, Words
from media_service.intake.faults import Faults
from media_service.intake.markdown import Block, Heading
from media_service.messages import message

WRAPPED_AT = 120
"""A file with a longer line than this has each paragraph on one line, as word processors save it."""
LONGEST_HEADING = 120

_NUMBER = "(?:[0-9]+|[IVXLC]+|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt|nhất|nhì)"
_CHAPTER = re.compile(
    rf"(?:Chương|Chapter)\s+(?:thứ\s+)?{_NUMBER}(?:\s+{_NUMBER})*\b.*"
    rf"|(?:Phần|Hồi|Quyển)\s+(?:thứ\s+)?{_NUMBER}(?:\s+{_NUMBER})*\s*(?:[.:–—-].*)?",
    re.IGNORECASE,
)  # “Hồi ba tuổi …” and “Phần hai người …” are prose, so those need a sign behind the number


def read_plain_text(text: str, slug: str, faults: Faults) -> tuple[Facts | None, list[Heading | Block]]:
    """Return the facts and the blocks of a text; the facts are None where it has no title."""
    lines = list(enumerate((line.strip() for line in text.split("\n")), 1))
    first = next((at for at, (_, words) in enumerate(lines) if words), None)
    if first is None:
        faults.add(0, message("This script is empty; write the title on its first line and the text below."))
        return None, []
    line, title = lines[first]
    if title == "---":
        faults.add(line, message("A script with front matter must be named script.md; rename the file."))
        return None, []
    return Facts(title, Kind.AUDIOBOOK, Age.CHILD, slug), list(_blocks(lines[first + 1 :]))


def _blocks(lines: list[tuple[int, str]]) -> Iterator[Heading | Block]:
    wrapped = all(len(words) <= WRAPPED_AT for _, words in lines)
    gathered: list[tuple[int, str]] = []
    for line, words in lines:
        heading = len(words) <= LONGEST_HEADING and _CHAPTER.fullmatch(words)
        if gathered and (heading or not words or not wrapped or words[0] in "-–—"):
            yield _paragraph(gathered)
            gathered = []
        if heading:
            yield Heading(words, 1, line)
        elif words:
            gathered.append((line, words))
    if gathered:
        yield _paragraph(gathered)


def _paragraph(lines: list[tuple[int, str]]) -> Block:
    text = re.sub(r"[ \t]+", " ", " ".join(words for _, words in lines))
    return Block((Words(text, lines[0][0]),), lines[0][0])
