"""The UploadDesk door: what is still to come on the channel, what is shown there, and the order in which it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, or_, select, update

from media_service.database import errands
from media_service.database.audit import tell
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.overviews.paging import beyond, marked, page
from media_service.database.publication_rows import IN_ORDER, selected, statuses
from media_service.database.publishing_tables import publications
from media_service.database.tables import stages
from media_service.domain.publication import Errand, UploadState
from media_service.domain.stage import OPEN, Queue, StageState
from media_service.errors import InputError, refused
from media_service.ledgers import PublicationStatus
from media_service.messages import message
from media_service.overviews import MOST, Page


class StoredUploadDesk:
    """What goes to the channel, in the database."""

    def __init__(self, database: Database, outlet: Outlet = NOWHERE) -> None:
        self._database = database
        self._channel = outlet.channel

    def coming(self, most: int = 200) -> tuple[PublicationStatus, ...]:
        """Return what is still to be done or waits for a person, in the order in which it goes."""
        with self._database.read() as run:
            return statuses(run, run.execute(self._coming().limit(most)).all())

    def between(self, start: datetime, end: datetime) -> tuple[PublicationStatus, ...]:
        """Return what was or will be shown first at a time set in that span."""
        times = publications.c.airs_at.between(start.timestamp(), end.timestamp())
        mine = (publications.c.channel == self._channel, times, *_WANTED)
        with self._database.read() as run:
            return statuses(run, run.execute(selected(*mine).order_by(publications.c.airs_at)).all())

    def shown(self, after: str = "", most: int = MOST) -> Page[PublicationStatus]:
        """Return the videos that are on the channel, the newest first."""
        of = [publications.c.channel == self._channel, publications.c.state == UploadState.ARRIVED.value]
        if after:
            of.append(beyond(publications.c.approved_at, publications.c.id, after, newest_first=True))
        newest = (publications.c.approved_at.desc(), publications.c.id.desc())
        with self._database.read() as run:
            rows = run.execute(selected(*of).order_by(*newest).limit(most + 1)).all()
            told = {one.publication.id: one for one in statuses(run, rows[:most])}
        return page(rows, most, lambda row: told[row.id], lambda row: marked(row.approved_at, row.id))

    def reorder(self, seen: Sequence[int], wanted: Sequence[int], who: str) -> None:
        """Have publications go in another order: they take each other's turns."""
        if sorted(seen) != sorted(wanted):
            raise _moved()
        with self._database.write() as run:
            rows = run.execute(self._coming().limit(len(seen))).all()
            if [row.id for row in rows] != list(seen):
                raise _moved()
            _take_turns(run, rows, wanted)
            tell(run, "reordered", who, "", 0, order=", ".join(_name(rows, id_) for id_ in wanted[:20]))

    def _coming(self) -> Any:
        mine = (publications.c.channel == self._channel, publications.c.id.in_(_unfinished()), *_WANTED)
        return selected(*mine).order_by(*IN_ORDER)


_WANTED = (publications.c.retired_at.is_(None), exists().where(*errands.CURRENT))


def _unfinished() -> Any:
    """Select by their ids what is laid and not done, what airs later, and what only a person can lead on."""
    queue = (stages.c.queue == Queue.PUBLISH.value, stages.c.state.in_([*OPEN, StageState.QUARANTINED]))
    laid = select(stages.c.publication).where(*queue, stages.c.publication.is_not(None))
    seen = or_(stages.c.step != Errand.CAPTION.value, stages.c.state == StageState.QUARANTINED.value)
    doubtful = or_(
        publications.c.airs_at > Now(), publications.c.state == UploadState.UNDECIDED.value, publications.c.reason != ""
    )
    return laid.where(seen).union(select(publications.c.id).where(doubtful))


def _take_turns(run: Connection, rows: Sequence[Any], wanted: Sequence[int]) -> None:
    before = 0.0
    for row, id_ in zip(rows, wanted, strict=True):
        before = max(_turn(row), before + 0.001)  # two that were approved at once go one after the other from now on
        run.execute(update(publications).where(publications.c.id == id_).values(turn=before))


def _turn(row: Any) -> float:
    return float(next(one for one in (row.turn, row.airs_at, row.approved_at) if one is not None))


def _name(rows: Sequence[Any], id_: int) -> str:
    row = next(row for row in rows if row.id == id_)
    return f"{row.slug} {row.number:02d}"


def _moved() -> InputError:
    said = message("The order has changed meanwhile; look at it as it is now, and move it again.")
    return refused("", said)
