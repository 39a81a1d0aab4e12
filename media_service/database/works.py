"""The Works door: what was accepted, and what people want of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from media_service.database import accepting, errands, status
from media_service.database.audit import tell
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.keeping import load_episode
from media_service.database.laying import AFRESH, FENCED, cancel_open, lay, lay_conclusion, lock_episodes
from media_service.database.standing import settle
from media_service.database.status import find
from media_service.database.tables import episodes, productions, stages
from media_service.domain.episode import Planned
from media_service.domain.service import Accepted, Submission, Will, WorkStatus
from media_service.domain.stage import OPEN, StageState
from media_service.errors import refused
from media_service.messages import message

_VERBS = {Will.GO: "resumed", Will.PAUSED: "paused", Will.CANCELLED: "cancelled"}


class StoredWorks:
    """What was accepted, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, submission: Submission) -> Accepted:
        """Take a production in, or what has changed of it since."""
        plans = accepting.plans(submission)
        with self._database.write() as run:
            return accepting.accept(self._database, run, submission, plans)

    def status(self, slug: str | None = None, *, limit: int = 50) -> tuple[WorkStatus, ...]:
        """Return where productions stand."""
        with self._database.read() as run:
            return status.read(run, slug, limit)

    def of(self, submitter: str, *, limit: int = 100) -> tuple[WorkStatus, ...]:
        """Return where somebody's newest productions stand, the newest first."""
        with self._database.read() as run:
            return status.read_of(run, submitter, limit)

    def submitter(self, slug: str) -> str:
        """Return who handed a production in; empty for one that is not there."""
        with self._database.read() as run:
            row = run.execute(select(productions.c.submitter).where(productions.c.slug == slug)).first()
        return str(row.submitter) if row else ""

    def episode(self, slug: str, number: int) -> Planned:
        """Return an episode as it is now; raises InputError where there is none of that number."""
        mine = (productions.c.slug == slug, episodes.c.number == number, ~episodes.c.withdrawn)
        with self._database.read() as run:
            row = run.execute(select(episodes.c.id, episodes.c.state).join(productions).where(*mine)).first()
            if row is None:
                said = message("“{slug}” has no episode {number}; go back to the work.", slug=slug, number=number)
                raise refused(slug, said)
            return load_episode(run, row.id, row.state)

    def want(self, slug: str, will: Will, who: str) -> int:
        """Pause, resume or cancel a production."""
        with self._database.write() as run:
            production = find(run, slug, lock=True)
            lock_episodes(run, production.id)
            before, of = production.will, stages.c.production == production.id
            run.execute(update(productions).where(productions.c.id == production.id).values(will=will.value))
            touched = cancel_open(run, of) if will == Will.CANCELLED else _hold(run, production, will)
            if before == Will.CANCELLED and will != Will.CANCELLED:
                touched += revive(run, production.id)
            settle(run, production.id)
            tell(run, _VERBS[will], who, slug, stages=touched)
            return touched

    def retry(self, slug: str, who: str) -> int:
        """Make what is quarantined, or waits after a failure, due at once."""
        with self._database.write() as run:
            production = find(run, slug, lock=True)
            run.execute(update(episodes).where(episodes.c.production == production.id).values(restarts=0))
            waits = (stages.c.state == StageState.DUE.value) & (stages.c.not_before > 0)
            put_aside = stages.c.state == StageState.QUARANTINED.value
            again = {**AFRESH, **FENCED, "due_at": Now()}
            touched = run.execute(
                update(stages).where(stages.c.production == production.id, waits | put_aside).values(again)
            ).rowcount
            settle(run, production.id)
            tell(run, "retried", who, slug, stages=touched)
            return touched


def revive(run: Connection, production: int) -> int:
    """Give a production that is wanted again the stages that were cancelled; returns how many episodes that were."""
    row = run.execute(select(productions).where(productions.c.id == production)).one()
    laid = [lay(run, row, episode) for episode in lock_episodes(run, production)]
    made = len([queues for queues in (*laid, lay_conclusion(run, row)) if queues])
    return made + errands.lay_all(run, row)


def _hold(run: Connection, production: Row[Any], will: Will) -> int:
    """Hold what is not begun, or let it go on; what the queue was told of is forgotten by a new attempt."""
    held = will == Will.PAUSED
    mine = (stages.c.production == production.id, stages.c.state.in_(OPEN), stages.c.held != held)
    if held:
        rung = (stages.c.production == production.id, stages.c.state == StageState.RUNG.value)
        run.execute(update(stages).where(*rung).values(state=StageState.DUE.value, **FENCED))
    return run.execute(update(stages).where(*mine).values(held=held)).rowcount
