"""A film at a glance: where the small picture of each slide lies on the one sheet that holds them all."""

from __future__ import annotations

from media_service.domain.timeline import Timeline, seconds

ACROSS, WIDTH, HEIGHT = 6, 240, 136
"""Fields in a row of the sheet, and the size of each in pixels; an encoder wants even ones."""
MOST = 120
"""Slides that are shown: a film of more is shown up to there."""
_SETTLED_S = 0.2
"""After a change, until the picture stands."""


def moments(timeline: Timeline) -> tuple[float, ...]:
    """Return the seconds at which the slides of a film stand to be seen."""
    starts = [seconds(standing.start) for standing in timeline.slides[:MOST]]
    return tuple(min(start + _SETTLED_S, max(0.0, seconds(timeline.length) - _SETTLED_S)) for start in starts)


def field(number: int) -> tuple[int, int]:
    """Return the left upper corner of a slide's field, counted from 0."""
    return (number % ACROSS * WIDTH, number // ACROSS * HEIGHT)


def sheet(count: int) -> tuple[int, int]:
    """Return the width and height of a sheet of so many slides."""
    return (ACROSS * WIDTH, max(1, -(-min(count, MOST) // ACROSS)) * HEIGHT)
