"""Where the text of an utterance is cut into captions, and when each of their words sounds.

Weighs how the lines read against how long they stand; how captions follow each other is the affair of `subtitles`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from media_service.domain.binding import NEVER
from media_service.domain.pace import Pace
from media_service.domain.timeline import SAMPLE_RATE, Utterance
from media_service.domain.wrapping import Break, breaks

LONGEST_S = 7.0
"""Seconds a caption stands at most (standard C3)."""

_CUT = 3.0
"""A caption that ends at a bad place reads worse than a line that does, by this factor."""
_CAPTION = 10.0
"""Price of one caption more."""
_UNEVEN = 20.0
"""Price of two lines of which one is empty."""
_HASTE = 10.0
"""Price of each character a second above what nine captions in ten keep to."""
_FLEETING = 30.0
"""Price of each second that a caption stands less than this many seconds:"""
_STEADY_S = 1.5
_OVERLONG = 1000.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `first:last` of an utterance, which stand together: heard from sample `start` to sample `end`."""

    utterance: Utterance
    first: int
    last: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is shown."""
        return self.utterance.passage.text[self.first : self.last].strip()


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in one or two lines, and the price of reading it so."""

    lines: tuple[str, ...]
    price: float


def two_lines(text: str, limit: int) -> Lines | None:
    """Lay a text into at most two lines of at most `limit` characters (C1, C2); None where it does not fit."""
    return _in_two(text, _places(text, limit), limit)


def stretches(utterance: Utterance, following: int, pace: Pace) -> tuple[Stretch, ...]:
    """Cut an utterance into stretches that fit a caption each; `following` is the sample where the next one begins."""
    text, clock = utterance.passage.text, _Clock(utterance)
    ends = [Break(0, 0), *_places(text, pace.caption_line), Break(len(text), 0)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(ends)):
        best.append(min(_choices(_Cutting(text, ends, clock, following, pace), best, last)))
    cuts = [len(ends) - 1]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    places = [ends[cut].index for cut in reversed(cuts)]
    return tuple(
        Stretch(utterance, first, last, clock.begins(first), clock.ends(last)) for first, last in pairwise(places)
    )


def halves(stretch: Stretch, pace: Pace) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield the ways to cut a stretch in two, the best first."""
    utterance, clock = stretch.utterance, _Clock(stretch.utterance)
    places = _places(utterance.passage.text, pace.caption_line)
    for place in sorted(places, key=lambda place: place.cost):
        if stretch.first < place.index < stretch.last:
            head = Stretch(utterance, stretch.first, place.index, stretch.start, clock.ends(place.index))
            yield head, Stretch(utterance, place.index, stretch.last, clock.begins(place.index), stretch.end)


@dataclass(frozen=True, slots=True)
class _Cutting:
    """What the cutting of one utterance is weighed by."""

    text: str
    ends: Sequence[Break]
    clock: _Clock
    following: int
    pace: Pace


def _choices(cutting: _Cutting, best: Sequence[tuple[float, int]], last: int) -> Iterator[tuple[float, int]]:
    """Yield (price of the text so far, where its last caption begins) for every caption that may end at `last`."""
    end = cutting.ends[last]
    for first in range(last - 1, -1, -1):
        text = cutting.text[cutting.ends[first].index : end.index].strip()
        inner = [Break(place.index - cutting.ends[first].index, place.cost) for place in cutting.ends[first + 1 : last]]
        laid = _in_two(text, inner, cutting.pace.caption_line)
        if laid is None:
            return
        hurry = _time_price(cutting, first, last, len(text))
        yield best[first][0] + laid.price + hurry + _CAPTION + _CUT * end.cost, first


def _in_two(text: str, places: Sequence[Break], limit: int) -> Lines | None:
    if len(text) <= limit:
        return Lines((text,), 0.0)
    pairs = [((text[: place.index].rstrip(), text[place.index :]), place.cost) for place in places]
    fitting = [
        Lines(pair, cost + _UNEVEN * ((len(pair[0]) - len(pair[1])) / limit) ** 2)
        for pair, cost in pairs
        if max(map(len, pair)) <= limit
    ]
    return min(fitting, key=lambda laid: laid.price, default=None)


def _time_price(cutting: _Cutting, first: int, last: int, characters: int) -> float:
    ends, pace = cutting.ends, cutting.pace
    is_last = last == len(ends) - 1
    begins = cutting.clock.begins(ends[first].index)
    until = cutting.following if is_last else cutting.clock.begins(ends[last].index)
    until = min(until, cutting.clock.ends(ends[last].index) + SAMPLE_RATE // 2)
    stands_s = max(until - begins, 1) / SAMPLE_RATE
    haste = max(characters / stands_s - pace.caption_cps, 0.0)
    overlong = _OVERLONG * math.ceil(max(stands_s - LONGEST_S, 0.0))
    return min(haste, 10.0) * _HASTE + max(_STEADY_S - stands_s, 0.0) * _FLEETING + overlong


def _places(text: str, limit: int) -> tuple[Break, ...]:
    """Return where a caption's line may end: the good places, and every other one at a price that only need pays."""
    good = {place.index: place for place in breaks(text)}
    forced: list[int] = []
    place = 0
    for word in text.split():
        place = text.index(word, place)
        forced += range(place, place + len(word), limit)
        place += len(word)
    return tuple(good.get(index, Break(index, NEVER)) for index in forced if index)


class _Clock:
    """When the characters of an utterance sound: between the words that were timed, in proportion."""

    def __init__(self, utterance: Utterance) -> None:
        text = utterance.passage.text
        timed = [word for word in utterance.words if word.last > word.first]
        knots = {(word.first, word.start) for word in timed} | {(word.last, word.end) for word in timed}
        ordered = sorted({(0, utterance.start), *knots, (len(text), utterance.end)})
        self._text, self._utterance = text, utterance
        self._characters = [character for character, _ in ordered]
        held = (min(max(time, utterance.start), utterance.end) for _, time in ordered)
        self._times = list(accumulate(held, max))

    def begins(self, index: int) -> int:
        """Return the sample where the first letter at or behind `index` begins to sound."""
        letter = next((place for place in range(index, len(self._text)) if self._text[place].isalnum()), index)
        return self._between(bisect_right(self._characters, letter), letter)

    def ends(self, index: int) -> int:
        """Return the sample where the last letter before `index` has sounded."""
        if index == len(self._text):
            return self._utterance.end
        letter = next((place for place in range(index, 0, -1) if self._text[place - 1].isalnum()), index)
        return self._between(bisect_left(self._characters, letter), letter)

    def _between(self, after: int, letter: int) -> int:
        """Return the time of a letter between two timed places, the later of which is number `after`."""
        if after == len(self._characters):
            return self._times[-1]
        first, last = self._characters[after - 1], self._characters[after]
        begin, end = self._times[after - 1], self._times[after]
        return begin + (end - begin) * (letter - first) // (last - first)
