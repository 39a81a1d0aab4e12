"""The Records door: the audit log, the living workers, and the service in figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select

from media_service.database import status
from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.publishing_tables import consents, publications, quota
from media_service.database.tables import audit, productions, products, speeds, stages
from media_service.database.tables import workers as living
from media_service.domain.quota import Bucket, day_of
from media_service.domain.service import Event, Gauge, Trouble, WorkerSeen
from media_service.domain.stage import StageState


class StoredRecords:
    """What is kept about the service itself, in the database."""

    def __init__(self, database: Database, outlet: Outlet = NOWHERE) -> None:
        self._database = database
        self._outlet = outlet

    def events(self, slug: str | None = None, *, limit: int = 100) -> tuple[Event, ...]:
        """Return the newest lines of the audit log, newest first."""
        lines = select(audit).order_by(audit.c.id.desc()).limit(limit)
        with self._database.read() as run:
            rows = run.execute(lines if slug is None else lines.where(audit.c.slug == slug))
            return tuple(
                Event(moment(row.at), row.who, row.what, row.slug, row.number, json.loads(row.details)) for row in rows
            )

    def note(self, event_what: str, who: str, slug: str = "", details: Mapping[str, str] | None = None) -> None:
        """Add a line to the audit log, which nobody can change."""
        with self._database.write() as run:
            tell(run, event_what, who, slug, 0, **dict(details or {}))

    def gauge(self) -> Gauge:
        """Return the service in figures."""
        with self._database.read() as run:
            return replace(_gauge(run), **_publishing(run, self._outlet))

    def seen(self, workers: Collection[WorkerSeen]) -> None:
        """Note that these workers live; those of the same host that are not among them are forgotten."""
        if not workers:
            return
        rows = [{"name": one.name, "host": one.host, "queue": one.queue} for one in workers]
        new = self._database.insert(living).values(seen_at=Now())
        again = {name: new.excluded[name] for name in ("host", "queue", "seen_at")}
        with self._database.write() as run:
            run.execute(new.on_conflict_do_update(index_elements=["name"], set_=again), sorted(rows, key=str))
            here = living.c.host.in_({one.host for one in workers})
            gone = living.c.name.not_in([one.name for one in workers])
            run.execute(delete(living).where(here, gone))

    def workers(self, within: timedelta) -> tuple[WorkerSeen, ...]:
        """Return the workers seen within that time."""
        alive = living.c.seen_at > Now() - within.total_seconds()
        with self._database.read() as run:
            rows = run.execute(select(living).where(alive).order_by(living.c.name))
            return tuple(WorkerSeen(row.name, row.host, row.queue, moment(row.seen_at)) for row in rows)

    def troubles(self) -> tuple[Trouble, ...]:
        """Return every stage that is quarantined or waits after a failure."""
        with self._database.read() as run:
            return status.troubles(run)


def _gauge(run: Connection) -> Gauge:
    measured = run.execute(select(speeds)).all()
    step_seconds: dict[str, tuple[int, float]] = {}
    for row in measured:
        count, spent = step_seconds.get(row.step, (0, 0.0))
        step_seconds[row.step] = (count + row.stages, spent + row.seconds)
    return Gauge(
        stages=_stages(run, measured),
        queue_age_s=_ages(run),
        step_seconds=step_seconds,
        speech={row.engine: (row.seconds, row.sound_s) for row in measured if row.engine},
        productions=_counted(run, productions.c.standing),
        workers=_counted(run, living.c.queue, living.c.seen_at > Now() - status.ALIVE.total_seconds()),
        shelf_bytes=run.execute(select(func.coalesce(func.sum(products.c.size), 0))).scalar_one(),
    )


def _publishing(run: Connection, outlet: Outlet) -> dict[str, Any]:
    """Return the figures of the channel; none where nothing is published."""
    if not outlet.channel:
        return {}
    now = run.execute(select(Now())).scalar_one()
    today = (quota.c.channel == outlet.channel, quota.c.day == day_of(moment(now)))
    spent = {row.bucket: row.spent for row in run.execute(select(quota).where(*today))}
    limits = {Bucket.UPLOADS: outlet.limits.uploads, Bucket.UNITS: outlet.limits.units}
    consent = run.execute(select(consents.c.lost_at).where(consents.c.channel == outlet.channel)).first()
    return {
        "uploads": _counted(run, publications.c.state, publications.c.channel == outlet.channel),
        "quota": {bucket.value: (spent.get(bucket.value, 0), limit) for bucket, limit in limits.items()},
        "channel_paused": None if consent is None else consent.lost_at is not None,
    }


def _stages(run: Connection, measured: Collection[Any]) -> dict[tuple[str, str], int]:
    """Count stages by step and state; the finished ones, which grow for years, from the sums."""
    unfinished = [state.value for state in StageState if state != StageState.DONE]
    counts = select(stages.c.step, stages.c.state, func.count()).where(stages.c.state.in_(unfinished))
    found = {(step, state): count for step, state, count in run.execute(counts.group_by("step", "state"))}
    done = Counter[str]()
    for row in measured:
        done[row.step] += row.stages
    return found | {(step, StageState.DONE.value): count for step, count in done.items()}


def _ages(run: Connection) -> dict[str, float]:
    ready = (stages.c.state == StageState.DUE.value, ~stages.c.held, stages.c.due_at <= Now())
    oldest = select(stages.c.queue, func.min(stages.c.due_at)).where(*ready).group_by(stages.c.queue)
    now = run.execute(select(Now())).scalar_one()
    return {queue: max(0.0, now - since) for queue, since in run.execute(oldest)}


def _counted(run: Connection, column: Any, *of: Any) -> dict[str, int]:
    counts = select(column.label("name"), func.count().label("number")).where(*of).group_by(column)
    return {row.name: row.number for row in run.execute(counts)}
