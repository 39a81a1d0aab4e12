"""The Reviews door: what people decide of finished episodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from media_service import values
from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.keeping import Showing
from media_service.database.standing import settle
from media_service.database.status import find
from media_service.database.tables import approvals, episodes, notes, productions
from media_service.domain.obstacles import against
from media_service.domain.service import Note, ReviewItem, Verdict
from media_service.errors import Fault, InputError, refused
from media_service.messages import message
from media_service.stores import Decision

_VERBS = {Verdict.APPROVED: "approved", Verdict.SENT_BACK: "sent-back", Verdict.WAITING: "reopened"}


class StoredReviews:
    """What people decide, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, verdict: Verdict | None = Verdict.WAITING) -> tuple[ReviewItem, ...]:
        """Return the episodes of that verdict (None: of any), those that have waited longest first."""
        of = episodes.c.verdict == verdict.value if verdict else episodes.c.verdict.is_not(None)
        with self._database.read() as run:
            return _items(run, of, productions.c.will != "cancelled", order=(episodes.c.presented_at, episodes.c.id))

    def show(self, slug: str, number: int | None = None) -> tuple[ReviewItem, ...]:
        """Return a production's episodes that may be reviewed; raises InputError where there are none."""
        with self._database.read() as run:
            production = find(run, slug)
            of = [episodes.c.production == production.id, episodes.c.verdict.is_not(None)]
            if number is not None:
                of.append(episodes.c.number == number)
            items = _items(run, *of, order=(episodes.c.number,))
        if not items:
            raise _not_finished(slug, number)
        return items

    def decide(self, slug: str, number: int, decision: Decision) -> None:
        """Record a decision about the episode as it is now."""
        with self._database.write() as run:
            production = find(run, slug, lock=True)
            of = (episodes.c.production == production.id, episodes.c.number == number, ~episodes.c.withdrawn)
            row = run.execute(select(episodes).where(*of).with_for_update(key_share=True)).first()
            if row is None or row.verdict is None:
                raise _not_finished(slug, number)
            if decision.verdict == Verdict.APPROVED and not decision.waiver.strip():
                _refuse(_items(run, *of, order=())[0])
            run.execute(update(episodes).where(episodes.c.id == row.id).values(verdict=decision.verdict.value))
            _record(run, row, decision)
            settle(run, production.id)
            said = {"note": decision.note, "waiver": decision.waiver}
            details = {name: text for name, text in said.items() if text}
            tell(run, _VERBS[decision.verdict], decision.who, slug, number, **details)


def _not_finished(slug: str, number: int | None) -> InputError:
    where = f"{slug}/{number:02d}" if number is not None else slug
    said = message("Nothing of {where} can be reviewed yet; wait until it is made.", where=where)
    return refused(where, said)


def _refuse(item: ReviewItem) -> None:
    """Raise InputError where something speaks against approving."""
    faults = [Fault(f"{item.slug}/{item.number:02d}", 0, said) for said in against(item)]
    if faults:
        raise InputError(faults)


def _record(run: Connection, row: Row[Any], decision: Decision) -> None:
    whose = {"production": row.production, "number": row.number, "who": decision.who}
    decided = {"content": row.content, "verdict": decision.verdict.value, "waiver": decision.waiver}
    run.execute(insert(approvals).values(at=Now(), **whose, **decided))
    said = {"text": decision.note or decision.waiver, "at_s": decision.at_s, "verdict": decision.verdict.value}
    run.execute(insert(notes).values(at=Now(), **whose, **said))


def _items(run: Connection, *of: Any, order: Sequence[Any]) -> tuple[ReviewItem, ...]:
    columns = select(episodes, productions.c.slug, productions.c.submitter).join(productions)
    rows = run.execute(columns.where(*of, ~episodes.c.withdrawn).order_by(*order)).all()
    said = _notes(run, {row.production for row in rows})
    return tuple(_item(row, said[row.production, row.number]) for row in rows)


def _item(row: Row[Any], said: Sequence[Note]) -> ReviewItem:
    shown = values.load(row.showing.encode(), Showing)
    return ReviewItem(
        slug=row.slug,
        title=row.title,
        number=row.number,
        submitter=row.submitter,
        since=moment(row.presented_at),
        length_s=shown.length_s,
        failed_gates=shown.failed_gates,
        grounds=shown.grounds,
        draft_voice=shown.draft_voice,
        verdict=Verdict(row.verdict),
        notes=tuple(said),
        files=shown.files,
    )


def _notes(run: Connection, of: set[int]) -> Mapping[tuple[int, int], list[Note]]:
    found: defaultdict[tuple[int, int], list[Note]] = defaultdict(list)
    for row in run.execute(select(notes).where(notes.c.production.in_(of)).order_by(notes.c.id)):
        verdict = Verdict(row.verdict) if row.verdict else None
        found[row.production, row.number].append(Note(row.who, moment(row.at), row.text, row.at_s, verdict))
    return found
