"""How long works will still take, from the speed that was measured: pure arithmetic over sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from media_service.domain.stage import QUEUES

STEPS = tuple(QUEUES)
"""The steps in the order of work."""

TYPICAL = {
    "narrate": 0.1287,
    "assemble": 0.021,
    "film": 1.2003,
    "describe": 0.0729,
    "bind": 0.0204,
    "inspect": 0.1759,
}
"""Seconds of work for each second of sound, as measured on the shipped works with motion and other films, two at a
time on two cores; steps that are not here take none."""

_PRIOR_S = 60.0
"""The typical speed weighs as much as one measured minute of sound."""


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured of a step: seconds of work for so many seconds of sound."""

    seconds: float
    length_s: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """An episode that is not finished: its next step, the share of that which is done, and its length."""

    step: str
    share: float
    length_s: float


def rate(step: str, speeds: Mapping[str, Speed]) -> float:
    """Return the seconds of work that a step takes for each second of sound."""
    measured = speeds.get(step, Speed(0.0, 0.0))
    return (measured.seconds + TYPICAL.get(step, 0.0) * _PRIOR_S) / (measured.length_s + _PRIOR_S)


def left(episodes: Iterable[Ahead], speeds: Mapping[str, Speed], workers: int) -> timedelta | None:
    """Return how long so many workers will still need; None where nothing is left or nobody works."""
    seconds = sum(_seconds(episode, speeds) for episode in episodes)
    return timedelta(seconds=round(seconds / workers)) if seconds and workers else None


def _seconds(episode: Ahead, speeds: Mapping[str, Speed]) -> float:
    if episode.step not in STEPS:
        return 0.0
    now, *later = STEPS[STEPS.index(episode.step) :]
    rest = rate(now, speeds) * (1 - episode.share) + sum(rate(step, speeds) for step in later)
    return rest * episode.length_s
