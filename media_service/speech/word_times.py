"""From an engine's raw sound to a recording: pauses set to the listeners' measure, words timed where they sound.

Works on what eSpeak NG tells (clause ends, word starts); knows nothing of its library.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from media_service.domain.timeline import Word
from media_service.errors import NothingToSayError
from media_service.messages import message
from media_service.speech.espeak_library import Event, Happening
from media_service.speech.plain import Plain

Samples = NDArray[np.int16]

QUIET = 104
"""Of 32,768: -50 dBFS; below it nobody hears a voice that speaks at -26."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What sounds between two pauses: `start:end` of the raw sound, moved to `place` in the recording."""

    border: int
    """Where the engine began it, the silence before its first sound included."""
    start: int
    end: int
    place: int = 0

    @property
    def last(self) -> int:
        """Where it ends in the recording."""
        return self.place + self.end - self.start

    def moved(self, sample: int) -> int:
        """Return where a sample of the raw sound lies in the recording."""
        return self.place + min(max(sample, self.start), self.end) - self.start


def clauses(sound: Samples, events: Sequence[Event]) -> list[Clause]:
    """Return the clauses that can be heard, not yet placed."""
    borders = [0, *(event.sample for event in events if event.what is Happening.END), len(sound)]
    heard = []
    for border, end in pairwise(borders):
        loud = np.flatnonzero(np.abs(sound[border:end].astype(np.int32)) >= QUIET)
        if loud.size:
            heard.append(Clause(border, border + int(loud[0]), border + int(loud[-1]) + 1))
    if not heard:
        raise NothingToSayError(message("The voice made no sound for this text; give it words of its own language."))
    return heard


def placed(heard: Sequence[Clause], pause: Callable[[Clause, Clause], int]) -> list[Clause]:
    """Set the clauses one after another, `pause(before, after)` samples of silence between two."""
    result = [Clause(heard[0].border, heard[0].start, heard[0].end)]
    for before, after in pairwise(heard):
        result.append(Clause(after.border, after.start, after.end, result[-1].last + pause(before, after)))
    return result


def joined(sound: Samples, parts: Sequence[Clause]) -> Samples:
    """Return the recording: clauses in their places, silence between, none before the first nor after the last."""
    recording: Samples = np.zeros(parts[-1].last, dtype=np.int16)
    for part in parts:
        recording[part.place : part.last] = sound[part.start : part.end]
    return recording


def timed(text: Plain, events: Sequence[Event], parts: Sequence[Clause]) -> tuple[Word, ...]:
    """Time every word of the text, in order, none overlapping another.

    A word begins where the engine says, the first of a clause where the clause begins to sound; it ends where the next
    one begins or its clause ends. Words that the engine took together share its time by their length in letters.
    """
    starts = [*_starts(text, events, parts), (len(text.words), parts[-1].last)]
    places = [part.place for part in parts]
    return tuple(
        word
        for (first, start), (after, following) in pairwise(starts)
        for word in _shared(
            text, range(first, after), start, min(following, parts[bisect_right(places, start) - 1].last)
        )
    )


def _starts(text: Plain, events: Sequence[Event], parts: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return (word, where it begins in the recording) for the words the engine told of, both rising."""
    begins = [first for first, _ in text.words]
    borders = [part.border for part in parts]
    starts = [(0, parts[0].place)]
    for event in events:
        word = bisect_right(begins, event.position) - 1
        part = parts[max(bisect_right(borders, event.sample) - 1, 0)]
        start = part.moved(event.sample)
        in_word = event.what is Happening.WORD and starts[-1][0] < word and event.position < text.words[word][1]
        if in_word and starts[-1][1] < start < part.last:
            starts.append((word, start))
    return starts


def _shared(text: Plain, numbers: range, start: int, end: int) -> Iterator[Word]:
    spans = [text.words[number] for number in numbers]
    letters = sum(last - first for first, last in spans)
    passed = 0
    for first, last in spans:
        begins = start + (end - start) * passed // letters
        passed += last - first
        yield Word(*text.given(first, last), begins, start + (end - start) * passed // letters)
