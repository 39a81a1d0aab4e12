"""Which passage of an episode makes a short film, and the timeline of that film."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from media_service.domain.edition import Excerpt
from media_service.domain.pace import Pace
from media_service.domain.passages import Role
from media_service.domain.slide import PictureSlide
from media_service.domain.timeline import SAMPLES_PER_FRAME, Standing, Timeline, Utterance, samples

LONGEST = samples(timedelta(seconds=170))
"""Of the passage: with its card a short film is within 180 s (V1)."""
CHOSEN_LONGEST = samples(timedelta(seconds=60))
"""Where a rule chooses: beyond a minute any claim of others blocks a short film."""
CHOSEN_SHORTEST = samples(timedelta(seconds=12))
CARD = samples(timedelta(seconds=2.5))
"""How long the title stands at the end: where the passage is from."""
HEAD = samples(timedelta(seconds=0.3))
"""Heard before the first word; a picture need not be waited for."""
TAIL = samples(timedelta(seconds=0.6))
_ENDING = 0.8
"""What comes after this share of an episode would tell its end."""
_RUNNING = {Role.SENTENCE, Role.VERSE}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Utterances `first:last` of an episode; their sound is samples `start:end`, and the film is `length` long."""

    first: int
    last: int
    start: int
    end: int
    length: int


def chosen(timeline: Timeline, pace: Pace, wanted: Excerpt | None = None) -> Stretch | None:
    """Return the passage of a short film: the one that is wanted, else the best that a rule finds; None where none is.

    The best is whole paragraphs of one chapter, at most a minute long, before the tale nears its end: with the most
    pictures, then the most voices, then the longest, then the first.
    """
    said = timeline.utterances
    if wanted is not None:
        return _wanted(timeline, wanted)
    ways = [
        _stretch(timeline, first, last)
        for first, last in _runs(said, pace)
        if CHOSEN_SHORTEST <= said[last - 1].end - said[first].start <= CHOSEN_LONGEST - CARD - HEAD - TAIL
        and said[last - 1].end <= timeline.length * _ENDING
    ]
    pictures = [one.start for one in timeline.slides if isinstance(one.slide, PictureSlide)]
    return max(ways, key=lambda way: (*_worth(timeline, way, pictures), -way.first), default=None)


def matches(texts: Sequence[str], wanted: Excerpt) -> tuple[int, int] | None:
    """Return which of these sentences, `first:last`, an excerpt means; None where it means none."""
    for first, text in enumerate(texts):
        if text.startswith(wanted.first):
            last = next((n for n in range(first, len(texts)) if texts[n].endswith(wanted.last)), None)
            return None if last is None else (first, last + 1)
    return None


def cut(timeline: Timeline, stretch: Stretch) -> Timeline:
    """Return the timeline of a short film: the passage from its own 0:00, then the card that opens the episode."""
    said = tuple(_earlier(one, stretch.start) for one in timeline.utterances[stretch.first : stretch.last])
    until = stretch.length - CARD
    before = [one for one in timeline.slides if one.start <= timeline.utterances[stretch.first].start][-1:]
    within = [one for one in timeline.slides if before[0].start < one.start < stretch.end]
    shown = [
        replace(before[0], start=0),
        *(replace(one, start=one.start - stretch.start) for one in within),
        Standing(timeline.slides[0].slide, until // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME),
    ]
    return Timeline(stretch.length, said, tuple(shown), ())


def _wanted(timeline: Timeline, wanted: Excerpt) -> Stretch | None:
    found = matches([one.passage.text for one in timeline.utterances], wanted)
    if found is None:
        return None
    stretch = _stretch(timeline, *found)
    return stretch if stretch.end - stretch.start <= LONGEST else None


def _runs(said: Sequence[Utterance], pace: Pace) -> Iterator[tuple[int, int]]:
    """Yield every run of whole paragraphs that no title or card interrupts."""
    longer = samples(pace.sentence)
    starts = [
        number
        for number, one in enumerate(said)
        if one.passage.role in _RUNNING
        and (number == 0 or one.start - said[number - 1].end > longer or said[number - 1].passage.role not in _RUNNING)
    ]
    ends = [
        number + 1
        for number, one in enumerate(said)
        if one.passage.role in _RUNNING and (number + 1 == len(said) or said[number + 1].start - one.end > longer)
    ]
    for first in starts:
        for last in ends[bisect_right(ends, first) :]:
            if said[last - 1].end - said[first].start > CHOSEN_LONGEST:
                break
            if all(one.passage.role in _RUNNING for one in said[first:last]):
                yield first, last


def _worth(timeline: Timeline, way: Stretch, pictures: Sequence[int]) -> tuple[int, int, int]:
    """Return how good a passage is; `pictures` are the samples where pictures begin."""
    voices = {one.passage.voice.name for one in timeline.utterances[way.first : way.last]}
    shown = bisect_left(pictures, way.end) - bisect_left(pictures, way.start)
    return shown, len(voices), way.end - way.start


def _stretch(timeline: Timeline, first: int, last: int) -> Stretch:
    said = timeline.utterances
    silent = said[first - 1].end if first else 0
    following = said[last].start if last < len(said) else timeline.length
    start, end = max(said[first].start - HEAD, silent), min(said[last - 1].end + TAIL, following)
    length = -(-(end - start + CARD) // SAMPLES_PER_FRAME) * SAMPLES_PER_FRAME
    return Stretch(first, last, start, end, length)


def _earlier(one: Utterance, by: int) -> Utterance:
    return replace(one, start=one.start - by, end=one.end - by, words=tuple(word.later(-by) for word in one.words))
