"""The first lines of a plain text, which may name the book and its author before the text begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from media_service.domain.book import count_words
from media_service.domain.titles import imprint_signs, is_capitals, is_named_title, number_in, numbered, role_of_title

_FAMILIES = frozenset(
    (
        *(
            "nguyễn",
            "trần",
            "lê",
            "phạm",
            "hoàng",
            "huỳnh",
            "phan",
            "vũ",
            "võ",
            "đặng",
            "bùi",
            "đỗ",
            "hồ",
            "ngô",
            "dương",
        ),
        *(
            "lý",
            "đinh",
            "đoàn",
            "trịnh",
            "trương",
            "lâm",
            "mai",
            "cao",
            "tô",
            "hà",
            "tạ",
            "thạch",
            "đào",
            "lương",
            "châu",
        ),
    )
)
_LONGEST = 14
"""Words of a title."""
_MOST = 8
"""Lines before the text begins."""


@dataclass(frozen=True, slots=True)
class FrontLines:
    """How many lines name the book, and what they say."""

    count: int = 0
    title: str = ""
    author: str = ""


def front_lines(lines: Sequence[str]) -> FrontLines:
    """Read a text's first lines, one a paragraph; the last short one may be the first chapter's title."""
    run: list[str] = []
    for line in lines[: _MOST + 1]:
        if not _is_name(line):
            break
        run.append(line)
    if not run or len(run) > _MOST or len(run) == len(lines):
        return FrontLines()
    own = next((at for at, line in enumerate(run) if _is_chapter(line)), len(run))
    if own == len(run) and (len(run) > 1 or _is_one_of_many(run[0], lines[1:])):
        own = len(run) - 1
    names = [line for line in run[:own] if not imprint_signs(line) and not line.strip("0123456789 .–—-").isdigit()]
    if not names:
        return FrontLines()
    author = next((line for line in names if _is_person(line)), "") if len(names) > 1 else ""
    return FrontLines(own, next(line for line in names if line != author), author)


def _is_name(line: str) -> bool:
    return bool(line) and count_words(line) <= _LONGEST and line[-1] not in '.,;:!?…”"' and line[0] not in "-–—•*>#"


def _is_chapter(line: str) -> bool:
    return bool(numbered(line) or is_named_title(line) or role_of_title(line) or number_in(line) is not None)


def _is_one_of_many(line: str, others: Sequence[str]) -> bool:
    """Tell whether a single line in capitals stands over the text as others do later on."""
    return is_capitals(line) and any(is_capitals(other) for other in others)


def _is_person(line: str) -> bool:
    words = line.lower().split()
    return 2 <= len(words) <= 5 and words[0] in _FAMILIES
