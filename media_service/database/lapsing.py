"""Stages whose work broke off without a word: made due again before all others, or put aside when it happens too often.

A child that died while its worker lives was probably killed by its own work. A worker that vanished was more likely
killed with its machine or its service, so that this may happen more often before the stage is suspected.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, update

from media_service.database.clock import Now
from media_service.database.keeping import kept_message
from media_service.database.laying import FENCED
from media_service.database.tables import stages
from media_service.domain.stage import MOST_LAPSES, MOST_TRIES, StageState
from media_service.messages import message


def take_back(run: Connection, row: Row[Any], *, tries: int = 0, lapses: int = 0) -> None:
    """Take a stage, whose row is locked, out of its worker's hands, counting so many more of either."""
    tries, lapses = row.tries + tries, row.lapses + lapses
    what: dict[str, Any] = {**FENCED, "tries": tries, "lapses": lapses, "due_at": Now()}
    if tries < MOST_TRIES and lapses < MOST_LAPSES:
        what |= {"state": StageState.DUE.value, "front": True}
    else:
        said = message(
            "This piece of work stopped its worker {count} times; look at its script, then try again.",
            count=max(tries, lapses),
        )
        what |= {"state": StageState.QUARANTINED.value, "said": kept_message(said), "finished_at": Now()}
    run.execute(update(stages).where(stages.c.id == row.id).values(what))
