"""The ReviewDesk door: presented episodes a page at a time, all that was made of one, and what is noted on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, or_, select

from media_service.database.audit import tell
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.keeping import load_episode
from media_service.database.overviews.paging import beyond, marked, page, plain
from media_service.database.reviews import items, not_finished, review_rows
from media_service.database.status import find
from media_service.database.tables import episodes, notes, productions
from media_service.domain.episode import Presented
from media_service.domain.service import ReviewItem, Verdict
from media_service.errors import refused
from media_service.messages import message
from media_service.overviews import Page, ReviewCounts, ReviewWish

_REVIEWED = (~episodes.c.withdrawn, productions.c.will != "cancelled")


class StoredReviewDesk:
    """What reviewers look through, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wish: ReviewWish) -> Page[ReviewItem]:
        """Return episodes that were presented, those that have waited longest first."""
        of = [episodes.c.verdict == wish.verdict.value, *_REVIEWED, *_wished(wish)]
        decided = wish.verdict is not Verdict.WAITING
        if wish.after:
            of.append(beyond(episodes.c.presented_at, episodes.c.id, wish.after, newest_first=decided))
        order = (episodes.c.presented_at, episodes.c.id)
        with self._database.read() as run:
            rows = run.execute(
                review_rows(*of).order_by(*((one.desc() for one in order) if decided else order)).limit(wish.most + 1)
            ).all()
            found = {(item.slug, item.number): item for item in items(run, rows[: wish.most])}
        return page(
            rows, wish.most, lambda row: found[row.slug, row.number], lambda row: marked(row.presented_at, row.id)
        )

    def counts(self) -> ReviewCounts:
        """Count what there is."""
        verdicts = select(episodes.c.verdict, func.count().label("number")).where(~episodes.c.withdrawn)
        verdicts = verdicts.where(episodes.c.verdict.is_not(None))
        waiting = select(productions.c.submitter).join(episodes, episodes.c.production == productions.c.id)
        waiting = waiting.where(episodes.c.verdict == Verdict.WAITING.value, *_REVIEWED).distinct()
        with self._database.read() as run:
            counted = {row.verdict: row.number for row in run.execute(verdicts.group_by(episodes.c.verdict))}
            return ReviewCounts(
                {verdict: counted.get(verdict.value, 0) for verdict in Verdict},
                tuple(sorted(run.execute(waiting).scalars())),
            )

    def episode(self, slug: str, number: int) -> Presented:
        """Return all that was made of an episode."""
        with self._database.read() as run:
            production = find(run, slug)
            mine = (episodes.c.production == production.id, episodes.c.number == number, ~episodes.c.withdrawn)
            row = run.execute(select(episodes).where(*mine)).first()
            value = load_episode(run, row.id, row.state) if row is not None else None
        if not isinstance(value, Presented):
            raise not_finished(slug, number)
        return value

    def pin(self, slug: str, number: int, at_s: float | None, text: str, who: str) -> None:
        """Note something at a second of an episode, or of all of it."""
        if not text.strip():
            raise refused("", message("The note is empty; say what is to be mended."))
        with self._database.write() as run:
            production = find(run, slug, lock=True)
            mine = (episodes.c.production == production.id, episodes.c.number == number, ~episodes.c.withdrawn)
            row = run.execute(select(episodes).where(*mine)).first()
            if row is None or row.verdict is None:
                raise not_finished(slug, number)
            if at_s is not None and not 0 <= at_s <= row.length_s + 1:
                raise refused("", message("The episode has no such second; choose a place within it."))
            said = {"who": who, "text": text.strip(), "at_s": at_s, "verdict": None, "content": row.content}
            run.execute(insert(notes).values(production=production.id, number=number, at=Now(), **said))
            tell(run, "noted", who, slug, number, note=text.strip())


def _wished(wish: ReviewWish) -> Sequence[Any]:
    of: list[Any] = []
    if wish.kind:
        of.append(productions.c.kind == plain(wish.kind))
    if wish.submitter:
        of.append(productions.c.submitter == plain(wish.submitter))
    if wish.text:
        said = (episodes.c.title, productions.c.title, productions.c.slug)
        of.append(or_(*(one.icontains(plain(wish.text), autoescape=True) for one in said)))
    return of
