"""The Schedule door: what the reconcilers do, on any machine, any number of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, select, tuple_, update

from media_service.database import errands, fairness
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.lapsing import take_back
from media_service.database.laying import FENCED, lay, lay_conclusion, lock_episode, lock_production
from media_service.database.publishing_tables import publications
from media_service.database.standing import settle
from media_service.database.tables import episodes, productions, stages
from media_service.domain.service import Will
from media_service.domain.stage import OPEN, Queue, Ring, StageState, limit_of


class StoredSchedule:
    """The order of work, in the database."""

    def __init__(self, database: Database, channel: str = "") -> None:
        """`channel`: where approved episodes are to be published; empty for nowhere."""
        self._database = database
        self._channel = channel

    def due(self, queue: Queue, most: int) -> tuple[Ring, ...]:
        """Mark up to `most` due stages as rung and return them."""
        if most < 1:
            return ()
        with self._database.read() as run:  # most sweeps find nothing and then disturb nobody
            chosen = fairness.choose(run, queue, most)
        if not chosen:
            return ()
        with self._database.write() as run:
            free = _locked(run, chosen, StageState.DUE)
            rung = {"state": StageState.RUNG.value, "attempt": stages.c.attempt + 1, "rung_at": Now()}
            rows = run.execute(update(stages).where(stages.c.id.in_(free)).values(rung).returning(stages))
            rings = {row.id: _ring(row) for row in rows}
            return tuple(rings[stage] for stage in chosen if stage in rings)

    def rung(self, queue: Queue, older: timedelta) -> tuple[Ring, ...]:
        """Return the stages that were rung longer ago than that and that nobody has claimed."""
        waiting = (stages.c.queue == queue.value, stages.c.state == StageState.RUNG.value)
        with self._database.read() as run:
            long_ago = stages.c.rung_at < Now() - older.total_seconds()
            return tuple(map(_ring, run.execute(select(stages).where(*waiting, long_ago))))

    def ring_again(self, rings: Sequence[Ring]) -> int:
        """Make stages due again, with a new attempt, because the queue has lost them."""
        if not rings:
            return 0
        attempts = [(ring.stage, ring.attempt) for ring in rings]
        with self._database.write() as run:
            free = _locked(run, [ring.stage for ring in rings], StageState.RUNG)
            lost = (stages.c.id.in_(free), tuple_(stages.c.id, stages.c.attempt).in_(attempts))
            again = {**FENCED, "state": StageState.DUE.value}
            return run.execute(update(stages).where(*lost).values(again)).rowcount

    def reclaim(self) -> tuple[Ring, ...]:
        """Make due again, before all others, the stages whose lease is past."""
        ours = stages.c.queue.in_(list(Queue))  # a queue of tomorrow's program is its own affair
        past = (stages.c.state == StageState.RUNNING.value, stages.c.lease_until < Now(), ours)
        with self._database.read() as run:
            whose = run.execute(select(stages.c.production).where(*past).distinct()).scalars().all()
        if not whose:
            return ()
        with self._database.write() as run:
            for production in sorted(whose):
                lock_production(run, production)
            lapsed = select(stages).where(*past, stages.c.production.in_(whose)).order_by(stages.c.id)
            rows = run.execute(lapsed.with_for_update()).all()
            for row in rows:
                take_back(run, row, lapses=1)
            for production in sorted({row.production for row in rows}):
                settle(run, production)
            return tuple(map(_ring, rows))

    def mend(self) -> int:
        """Give every production and episode that is not at rest the stages that it lacks."""
        with self._database.read() as run:
            lacking = run.execute(_lacking()).all()
            unconcluded = run.execute(_unconcluded()).scalars().all()
            unpublished = run.execute(errands.lacking(self._channel)).all() if self._channel else []
            idle = run.execute(errands.idle(self._channel)).all() if self._channel else []
        mended = sum(self._mend(row.production, row.id) for row in lacking)
        mended += sum(self._mend(production, None) for production in unconcluded)
        mended += sum(self._begin(row.production, row.id) for row in unpublished)
        return mended + sum(self._lay(row.production, row.id) for row in idle)

    def _begin(self, production: int, episode: int) -> bool:
        """Publish what was approved before there was a channel."""
        with self._database.write() as run:
            row = lock_production(run, production)
            return row.will != Will.CANCELLED and errands.begin(
                self._database, run, self._channel, row, lock_episode(run, episode)
            )

    def _lay(self, production: int, publication: int) -> bool:
        with self._database.write() as run:
            row = lock_production(run, production)
            mine = run.execute(select(publications).where(publications.c.id == publication)).one()
            return row.will != Will.CANCELLED and bool(errands.lay(run, row, mine))

    def _mend(self, production: int, episode: int | None) -> bool:
        with self._database.write() as run:
            row = lock_production(run, production)
            if row.will == Will.CANCELLED:
                return False
            if episode is None:
                return bool(lay_conclusion(run, row))
            return bool(lay(run, row, lock_episode(run, episode)))


def _ring(row: Row[Any]) -> Ring:
    return Ring(row.id, row.attempt, Queue(row.queue), limit_of(row.step))


def _locked(run: Connection, chosen: Sequence[int], state: StageState) -> Sequence[int]:
    """Return those of the chosen that are in that state and that nobody else is changing at this moment."""
    free = select(stages.c.id).where(stages.c.id.in_(chosen), stages.c.state == state.value)
    return run.execute(free.with_for_update(skip_locked=True)).scalars().all()


def _lacking() -> Any:
    """Select the episodes of wanted productions that have a step before them and no stage for it."""
    alive = exists().where(
        stages.c.episode == episodes.c.id,
        stages.c.revision == episodes.c.revision,
        stages.c.state.in_([*OPEN, StageState.QUARANTINED]),
    )
    wanted = (~productions.c.resting, ~episodes.c.withdrawn, episodes.c.step != "")
    columns = select(episodes.c.id, episodes.c.production).join(productions)
    return columns.where(*wanted, ~alive).order_by(episodes.c.production)


def _unconcluded() -> Any:
    """Select the wanted productions without an episode to be made and without their conclusion."""
    unfinished = exists().where(episodes.c.production == productions.c.id, ~episodes.c.withdrawn, episodes.c.step != "")
    alive = exists().where(
        stages.c.production == productions.c.id,
        stages.c.publication.is_(None),
        stages.c.state.in_([*OPEN, StageState.QUARANTINED]),
    )
    wanted = (~productions.c.resting, ~productions.c.concluded)
    return select(productions.c.id).where(*wanted, ~unfinished, ~alive).order_by(productions.c.id)
