"""Dynamic time warping: which moment of one sound is which of another that says the same, in linear time.

The way is first looked for in a coarse picture of both sounds, then only near it in finer ones (after Salvador and
Chan, FastDTW); rows of the table are computed whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media_service.speech.features import Frames

Indices = NDArray[np.intp]

_SMALL = 256
"""Frames that are compared with all of the others."""
_RADIUS = 24
"""Frames to either side of the coarser way that a finer one may leave it by."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where each frame of the one sound lies in the other: `first[i]` to `last[i]`, both rising; `cost` a frame."""

    first: Indices
    last: Indices
    cost: float

    def middle(self) -> NDArray[np.float64]:
        """Return the middle of each."""
        middle: NDArray[np.float64] = (self.first + self.last) / 2
        return middle


def warp(one: Frames, other: Frames) -> Way:
    """Return the way of least cost from the beginning of both sounds to the end of both."""
    if min(len(one), len(other)) <= _SMALL:
        whole = np.zeros(len(one), np.intp), np.full(len(one), len(other), np.intp)
        return _least(one, other, *whole)
    coarse = warp(_halved(one), _halved(other))
    low, high = np.repeat(coarse.first, 2)[: len(one)] * 2, np.repeat(coarse.last, 2)[: len(one)] * 2 + 2
    low, high = _padded(low, len(one)), _padded(high, len(one))
    low = np.maximum(np.minimum.accumulate((low - _RADIUS)[::-1])[::-1], 0)
    high = np.minimum(np.maximum.accumulate(high + _RADIUS), len(other))
    low[0], high[-1] = 0, len(other)
    return _least(one, other, low, high)


def _padded(row: Indices, length: int) -> Indices:
    return np.pad(row, (0, length - len(row)), mode="edge")


def _halved(frames: Frames) -> Frames:
    even = frames[: len(frames) // 2 * 2].reshape(-1, 2, frames.shape[1]).mean(axis=1)
    return np.concatenate([even, frames[len(frames) // 2 * 2 :]])


def _least(one: Frames, other: Frames, low: Indices, high: Indices, gap_price: float = 0.0) -> Way:
    """Return the least way within the columns `low[i]:high[i]` of each row i; a row that is no number is a gap.

    In a row the step from the left neighbour is a running minimum once the costs so far are taken off, so that a row
    needs no loop: D[j] = C[j] + min over k <= j of (entry[k] - C[k-1]), C the running sum of the row's costs.
    """
    squares = np.einsum("ij,ij->i", other, other)
    steps: list[_Row] = []
    before, before_low = np.zeros(1), -1
    for at in range(len(one)):
        begin, end = int(low[at]), int(high[at])
        if np.isnan(one[at, 0]):
            costs = np.full(end - begin, gap_price)
        else:
            costs = squares[begin:end] - 2 * (other[begin:end] @ one[at]) + one[at] @ one[at]
            costs = np.sqrt(np.maximum(costs, 0)).astype(np.float64)
        above = _above(before, before_low, begin, end)
        summed = np.cumsum(costs)
        entry = np.minimum(above[:-1], above[1:]) - (summed - costs)
        best = np.minimum.accumulate(entry)
        came = np.maximum.accumulate(np.where(entry == best, np.arange(end - begin), 0))
        steps.append(_Row(begin, came.astype(np.int32), above[:-1] <= above[1:]))
        before, before_low = summed + best, begin
    return _traced(steps, float(before[-1]) / (len(one) + len(other)))


@dataclass(frozen=True, slots=True)
class _Row:
    """Where the way through each place of a row has come into the row, and whether from the left above that."""

    low: int
    came: NDArray[np.int32]
    from_left: NDArray[np.bool_]


def _above(before: NDArray[np.float64], before_low: int, begin: int, end: int) -> NDArray[np.float64]:
    """Return the costs in the row above, from one left of `begin` to `end`; infinite where there is none."""
    above = np.full(end - begin + 1, np.inf)
    first, last = max(before_low, begin - 1), min(before_low + len(before), end)
    if first < last:
        above[first - begin + 1 : last - begin + 1] = before[first - before_low : last - before_low]
    return above


def _traced(rows: list[_Row], cost: float) -> Way:
    first, last = np.zeros(len(rows), np.intp), np.zeros(len(rows), np.intp)
    place = rows[-1].low + len(rows[-1].came) - 1
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        came = int(row.came[place - row.low])
        last[at], first[at] = place, row.low + came
        place = row.low + came - int(row.from_left[came])
    return Way(first, last, cost)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What may lie between two parts, at so much a frame."""

    price: float


def warp_with_gaps(parts: Sequence[Frames], other: Frames, gaps: Gaps) -> Iterator[tuple[int, int]]:
    """Yield the first and last frame of `other` that each of the parts is, gaps before, between and behind them.

    Costs the product of both lengths: meant for windows.
    """
    rows, places = [], []
    for part in parts:
        rows.append(np.full((1, other.shape[1]), np.nan, np.float32))
        places.append(sum(map(len, rows)))
        rows.append(part)
    rows.append(np.full((1, other.shape[1]), np.nan, np.float32))
    joined = np.concatenate(rows)
    way = _least(joined, other, np.zeros(len(joined), np.intp), np.full(len(joined), len(other), np.intp), gaps.price)
    for place, part in zip(places, parts, strict=True):
        yield int(way.first[place]), int(way.last[place + len(part) - 1])
