"""A description as parts that give way to one another, until the whole is no longer than the platform takes.

Which parts there are is the affair of the templates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from media_service.domain.listing import DESCRIPTION_BYTES, LONGEST_MARK_TITLE, chapter_times, clean, shortened


class Weight(StrEnum):
    """What a part of a description is to its readers, and so how readily it gives way."""

    ORNAMENT = "ornament"
    """Dropped first."""
    SERVICE = "service"
    """Dropped whole."""
    STORY = "story"
    """Shortened at the end of a sentence."""
    CHAPTERS = "chapters"
    """Lines with times: titles are shortened, then lines left out evenly."""
    DUTY = "duty"
    """Owed to viewers and authors: never dropped, shortened only where it is absurdly long."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a description."""

    text: str
    weight: Weight


_GIVING_WAY = (
    (Weight.STORY, 600),
    (Weight.ORNAMENT, 0),
    (Weight.SERVICE, 0),
    (Weight.STORY, 0),
    (Weight.CHAPTERS, 2400),
    (Weight.DUTY, 600),
    (Weight.CHAPTERS, 0),
    (Weight.DUTY, 0),
)
"""In this order, and down to so many bytes each; the last two rows are for more than four duties."""
_BETWEEN = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…][”»’)]*(?=\s|$)")


def fit_description(parts: Sequence[Part]) -> str:
    """Return the parts in their order, an empty line between them, in at most 5000 bytes of UTF-8 (standard P6)."""
    texts = [clean(part.text) for part in parts]
    for weight, least in _GIVING_WAY:
        for place in reversed([place for place, part in enumerate(parts) if part.weight is weight]):
            excess = _bytes(_joined(texts)) - DESCRIPTION_BYTES
            if excess <= 0:
                return _joined(texts)
            texts[place] = _narrowed(texts[place], weight, max(least, _bytes(texts[place]) - excess))
    return _joined(texts)


def _joined(texts: Sequence[str]) -> str:
    return _BETWEEN.join(text for text in texts if text)


def _bytes(text: str) -> int:
    return len(text.encode())


def _narrowed(text: str, weight: Weight, size: int) -> str:
    if _bytes(text) <= size:
        return text
    if weight is Weight.CHAPTERS:
        return _thinned(text, size)
    return _told_briefly(text, size) if weight in (Weight.STORY, Weight.DUTY) else ""


def _told_briefly(text: str, size: int) -> str:
    """Cut behind the last sentence that fits, behind a word where that would lose more than half."""
    room = text.encode()[: max(size - 3, 0)].decode(errors="ignore")
    ends = [end.end() for end in _SENTENCE_END.finditer(room)]
    if ends and 2 * ends[-1] >= len(room):
        return room[: ends[-1]]
    return shortened(room + " …", len(room)) if len(room) > 20 else ""


def _thinned(text: str, size: int) -> str:
    """Shorten the titles of chapter lines, then leave out lines evenly; fewer than three are no chapters."""
    lines = text.split("\n")
    timed = [line for line in lines if chapter_times(line)]
    heading = [line for line in lines if not chapter_times(line)]
    for step in range(1, max(len(timed) // 3, 1) + 1):
        for width in (LONGEST_MARK_TITLE, LONGEST_MARK_TITLE // 2):
            kept = "\n".join([*heading, *(shortened(line, width) for line in timed[::step])])
            if _bytes(kept) <= size and len(timed[::step]) >= 3:
                return kept
    return ""
