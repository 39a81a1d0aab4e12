"""The Turns door: one line for each engine that asks to be spared, across all machines."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, select

from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.tables import turns


class StoredTurns:
    """Whose turn it is, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, interval: timedelta) -> timedelta:
        """Reserve the next turn of that name; returns how long to wait for it."""
        length = interval.total_seconds()
        new = self._database.insert(turns).values(name=name, next_at=Now() + length)
        later = case((turns.c.next_at > Now(), turns.c.next_at), else_=Now()) + length
        reserved = new.on_conflict_do_update(index_elements=["name"], set_={"next_at": later})
        with self._database.write() as run:
            mine, now = run.execute(reserved.returning(turns.c.next_at - length, Now())).one()
        return timedelta(seconds=max(0.0, mine - now))

    def moment(self) -> datetime:
        """Return the database's time."""
        with self._database.read() as run:
            return moment(run.execute(select(Now())).scalar_one())
