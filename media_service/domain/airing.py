"""When videos are shown: whether a time may still be set for one, and the times that a series goes by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from media_service.domain.publication import Airing, Visibility
from media_service.messages import Message, message

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SOON = timedelta(minutes=1)
"""A time nearer than this would be past when the channel hears of it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The weekdays (0 is Monday) and the time of day at which a series is shown, as clocks in Việt Nam say it."""

    days: frozenset[int]
    at: time


def rhythm(written: str) -> Rhythm | None:
    """Read `Mon/Wed/Fri 19:00`; None where it says no rhythm."""
    found = re.fullmatch(r"\s*([A-Za-z/, ]+?)\s+(\d{1,2}):(\d\d)\s*", written)
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    names = [name[:3] for name in re.split(r"[/, ]+", found[1].lower())]
    if not all(name in DAYS for name in names):
        return None
    return Rhythm(frozenset(map(DAYS.index, names)), time(int(found[2]), int(found[3])))


@cache
def _here() -> ZoneInfo:
    return ZoneInfo("Asia/Ho_Chi_Minh")


def slots(series: Rhythm, after: datetime, taken: Collection[datetime] = ()) -> Iterator[datetime]:
    """Yield the times of a series after a moment, without end, leaving out those that are taken."""
    day: date = after.astimezone(_here()).date()
    while series.days:
        slot = datetime.combine(day, series.at, _here())
        if day.weekday() in series.days and slot > after and slot not in taken:
            yield slot
        day += timedelta(days=1)


def effective(airing: Airing, now: datetime) -> Airing:
    """Return what is asked of the channel now: a time that has come means at once."""
    return Airing(airing.visibility) if airing.at and airing.at <= now + _SOON else airing


def refusal(airing: Airing, seen: Visibility, now: datetime) -> Message | None:
    """Say why a channel would not show a video so; None where it would."""
    if effective(airing, now).at is None:
        return None
    if airing.visibility is not Visibility.PUBLIC:
        return message("airing: only a public video can have a time; take the time away or make it public.")
    if seen is not Visibility.PRIVATE:
        return message("airing: people can see this video already, so no time can be set; take the time away.")
    return None


def is_shown(airing: Airing, seen: Visibility, publish_at: datetime | None, now: datetime) -> bool:
    """Tell whether a channel shows a video already as it should."""
    wanted = effective(airing, now)
    if wanted.at:
        return seen is Visibility.PRIVATE and publish_at == wanted.at
    return seen is wanted.visibility and publish_at is None
