"""The timing of an episode as others read it (`timing.json`): captions, highlight and read-along are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from media_service.domain.slide import LabelledSlide, PictureSlide, Slide
from media_service.domain.timeline import SAMPLE_RATE, Timeline, Utterance


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A written word and when it sounds, in samples from the start of the episode."""

    text: str
    first: int
    """Its characters are `first:last` of the sentence's text."""
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A passage in its place; `pause_after` is the silence planned behind it, in samples."""

    text: str
    role: str
    speaker: str
    voice: str
    line: int
    start: int
    end: int
    pause_after: int
    words: tuple[TimedWord, ...]


@dataclass(frozen=True, slots=True)
class TimedSlide:
    """A slide and since when it stands; `picture` is its file's name in the job, empty for a drawn card."""

    slide: str
    picture: str
    start: int


@dataclass(frozen=True, slots=True)
class TimedMark:
    """A chapter mark."""

    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Timing:
    """Everything that has a time in an episode, in samples of `sample_rate`."""

    sample_rate: int
    length: int
    sentences: tuple[TimedSentence, ...]
    slides: tuple[TimedSlide, ...]
    marks: tuple[TimedMark, ...]


def timing(timeline: Timeline) -> Timing:
    """Return a timeline in the shape that is written down."""
    starts = [said.start for said in timeline.utterances[1:]] + [timeline.length]
    return Timing(
        sample_rate=SAMPLE_RATE,
        length=timeline.length,
        sentences=tuple(
            _sentence(said, next_start) for said, next_start in zip(timeline.utterances, starts, strict=True)
        ),
        slides=tuple(
            TimedSlide(_name(standing.slide), _picture(standing.slide), standing.start) for standing in timeline.slides
        ),
        marks=tuple(TimedMark(mark.title, mark.start) for mark in timeline.marks),
    )


def _sentence(said: Utterance, next_start: int) -> TimedSentence:
    passage = said.passage
    return TimedSentence(
        text=passage.text,
        role=passage.role.value,
        speaker=passage.speaker or "",
        voice=passage.voice.name,
        line=passage.line,
        start=said.start,
        end=said.end,
        pause_after=next_start - said.end,
        words=tuple(
            TimedWord(passage.text[word.first : word.last], word.first, word.last, word.start, word.end)
            for word in said.words
        ),
    )


def _name(slide: Slide) -> str:
    return type(slide).__name__.removesuffix("Slide").lower()


def _picture(slide: Slide) -> str:
    return slide.picture.name if isinstance(slide, PictureSlide | LabelledSlide) else ""
