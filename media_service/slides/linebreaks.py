"""Cuts text into lines that a box can hold, whatever the text; where lines end well the domain's `wrapping` knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

from media_service.domain import wrapping

Measure = Callable[[str], float]
"""Width of a run of text, in the unit of the box."""

ELLIPSIS = "…"
RAGGED = 60.0
"""Price of a line of no width at all; what uneven lines cost against a less happy place to break."""
TRIES = 8
"""Widths tried between the narrowest that could do and the whole."""


def fitting(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Cut `text` into few, even lines, none wider than `width`.

    What the rules hold together but no line can hold is cut at its spaces, and a word too wide between its letters:
    better than letters lost.
    """
    lines = wrapping.lay(text, measure, width)
    return tuple(part for line in lines for part in _forced(line, width, measure))


def even(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Cut like `fitting`, into as many lines, but as even in length as well-chosen breaks allow."""
    plain = fitting(text, width, measure)
    narrowest = min(width, measure(text) / len(plain))
    widths = (narrowest + (width - narrowest) * step / TRIES for step in range(TRIES))
    ways = [plain, *(fitting(text, narrower, measure) for narrower in widths)]
    costs = {place.index: place.cost for place in wrapping.breaks(text)}
    return min((way for way in ways if len(way) == len(plain)), key=lambda way: _cost(way, costs, measure))


def shortened(text: str, lines: int, width: float, measure: Measure) -> tuple[str, ...]:
    """Cut `text` into at most `lines` lines; where it is longer its end gives way to an ellipsis."""
    whole = fitting(text, width, measure)
    if len(whole) <= lines:
        return whole
    kept = " ".join(whole[: lines + 1])
    while kept:
        kept = kept.rpartition(" ")[0] or kept[:-1]
        cut = fitting(kept.rstrip(" .,;:–—-…") + ELLIPSIS, width, measure)
        if len(cut) <= lines:
            return cut
    return (ELLIPSIS,)


def _cost(lines: Sequence[str], costs: Mapping[int, float], measure: Measure) -> float:
    widths = [measure(line) for line in lines]
    ends = accumulate(len(line) + 1 for line in lines[:-1])
    return sum(costs.get(end, RAGGED * 10) for end in ends) + RAGGED * sum((1 - w / max(widths)) ** 2 for w in widths)


def _forced(line: str, width: float, measure: Measure) -> Iterator[str]:
    while line and measure(line) > width:
        fits = next((end for end in range(len(line) - 1, 1, -1) if measure(line[:end].rstrip()) <= width), 1)
        space = line.rfind(" ", 0, fits + 1)
        end = space if space > 0 else fits
        yield line[:end].rstrip()
        line = line[end:].lstrip()
    if line:
        yield line
