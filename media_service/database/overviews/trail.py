"""The Trail door: lines of the audit log, the newest first."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from media_service.database.clock import moment
from media_service.database.connection import Database
from media_service.database.overviews.paging import numbered, page, plain
from media_service.database.tables import audit
from media_service.domain.service import Event
from media_service.overviews import Page, TrailWish


class StoredTrail:
    """The audit log, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wish: TrailWish) -> Page[Event]:
        """Return lines, the newest first."""
        lines = select(audit).where(*_wished(wish)).order_by(audit.c.id.desc()).limit(wish.most + 1)
        with self._database.read() as run:
            rows = run.execute(lines).all()
        return page(rows, wish.most, _event, lambda row: str(row.id))

    def verbs(self) -> tuple[str, ...]:
        """Return every verb that there is a line of, by jumping from one to the next in the index."""
        found: list[str] = []
        with self._database.read() as run:
            while verb := run.execute(_next(found)).scalar():
                found.append(verb)
        return tuple(found)


def _next(found: list[str]) -> Any:
    verbs = select(audit.c.what).order_by(audit.c.what).limit(1)
    return verbs.where(audit.c.what > found[-1]) if found else verbs


def _wished(wish: TrailWish) -> list[Any]:
    equal = {audit.c.who: wish.who, audit.c.what: wish.what, audit.c.slug: wish.slug}
    of: list[Any] = [column == plain(value) for column, value in equal.items() if value]
    if wish.since:
        of.append(audit.c.at >= wish.since.timestamp())
    if wish.until:
        of.append(audit.c.at < wish.until.timestamp())
    if wish.after:
        of.append(audit.c.id < numbered(wish.after))
    return of


def _event(row: Any) -> Event:
    return Event(moment(row.at), row.who, row.what, row.slug, row.number, json.loads(row.details))
