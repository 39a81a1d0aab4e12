"""The doors to the service's durable state: what was accepted, where it stands, who may work on what, what people said.

All times are the database's own, never a worker's. Every method is one transaction: after a failure nothing of it has
happened. All may raise DatabaseAwayError.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from media_service.domain.conclusion import Conclusion
from media_service.domain.episode import Planned
from media_service.domain.product import Key
from media_service.domain.service import (
    Accepted,
    Event,
    Gauge,
    Outcome,
    ReviewItem,
    Submission,
    Trouble,
    Verdict,
    Will,
    WorkerSeen,
    WorkStatus,
)
from media_service.domain.stage import Assignment, Queue, Ring
from media_service.ledgers import Ledgers
from media_service.messages import Message
from media_service.overviews import Overviews
from media_service.people import People


class Works(Protocol):
    """What was accepted, and what people want of it."""

    def accept(self, submission: Submission) -> Accepted:
        """Take a production in, or what has changed of it since; from here on it is never lost.

        An episode whose plan is as it was stays as it is, approval and all. Raises InputError where the slug belongs
        to another job.
        """

    def status(self, slug: str | None = None, *, limit: int = 50) -> tuple[WorkStatus, ...]:
        """Return where productions stand: that one, or the newest that are not at rest and then the newest that are.

        Raises InputError for a slug that is not there.
        """

    def of(self, submitter: str, *, limit: int = 100) -> tuple[WorkStatus, ...]:
        """Return where somebody's newest productions stand, the newest first."""

    def submitter(self, slug: str) -> str:
        """Return who handed a production in; empty for one that is not there."""

    def episode(self, slug: str, number: int) -> Planned:
        """Return an episode as it is now; raises InputError where there is none of that number."""

    def want(self, slug: str, will: Will, who: str) -> int:
        """Pause, resume or cancel a production; returns how many stages this touched.

        A cancelled stage is fenced at once: its worker stops at its next beat. Raises InputError for an unknown slug.
        """

    def retry(self, slug: str, who: str) -> int:
        """Make what is quarantined, or waits after a failure, due at once; returns how many stages that were."""


class Stages(Protocol):
    """Who works on what: claimed by compare-and-set, kept by a lease, fenced by owner and attempt."""

    def claim(self, stage: int, attempt: int, owner: str, lease: timedelta) -> Assignment | None:
        """Claim a stage that was rung with that attempt; None where it is not to be had (any more)."""

    def beat(self, assignment: Assignment, lease: timedelta) -> bool:
        """Lengthen the lease; False where the stage is not this owner's any more and the work must stop."""

    def episode(self, assignment: Assignment) -> Planned:
        """Return the assignment's episode, in the state in which the stage was made due; an errand's, as it is now."""

    def conclusion(self, assignment: Assignment) -> Conclusion:
        """Return what the assignment's production is concluded from; its episodes are read one by one.

        Raises FencedError where one of them is not presented any more.
        """

    def finish(self, assignment: Assignment, outcome: Outcome) -> tuple[Queue, ...] | None:
        """Record a finished stage and make due what follows from it; returns the queues where something is due now.

        None where the stage is not this owner's any more: then nothing is recorded.
        """

    def postpone(self, assignment: Assignment, said: Message, lines: str, after: timedelta | None) -> bool:
        """Record a failure that may pass: due again after that time without counting as a try.

        With None it counts as a try: due again after `domain.stage.wait_after`, quarantined after MOST_TRIES.
        """

    def park(self, assignment: Assignment, said: Message, after: timedelta) -> bool:
        """Let an errand wait for its turn, because the channel's quota or consent is wanting; this is no failure."""

    def quarantine(self, assignment: Assignment, said: Message, lines: str) -> bool:
        """Put a stage aside for a person, with the reason."""

    def hand_back(self, assignment: Assignment) -> bool:
        """Give a stage back undone, because its worker stops; it is due at once and this counts as nothing."""

    def died(self, owner: str) -> bool:
        """Take back what a worker holds that lives but whose child has died; due at once, quarantined after MOST_TRIES.

        False where it holds nothing.
        """

    def start_over(self, assignment: Assignment) -> bool:
        """Take the episode back to its plan, because a product is gone; what is still there is found again."""


