"""What makes stages due: the next step of an episode in its pieces, the step itself after them, the conclusion.

Whoever calls holds the lock of the production or, after a piece, of the episode, so that two who finish together
cannot both leave what follows to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from media_service.database.clock import Now
from media_service.database.tables import WHOLE_STEP, episodes, productions, stages
from media_service.domain.service import Will
from media_service.domain.stage import CONCLUDE, OPEN, QUEUES, Assignment, Queue, StageState

DONE = StageState.DONE.value
FENCED = {"attempt": stages.c.attempt + 1, "owner": None, "lease_until": None}
"""Whoever rang for a stage or held it has it no more."""
CONCLUSION = stages.c.episode.is_(None) & stages.c.publication.is_(None)
"""What belongs to a production as a whole."""
_NEW = insert(stages).values(due_at=Now())
AFRESH = {
    "state": StageState.DUE.value,
    "tries": 0,
    "lapses": 0,
    "front": False,
    "not_before": 0.0,
    "said": None,
    "lines": "",
}


def lock_production(run: Connection, production: int) -> Row[Any]:
    """Return a production's row, nobody else's until the transaction ends."""
    rows = select(productions).where(productions.c.id == production).with_for_update(key_share=True)
    return run.execute(rows).one()


def lock_episode(run: Connection, episode: int) -> Row[Any]:
    """Return an episode's row, nobody else's until the transaction ends; its production's is locked before it."""
    rows = select(episodes).where(episodes.c.id == episode).with_for_update(key_share=True)
    return run.execute(rows).one()


def lock_episodes(run: Connection, production: int) -> Sequence[Row[Any]]:
    """Return the rows of a production that is locked, so that no piece of them is being finished meanwhile."""
    rows = select(episodes).where(episodes.c.production == production).order_by(episodes.c.id)
    return run.execute(rows.with_for_update(key_share=True)).all()


def held_by(assignment: Assignment) -> ColumnElement[bool]:
    """Return the condition that the stage is still this owner's in this attempt."""
    return (
        (stages.c.id == assignment.stage)
        & (stages.c.owner == assignment.owner)
        & (stages.c.attempt == assignment.attempt)
        & (stages.c.state == StageState.RUNNING.value)
    )


def lay(run: Connection, production: Row[Any], episode: Row[Any]) -> tuple[Queue, ...]:
    """Give an episode the stages of its next step that it lacks; returns the queue where something is due now."""
    if not episode.step or episode.withdrawn:
        return ()
    found = _found(run, episode)
    pieces = range(episode.pieces if episode.pieces > 1 else 0)
    done = all(piece in found and found[piece].state == DONE for piece in pieces)
    wanted = [WHOLE_STEP] if done else list(pieces)
    reopened = [found[piece].id for piece in wanted if piece in found and found[piece].state == StageState.CANCELLED]
    if reopened:
        again = {**AFRESH, "attempt": stages.c.attempt + 1, "held": production.will != Will.GO, "due_at": Now()}
        run.execute(update(stages).where(stages.c.id.in_(reopened)).values(again))
    missing = [piece for piece in wanted if piece not in found]
    insert_stages(run, (fresh(production, episode, piece) for piece in missing))
    return (QUEUES[episode.step],) if (missing or reopened) and production.will == Will.GO else ()


def first_stages(production: Row[Any], episode: Row[Any]) -> list[Mapping[str, Any]]:
    """Return the rows of an episode's next step where there are none yet."""
    pieces = range(episode.pieces) if episode.pieces > 1 else (WHOLE_STEP,)
    return [fresh(production, episode, piece) for piece in pieces]


def fresh(production: Row[Any], episode: Row[Any] | None, piece: int = WHOLE_STEP) -> Mapping[str, Any]:
    """Return the row of a stage that is due; without an episode, the production's conclusion."""
    step = episode.step if episode else CONCLUDE
    return {
        "production": production.id,
        "episode": episode.id if episode else None,
        "number": episode.number if episode else 0,
        "revision": episode.revision if episode else production.revision,
        "step": step,
        "piece": piece,
        "queue": QUEUES[step].value,
        "held": production.will != Will.GO,
        "submitter": production.submitter,
        "deadline": production.deadline,
        "attempt": 0,
        "seconds": 0.0,
        **AFRESH,
    }


def insert_stages(run: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert stages that are due from now on; returns how many."""
    new = list(rows)
    if new:
        run.execute(_NEW, new)
    return len(new)


def lay_conclusion(run: Connection, production: Row[Any]) -> tuple[Queue, ...]:
    """Make the production's conclusion due where all is presented and nobody has concluded it since."""
    unfinished = select(episodes.c.id).where(
        episodes.c.production == production.id, ~episodes.c.withdrawn, episodes.c.step != ""
    )
    if production.concluded or run.execute(unfinished.limit(1)).first():
        return ()
    mine = select(stages.c.id, stages.c.state).where(
        stages.c.production == production.id, CONCLUSION, stages.c.revision == production.revision
    )
    there = run.execute(mine).first()
    if there is None:
        insert_stages(run, [fresh(production, None)])
    elif there.state in {DONE, StageState.CANCELLED.value}:
        again = {**AFRESH, "attempt": stages.c.attempt + 1, "held": production.will != Will.GO, "due_at": Now()}
        run.execute(update(stages).where(stages.c.id == there.id).values(again))
    else:
        return ()
    return (QUEUES[CONCLUDE],) if production.will == Will.GO else ()


def cancel_open(run: Connection, *of: Any) -> int:
    """Cancel and fence the stages under those conditions that are not finished; returns how many."""
    unfinished = stages.c.state.in_([*OPEN, StageState.QUARANTINED])
    gone = update(stages).where(unfinished, *of).values(state=StageState.CANCELLED.value, **FENCED)
    return run.execute(gone).rowcount


def pieces_done(run: Connection, episode: Row[Any]) -> int:
    """Count the pieces of the episode's next step that are made."""
    made = (stages.c.state == DONE, stages.c.piece != WHOLE_STEP)
    return run.execute(select(func.count()).where(*_of(episode), *made)).scalar_one()


def _found(run: Connection, episode: Row[Any]) -> dict[int, Any]:
    rows = run.execute(select(stages.c.id, stages.c.piece, stages.c.state).where(*_of(episode)))
    return {row.piece: row for row in rows}


def _of(episode: Row[Any]) -> tuple[Any, ...]:
    return (stages.c.episode == episode.id, stages.c.revision == episode.revision, stages.c.step == episode.step)
