"""The Reviews door: what people decide of finished episodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from media_service import values
from media_service.database import errands
from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.keeping import Showing, load_episode
from media_service.database.showing_again import show_as
from media_service.database.standing import settle
from media_service.database.status import find
from media_service.database.tables import approvals, episodes, notes, productions
from media_service.domain.choosing import with_thumbnail
from media_service.domain.obstacles import against, owed
from media_service.domain.service import Note, ReviewItem, Verdict
from media_service.errors import Fault, InputError, OvertakenError, refused
from media_service.messages import Message, message
from media_service.stores import Decision

_VERBS = {Verdict.APPROVED: "approved", Verdict.SENT_BACK: "sent-back", Verdict.WAITING: "reopened"}


class StoredReviews:
    """What people decide, in the database."""

    def __init__(self, database: Database, channel: str = "") -> None:
        """`channel`: where approved episodes are to be published; empty for nowhere."""
        self._database = database
        self._channel = channel

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
            raise not_finished(slug, number)
        return items

    def choose_thumbnail(self, slug: str, number: int, choice: int, who: str) -> None:
        """Use another of an episode's thumbnails from now on."""
        with self._database.write() as run:
            production = find(run, slug, lock=True)
            of = (episodes.c.production == production.id, episodes.c.number == number, ~episodes.c.withdrawn)
            row = run.execute(select(episodes).where(*of).with_for_update(key_share=True)).first()
            if row is None or row.verdict is None:
                raise not_finished(slug, number)
            chosen = with_thumbnail(load_episode(run, row.id, row.state), choice, slug)
            if row.verdict != Verdict.WAITING:
                raise _decided_already(slug, number)
            show_as(run, row, chosen)
            tell(run, "thumbnail-chosen", who, slug, number, thumbnail=str(choice))

    def decide(self, slug: str, number: int, decision: Decision) -> None:
        """Record a decision about the episode as it is now."""
        with self._database.write() as run:
            production = find(run, slug, lock=True)
            of = (episodes.c.production == production.id, episodes.c.number == number, ~episodes.c.withdrawn)
            row = run.execute(select(episodes).where(*of).with_for_update(key_share=True)).first()
            if row is None or row.verdict is None:
                raise not_finished(slug, number)
            _refuse_overtaken(run, row, decision)
            if decision.verdict == Verdict.APPROVED:
                _refuse(_items(run, *of, order=())[0], decision)
            mine = update(episodes).where(episodes.c.id == row.id).values(verdict=decision.verdict.value)
            row = run.execute(mine.returning(episodes)).one()
            _record(run, row, decision)
            if decision.verdict == Verdict.APPROVED:
                errands.begin(self._database, run, self._channel, production, row)
            else:
                errands.stop(run, production.id, [number])
            settle(run, production.id)
            said = {"note": decision.note, "waiver": decision.waiver}
            details = {name: text for name, text in said.items() if text}
            tell(run, _VERBS[decision.verdict], decision.who, slug, number, **details)


def _decided_already(slug: str, number: int) -> InputError:
    said = message(
        "{slug} {number} is decided on already; send it back to choose another thumbnail.", slug=slug, number=number
    )
    return refused(f"{slug}/{number:02d}", said)


def not_finished(slug: str, number: int | None) -> InputError:
    """Return the error for what is not there to be reviewed."""
    where = f"{slug}/{number:02d}" if number is not None else slug
    said = message("Nothing of {where} can be reviewed yet; wait until it is made.", where=where)
    return refused(where, said)


def _refuse(item: ReviewItem, decision: Decision) -> None:
    """Raise InputError where something speaks against approving that the decision does not, or cannot, waive."""
    doubts = owed(item) if decision.waiver.strip() else against(item)
    faults = [Fault(f"{item.slug}/{item.number:02d}", 0, said) for said in doubts]
    if faults:
        raise InputError(faults)


def _refuse_overtaken(run: Connection, row: Row[Any], decision: Decision) -> None:
    """Raise OvertakenError where the episode does not stand as whoever decides has seen it."""
    seen, name = decision.seen, row.title
    if seen is None or (seen.content, seen.verdict.value) == (row.content, row.verdict):
        return
    if seen.content != row.content:
        said = message("“{title}” was made again meanwhile; look at it as it is now, then decide.", title=name)
        raise OvertakenError([Fault("", 0, said)])
    of = (approvals.c.production == row.production, approvals.c.number == row.number)
    last = run.execute(select(approvals).where(*of).order_by(approvals.c.id.desc()).limit(1)).first()
    who = last.who if last is not None else "?"
    raise OvertakenError([Fault("", 0, _decided(Verdict(row.verdict), who, name))])


def _decided(verdict: Verdict, who: str, title: str) -> Message:
    """Say what somebody else has decided."""
    return {
        Verdict.APPROVED: message("{who} has approved “{title}” meanwhile; look at it again.", who=who, title=title),
        Verdict.SENT_BACK: message("{who} has sent “{title}” back meanwhile; look at it again.", who=who, title=title),
        Verdict.WAITING: message("“{title}” waits for review again; look at it again.", title=title),
    }[verdict]


def _record(run: Connection, row: Row[Any], decision: Decision) -> None:
    whose = {"production": row.production, "number": row.number, "who": decision.who}
    decided = {"content": row.content, "verdict": decision.verdict.value, "waiver": decision.waiver}
    run.execute(insert(approvals).values(at=Now(), **whose, **decided))
    said = {"text": decision.note or decision.waiver, "at_s": decision.at_s, "verdict": decision.verdict.value}
    said |= {"content": row.content}
    run.execute(insert(notes).values(at=Now(), **whose, **said))


def _items(run: Connection, *of: Any, order: Sequence[Any]) -> tuple[ReviewItem, ...]:
    return items(run, run.execute(review_rows(*of).order_by(*order)).all())


def review_rows(*of: Any) -> Any:
    """Select episodes as `items` takes them."""
    whose = (productions.c.slug, productions.c.submitter, productions.c.kind, productions.c.title.label("work"))
    return select(episodes, *whose).join(productions).where(*of, ~episodes.c.withdrawn)


def items(run: Connection, rows: Sequence[Row[Any]]) -> tuple[ReviewItem, ...]:
    """Return what a reviewer is told of episodes, with what was said of each."""
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
        content=row.content,
        work=row.work,
        stand_ins=shown.stand_ins,
        kind=row.kind,
    )


def _notes(run: Connection, of: set[int]) -> Mapping[tuple[int, int], list[Note]]:
    found: defaultdict[tuple[int, int], list[Note]] = defaultdict(list)
    for row in run.execute(select(notes).where(notes.c.production.in_(of)).order_by(notes.c.id)):
        verdict = Verdict(row.verdict) if row.verdict else None
        found[row.production, row.number].append(
            Note(row.who, moment(row.at), row.text, row.at_s, verdict, row.content)
        )
    return found
