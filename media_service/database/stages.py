"""The Stages door: claimed by compare-and-set, kept by a lease, fenced by owner and attempt.

Locks are taken in one order everywhere: production, episode, stage.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, null, select, update

from media_service import values
from media_service.database import errands, finishing
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.finishing import Result
from media_service.database.keeping import kept_message, kept_text, load_episode, packed, taken_back
from media_service.database.lapsing import take_back
from media_service.database.laying import CONCLUSION, FENCED, cancel_open, held_by, lay, lock_episode, lock_production
from media_service.database.products import work
from media_service.database.publishing_tables import publications
from media_service.database.standing import settle
from media_service.database.tables import WHOLE_STEP, episode_values, episodes, productions, stages
from media_service.domain.conclusion import Conclusion, finished
from media_service.domain.episode import Planned, Presented
from media_service.domain.script import Facts
from media_service.domain.service import Outcome
from media_service.domain.stage import MOST_TRIES, Assignment, Queue, StageState, wait_after
from media_service.errors import FencedError
from media_service.messages import Message, message


class StoredStages:
    """Who works on what, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, stage: int, attempt: int, owner: str, lease: timedelta) -> Assignment | None:
        """Claim a stage that was rung with that attempt."""
        rung = (stages.c.id == stage, stages.c.attempt == attempt, stages.c.state == StageState.RUNG.value)
        taken = {
            "state": StageState.RUNNING.value,
            "owner": owner,
            "front": False,
            "parked": False,
            "said": case((stages.c.parked, null()), else_=stages.c.said),  # waiting for quota is no failure
            "started_at": Now(),
            "lease_until": Now() + lease.total_seconds(),
        }
        with self._database.write() as run:
            mine = run.execute(update(stages).where(*rung, ~stages.c.held).values(taken).returning(stages)).first()
            if mine is None:
                return None
            slug = select(productions.c.slug).where(productions.c.id == mine.production)
            return Assignment(
                stage=stage,
                attempt=attempt,
                owner=owner,
                production=mine.production,
                slug=run.execute(slug).scalar_one(),
                step=mine.step,
                episode=mine.episode,
                number=mine.number,
                piece=None if mine.piece == WHOLE_STEP else mine.piece,
                publication=mine.publication,
            )

    def beat(self, assignment: Assignment, lease: timedelta) -> bool:
        """Lengthen the lease; False where the stage is not this owner's any more."""
        with self._database.write() as run:
            longer = update(stages).where(held_by(assignment)).values(lease_until=Now() + lease.total_seconds())
            return run.execute(longer).rowcount == 1

    def episode(self, assignment: Assignment) -> Planned:
        """Return the assignment's episode, in the state in which the stage was made due."""
        with self._database.read() as run:
            which = _episode_of(run, assignment)
            state = select(episodes.c.state).where(episodes.c.id == which)
            return load_episode(run, which or 0, run.execute(state).scalar_one())

    def conclusion(self, assignment: Assignment) -> Conclusion:
        """Return what the assignment's production is concluded from; its episodes are read one by one."""
        with self._database.read() as run:
            row = run.execute(select(productions).where(productions.c.id == assignment.production)).one()
            mine = select(episodes.c.id, episodes.c.state).where(episodes.c.production == row.id, ~episodes.c.withdrawn)
            parts = run.execute(mine.order_by(episodes.c.number)).all()
            made = (load_episode(run, part.id, part.state) for part in parts)
            shown = tuple(finished(episode) for episode in made if isinstance(episode, Presented))
            if len(shown) < len(parts):
                raise FencedError(message("An episode of this work is being made anew; the work waits for it."))
            facts = values.load(row.facts.encode(), Facts)
            return Conclusion(row.job, facts, shown, work(run, row.id, row.revised_at))

    def finish(self, assignment: Assignment, outcome: Outcome) -> tuple[Queue, ...] | None:
        """Record a finished stage and make due what follows from it."""
        packet = packed(outcome.episode) if outcome.episode else None
        with self._database.write() as run:
            return finishing.finish(self._database, run, assignment, Result(outcome, packet))

    def postpone(self, assignment: Assignment, said: Message, lines: str, after: timedelta | None) -> bool:
        """Record a failure that may pass."""
        with self._database.write() as run:
            production = lock_production(run, assignment.production)
            told = _postpone(run, assignment, after, _kept(said, lines))
            if told:
                _go_round(run, production, assignment)
            return told

    def park(self, assignment: Assignment, said: Message, after: timedelta) -> bool:
        """Let an errand wait for its turn."""
        with self._database.write() as run:
            return _wait(run, assignment, after, parked=True, **_kept(said, ""))

    def quarantine(self, assignment: Assignment, said: Message, lines: str) -> bool:
        """Put a stage aside for a person, with the reason."""
        with self._database.write() as run:
            production = lock_production(run, assignment.production)
            told = _put_aside(run, assignment, _kept(said, lines))
            if told:
                _go_round(run, production, assignment)
            return told

    def hand_back(self, assignment: Assignment) -> bool:
        """Give a stage back undone, because its worker stops."""
        with self._database.write() as run:
            return _release(run, assignment, state=StageState.DUE.value, front=True, due_at=Now())

    def died(self, owner: str) -> bool:
        """Take back what a worker holds that lives but whose child has died: a try that ended badly."""
        mine = (stages.c.state == StageState.RUNNING.value, stages.c.owner == owner)
        with self._database.write() as run:
            production = run.execute(select(stages.c.production).where(*mine)).scalar()
            if production is None:
                return False
            lock_production(run, production)
            rows = run.execute(select(stages).where(*mine, stages.c.production == production).with_for_update()).all()
            for row in rows:  # one, unless the name was another's before a machine was started anew
                take_back(run, row, tries=1)
            settle(run, production)
            return bool(rows)

    def start_over(self, assignment: Assignment) -> bool:
        """Take the episode back to its plan, because a product is gone."""
        with self._database.write() as run:
            production = lock_production(run, assignment.production)
            which = _episode_of(run, assignment)
            if which is None:
                return _release(run, assignment, state=StageState.DUE.value, due_at=Now())
            episode = lock_episode(run, which)
            if episode.restarts >= MOST_TRIES:
                gone = message("What was made for this work is lost from the shelf again and again; check the disk.")
                return _put_aside(run, assignment, _kept(gone, ""))
            if not _release(run, assignment, state=StageState.CANCELLED.value):
                return False
            cancel_open(run, stages.c.episode == episode.id)
            cancel_open(run, stages.c.production == production.id, CONCLUSION)  # due again when all is presented again
            errands.stop(run, production.id, [episode.number])
            plan = taken_back(load_episode(run, episode.id, episode.state), Planned)
            anew = finishing.planned(episode) | {"restarts": episode.restarts + 1}
            back = update(episodes).where(episodes.c.id == episode.id).values(anew).returning(episodes)
            row = run.execute(back).one()
            mine = episode_values.c.episode == episode.id
            run.execute(update(episode_values).where(mine).values(value=packed(plan).value))
            lay(run, production, row)
            settle(run, production.id)  # what of it was put aside is so no more
            return True


