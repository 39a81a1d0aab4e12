"""What a finished stage leaves: its episode grown, its products noted, what follows made due, the speed measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from media_service.database import errands, laying
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.keeping import Packet, content, kept_value, showing, state_of
from media_service.database.laying import lay, lay_conclusion, lock_episode, lock_production
from media_service.database.products import forget_older, record
from media_service.database.publishing_tables import publications
from media_service.database.standing import settle
from media_service.database.tables import (
    approvals,
    episode_values,
    episodes,
    productions,
    speeds,
    stages,
)
from media_service.domain.episode import Narrated, Presented
from media_service.domain.service import Outcome, Verdict
from media_service.domain.stage import Assignment, Queue, StageState
from media_service.domain.timeline import seconds


@dataclass(frozen=True, slots=True)
class Result:
    """What a stage leaves, its episode packed to be stored."""

    outcome: Outcome
    packet: Packet | None


def finish(database: Database, run: Connection, assignment: Assignment, result: Result) -> tuple[Queue, ...] | None:
    """Record a finished stage; None, and nothing recorded, where it is not this owner's any more."""
    outcome, whole = result.outcome, assignment.piece is None
    if assignment.publication is not None:
        return _finish_errand(database, run, assignment, outcome)
    production, episode = _locked(run, assignment)
    if not _close(run, assignment, outcome):
        return None
    record(database, run, assignment, outcome.products)
    length_s = 0.0
    if episode is None:
        queues = _conclude(run, production)
    elif not whole:
        queues = _after_piece(run, production, episode)
    else:
        queues, length_s = _grown(run, production, episode, result)
    _measure(database, run, assignment.step, outcome, length_s)
    return queues


def _finish_errand(
    database: Database, run: Connection, assignment: Assignment, outcome: Outcome
) -> tuple[Queue, ...] | None:
    """Make due what waited for an errand; nothing of the episode changes."""
    production = lock_production(run, assignment.production)
    mine = select(publications).where(publications.c.id == assignment.publication)
    publication = run.execute(mine.with_for_update()).one()
    if not _close(run, assignment, outcome):
        return None
    queues = errands.lay(run, production, publication)
    settle(run, production.id)
    _measure(database, run, assignment.step, outcome, 0.0)
    return queues


def planned(episode: Row[Any]) -> dict[str, Any]:
    """Return what stands in an episode's row when it goes back to its plan."""
    return {
        "revision": episode.revision + 1,
        "state": "planned",
        "step": episode.plan_step,
        "pieces": episode.plan_pieces,
        "pieces_done": 0,
        "content": "",
        "verdict": None,
        "presented_at": None,
        "showing": "",
    }


def _locked(run: Connection, assignment: Assignment) -> tuple[Row[Any], Row[Any] | None]:
    """Pieces of one work finish side by side: only what may end an episode waits for its production."""
    whole = lock_production(run, assignment.production) if assignment.piece is None else None
    episode = lock_episode(run, assignment.episode) if assignment.episode is not None else None
    if whole is not None:
        return whole, episode
    # read after the episode is locked: whoever pauses or cancels locks it too, and is seen here or waits for this piece
    return run.execute(select(productions).where(productions.c.id == assignment.production)).one(), episode


def _close(run: Connection, assignment: Assignment, outcome: Outcome) -> bool:
    done = {
        "state": StageState.DONE.value,
        "finished_at": Now(),
        "lease_until": None,
        "not_before": 0.0,
        "seconds": outcome.seconds,
        "said": None,
        "lines": "",
    }
    return run.execute(update(stages).where(laying.held_by(assignment)).values(done)).rowcount == 1


def _conclude(run: Connection, production: Row[Any]) -> tuple[Queue, ...]:
    run.execute(update(productions).where(productions.c.id == production.id).values(concluded=True))
    settle(run, production.id)
    return ()


def _after_piece(run: Connection, production: Row[Any], episode: Row[Any]) -> tuple[Queue, ...]:
    """Make the step itself due after the last of its pieces."""
    done = laying.pieces_done(run, episode)
    run.execute(update(episodes).where(episodes.c.id == episode.id).values(pieces_done=done))
    if done < episode.pieces:
        return ()
    return lay(run, production, episode)


def _grown(run: Connection, production: Row[Any], before: Row[Any], result: Result) -> tuple[tuple[Queue, ...], float]:
    """Keep the episode as it is now; returns the queues of what follows, and the episode's length."""
    outcome = result.outcome
    if outcome.episode is None or result.packet is None:
        raise ValueError("a finished step leaves an episode")
    gained: dict[str, Any] = {"state": state_of(outcome.episode), "step": outcome.next_step or ""}
    gained |= {"pieces": outcome.pieces, "pieces_done": 0}
    if isinstance(outcome.episode, Narrated):
        gained["length_s"] = seconds(outcome.episode.timeline.length)
    if isinstance(outcome.episode, Presented):
        gained |= _shown(run, before, outcome.episode)
    mine = update(episodes).where(episodes.c.id == before.id).values(gained).returning(episodes)
    row = run.execute(mine).one()
    value = update(episode_values).where(episode_values.c.episode == before.id)
    run.execute(value.values(value=result.packet.value))
    if not isinstance(outcome.episode, Presented):
        return lay(run, production, row), row.length_s
    forget_older(run, row)
    return lay_conclusion(run, production), row.length_s


def _shown(run: Connection, row: Row[Any], episode: Presented) -> Mapping[str, Any]:
    """Return what an episode's row says once people can look at it: the same content keeps what was decided of it."""
    fingerprint = content(episode)
    same = (
        approvals.c.production == row.production,
        approvals.c.number == row.number,
        approvals.c.content == fingerprint,
    )
    decided = run.execute(select(approvals.c.verdict).where(*same).order_by(approvals.c.id.desc()).limit(1))
    return {
        "content": fingerprint,
        "verdict": decided.scalar() or Verdict.WAITING.value,
        "presented_at": Now(),
        "showing": kept_value(showing(episode)),
        "restarts": 0,
    }


def _measure(database: Database, run: Connection, step: str, outcome: Outcome, length_s: float) -> None:
    """Add to the sums of what was measured; last of all, since all who finish the same step meet here."""
    new = database.insert(speeds).values(
        step=step,
        engine=outcome.engine,
        stages=1,
        seconds=outcome.seconds,
        length_s=length_s,
        sound_s=outcome.sound_s,
    )
    sums = {name: speeds.c[name] + new.excluded[name] for name in ("stages", "seconds", "length_s", "sound_s")}
    run.execute(new.on_conflict_do_update(index_elements=["step", "engine"], set_=sums))
