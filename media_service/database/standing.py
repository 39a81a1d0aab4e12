"""Where a production stands as a whole: worked out anew after each change that may move it, and kept in its row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from media_service.database.tables import episodes, productions, stages
from media_service.domain.service import Standing, Verdict, Will
from media_service.domain.stage import StageState

AT_REST = {Standing.CANCELLED, Standing.REVIEW, Standing.SENT_BACK, Standing.APPROVED}
"""Nothing happens any more until a person acts."""
_WILLS = {Will.CANCELLED.value: Standing.CANCELLED, Will.PAUSED.value: Standing.PAUSED}


def settle(run: Connection, production: int) -> None:
    """Bring the standing of a production, whose row the caller has locked, up to date."""
    row = run.execute(select(productions.c.will, productions.c.concluded).where(productions.c.id == production)).one()
    standing = _WILLS.get(row.will) or _of_work(run, production, concluded=row.concluded)
    values = {"standing": standing.value, "resting": standing in AT_REST}
    run.execute(update(productions).where(productions.c.id == production).values(values))


def _of_work(run: Connection, production: int, *, concluded: bool) -> Standing:
    stuck = select(stages.c.id).where(stages.c.production == production, stages.c.state == StageState.QUARANTINED.value)
    if run.execute(stuck.limit(1)).first():
        return Standing.STUCK
    if not concluded:
        return Standing.WORKING
    return _of_review(run, production)


def _of_review(run: Connection, production: int) -> Standing:
    of: tuple[Any, ...] = (episodes.c.production == production, ~episodes.c.withdrawn)
    verdicts = set(run.execute(select(episodes.c.verdict).where(*of).distinct()).scalars())
    if Verdict.SENT_BACK.value in verdicts:
        return Standing.SENT_BACK
    return Standing.APPROVED if verdicts == {Verdict.APPROVED.value} else Standing.REVIEW
