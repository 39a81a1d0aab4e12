"""What a channel's platform lets us ask in a day, what each call costs, and when each waiting errand will go.

Costs and limits are data, as the platform's pages give them (June 2026). Its days are Pacific ones, of 23 to 25 hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import chain, repeat
from zoneinfo import ZoneInfo

from media_service.domain.publication import Errand


class Bucket(StrEnum):
    """What calls are paid from; each bucket is full again on the next day."""

    UPLOADS = "uploads"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call takes from its bucket, even where the platform refuses it."""

    bucket: Bucket
    amount: int


_READING, _WRITING = Cost(Bucket.UNITS, 1), Cost(Bucket.UNITS, 50)
COSTS: Mapping[str, Cost] = {
    "videos.insert": Cost(Bucket.UPLOADS, 1),
    "captions.list": _WRITING,
    "captions.insert": Cost(Bucket.UNITS, 400),
    "captions.update": Cost(Bucket.UNITS, 450),
}
"""What differs from the rule that lists cost 1 unit and everything else 50; by method in the discovery document."""


def cost(method: str) -> Cost:
    """Return what a method costs."""
    return COSTS.get(method, _READING if method.endswith(".list") else _WRITING)


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be asked on one day."""

    uploads: int = 100
    units: int = 10_000


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked on a day of the quota; `day` is its date where the platform counts days (Pacific time)."""

    day: str
    uploads: int = 0
    units: int = 0
    emptied: frozenset[Bucket] = frozenset()
    """The buckets that the channel itself says are empty, whatever we have counted."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An errand that is still to be done for a publication, not before that time."""

    publication: int
    errand: Errand
    not_before: datetime | None = None
    playlist: str = ""
    """Where `place` puts it; empty for nowhere."""
    entries: int | None = None
    """How many entries that playlist has as far as we know; None where it is still to be made."""
    tried: bool = False
    """It has failed before; nothing waits any more for a thumbnail that has."""
    paid: bool = False
    """The call that costs was made already: a session is open, or the video is there."""


@cache
def _pacific() -> ZoneInfo:
    return ZoneInfo("America/Los_Angeles")


def day_of(moment: datetime) -> str:
    """Return the day of the quota that a moment belongs to, as a date in ISO 8601."""
    return moment.astimezone(_pacific()).date().isoformat()


def next_day(moment: datetime) -> datetime:
    """Return when the day of the quota after that moment begins: a Pacific midnight, in UTC."""
    return _begins(moment.astimezone(_pacific()).date() + timedelta(days=1))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), _pacific()).astimezone(UTC)


def room(spent: Spent, limits: Limits, now: datetime) -> dict[Bucket, int]:
    """Return what is left in each bucket on the day of `now`; a ledger of another day says nothing of it."""
    full = {Bucket.UPLOADS: limits.uploads, Bucket.UNITS: limits.units}
    if spent.day != day_of(now):
        return full
    taken = {Bucket.UPLOADS: spent.uploads, Bucket.UNITS: spent.units}
    return {bucket: 0 if bucket in spent.emptied else max(full[bucket] - taken[bucket], 0) for bucket in Bucket}


PAGE = 50
"""Items of one answer to a list call."""


def calls(errand: Errand, playlist: str = "", entries: int | None = None) -> tuple[str, ...]:
    """Return the calls that an errand makes where nothing fails and those before it are done.

    Those of `place` depend on the playlist and on how many entries it has (None: it is to be made, once the channel's
    own list has shown that there is none of that title).
    """
    return tuple(_placing(entries)) if errand is Errand.PLACE and playlist else _CALLS[errand]


_CALLS: Mapping[Errand, tuple[str, ...]] = {
    Errand.PUBLISH: ("videos.insert",),
    Errand.THUMBNAIL: ("videos.list", "thumbnails.set"),
    Errand.PLACE: (),
    Errand.REVEAL: ("videos.list", "videos.list", "videos.update"),
    Errand.CAPTION: ("captions.insert",),
}


def _placing(entries: int | None) -> chain[str]:
    if entries is None:
        return chain(("playlists.list", "playlists.insert", "playlistItems.insert"))
    return chain(repeat("playlistItems.list", max(-(-entries // PAGE), 1)), ("playlistItems.insert",))


def price(methods: Sequence[str]) -> Mapping[Bucket, int]:
    """Return what calls take from each bucket together."""
    taken = dict.fromkeys(Bucket, 0)
    for one in map(cost, methods):
        taken[one.bucket] += one.amount
    return taken
