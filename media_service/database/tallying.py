"""Figures as they come in: a sample a day for each video, and what its playlist has gained by it, summed at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, select

from media_service.channels import VideoSeen
from media_service.database.connection import Database
from media_service.database.publishing_tables import publications, samples, tallies


def note(database: Database, run: Connection, publication: int, day: str, seen: VideoSeen) -> None:
    """Keep how often a publication's video was seen until that day, in place of what was heard earlier on it."""
    _gain(database, run, publication, day, seen)
    counts = {"views": seen.views, "likes": seen.likes}
    new = database.insert(samples).values(publication=publication, day=day, **counts)
    run.execute(new.on_conflict_do_update(index_elements=["publication", "day"], set_=counts))


def _gain(database: Database, run: Connection, publication: int, day: str, seen: VideoSeen) -> None:
    """Add to the day of a playlist what this look shows beyond the one before."""
    views = _more(seen.views, _last(run, samples.c.views, publication, day))
    likes = _more(seen.likes, _last(run, samples.c.likes, publication, day))
    row = run.execute(select(publications.c.channel, publications.c.playlist).where(publications.c.id == publication))
    where = row.one()
    new = database.insert(tallies).values(
        channel=where.channel, playlist=where.playlist, day=day, views=views, likes=likes
    )
    added = {"views": tallies.c.views + views, "likes": tallies.c.likes + likes}
    run.execute(new.on_conflict_do_update(index_elements=["channel", "playlist", "day"], set_=added))


def _last(run: Connection, column: Column[Any], publication: int, day: str) -> int:
    """Return a figure as it was last heard; 0 where it never was."""
    heard = select(column).where(samples.c.publication == publication, samples.c.day <= day, column.is_not(None))
    return run.execute(heard.order_by(samples.c.day.desc()).limit(1)).scalar() or 0


def _more(now: int | None, before: int) -> int:
    """Return what was gained; nothing where the channel does not say, for then it says it again another day."""
    return 0 if now is None else now - before
