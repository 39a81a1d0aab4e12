"""The one timing of an episode, in whole samples: captions, pictures, chapter marks and highlights all read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from media_service.domain.pace import HEAD, OUTRO, OUTRO_AFTER, TAIL
from media_service.domain.passages import Passage
from media_service.domain.slide import Slide
from media_service.domain.spoken import Spoken

SAMPLE_RATE = 48_000
"""Samples a second, everywhere inside."""
FRAME_RATE = 30
SAMPLES_PER_FRAME = SAMPLE_RATE // FRAME_RATE


def samples(length: timedelta) -> int:
    """Return a length in whole samples."""
    return round(length / timedelta(seconds=1) * SAMPLE_RATE)


def seconds(length: int) -> float:
    """Return samples as seconds, for edges that speak in them."""
    return length / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Word:
    """When one written word sounds: characters `first:last` of the passage's text, samples `start:end`."""

    first: int
    last: int
    start: int
    end: int

    def later(self, by: int) -> Word:
        """Return the same word `by` samples later."""
        return Word(self.first, self.last, self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class ClipSound:
    """How a passage sounded as its engine gave it, trimmed but not yet levelled."""

    peak_db: float
    """Of its highest sample, in dBFS."""
    loudness: float
    """In LUFS, while it sounds."""
    longest_silence: int
    """Samples of the longest stretch inside it in which nothing is heard."""
    clipped: int
    """Samples that stand at full scale in runs: where the engine or a microphone was overdriven."""


@dataclass(frozen=True, slots=True)
class Clip:
    """What one passage became: `length` samples, and its words, timed from the clip's own start."""

    length: int
    words: tuple[Word, ...]
    sound: ClipSound | None = None
    """None for clips of versions that did not listen."""
    voice: str = ""
    """Name of the profile that really spoke it; empty in what was made before this was kept."""
    engine: str = ""
    """The engine that spoke it, with its version."""
    fallback_from: str = ""
    """Name of the voice that was wanted, where another had to speak in its place."""
    draft: bool = False
    """Whether a draft voice is heard in it."""


def as_written(clip: Clip, said: Spoken) -> Clip:
    """Move the words' places from the spoken text to the written one, which is what captions show.

    What is written as one and said in several words (1941, TP.HCM) is one word again, as long as all of them.
    """
    words: list[Word] = []
    for word in clip.words:
        first, last = said.written(word.first, word.last)
        if words and first < words[-1].last:
            before = words[-1]
            words[-1] = Word(before.first, max(last, before.last), before.start, word.end)
        else:
            words.append(Word(first, last, word.start, word.end))
    return replace(clip, words=tuple(words))


@dataclass(frozen=True, slots=True)
class Utterance:
    """A passage in its place: sounds from sample `start` to `end` of the episode, words timed from its beginning."""

    passage: Passage
    start: int
    end: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """From sample `start` on, this slide stands."""

    slide: Slide
    start: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter mark of the video."""

    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """An episode laid out: `length` samples, a whole number of frames, from 0:00."""

    length: int
    utterances: tuple[Utterance, ...]
    slides: tuple[Standing, ...]
    marks: tuple[Mark, ...]


def lay_out(passages: Sequence[Passage], clips: Sequence[Clip]) -> Timeline:
    """Put clips one after another with their planned pauses, between the head and the tail of the episode.

    `passages` and `clips` are the same in number. The first slide and the first mark begin at 0, so that neither the
    picture nor the chapter list has a hole before the first word.
    """
    place = samples(HEAD)
    utterances = []
    for passage, clip in zip(passages, clips, strict=True):
        words = tuple(word.later(place) for word in clip.words)
        utterances.append(Utterance(passage, place, place + clip.length, words))
        place += clip.length + samples(passage.pause)
    last = utterances[-1]
    closing = Standing(last.passage.after, last.end + samples(OUTRO_AFTER)) if last.passage.after else None
    end = closing.start + samples(OUTRO) if closing else last.end + samples(TAIL)
    slides = [Standing(said.passage.slide, said.start) for said in utterances if said.passage.slide]
    marks = [Mark(said.passage.mark, said.start) for said in utterances if said.passage.mark]
    return Timeline(
        length=-(-end // SAMPLES_PER_FRAME) * SAMPLES_PER_FRAME,
        utterances=tuple(utterances),
        slides=(
            *(Standing(one.slide, one.start if number else 0) for number, one in enumerate(slides)),
            *([closing] if closing else []),
        ),
        marks=tuple(Mark(one.title, one.start if number else 0) for number, one in enumerate(marks)),
    )
