"""What people were shown and is gone from sight, put there again: after a restore nothing lies under output/ yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from media_service.database.keeping import load_episode, packed, state_of, taken_back
from media_service.database.laying import CONCLUSION, cancel_open, lay, lock_production
from media_service.database.standing import settle
from media_service.database.tables import episode_values, episodes, productions, stages
from media_service.domain.episode import Inspected, Presented
from media_service.domain.stage import StageState

_PRESENTED = state_of(Presented)
_INSPECTED = state_of(Inspected)
_STEP = "present"


def show_again(run: Connection) -> None:
    """Make due again what shows every finished episode; what was decided of its content holds when it is shown."""
    finished = select(episodes).where(episodes.c.state == _PRESENTED, ~episodes.c.withdrawn).order_by(episodes.c.id)
    for row in run.execute(finished).all():
        _take_back(run, row)


def _take_back(run: Connection, row: Row[Any]) -> None:
    show_as(run, row, taken_back(load_episode(run, row.id, row.state), Inspected))


def show_as(run: Connection, row: Row[Any], value: Inspected) -> None:
    """Make due again what shows a finished episode, as that value says it is now."""
    run.execute(update(episode_values).where(episode_values.c.episode == row.id).values(value=packed(value).value))
    shown = (stages.c.episode == row.id, stages.c.revision == row.revision, stages.c.step == _STEP)
    run.execute(update(stages).where(*shown).values(state=StageState.CANCELLED.value))
    again = {"state": _INSPECTED, "step": _STEP, "pieces": 0, "verdict": None, "presented_at": None}
    back = run.execute(update(episodes).where(episodes.c.id == row.id).values(again).returning(episodes)).one()
    mine = productions.c.id == row.production
    run.execute(update(productions).where(mine).values(concluded=False))
    cancel_open(run, stages.c.production == row.production, CONCLUSION)  # whoever is at it knows what was shown before
    lay(run, lock_production(run, row.production), back)
    settle(run, row.production)
