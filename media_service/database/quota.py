"""The Quota door: a ledger per Pacific day, entered before a call is made, so that no two workers overdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from media_service.database import errands
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.publication_rows import IN_ORDER
from media_service.database.publishing_tables import playlists, publications, quota
from media_service.database.tables import episodes, productions, stages
from media_service.domain.publication import AFTER, Errand, UploadState
from media_service.domain.quota import Bucket, Spent, Waiting, cost, day_of, next_day
from media_service.domain.service import Will
from media_service.domain.stage import StageState
from media_service.errors import QuotaSpentError
from media_service.messages import message

_PAID = {UploadState.OPEN.value, UploadState.ARRIVED.value}
_OVER = {StageState.DONE.value, StageState.QUARANTINED.value}


class StoredQuota:
    """What was asked of the channel, in the database."""

    def __init__(self, database: Database, outlet: Outlet = NOWHERE) -> None:
        self._database = database
        self._channel = outlet.channel
        self._limits = {Bucket.UPLOADS: outlet.limits.uploads, Bucket.UNITS: outlet.limits.units}

    def take(self, method: str) -> None:
        """Enter a call in today's ledger; raises QuotaSpentError, entering nothing, where it would go over a limit."""
        price = cost(method)
        limit = self._limits[price.bucket]
        with self._database.write() as run:
            now = _now(run)
            if price.amount <= limit and self._enter(run, day_of(now), price.bucket, price.amount, limit):
                return
        raise _spent(price.bucket, next_day(now) - now)

    def _enter(self, run: Connection, day: str, bucket: Bucket, amount: int, limit: int) -> bool:
        """Add to what is spent unless that would go over the limit: one statement, whoever else adds meanwhile."""
        new = self._database.insert(quota).values(
            channel=self._channel, day=day, bucket=bucket.value, spent=amount, emptied=False
        )
        entered = new.on_conflict_do_update(
            index_elements=["channel", "day", "bucket"],
            set_={"spent": quota.c.spent + amount},
            where=(quota.c.spent + amount <= limit) & ~quota.c.emptied,
        )
        return run.execute(entered.returning(quota.c.spent)).first() is not None

    def emptied(self, bucket: Bucket) -> None:
        """Note that the channel itself says that a bucket is empty until its next day."""
        with self._database.write() as run:
            new = self._database.insert(quota).values(
                channel=self._channel, day=day_of(_now(run)), bucket=bucket.value, spent=0, emptied=True
            )
            run.execute(new.on_conflict_do_update(index_elements=["channel", "day", "bucket"], set_={"emptied": True}))

    def spent(self) -> Spent:
        """Return what today's ledger holds."""
        with self._database.read() as run:
            day = day_of(_now(run))
            mine = select(quota).where(quota.c.channel == self._channel, quota.c.day == day)
            rows = {row.bucket: row for row in run.execute(mine)}
            return Spent(
                day,
                uploads=_amount(rows, Bucket.UPLOADS),
                units=_amount(rows, Bucket.UNITS),
                emptied=frozenset(bucket for bucket in Bucket if bucket in rows and rows[bucket].emptied),
            )

    def waiting(self) -> tuple[Waiting, ...]:
        """Return every errand that is still to be done, in the order of their publications."""
        with self._database.read() as run:
            rows = run.execute(_wanted(self._channel)).all()
            laid = _laid(run, self._channel)
            entries = _entries(run, self._channel)
        return tuple(
            one
            for row in rows
            for errand in Errand
            if (one := _waiting(row, errand, laid.get(row.id, {}), entries)) is not None
        )


_DONE = stages.alias()
_UNFINISHED = (
    select(func.count())
    .where(_DONE.c.publication == publications.c.id, _DONE.c.state == StageState.DONE.value)
    .correlate(publications)
    .scalar_subquery()
) < len(Errand)
"""Of a publication something is left to do: after some years of hardly any. Counted by each one's own entries in an
index, five times as fast as by going through all that was ever done."""


def _wanted(channel: str) -> Any:
    """Select the publications that somebody still wants something done for, in the order in which they are due."""
    wanted = (
        publications.c.channel == channel,
        publications.c.retired_at.is_(None),
        publications.c.state != UploadState.UNDECIDED.value,
        ~publications.c.held,
        productions.c.will == Will.GO.value,
        _UNFINISHED,
        *errands.CURRENT,
    )
    joined = publications.join(productions).join(episodes, errands.CURRENT[0] & errands.CURRENT[1])
    columns = (
        select(publications.c.id, publications.c.playlist, publications.c.state).select_from(joined).where(*wanted)
    )
    return columns.order_by(*IN_ORDER)


def _laid(run: Connection, channel: str) -> dict[int, dict[str, Any]]:
    """Return what was laid, by publication and errand."""
    mine = publications.c.id == stages.c.publication
    columns = select(stages.c.publication, stages.c.step, stages.c.state, stages.c.not_before)
    columns = columns.add_columns(stages.c.parked, stages.c.said).join(publications, mine)
    found: dict[int, dict[str, Any]] = {}
    for row in run.execute(columns.where(publications.c.channel == channel, _UNFINISHED)):
        found.setdefault(row.publication, {})[row.step] = row
    return found


def _entries(run: Connection, channel: str) -> Mapping[str, int]:
    """Return how many videos of ours were put into each playlist; those that are not made are not there."""
    ours = (publications.c.channel == playlists.c.channel) & (publications.c.playlist == playlists.c.title)
    placed = (stages.c.publication == publications.c.id) & (stages.c.step == Errand.PLACE.value)
    done = placed & (stages.c.state == StageState.DONE.value)
    joined = playlists.outerjoin(publications, ours).outerjoin(stages, done)
    counts = select(playlists.c.title, func.count(stages.c.id).label("videos")).select_from(joined)
    rows = run.execute(counts.where(playlists.c.channel == channel).group_by(playlists.c.title))
    return {row.title: row.videos for row in rows}


def _waiting(row: Any, errand: Errand, laid: Mapping[str, Any], entries: Mapping[str, int]) -> Waiting | None:
    sending = laid.get(Errand.PUBLISH)
    if sending is not None and sending.state == StageState.QUARANTINED:
        return None
    if any(one in laid and laid[one].state == StageState.QUARANTINED for one in _firm(errand)):
        return None
    mine = laid.get(errand)
    if mine is not None and mine.state in _OVER:
        return None
    later = mine is not None and mine.not_before > 0 and not mine.parked
    return Waiting(
        publication=row.id,
        errand=errand,
        not_before=moment(mine.not_before) if mine is not None and later else None,
        playlist=row.playlist,
        entries=entries.get(row.playlist) if row.playlist else 0,
        tried=mine is not None and errands.failed(mine),
        paid=errand is Errand.PUBLISH and row.state in _PAID,
    )


def _firm(errand: Errand) -> list[Errand]:
    """Return what an errand waits for until it is done; a thumbnail only has to be tried."""
    return [before for before in AFTER[errand] if before is not Errand.THUMBNAIL]


def _now(run: Connection) -> datetime:
    return moment(run.execute(select(Now())).scalar_one())


def _amount(rows: Mapping[str, Any], bucket: Bucket) -> int:
    return int(rows[bucket].spent) if bucket in rows else 0


def _spent(bucket: Bucket, after: timedelta) -> QuotaSpentError:
    said = {
        Bucket.UPLOADS: message(
            "Today's uploads to the channel are used up; the rest goes on when its next day begins."
        ),
        Bucket.UNITS: message("Today's quota of the channel is used up; the rest goes on when its next day begins."),
    }
    return QuotaSpentError(said[bucket], after)
