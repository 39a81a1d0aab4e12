"""What stands in the picture of a film that is read along: text in blocks, and which of its words is lit when (C8).

A block is a whole sentence, or a whole part of one too long for two lines; its words are never uncovered one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from media_service.domain.cueing import Stretch, halves, stretches, two_lines
from media_service.domain.pace import Pace
from media_service.domain.passages import Role
from media_service.domain.slide import TextSeen
from media_service.domain.timeline import SAMPLES_PER_FRAME, Timeline, Word
from media_service.domain.wrapping import lay

LINE = 32
"""Characters a line has at most, in two lines (C1, C2)."""
SHORT_LINE = 18
"""Fewer than the 22 of C1: so many are as wide as the place for them, at the size of V5."""
SHORT_LINES = 3
"""Of an upright film, in lines shorter still."""
SHORTEST_LIT = 5
"""Frames that a word stays lit at least: more than the 0.15 s of standard C8."""
_READ = {Role.SENTENCE, Role.VERSE}
"""Titles and credits stand on cards of their own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word in a block: characters `first:last` of line number `line`, from 0."""

    line: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Block:
    """Text that stands in the picture; without lines it is the empty place for it."""

    lines: tuple[str, ...] = ()
    words: tuple[Spot, ...] = ()
    """What may be lit, in order."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in whole pixels; even numbers, since colour is stored for pairs of pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Lettering:
    """Where a drawn block stands on its slide, where each of its words does, and how its text is seen."""

    place: Box
    words: tuple[Box, ...]
    text: TextSeen | None = None
    """None where the block is empty."""


@dataclass(frozen=True, slots=True)
class Lit:
    """For so many frames the words `first:last` of a block are lit; none where the two are equal."""

    first: int
    last: int
    frames: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A block and its words in their time: it stands from frame `start` to frame `end` of the film."""

    block: Block
    start: int
    end: int
    lit: tuple[Lit, ...]


def read_along(timeline: Timeline, pace: Pace) -> tuple[Reading, ...]:
    """Return the blocks of an episode in order: each stands until the next one, or the next card, begins."""
    return tuple(_readings(timeline, _in_two_lines(pace), lights=True))


def burned_in(timeline: Timeline, pace: Pace) -> tuple[Reading, ...]:
    """Return the captions of an upright film: in lines that it has room for, no word lit."""
    return tuple(_readings(timeline, _in_short_lines(pace), lights=False))


Cut = Callable[[Timeline, int], Iterator[tuple[Stretch, tuple[str, ...]]]]
"""Cuts the utterance of that number into parts, each with its lines."""


def _readings(timeline: Timeline, cut: Cut, *, lights: bool) -> Iterator[Reading]:
    said = timeline.utterances
    for number, utterance in enumerate(said):
        if utterance.passage.role not in _READ:
            continue
        parts = list(cut(timeline, number))
        until = said[number + 1].start if number + 1 < len(said) else timeline.length
        starts = [_frame(part.start) for part, _ in parts]
        for (part, lines), start, end in zip(parts, starts, [*starts[1:], _frame(until)], strict=True):
            if end > start:
                words = [word for word in utterance.words if part.first <= word.first < part.last]
                block, timed = _block(part, lines, words)
                lit = _lit(timed, start, end, _frame(part.end)) if lights else (Lit(0, 0, end - start),)
                yield Reading(block, start, end, lit)


def _in_two_lines(pace: Pace) -> Cut:
    narrow = replace(pace, caption_line=LINE)

    def cut(timeline: Timeline, number: int) -> Iterator[tuple[Stretch, tuple[str, ...]]]:
        for part in stretches(timeline.utterances[number], _following(timeline, number), narrow):
            laid = two_lines(part.text, LINE)
            yield part, laid.lines if laid else (part.text,)

    return cut


def _in_short_lines(pace: Pace) -> Cut:
    narrow = replace(pace, caption_line=LINE)

    def cut(timeline: Timeline, number: int) -> Iterator[tuple[Stretch, tuple[str, ...]]]:
        for part in stretches(timeline.utterances[number], _following(timeline, number), narrow):
            yield from _fitting(part, narrow)

    return cut


def _fitting(part: Stretch, pace: Pace) -> Iterator[tuple[Stretch, tuple[str, ...]]]:
    """Halve a part until it has few enough short lines."""
    lines = lay(part.text, len, SHORT_LINE)
    if len(lines) <= SHORT_LINES and max(map(len, lines), default=0) <= SHORT_LINE:
        yield part, lines
        return
    two = next(iter(halves(part, pace)), None)
    if two is None:
        yield part, lines
        return
    for half in two:
        yield from _fitting(half, pace)


def _following(timeline: Timeline, number: int) -> int:
    said = timeline.utterances
    return said[number + 1].start if number + 1 < len(said) else timeline.length


def _block(part: Stretch, lines: Sequence[str], words: Sequence[Word]) -> tuple[Block, tuple[Word, ...]]:
    """Return a block, and the words that have a spot in it, in its order."""
    text = part.utterance.passage.text
    spots: list[Spot] = []
    timed: list[Word] = []
    place = part.first
    for number, line in enumerate(lines):
        start = text.index(line, place)
        place = start + len(line)
        inside = [word for word in words if start <= word.first < word.last <= place]
        spots += [Spot(number, word.first - start, word.last - start) for word in inside]
        timed += inside
    return Block(tuple(lines), tuple(spots)), tuple(timed)


def _lit(words: Sequence[Word], start: int, end: int, silent: int) -> tuple[Lit, ...]:
    """Light each word from its onset to that of the next; one too short to be lit alone is lit with the one before.

    The last word goes out when the part has sounded, unless that would be too soon.
    """
    onsets: list[tuple[int, int]] = []
    for number, word in enumerate(words):
        frame = max(_frame(word.start), start)
        if not onsets or frame - onsets[-1][0] >= SHORTEST_LIT:
            onsets.append((frame, number))
    while onsets and end - onsets[-1][0] < SHORTEST_LIT:
        onsets.pop()
    if not onsets:
        return (Lit(0, 0, end - start),)
    out = min(max(silent, onsets[-1][0] + SHORTEST_LIT), end)
    ends = [*onsets[1:], (out, len(words))]
    shown = [Lit(0, 0, onsets[0][0] - start)]
    shown += [Lit(first, last, until - frame) for (frame, first), (until, last) in zip(onsets, ends, strict=True)]
    shown.append(Lit(len(words), len(words), end - out))
    return tuple(one for one in shown if one.frames)


def shortest_lit(readings: Sequence[Reading]) -> int | None:
    """Return for how few frames some word is lit; None where none is."""
    return min((one.frames for each in readings for one in each.lit if one.last > one.first), default=None)


def unbroken(readings: Sequence[Reading]) -> bool:
    """Tell whether blocks follow one another without overlapping."""
    return all(before.end <= after.start for before, after in pairwise(readings))


def _frame(sample: int) -> int:
    return sample // SAMPLES_PER_FRAME
