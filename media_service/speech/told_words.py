"""Words as a service tells of them (text, begin, end) laid on the words of the text that it was given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from media_service.domain.timeline import Word
from media_service.speech.plain import Plain


@dataclass(frozen=True, slots=True)
class Told:
    """What a service tells of one word, or of a few that it takes together; times in seconds from the beginning."""

    text: str
    start_s: float
    end_s: float


def timed(said: Plain, told: Sequence[Told], rate: int, length: int) -> tuple[Word, ...]:
    """Time every word of the text, in order, none overlapping another, all inside the recording.

    A word begins where the service tells of it, and words it took together share their time by their letters. None are
    timed where it tells of words that are not in the text, or of none.
    """
    places = list(_places(said, told))
    if not places or len(places) < len(told):
        return ()
    starts = [0, *(first for first, _ in places[1:]), len(said.words)]
    times = [one for _, one in places]
    return tuple(
        word
        for (first, after), now, following in zip(pairwise(starts), times, [*times[1:], None], strict=True)
        for word in _shared(said, range(first, after), *_between(now, following, rate, length))
    )


def _places(said: Plain, told: Sequence[Told]) -> Iterator[tuple[int, Told]]:
    """Yield (number of the word, what was told of it), rising; stops at the first that is not in the text."""
    begins = [first for first, _ in said.words]
    place, number = 0, -1
    for one in told:
        first = said.text.find(one.text, place)
        if not one.text or first < 0:
            return
        place = first + len(one.text)
        at = min(bisect_left(begins, first), len(begins) - 1)
        if at > number:
            number = at
            yield at, one
        else:  # a sign that it reads as a word of its own: it belongs to the one before
            yield number, one


def _between(now: Told, following: Told | None, rate: int, length: int) -> tuple[int, int]:
    end_s = min(now.end_s, following.start_s) if following else now.end_s
    start = min(max(0, round(now.start_s * rate)), max(0, length - 1))
    return start, min(max(start + 1, round(end_s * rate)), length)


def _shared(said: Plain, numbers: range, start: int, end: int) -> Iterator[Word]:
    spans = [said.words[number] for number in numbers]
    letters = sum(last - first for first, last in spans)
    passed = 0
    for first, last in spans:
        begins = start + (end - start) * passed // letters
        passed += last - first
        yield Word(*said.given(first, last), begins, start + (end - start) * passed // letters)
