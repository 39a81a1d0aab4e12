"""The order of our videos in a playlist, and the fewest calls that lead to it from any order found there.

Productions come in the order in which they were first published, each with its episodes together by number. Other
people's entries are never moved or taken out, and keep their order among themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass


def playlist_of(title: str, count: int, playlist: str) -> str:
    """Return which playlist an episode belongs into: the one its script names, or its work's own if it has chapters.

    Empty for a single piece that names none.
    """
    return playlist or (title if count > 1 else "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A video of ours that belongs into a playlist."""

    production: str
    number: int
    video: str
    published: float
    """When it came to the channel, in any measure that grows with time."""


def wished(videos: Iterable[Placed]) -> tuple[str, ...]:
    """Return our videos in the order in which a playlist should have them; a later chapter goes behind its own."""
    placed = tuple(videos)
    first: dict[str, float] = {}
    for one in placed:
        first[one.production] = min(one.published, first.get(one.production, one.published))
    order = sorted(placed, key=lambda one: (first[one.production], one.production, one.number, one.published))
    return tuple(dict.fromkeys(one.video for one in order))


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a video at a position (from 0); those from there on move back."""

    video: str
    position: int


@dataclass(frozen=True, slots=True)
class Move:
    """Take the entry found at `start` to `position`, which it has afterwards."""

    start: int
    position: int


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the entry found at `start` out."""

    start: int


Call = Insert | Move | Remove


def calls(present: Sequence[str], wish: Sequence[str], withdrawn: Collection[str] = ()) -> Iterator[Call]:
    """Yield the fewest calls that bring `wish` (each video once) into its order, each on what the one before left.

    `present` are the videos of all entries in order. What of ours stands there twice is taken out but once, and so is
    what we have withdrawn. Every call is one of a shortest way, so whoever stops begins again without loss.
    """
    now = list(present)
    for start in _superfluous(now, wish, withdrawn):
        del now[start]
        yield Remove(start)
    rank = {video: place for place, video in enumerate(wish)}
    staying = {now[place] for place in _longest_rise(now, rank)}
    for place, video in enumerate(wish):
        if video not in staying:
            call = _brought(now, wish, place, staying)
            after(now, call)
            yield call


def after(now: list[str], call: Call) -> None:
    """Do a call to the videos of a playlist's entries."""
    if isinstance(call, Remove):
        del now[call.start]
    elif isinstance(call, Move):
        now.insert(call.position, now.pop(call.start))
    else:
        now.insert(call.position, call.video)


def _superfluous(present: Sequence[str], wish: Sequence[str], withdrawn: Collection[str]) -> list[int]:
    """Return the places, last first, of what is withdrawn and of what stands twice; of those stays what stands well."""
    rank = {video: place for place, video in enumerate(wish)}
    kept = {present[place]: place for place in _longest_rise(present, rank)}
    for place, video in enumerate(present):
        kept.setdefault(video, place)
    return [
        place
        for place, video in reversed(list(enumerate(present)))
        if (video in rank and kept[video] != place) or (video not in rank and video in withdrawn)
    ]


def _longest_rise(present: Sequence[str], rank: dict[str, int]) -> list[int]:
    """Return the places of the most entries of ours that stand in the wished order already (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place, video in enumerate(present):
        if video in rank:
            pile = bisect_left(tops, rank[video])
            before[place] = ends[pile - 1] if pile else None
            tops[pile : pile + 1], ends[pile : pile + 1] = [rank[video]], [place]
    rise, place_now = [], ends[-1] if ends else None
    while place_now is not None:
        rise.append(place_now)
        place_now = before[place_now]
    return rise[::-1]


def _brought(now: Sequence[str], wish: Sequence[str], place: int, staying: Collection[str]) -> Insert | Move:
    """Return the call that brings a video behind the one before it; the first one, before all of ours."""
    video = wish[place]
    if place:
        position = now.index(wish[place - 1]) + 1
    else:
        position = next((now.index(other) for other in wish if other in staying), len(now))
    if video not in now:
        return Insert(video, position)
    start = now.index(video)
    return Move(start, position - (start < position))
