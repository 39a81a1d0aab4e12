"""Charts as the server draws them: bars in a picture that any size shows; the same figures stand in a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 800, 220, 28
_GAP = 0.25


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, how tall it is, what it is of."""

    left: float
    top: float
    width: float
    height: float
    label: str
    value: int
    named: bool
    """Whether there is room for its label below it."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over a common foot."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = FOOT


def chart(figures: Sequence[tuple[str, int]]) -> Chart:
    """Return the bars of figures in their order; one that fell shows as none."""
    most = max((value for _, value in figures), default=0)
    step = WIDTH / max(1, len(figures))
    every = max(1, -(-len(figures) // 12))
    bars = [
        _bar(number, label, value, step=step, most=most, named=number % every == 0)
        for number, (label, value) in enumerate(figures)
    ]
    return Chart(tuple(bars), most)


def _bar(number: int, label: str, value: int, *, step: float, most: int, named: bool) -> Bar:  # noqa: PLR0913  # a bar's facts
    room = HEIGHT - FOOT
    height = round(room * max(0, value) / most, 1) if most > 0 else 0.0
    left, width = round((number + _GAP / 2) * step, 1), round(step * (1 - _GAP), 1)
    return Bar(left, round(room - height, 1), width, height, label, value, named)
