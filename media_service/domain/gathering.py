"""Stretches too short to be seen, gathered with a neighbour into one caption; the lines that a caption then has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_service.domain.cueing import LONGEST_S, Stretch, halves, two_lines
from media_service.domain.pace import Pace
from media_service.domain.timeline import SAMPLE_RATE, SAMPLES_PER_FRAME

_MILLISECOND = SAMPLE_RATE // 1000
TWO_FRAMES = -(-2 * SAMPLES_PER_FRAME // _MILLISECOND) * _MILLISECOND
"""Samples that are at least two frames, in whole milliseconds."""
SHORTEST = -(-5 * SAMPLE_RATE // 6 // _MILLISECOND) * _MILLISECOND
"""Samples a caption stands at least (C3: five sixths of a second)."""

_ROOM = SHORTEST + TWO_FRAMES + _MILLISECOND
"""Samples from the start of a caption to the next one that are enough. What is left of a cut cue has as much: else two
neighbours could take from each other for ever."""

Cue = tuple[Stretch, ...]
"""What one caption shows: a stretch, or several too short to stand alone."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Cues `first:last` give way to others; `strange` where that joins two paragraphs, `torn` where it cuts a cue."""

    first: int
    last: int
    cues: tuple[Cue, ...]
    strange: bool
    torn: bool


def gathered(cues: Sequence[Cue], length: int, pace: Pace) -> list[Cue]:
    """Join each cue that could not stand long enough with a neighbour, or with a part of one.

    `length` is the sample where the episode ends. A cue that fits nowhere stays as it is.
    """
    kept = list(cues)
    place = 0
    while place < len(kept):
        following = kept[place + 1][0].start if place + 1 < len(kept) else length
        too_short = following - kept[place][0].start < _ROOM
        options = list(_exchanges(kept, place, pace)) if too_short else []
        if options:
            best = min(options, key=lambda option: (option.strange, option.torn))
            kept[best.first : best.last] = best.cues
            place = best.first
        else:
            place += 1
    return kept


def _exchanges(cues: Sequence[Cue], place: int, pace: Pace) -> Iterator[_Exchange]:
    """Yield what may be done for the cue at `place`: join the next or the one before, wholly or in part."""
    short = cues[place]
    if place + 1 < len(cues):
        after = cues[place + 1]
        strange = not _same_paragraph(short[-1], after[0])
        if _fit(short + after, pace):
            yield _Exchange(place, place + 2, (short + after,), strange, torn=False)
        for head, tail in halves(after[0], pace):
            if _fit((*short, head), pace) and tail.end - tail.start >= _ROOM:
                yield _Exchange(place, place + 2, ((*short, head), (tail, *after[1:])), strange, torn=True)
                break
    if place:
        before = cues[place - 1]
        strange = not _same_paragraph(before[-1], short[0])
        if _fit(before + short, pace):
            yield _Exchange(place - 1, place + 1, (before + short,), strange, torn=False)
        for head, tail in halves(before[-1], pace):
            if _fit((tail, *short), pace) and head.end - head.start >= _ROOM:
                yield _Exchange(place - 1, place + 1, ((*before[:-1], head), (tail, *short)), strange, torn=True)
                break


def _fit(cue: Cue, pace: Pace) -> bool:
    return cue[-1].end - cue[0].start <= LONGEST_S * SAMPLE_RATE and lines_of(cue, pace.caption_line) is not None


def _same_paragraph(one: Stretch, two: Stretch) -> bool:
    first, second = one.utterance.passage, two.utterance.passage
    return (first.line, first.speaker, first.role) == (second.line, second.speaker, second.role)


def lines_of(cue: Cue, limit: int) -> tuple[str, ...] | None:
    """Return a caption's lines, each of two speakers behind a hyphen on a line of their own; None where too long."""
    turns: list[tuple[str | None, str]] = []
    for stretch in cue:
        speaker = stretch.utterance.passage.speaker
        if turns and turns[-1][0] == speaker:
            turns[-1] = (speaker, f"{turns[-1][1]} {stretch.text}")
        else:
            turns.append((speaker, stretch.text))
    if len(turns) == 1:
        laid = two_lines(turns[0][1], limit)
        return laid.lines if laid else None
    lines = tuple(f"- {text}" for _, text in turns)
    return lines if len(lines) == 2 and max(map(len, lines)) <= limit else None
