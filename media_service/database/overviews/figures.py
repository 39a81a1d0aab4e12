"""The Figures door: what was gained, summed by playlist and month or day, from sums kept as figures come in."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from media_service.database.connection import Database
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.publishing_tables import playlists, publications, samples, tallies
from media_service.database.tables import productions
from media_service.domain.publication import UploadState
from media_service.overviews import PlaylistFigures, Tally, VideoFigures

_GAINED = (func.sum(tallies.c.views).label("views"), func.sum(tallies.c.likes).label("likes"))


class StoredFigures:
    """How often the library's videos are seen, in the database."""

    def __init__(self, database: Database, outlet: Outlet = NOWHERE) -> None:
        self._database = database
        self._channel = outlet.channel

    def months(self, first: date, last: date) -> tuple[Tally, ...]:
        """Return what each playlist gained in each month."""
        month = func.substr(tallies.c.day, 1, 7).label("period")
        sums = select(tallies.c.playlist, month, *_GAINED).where(*self._days(first, last))
        with self._database.read() as run:
            rows = run.execute(sums.group_by(tallies.c.playlist, month).order_by(month, tallies.c.playlist))
            return tuple(Tally(row.playlist, row.period, int(row.views), int(row.likes)) for row in rows)

    def days(self, first: date, last: date) -> tuple[Tally, ...]:
        """Return what all playlists together gained on each day."""
        sums = select(tallies.c.day, *_GAINED).where(*self._days(first, last))
        with self._database.read() as run:
            rows = run.execute(sums.group_by(tallies.c.day).order_by(tallies.c.day))
            return tuple(Tally("", row.day, int(row.views), int(row.likes)) for row in rows)

    def playlists(self) -> tuple[PlaylistFigures, ...]:
        """Return the playlists with what they gained so far, the most seen first."""
        sums = select(tallies.c.playlist, *_GAINED).where(tallies.c.channel == self._channel)
        with self._database.read() as run:
            gained = {row.playlist: row for row in run.execute(sums.group_by(tallies.c.playlist))}
            ids = {row.title: row.playlist for row in run.execute(self._of(playlists))}
            counts = self._counts(run)
        found = [_figures(title, ids.get(title, ""), counts[title], gained.get(title)) for title in counts]
        return tuple(sorted(found, key=lambda one: (-one.views, one.title)))

    def videos(self, playlist: str) -> tuple[VideoFigures, ...]:
        """Return the videos of a playlist, the most seen first."""
        of = samples.alias()
        last = select(func.max(of.c.day)).where(of.c.publication == publications.c.id).scalar_subquery()
        newest = (samples.c.publication == publications.c.id) & (samples.c.day == last)
        joined = publications.join(productions).outerjoin(samples, newest)
        columns = select(publications, productions.c.slug, samples.c.views, samples.c.likes).select_from(joined)
        mine = columns.where(*self._arrived(), publications.c.playlist == playlist.replace("\0", ""))
        with self._database.read() as run:
            rows = run.execute(mine.order_by(publications.c.production, publications.c.number)).all()
        found = [VideoFigures(row.slug, row.number, row.title, row.video, row.views, row.likes) for row in rows]
        return tuple(sorted(found, key=lambda one: -(one.views or 0)))

    def _days(self, first: date, last: date) -> tuple[Any, ...]:
        return (tallies.c.channel == self._channel, tallies.c.day.between(first.isoformat(), last.isoformat()))

    def _of(self, table: Any) -> Any:
        return select(table).where(table.c.channel == self._channel)

    def _arrived(self) -> tuple[Any, ...]:
        return (publications.c.channel == self._channel, publications.c.state == UploadState.ARRIVED.value)

    def _counts(self, run: Connection) -> dict[str, int]:
        counts = select(publications.c.playlist, func.count().label("videos")).where(*self._arrived())
        return {row.playlist: row.videos for row in run.execute(counts.group_by(publications.c.playlist))}


def _figures(title: str, playlist: str, videos: int, gained: Any) -> PlaylistFigures:
    views, likes = (gained.views, gained.likes) if gained is not None else (0, 0)
    return PlaylistFigures(title, playlist, videos, int(views), int(likes))
