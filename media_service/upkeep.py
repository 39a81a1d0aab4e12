"""What no production refers to any more, and how it is thrown away: first told, then done, while workers work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from media_service.domain.product import Key
from media_service.holdings import Held, Holdings
from media_service.stores import Upkeep

OLD = timedelta(days=30)
"""For so long nobody must have made or asked for a product before it is garbage: `produce` leaves no rows."""
LEAST = timedelta(days=2)
"""No less: a worker's newest product has no row yet, and the day of a use is all that is noted of it."""
_ABANDONED = timedelta(days=1)
_AT_ONCE = 500
"""Keys that the database is asked to forget in one transaction."""


@dataclass(frozen=True, slots=True)
class Garbage:
    """What was found, and thrown away if that was asked for."""

    count: int
    bytes: int
    by_kind: Mapping[str, int]
    """Bytes by kind of product, the largest first."""
    unsealed_bytes: int
    """Of what was left without a seal, which is thrown away too; not looked for in a dry run."""
    deleted: bool


def gc(upkeep: Upkeep, holdings: Holdings, now: datetime, older: timedelta = OLD, *, delete: bool) -> Garbage:
    """Find, and with `delete` throw away, what no production refers to and nobody has used for so long.

    What people are shown under output/ is kept. Whoever asks for a product notes its use, so one that is wanted again
    while this runs is seen to be; should it go all the same, it is made again. Stopped half-way, the rest is found next
    time.
    """
    unused_since = now - max(older, LEAST)
    wanted = {hash(key) for key in upkeep.wanted()}  # two keys of one hash: a thing too many is kept
    count, by_kind, gone = 0, Counter[str](), list[Key]()
    for held in holdings.walk():
        if not _is_garbage(held, unused_since, wanted) or (delete and not holdings.remove(held.key, unused_since)):
            continue
        count += 1
        by_kind[held.key.product] += held.size
        gone.append(held.key)
        if len(gone) == _AT_ONCE:
            _forget(upkeep, gone, delete)
    _forget(upkeep, gone, delete)
    unsealed = holdings.clear(_ABANDONED) if delete else 0
    return Garbage(count, by_kind.total(), dict(by_kind.most_common()), unsealed, delete)


def _is_garbage(held: Held, unused_since: datetime, wanted: set[int]) -> bool:
    return not held.shown and held.used <= unused_since and hash(held.key) not in wanted


def _forget(upkeep: Upkeep, gone: list[Key], delete: bool) -> None:
    if gone and delete:
        upkeep.forget(tuple(gone))
    gone.clear()
