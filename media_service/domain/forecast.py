"""When each waiting errand will go: one plan both lets an errand begin now and is shown to people as the forecast.

On each day of the quota goes first what lets people see videos, in the order of the publications, then captions, which
cost the most: so the fewest days pass until all is seen, and until all is complete. What does not fit makes room for
whatever still does, and is first on the next day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from media_service.domain.publication import AFTER, Errand
from media_service.domain.quota import Bucket, Limits, Spent, Waiting, calls, next_day, price, room

_RANKS = {Errand.PUBLISH: 0, Errand.CAPTION: 2}
"""Sending has a bucket of its own; between it and captions each publication goes the rest of its way."""
_Price = tuple[int, int]
"""Uploads and units."""


def plan(waiting: Sequence[Waiting], spent: Spent, limits: Limits, now: datetime) -> tuple[datetime, ...]:
    """Return when each errand will go, as they stand; what goes by `now` may begin.

    `waiting` holds every errand still to be done, also those that wait for another of the same publication, the
    publications in the order in which they should be seen. What costs more than a whole day has goes on a day of its
    own. Takes about linear time.
    """
    queue = _Queue(waiting, limits, now)
    day, left = now, _pair(room(spent, limits, now))
    while queue.unplanned:
        end = next_day(day)
        queue.open(end)
        while (best := queue.best(left)) is not None:
            taken = queue.send(best, day, end)
            left = (left[0] - taken[0], left[1] - taken[1])
        day, left = queue.day_after(end), (limits.uploads, limits.units)
    return tuple(queue.goes)


def goes(publication: int, errand: Errand, waiting: Sequence[Waiting], at: Sequence[datetime]) -> datetime | None:
    """Return when a plan lets one errand go; None where it does not wait at all."""
    return next(
        (when for one, when in zip(waiting, at, strict=True) if (one.publication, one.errand) == (publication, errand)),
        None,
    )


class _Queue:
    """The errands of a plan in the making, by their place in the order of importance."""

    def __init__(self, waiting: Sequence[Waiting], limits: Limits, now: datetime) -> None:
        self.goes = [now] * len(waiting)
        self.unplanned = len(waiting)
        self._given = _order(waiting)
        """Where each stands in `waiting`."""
        errands = [waiting[at] for at in self._given]
        self._prices = [_within(one, limits) for one in _prices(errands)]
        self._not_before = [one.not_before for one in errands]
        self._blocked, self._followers = _ties(errands)
        self._ready: defaultdict[_Price, list[int]] = defaultdict(list)
        """What may go today, by its price: so the first that fits is found without looking at all that do not."""
        self._later: list[tuple[datetime, int]] = []
        for at, waits_for in enumerate(self._blocked):
            if not waits_for:
                self._admit(at, None)

    def open(self, end: datetime) -> None:
        """Make ready what need not wait beyond the end of this day."""
        while self._later and self._later[0][0] < end:
            self._admit(heappop(self._later)[1], end)

    def best(self, left: _Price) -> int | None:
        """Return the most important errand that is ready and fits into what is left of the day."""
        uploads, units = left
        fitting = [
            ready[0] for taken, ready in self._ready.items() if ready and taken[0] <= uploads and taken[1] <= units
        ]
        return min(fitting, default=None)

    def send(self, at: int, day: datetime, end: datetime) -> _Price:
        """Let a ready errand go on that day; what waited for it alone may follow. Returns what it takes."""
        taken = self._prices[at]
        heappop(self._ready[taken])
        when = max(day, self._not_before[at] or day)
        self.goes[self._given[at]] = when
        self.unplanned -= 1
        for follower in self._followers[at]:
            self._not_before[follower] = max(when, self._not_before[follower] or when)
            self._blocked[follower] -= 1
            if not self._blocked[follower]:
                self._admit(follower, end)
        return taken

    def day_after(self, end: datetime) -> datetime:
        """Return the beginning of the next day on which anything may go: there is no point in empty ones."""
        if any(self._ready.values()) or not self._later:
            return end
        return max(end, self._later[0][0])

    def _admit(self, at: int, end: datetime | None) -> None:
        """Put an errand that waits for no other where it belongs: among the ready, or with those of later days."""
        not_before = self._not_before[at]
        if not_before is None or (end is not None and not_before < end):
            heappush(self._ready[self._prices[at]], at)
        else:
            heappush(self._later, (not_before, at))


def _order(waiting: Sequence[Waiting]) -> list[int]:
    """Return the places of errands in the order of their importance."""
    rank = {errand: (_RANKS.get(errand, 1), number) for number, errand in enumerate(Errand)}
    number = count()
    seen: defaultdict[int, int] = defaultdict(lambda: next(number))
    keys = []
    for one in waiting:
        group, step = rank[one.errand]
        keys.append((group, seen[one.publication], step))
    return sorted(range(len(waiting)), key=keys.__getitem__)


def _prices(errands: Iterable[Waiting]) -> Iterable[_Price]:
    """Yield what each errand takes; a playlist grows by one with each that is placed in it."""
    known: dict[tuple[Errand, int | None], _Price] = {}
    grown: dict[str, int] = {}
    for one in errands:
        entries = one.entries
        if one.errand is Errand.PLACE and one.playlist:
            entries = grown.get(one.playlist, one.entries)
            grown[one.playlist] = (entries or 0) + 1
        key = (one.errand, entries if one.playlist else -1)
        if key not in known:
            known[key] = _pair(price(calls(one.errand, one.playlist, entries)))
        yield (0, 0) if one.paid else known[key]


def _within(price: _Price, limits: Limits) -> _Price:
    return (min(price[0], limits.uploads), min(price[1], limits.units))


def _pair(buckets: Mapping[Bucket, int]) -> _Price:
    return (buckets[Bucket.UPLOADS], buckets[Bucket.UNITS])


def _ties(errands: Sequence[Waiting]) -> tuple[list[int], list[list[int]]]:
    """Return for each errand how many of its publication it waits for, and which wait for it."""
    places = {(one.publication, one.errand): at for at, one in enumerate(errands)}
    blocked, followers = [0] * len(errands), [list[int]() for _ in errands]
    for at, one in enumerate(errands):
        for before in AFTER[one.errand]:
            first = places.get((one.publication, before))
            if first is not None and not (before is Errand.THUMBNAIL and errands[first].tried):
                blocked[at] += 1
                followers[first].append(at)
    return blocked, followers