class Schedule(Protocol):
    """What the reconciler does, on any machine, any number of times at once."""

    def due(self, queue: Queue, most: int) -> tuple[Ring, ...]:
        """Mark up to `most` due stages as rung and return them: fair between submitters, short works first."""

    def rung(self, queue: Queue, older: timedelta) -> tuple[Ring, ...]:
        """Return the stages that were rung longer ago than that and that nobody has claimed."""

    def ring_again(self, rings: Sequence[Ring]) -> int:
        """Make stages due again, with a new attempt, because the queue has lost them; returns how many."""

    def reclaim(self) -> tuple[Ring, ...]:
        """Make due again, before all others, the stages whose lease is past; quarantined after MOST_LAPSES.

        Returns the stages as they were (their old attempts).
        """

    def mend(self) -> int:
        """Give every production and episode that is not at rest the stages that it lacks; returns how many."""


class Reviews(Protocol):
    """What people decide; nothing else moves an episode past its review."""

    def waiting(self, verdict: Verdict | None = Verdict.WAITING) -> tuple[ReviewItem, ...]:
        """Return the episodes of that verdict (None: of any), those that have waited longest first."""

    def show(self, slug: str, number: int | None = None) -> tuple[ReviewItem, ...]:
        """Return a production's episodes that may be reviewed; raises InputError where there are none."""

    def choose_thumbnail(self, slug: str, number: int, choice: int, who: str) -> None:
        """Use another of an episode's thumbnails (from 1) from now on; it is shown again with that one.

        Raises InputError where the episode is not there, is not finished, has been decided on, or has no such one.
        """

    def decide(self, slug: str, number: int, decision: Decision) -> None:
        """Record a decision about the episode as it is now; the same content made again keeps it.

        Raises InputError where the episode is not there, is not finished, or (approving without a waiver) has
        something against it: failed gates, a draft voice, rights that nobody has filled in; OvertakenError where it
        does not stand any more as `seen` says.
        """


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides of an episode."""

    verdict: Verdict
    who: str
    note: str = ""
    at_s: float | None = None
    waiver: str = ""
    """Why it is approved although something speaks against it."""
    seen: Seen | None = None
    """How it stood before whoever decides; None decides on whatever is there."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before them when they decided: the content by its fingerprint, and the decision that stood."""

    content: str
    verdict: Verdict


class Records(Protocol):
    """What is kept about the service itself."""

    def events(self, slug: str | None = None, *, limit: int = 100) -> tuple[Event, ...]:
        """Return the newest lines of the audit log."""

    def note(self, event_what: str, who: str, slug: str = "", details: Mapping[str, str] | None = None) -> None:
        """Add a line to the audit log, which nobody can change."""

    def gauge(self) -> Gauge:
        """Return the service in figures."""

    def seen(self, workers: Collection[WorkerSeen]) -> None:
        """Note that these workers live; those of the same host that are not among them are forgotten."""

    def workers(self, within: timedelta) -> tuple[WorkerSeen, ...]:
        """Return the workers seen within that time."""

    def troubles(self) -> tuple[Trouble, ...]:
        """Return every stage that is quarantined or waits after a failure."""


class Upkeep(Protocol):
    """What keeps the state itself whole."""

    def wanted(self) -> Iterator[Key]:
        """Yield every product that a production refers to."""

    def forget(self, keys: Collection[Key]) -> None:
        """Forget products that are not on the shelf any more, but none that a production refers to."""

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Yield every table as (name, lines of JSON), all as they stood at one moment, while others go on working.

        A long table comes in several parts, one after another.
        """

    def restore(self, tables: Iterator[tuple[str, bytes]], revision: str) -> None:
        """Fill an empty database from a dump of that revision or an older one; raises SetupError where it is not empty.

        Running stages become due again with a new attempt.
        """

    def revision(self) -> str:
        """Return the schema's revision."""


class Turns(Protocol):
    """Keeps the whole service, on all its machines, within what an engine allows."""

    def take(self, name: str, interval: timedelta) -> timedelta:
        """Reserve the next turn of that name, at least `interval` after the one before; returns how long to wait."""

    def moment(self) -> datetime:
        """Return the database's time."""


@dataclass(frozen=True, slots=True)
class Stores:
    """One of each."""

    works: Works
    stages: Stages
    schedule: Schedule
    reviews: Reviews
    records: Records
    upkeep: Upkeep
    turns: Turns
    ledgers: Ledgers
    people: People
    overviews: Overviews
