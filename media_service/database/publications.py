"""The Publications door: what is to be seen on the channel, how far that has come, and what people want of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, select, update

from media_service.channels import VideoSeen
from media_service.database import errands, tallying
from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.keeping import load_episode
from media_service.database.laying import held_by
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.publication_rows import IN_ORDER, done, kept_upload, publication, selected, statuses, upload
from media_service.database.publishing_tables import publications
from media_service.database.standing import settle
from media_service.database.status import find
from media_service.database.tables import episodes, productions, stages
from media_service.domain.episode import Presented
from media_service.domain.publication import Airing, Errand, Publication, Upload, UploadState
from media_service.domain.service import Will
from media_service.domain.stage import Assignment, StageState
from media_service.domain.uploading import decided
from media_service.errors import FencedError, InputError, WrongKeyError, refused
from media_service.ledgers import Correction, PublicationStatus
from media_service.messages import message


class StoredPublications:
    """What is to be seen on the channel, in the database."""

    def __init__(self, database: Database, outlet: Outlet = NOWHERE) -> None:
        self._database = database
        self._outlet = outlet

    def of(self, assignment: Assignment) -> Publication:
        """Return the publication that a stage works on."""
        with self._database.read() as run:
            row = run.execute(selected(publications.c.id == assignment.publication)).one()
            return publication(row, done(run, [row.id])[row.id], self._upload(row))

    def find(self, slug: str | None = None, channel: str = "") -> tuple[Publication, ...]:
        """Return publications in the order in which they are due, the addresses of their sessions left out."""
        of = [productions.c.slug == slug] if slug is not None else []
        if channel:
            of.append(publications.c.channel == channel)
        with self._database.read() as run:
            rows = run.execute(selected(*of).order_by(*IN_ORDER)).all()
            finished = done(run, [row.id for row in rows])
            return tuple(publication(row, finished[row.id], upload(row, "")) for row in rows)

    def status(self, slug: str | None = None) -> tuple[PublicationStatus, ...]:
        """Return how the publications on the channel of the settings stand; raises InputError for an unknown slug."""
        of = [publications.c.channel == self._outlet.channel]
        with self._database.read() as run:
            if slug is not None:
                of.append(productions.c.id == find(run, slug).id)
            return statuses(run, run.execute(selected(*of).order_by(*IN_ORDER)).all())

    def keep(self, assignment: Assignment, upload: Upload) -> None:
        """Keep what is now known of the upload; raises FencedError if the stage is not ours any more."""
        kept = kept_upload(upload, self._outlet.seal(upload.session))
        mine = publications.c.id == assignment.publication
        with self._database.write() as run:
            run.execute(select(publications.c.id).where(mine).with_for_update())
            if run.execute(select(stages.c.id).where(held_by(assignment)).with_for_update()).first() is None:
                raise FencedError(message("This upload was given to another worker, or is not wanted any more."))
            run.execute(update(publications).where(mine).values(kept))

    def air(self, slug: str, number: int, airing: Airing, who: str) -> None:
        """Set when and to whom an episode is shown; its `reveal` is due again."""
        with self._database.write() as run:
            production, row = self._current(run, slug, number)
            at = airing.at.timestamp() if airing.at else None
            run.execute(_update(row).values(visibility=airing.visibility.value, airs_at=at, turn=None))
            _again(run, production, row, Errand.REVEAL)
            tell(run, "aired", who, slug, number, visibility=airing.visibility, at=airing.at or "")

    def settle(self, slug: str, number: int, video: str, who: str) -> None:
        """Record a person's decision on an undecided upload."""
        with self._database.write() as run:
            production, row = self._current(run, slug, number)
            if row.state != UploadState.UNDECIDED:
                said = message(
                    "Nothing of {slug} {number} is to be settled; see publish show.", slug=slug, number=number
                )
                raise refused(slug, said)
            now = moment(run.execute(select(Now())).scalar_one())
            found = decided(upload(row, ""), video, now)
            run.execute(_update(row).values(kept_upload(found, "")))
            _again(run, production, row, Errand.PUBLISH)
            settle(run, production.id)
            tell(run, "settled", who, slug, number, video=video)

    def hold(self, slug: str, number: int, who: str, *, held: bool) -> None:
        """Have what is still to be done for an episode wait, or go on."""
        with self._database.write() as run:
            production, row = self._current(run, slug, number)
            run.execute(_update(row).values(held=held))
            waits = held or production.will != Will.GO
            mine = (stages.c.publication == row.id, stages.c.state == StageState.DUE.value)
            run.execute(update(stages).where(*mine).values(held=waits, not_before=0.0, due_at=Now()))
            rung = (stages.c.publication == row.id, stages.c.state == StageState.RUNG.value)
            if held:
                run.execute(update(stages).where(*rung).values(errands.afresh(held=True)))
            tell(run, "held" if held else "released", who, slug, number)

    def retire(self, slug: str, number: int, who: str) -> tuple[str, ...]:
        """Take what the current publication of an episode has replaced out of its playlist; returns those videos."""
        with self._database.write() as run:
            production, row = self._current(run, slug, number)
            gone = run.execute(
                update(publications)
                .where(*errands.older(row.channel, production.id, number), publications.c.id != row.id)
                .values(retired_at=Now())
                .returning(publications.c.video)
            )
            videos = tuple(video for video in gone.scalars() if video)
            if videos:
                _again(run, production, row, Errand.PLACE)
                tell(run, "replaced", who, slug, number, videos=", ".join(videos))
            return videos

    def correction(self, slug: str, number: int) -> Correction | None:
        """Return what is to be said of a film that is on the channel already; None where its film is another one."""
        with self._database.read() as run:
            _, row = self._current(run, slug, number, lock=False)
            before = run.execute(_same_film(row)).first()
            if before is None or row.state == UploadState.ARRIVED:
                return None
            episode = run.execute(
                select(episodes).where(episodes.c.production == row.production, episodes.c.number == number)
            ).one()
            value = load_episode(run, episode.id, episode.state)
            mine = run.execute(selected(publications.c.id == row.id)).one()
            if not isinstance(value, Presented) or episode.content != row.content:
                return None
            return Correction(publication(mine, frozenset(), upload(mine, "")), value, before.video)

    def adopt(self, slug: str, number: int, video: str, who: str) -> None:
        """Have an episode's current publication go on with the video of an older one, which was corrected."""
        with self._database.write() as run:
            production, row = self._current(run, slug, number)
            now = run.execute(select(Now())).scalar_one()
            arrived = {"state": UploadState.ARRIVED.value, "since": now, "video": video, "session": "", "held": False}
            run.execute(_update(row).values(arrived))
            run.execute(update(publications).where(*_of_film(row)).values(retired_at=now))
            found = run.execute(select(publications).where(publications.c.id == row.id)).one()
            _again(run, production, found, Errand.PUBLISH)
            tell(run, "corrected", who, slug, number, video=video)

    def seen(self, videos: Sequence[VideoSeen]) -> None:
        """Note how videos of ours are, and how often each was seen until today."""
        day = datetime.now(UTC).date().isoformat()
        with self._database.write() as run:
            for one in videos:
                found = {"processing": one.processing, "upload_status": one.upload_status, "reason": one.reason}
                mine = update(publications).where(publications.c.video == one.video)
                rows = run.execute(mine.values(seen_at=Now(), **found).returning(publications.c.id)).scalars().all()
                for row in rows:
                    tallying.note(self._database, run, row, day, one)

    def _upload(self, row: Row[Any]) -> Upload:
        """Return what is known of an upload; one whose session no key opens any more is to be sought on the channel."""
        try:
            return upload(row, self._outlet.unseal(row.session))
        except WrongKeyError:
            return replace(upload(row, ""), state=UploadState.UNKNOWN)

    def _current(self, run: Connection, slug: str, number: int, *, lock: bool = True) -> tuple[Row[Any], Row[Any]]:
        """Return a production, locked, and the publication of what is approved now, else the newest of its episode.

        Raises InputError where there is none.
        """
        production = find(run, slug, lock=lock)
        mine = errands.older(self._outlet.channel, production.id, number)
        order = (exists().where(*errands.CURRENT).desc(), publications.c.approved_at.desc(), publications.c.id.desc())
        newest = select(publications).where(*mine).order_by(*order)
        row = run.execute(newest.limit(1)).first()
        if row is None:
            raise _unpublished(slug, number)
        return production, row


def _of_film(row: Row[Any]) -> tuple[Any, ...]:
    """Return the conditions of the older publications of an episode that sent the very same film."""
    of = errands.older(row.channel, row.production, row.number)
    return (*of, publications.c.id != row.id, publications.c.film == row.film)


def _same_film(row: Row[Any]) -> Any:
    arrived = publications.c.state == UploadState.ARRIVED.value
    return select(publications).where(*_of_film(row), arrived).order_by(publications.c.id.desc()).limit(1)


def _update(row: Row[Any]) -> Any:
    return update(publications).where(publications.c.id == row.id)


def _again(run: Connection, production: Row[Any], row: Row[Any], errand: Errand) -> None:
    """Make an errand due again if it was laid before; else it is laid in its turn."""
    held = production.will != Will.GO or row.held
    mine = (stages.c.publication == row.id, stages.c.step == errand.value)
    run.execute(update(stages).where(*mine).values(errands.afresh(held=held)))


def _unpublished(slug: str, number: int) -> InputError:
    said = message(
        "Nothing of {slug} {number} is published, or about to be; approve it first, then see publish list.",
        slug=slug,
        number=number,
    )
    return refused(slug, said)
