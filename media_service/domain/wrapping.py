"""Where a line of text may end, and how a text is laid into lines that read well: for captions and for slides alike.

Counts in whatever the caller measures (characters, pixels). What holds together is known by `binding`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from media_service.domain.binding import NEVER, price

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: the next line begins with character `index`; the cheaper, the better it reads."""

    index: int
    cost: float


_LINE = 40.0
"""Price of one line more: dearer than any gap between words, cheaper than a word or a name torn apart."""
_SLACK = 40.0
"""Price of an empty line's width; its square makes lines alike in length."""
_OVERFULL = 10_000.0
"""Price of a line too long: only where one word alone does not fit."""


def breaks(text: str) -> tuple[Break, ...]:
    """Return every gap between words where a line may end, in order.

    Gaps inside a number or behind a dash that opens speech are left out: no line may end there.
    """
    found = list(_WORD.finditer(text))
    words = [word[0] for word in found]
    gaps = (Break(word.start(), price(words, number)) for number, word in enumerate(found[1:]))
    return tuple(gap for gap in gaps if gap.cost < NEVER)


def lay(text: str, width: Callable[[str], float], limit: float) -> tuple[str, ...]:
    """Lay a text into lines at most `limit` wide, as `width` measures them: few lines, alike in length, well broken.

    A line is wider only where it holds a single word, or a group that must not be torn, wider than the limit.
    Joined with spaces the lines give the text back, whitespace aside.
    """
    ends = [Break(0, 0), *breaks(text), Break(len(text), 0)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for number in range(1, len(ends)):
        best.append(_best_line(text, ends[: number + 1], best, lambda line: _line_price(width(line), limit)))
    starts = [len(ends) - 1]
    while starts[-1]:
        starts.append(best[starts[-1]][1])
    cuts = [ends[start].index for start in reversed(starts)]
    lines = (text[first:last].strip() for first, last in pairwise(cuts))
    return tuple(line for line in lines if line)


def _best_line(
    text: str, ends: Sequence[Break], best: Sequence[tuple[float, int]], line_price: Callable[[str], float]
) -> tuple[float, int]:
    """Return the lowest price of the text up to the last of `ends`, and at which of them its last line begins."""
    here = ends[-1]
    choice = (math.inf, 0)
    for start in range(len(ends) - 2, -1, -1):
        line = line_price(text[ends[start].index : here.index].strip())
        choice = min(choice, (best[start][0] + line + here.cost, start))
        if line >= _OVERFULL:
            break
    return choice


def _line_price(width: float, limit: float) -> float:
    if width > limit:
        return _OVERFULL * (1 + (width - limit) / limit)
    return _LINE + _SLACK * (1 - width / limit) ** 2
