"""How far a production is: the share of its work that is done, and whether anything of it still moves by itself."""

from __future__ import annotations

from media_service.domain.service import EpisodeStatus, Standing, WorkStatus
from media_service.domain.stage import StageState

WEIGHTS = {
    "narrate": 0.43,
    "assemble": 0.86,
    "film": 10.72,
    "describe": 0.14,
    "bind": 0.78,
    "inspect": 1.17,
    "present": 0.05,
}
"""Seconds of work that each step needs for a minute of film, in the order of work, as measured on the shipped works."""

_AT_REST = {Standing.REVIEW, Standing.SENT_BACK, Standing.APPROVED, Standing.CANCELLED}


def share(work: WorkStatus) -> float:
    """Return how much of a production is made, 0-1, its episodes weighed by their length."""
    whole = sum(episode.length_s for episode in work.episodes)
    if not whole:
        return 0.0
    return sum(episode_share(episode) * episode.length_s for episode in work.episodes) / whole


def episode_share(episode: EpisodeStatus) -> float:
    """Return how much of an episode is made, 0-1."""
    if episode.step not in WEIGHTS:
        return 1.0
    steps = list(WEIGHTS)
    done = sum(WEIGHTS[step] for step in steps[: steps.index(episode.step)])
    inside = episode.pieces_done / episode.pieces if episode.pieces else 0.0
    return (done + WEIGHTS[episode.step] * inside) / sum(WEIGHTS.values())


def made(work: WorkStatus) -> int:
    """Count the episodes that are made: only a person leads on from there."""
    return sum(1 for episode in work.episodes if not episode.step)


def at_rest(work: WorkStatus) -> bool:
    """Tell whether a production changes no more until a person acts."""
    if work.standing is not Standing.STUCK:
        return work.standing in _AT_REST
    aside = {trouble.number for trouble in work.troubles if trouble.state is StageState.QUARANTINED}
    return {episode.number for episode in work.episodes if episode.step} <= aside
