"""Rows of publications as values of the domain and back, and how each stands for people, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from media_service.database.clock import moment
from media_service.database.errands import CURRENT
from media_service.database.keeping import load_message
from media_service.database.publishing_tables import publications, samples
from media_service.database.tables import episodes, productions, stages
from media_service.domain.publication import (
    Airing,
    Errand,
    Publication,
    Upload,
    UploadState,
    VideoFile,
    Visibility,
)
from media_service.domain.stage import StageState
from media_service.ledgers import ErrandStatus, PublicationStatus

IN_ORDER = (
    func.coalesce(publications.c.turn, publications.c.airs_at, publications.c.approved_at),
    publications.c.production,
    publications.c.number,
    publications.c.id,
)
"""The order in which publications go: where a person has put them, else by the time they are shown or were approved."""


def selected(*of: Any) -> Any:
    """Select publications as `publication` takes them, with the slug and the will of their production."""
    return select(publications, productions.c.slug, productions.c.will).join(productions).where(*of)


def publication(row: Row[Any], finished: frozenset[Errand], kept: Upload) -> Publication:
    """Return a publication from its row (with its production's slug)."""
    return Publication(
        id=row.id,
        slug=row.slug,
        number=row.number,
        content=row.content,
        channel=row.channel,
        marker=row.marker,
        airing=Airing(Visibility(row.visibility), _moment(row.airs_at)),
        upload=kept,
        done=finished,
        approved_by=row.approved_by,
        waiver=row.waiver,
    )


def upload(row: Row[Any], session: str) -> Upload:
    """Return what is known of an upload; `session` is its address in the clear."""
    return Upload(
        state=UploadState(row.state),
        file=VideoFile(row.file_name, row.file_size, row.file_sha256) if row.file_name else None,
        session=session,
        sent=row.sent,
        begun_at=_moment(row.begun_at),
        video=row.video,
        since=_moment(row.since),
    )


def kept_upload(known: Upload, sealed: str) -> Mapping[str, Any]:
    """Return what a publication's row says of an upload; `sealed` is its session's address as it is stored."""
    file = known.file or VideoFile("", 0, "")
    return {
        "state": known.state.value,
        "since": _seconds(known.since),
        "file_name": file.name,
        "file_size": file.size,
        "file_sha256": file.sha256,
        "session": sealed,
        "sent": known.sent,
        "begun_at": _seconds(known.begun_at),
        "video": known.video,
    }


def done(run: Connection, which: Sequence[int]) -> Mapping[int, frozenset[Errand]]:
    """Return the errands done for each of these publications."""
    finished: defaultdict[int, frozenset[Errand]] = defaultdict(frozenset)
    mine = (stages.c.publication.in_(which), stages.c.state == StageState.DONE.value)
    for row in run.execute(select(stages.c.publication, stages.c.step).where(*mine)):
        finished[row.publication] |= {Errand(row.step)}
    return finished


def statuses(run: Connection, rows: Sequence[Row[Any]]) -> tuple[PublicationStatus, ...]:
    """Return how publications stand, of rows as `publication` takes them."""
    which = [row.id for row in rows]
    found: defaultdict[int, list[ErrandStatus]] = defaultdict(list)
    for row in run.execute(select(stages).where(stages.c.publication.in_(which)).order_by(stages.c.id)):
        found[row.publication].append(_errand(row))
    joined = publications.join(episodes, CURRENT[0] & CURRENT[1])
    current = set(
        run.execute(
            select(publications.c.id).select_from(joined).where(*CURRENT, publications.c.id.in_(which))
        ).scalars()
    )
    views = _views(run, which)
    return tuple(_status(row, found[row.id], views.get(row.id), current=row.id in current) for row in rows)


def _status(row: Row[Any], parts: Sequence[ErrandStatus], views: int | None, *, current: bool) -> PublicationStatus:
    finished = frozenset(one.errand for one in parts if one.state is StageState.DONE)
    return PublicationStatus(
        publication=publication(row, finished, upload(row, "")),
        title=row.title,
        errands=tuple(parts),
        held=row.held,
        current=current,
        retired=row.retired_at is not None,
        seen_at=_moment(row.seen_at),
        processing=row.processing,
        upload_status=row.upload_status,
        reason=row.reason,
        views=views,
        playlist=row.playlist,
        approved_at=moment(row.approved_at),
    )


def _errand(row: Row[Any]) -> ErrandStatus:
    return ErrandStatus(
        errand=Errand(row.step),
        state=StageState(row.state),
        parked=row.parked,
        again_at=_moment(row.not_before or None),
        said=load_message(row.said) if row.said is not None else None,
        lines=row.lines,
    )


def _views(run: Connection, which: Sequence[int]) -> Mapping[int, int | None]:
    """Return how often each was seen, as last heard."""
    of = samples.alias()
    last = select(func.max(of.c.day)).where(of.c.publication == samples.c.publication).scalar_subquery()
    mine = select(samples).where(samples.c.publication.in_(which), samples.c.day == last)
    return {row.publication: row.views for row in run.execute(mine)}


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _seconds(when: datetime | None) -> float | None:
    return None if when is None else when.astimezone(UTC).timestamp()
