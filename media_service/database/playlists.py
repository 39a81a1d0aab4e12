"""The PlaylistBook door: our playlists by title, which videos belong into each, and who may change one now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.publishing_tables import locks, playlists, publications
from media_service.database.tables import productions
from media_service.domain.placing import Placed, wished
from media_service.ledgers import KeptPlaylist


class StoredPlaylists:
    """Our playlists, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, title: str, channel: str) -> KeptPlaylist:
        """Return what we know of the playlist; its id is empty where it was not made yet."""
        made = select(playlists.c.playlist).where(playlists.c.channel == channel, playlists.c.title == title)
        arrived = (publications.c.channel == channel, publications.c.playlist == title, publications.c.video != "")
        columns = select(publications, productions.c.slug).join(productions).where(*arrived)
        with self._database.read() as run:
            known = run.execute(made).scalar() or ""
            rows = run.execute(columns.order_by(publications.c.id)).all()
        stay = [row for row in rows if row.retired_at is None]
        placed = [Placed(row.slug, row.number, row.video, row.since or 0.0) for row in stay]
        there = {row.video for row in stay}
        gone = tuple(row.video for row in rows if row.video not in there)
        return KeptPlaylist(known, wished(placed), gone)

    def made(self, title: str, channel: str, playlist: str) -> None:
        """Keep the id of a playlist."""
        new = self._database.insert(playlists).values(channel=channel, title=title, playlist=playlist)
        with self._database.write() as run:
            run.execute(new.on_conflict_do_update(index_elements=["channel", "title"], set_={"playlist": playlist}))

    def hold(self, name: str, owner: str, lease: timedelta) -> bool:
        """Take the lock on a playlist for some time, or lengthen it; False where somebody else has it."""
        until = Now() + lease.total_seconds()
        new = self._database.insert(locks).values(name=name, owner=owner, held_until=until)
        free: Any = or_(locks.c.owner == owner, locks.c.held_until < Now())
        taken = new.on_conflict_do_update(
            index_elements=["name"], set_={"owner": owner, "held_until": until}, where=free
        )
        with self._database.write() as run:
            return run.execute(taken.returning(locks.c.name)).first() is not None

    def release(self, name: str, owner: str) -> None:
        """Give the lock back."""
        with self._database.write() as run:
            run.execute(delete(locks).where(locks.c.name == name, locks.c.owner == owner))
