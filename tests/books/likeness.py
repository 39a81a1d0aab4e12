"""How like a book that was read is to what was expected: titles, words in order, passages left out.

Words are compared as a listener would hear them; which dash or quotation mark stands beside one is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

_SEPARATOR = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text, in NFC."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


def heard(text: str) -> list[str]:
    """Return the words of a title, capital letters aside."""
    return [word.casefold() for word in words(text)]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs of words: how many were expected, which are missing and which were invented."""

    expected: int
    missing: tuple[str, ...]
    invented: tuple[str, ...]

    @property
    def kept(self) -> float:
        """The share of the expected words that is there, in order."""
        return 1 - len(self.missing) / max(1, self.expected)


def compare(expected: Sequence[str], got: Sequence[str]) -> Compared:
    """Compare two runs of words; what moved counts as missing and as invented."""
    if list(expected) == list(got):
        return Compared(len(expected), (), ())
    missing: list[str] = []
    invented: list[str] = []
    for what, i, j, k, m in SequenceMatcher(None, expected, got, autojunk=False).get_opcodes():
        if what != "equal":
            missing += expected[i:j]
            invented += got[k:m]
    return Compared(len(expected), tuple(missing), tuple(invented))


def without(run: list[str], passages: Iterable[str], read: Any = words) -> list[str]:
    """Return a run of words with each passage taken out once, where it is there."""
    for passage in passages:
        at = position(run, read(passage))
        if at is not None:
            run = run[:at] + run[at + len(read(passage)) :]
    return run


def position(run: Sequence[str], passage: Sequence[str]) -> int | None:
    """Return where a passage stands in a run of words."""
    size = len(passage)
    return next((at for at in range(len(run) - size + 1) if list(run[at : at + size]) == list(passage)), None)


def titles_match(expected: Sequence[dict[str, Any]], got: Sequence[str]) -> bool:
    """Tell whether the titles are those expected, in order; a part's name may stand before a chapter's."""
    return len(expected) == len(got) and all(
        heard(title) in (heard(chapter["title"]), heard(f"{chapter.get('part', '')} {chapter['title']}"))
        for chapter, title in zip(expected, got, strict=True)
    )
