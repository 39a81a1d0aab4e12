"""What a readable quality page is made from: the report of an episode, and the frames in which something is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from media_service.domain.quality import Flaw, Report

MOST_FRAMES = 24
"""Frames shown on one page: by then it is clear what is wrong."""


@dataclass(frozen=True, slots=True)
class QualitySheet:
    """An episode's report as it is laid before people."""

    title: str
    """Of the work."""
    episode: str
    number: int
    count: int
    length_s: float
    report: Report
    frames: Mapping[float, bytes]
    """Small JPEGs, by the second at which the film shows them."""


def moments(report: Report) -> tuple[float, ...]:
    """Return the seconds at which something is wrong with the picture, in order, as many as a page can show."""
    return tuple(sorted({moment(flaw) for flaw in _of_pictures(report)}))[:MOST_FRAMES]


def moment(flaw: Flaw) -> float:
    """Return the second at which a flaw is best seen: in its middle."""
    return round((flaw.at_s + max(flaw.at_s, flaw.until_s)) / 2, 2)


def _of_pictures(report: Report) -> Iterator[Flaw]:
    return (flaw for gate in report.failed if gate.id.startswith("V") for flaw in gate.flaws)