def _episode_of(run: Connection, assignment: Assignment) -> int | None:
    """Return the row of the episode that a stage is about; an errand is about the one of its number."""
    if assignment.publication is None:
        return assignment.episode
    mine = (episodes.c.production == assignment.production, episodes.c.number == assignment.number)
    return int(run.execute(select(episodes.c.id).where(*mine)).scalar_one())


def _release(run: Connection, assignment: Assignment, **what: Any) -> bool:
    freed = update(stages).where(held_by(assignment)).values({**FENCED, **what})
    return run.execute(freed).rowcount == 1


def _wait(run: Connection, assignment: Assignment, after: timedelta, **what: Any) -> bool:
    later = Now() + after.total_seconds()
    return _release(run, assignment, state=StageState.DUE.value, not_before=later, due_at=later, **what)


def _postpone(run: Connection, assignment: Assignment, after: timedelta | None, kept: dict[str, str]) -> bool:
    if after is not None:
        return _wait(run, assignment, after, **kept)
    tries = run.execute(select(stages.c.tries).where(stages.c.id == assignment.stage)).scalar_one() + 1
    if tries >= MOST_TRIES:
        return _put_aside(run, assignment, kept)
    return _wait(run, assignment, wait_after(tries), tries=tries, **kept)


def _go_round(run: Connection, production: Row[Any], assignment: Assignment) -> None:
    """Make due what need not wait for an errand that failed: viewers see a video without its thumbnail."""
    if assignment.publication is not None:
        mine = select(publications).where(publications.c.id == assignment.publication)
        errands.lay(run, production, run.execute(mine).one())


def _put_aside(run: Connection, assignment: Assignment, kept: dict[str, str]) -> bool:
    aside = {"state": StageState.QUARANTINED.value, "tries": stages.c.tries + 1, "finished_at": Now()}
    done = _release(run, assignment, **aside, **kept)
    if done:
        settle(run, assignment.production)
    return done


def _kept(said: Message, lines: str) -> dict[str, str]:
    return {"said": kept_message(said), "lines": kept_text(lines)}
