"""The doors to what people look through: the review queue, uploads to come, figures of the channel, the audit log.

Each answers one page at a time, in about the same time however many works there are. As with all durable state, every
method is one transaction on the database's own time, and may raise DatabaseAwayError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from media_service.domain.episode import Presented
from media_service.domain.service import Event, ReviewItem, Verdict
from media_service.ledgers import PublicationStatus

Entry = TypeVar("Entry")
MOST = 40
"""Entries of a page, unless it is said otherwise."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Entry]):
    """Some of what there is; `after` is where the next page begins, empty on the last one."""

    entries: tuple[Entry, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReviewWish:
    """Which episodes somebody wants to see; what is empty leaves all in."""

    verdict: Verdict = Verdict.WAITING
    kind: str = ""
    submitter: str = ""
    text: str = ""
    """Words of the work's or the episode's title, or of its slug."""
    after: str = ""
    most: int = MOST


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How much there is to choose from, over all pages."""

    verdicts: Mapping[Verdict, int]
    submitters: tuple[str, ...]
    """Who has something waiting."""


class ReviewDesk(Protocol):
    """What reviewers look through, and what they note while they look."""

    def page(self, wish: ReviewWish) -> Page[ReviewItem]:
        """Return episodes that were presented, those that have waited longest first."""

    def counts(self) -> ReviewCounts:
        """Count what there is."""

    def episode(self, slug: str, number: int) -> Presented:
        """Return all that was made of an episode; raises InputError where it is not presented."""

    def pin(self, slug: str, number: int, at_s: float | None, text: str, who: str) -> None:
        """Note something at a second of an episode, or of all of it; it decides nothing.

        Raises InputError where there is nothing to note on, or no such second.
        """


class UploadDesk(Protocol):
    """What goes to the channel, as people look through it."""

    def coming(self, most: int = 200) -> tuple[PublicationStatus, ...]:
        """Return what is still to be done or waits for a person, in the order in which it goes."""

    def between(self, start: datetime, end: datetime) -> tuple[PublicationStatus, ...]:
        """Return what was or will be shown first at a time set in that span."""

    def shown(self, after: str = "", most: int = MOST) -> Page[PublicationStatus]:
        """Return the videos that are on the channel, the newest first."""

    def reorder(self, seen: Sequence[int], wanted: Sequence[int], who: str) -> None:
        """Have publications go in another order; raises InputError where they do not stand as `seen` any more."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a playlist gained in a month, or on a day."""

    playlist: str
    """Its title; empty for videos that stand in none."""
    period: str
    """`2026-11` or `2026-11-28`; days are UTC's, as the figures are taken."""
    views: int
    likes: int


class Figures(Protocol):
    """How often the library's videos are seen, from one look a day."""

    def months(self, first: date, last: date) -> tuple[Tally, ...]:
        """Return what each playlist gained in each month between two days, both included."""

    def days(self, first: date, last: date) -> tuple[Tally, ...]:
        """Return what all playlists together gained on each day."""

    def playlists(self) -> tuple[PlaylistFigures, ...]:
        """Return the playlists with what they gained so far, the most seen first."""

    def videos(self, playlist: str) -> tuple[VideoFigures, ...]:
        """Return the videos of a playlist, the most seen first."""


@dataclass(frozen=True, slots=True)
class PlaylistFigures:
    """A playlist, how many of its videos are on the channel, and what they gained so far."""

    title: str
    playlist: str
    """Its id on the channel; empty where it has none."""
    videos: int
    views: int
    likes: int


@dataclass(frozen=True, slots=True)
class VideoFigures:
    """A video and how often it was seen until the last look; None where the channel does not say."""

    slug: str
    number: int
    title: str
    video: str
    views: int | None
    likes: int | None


@dataclass(frozen=True, slots=True)
class TrailWish:
    """Which lines of the audit log somebody wants to see; what is empty leaves all in."""

    who: str = ""
    what: str = ""
    slug: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: str = ""
    most: int = MOST


class Trail(Protocol):
    """The audit log, to be read."""

    def page(self, wish: TrailWish) -> Page[Event]:
        """Return lines, the newest first."""

    def verbs(self) -> tuple[str, ...]:
        """Return every verb that there is a line of."""


@dataclass(frozen=True, slots=True)
class Overviews:
    """One of each."""

    reviews: ReviewDesk
    uploads: UploadDesk
    figures: Figures
    trail: Trail
