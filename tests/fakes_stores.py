"""Fakes of the service's state, for edges: each shows what a test gave it and remembers what it was told."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from media_service.domain.manifest import Grounds
from media_service.domain.obstacles import against, owed
from media_service.domain.quality import Gate
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.service import (
    Accepted,
    EpisodeStatus,
    Event,
    ReviewItem,
    Standing,
    Submission,
    Trouble,
    Verdict,
    Will,
    WorkerSeen,
    WorkStatus,
)
from media_service.domain.stage import StageState
from media_service.errors import InputError, refused
from media_service.messages import Message
from media_service.stores import Decision, Stores

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
OWN = Right(Basis.OWN_WORK)


def episode(number: int = 1, **given: object) -> EpisodeStatus:
    return replace(EpisodeStatus(number, f"Chương {number}", "assembled", "film", 2, 4, None, 60.0), **given)


def finished(number: int = 1, verdict: Verdict = Verdict.WAITING) -> EpisodeStatus:
    return episode(number, state="presented", step="", pieces_done=0, pieces=0, verdict=verdict)


def work(slug: str = "con-co", *episodes: EpisodeStatus, **given: object) -> WorkStatus:
    shown = WorkStatus(
        slug, "Con cò", "fairy-tale", "lan", NOON, 1, Standing.WORKING, episodes or (episode(),), (), timedelta(0, 130)
    )
    return replace(shown, **given)


def trouble(slug: str = "con-co", number: int = 1, **given: object) -> Trouble:
    said = Message("The ship sank; build another.")
    return replace(Trouble(7, slug, number, "film", StageState.QUARANTINED, said, "last words", 6, None), **given)


def item(slug: str = "con-co", number: int = 1, **given: object) -> ReviewItem:
    grounds = Grounds(Rights(OWN, OWN, OWN, OWN), (), made_for_kids=True)
    files = {"video": f"{number:02d}/video.mp4"}
    shown = ReviewItem(
        slug, f"Chương {number}", number, "lan", NOON, 83.0, (), grounds, False, Verdict.WAITING, (), files
    )
    return replace(shown, **given)


def gate() -> Gate:
    return Gate("A2", "loudness of the film", "-20.00 LUFS", "-15 – -13 LUFS", passed=False)


def worker(queue: str) -> WorkerSeen:
    return WorkerSeen(f"{queue}-1", "may-1", queue, NOON)


def unknown(slug: str) -> InputError:
    return refused("", Message(f"There is no production “{slug}”."))


class FakeWorks:
    """Knows the productions it was made with."""

    def __init__(self, *works: WorkStatus) -> None:
        self.works = {one.slug: one for one in works}
        self.submissions: list[Submission] = []
        self.wishes: list[tuple[str, Will | None, str]] = []
        self.touched = 3

    def accept(self, submission: Submission) -> Accepted:
        slug, numbers = submission.production.facts.slug, tuple(e.number for e in submission.production.episodes)
        before = [one.production for one in self.submissions if one.production.facts.slug == slug]
        self.submissions.append(submission)
        same = {e.number for e in before[-1].episodes if e in submission.production.episodes} if before else set()
        kept = tuple(number for number in numbers if number in same)
        return Accepted(slug, len(before) + 1, tuple(number for number in numbers if number not in same), kept)

    def status(self, slug: str | None = None, *, limit: int = 50) -> tuple[WorkStatus, ...]:
        if slug is None:
            return tuple(self.works.values())[:limit]
        if slug not in self.works:
            raise unknown(slug)
        return (self.works[slug],)

    def want(self, slug: str, will: Will, who: str) -> int:
        self.wishes.append((slug, will, who))
        return self.touched

    def retry(self, slug: str, who: str) -> int:
        self.wishes.append((slug, None, who))
        return self.touched


class FakeReviews:
    """Refuses an approval that something speaks against."""

    def __init__(self, *items: ReviewItem) -> None:
        self.items = items
        self.decisions: list[tuple[str, int, Decision]] = []
        self.chosen: list[tuple[str, int, int, str]] = []

    def waiting(self, verdict: Verdict | None = Verdict.WAITING) -> tuple[ReviewItem, ...]:
        return tuple(one for one in self.items if verdict in (None, one.verdict))

    def show(self, slug: str, number: int | None = None) -> tuple[ReviewItem, ...]:
        there = tuple(one for one in self.items if one.slug == slug and number in (None, one.number))
        if not there:
            raise refused("", Message(f"“{slug}” has nothing to review."))
        return there

    def choose_thumbnail(self, slug: str, number: int, choice: int, who: str) -> None:
        self.show(slug, number)
        self.chosen.append((slug, number, choice, who))

    def decide(self, slug: str, number: int, decision: Decision) -> None:
        one = self.show(slug, number)[0]
        if decision.verdict is Verdict.APPROVED and (owed(one) if decision.waiver else against(one)):
            raise refused("", Message(f"Something speaks against {slug} {number}."))
        self.decisions.append((slug, number, decision))


class FakeRecords:
    """Knows the events and workers it was made with."""

    def __init__(self, *seen: WorkerSeen, events: tuple[Event, ...] = ()) -> None:
        self.seen = seen
        self.audit = events

    def events(self, slug: str | None = None, *, limit: int = 100) -> tuple[Event, ...]:
        return tuple(one for one in self.audit if slug in (None, one.slug))[:limit]

    def workers(self, within: timedelta) -> tuple[WorkerSeen, ...]:
        return self.seen


def stores(**doors: object) -> Stores:
    """One of each door that a person's command needs; the others are not there."""
    made: dict[str, object] = {"works": FakeWorks(), "reviews": FakeReviews(), "records": FakeRecords()}
    nowhere = dict.fromkeys(("stages", "schedule", "upkeep", "turns", "ledgers", "people", "overviews"))
    return Stores(**{**nowhere, **made, **doors})


def opened(doors: Stores) -> AbstractContextManager[Stores]:
    """As `bootstrap.stores` opens them."""
    return nullcontext(doors)
