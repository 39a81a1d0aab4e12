"""A film as shots, counted in whole frames: what stands still, moves, melts into the next, or is read along.

Which films there are, and what each may do, is the affair of `reels`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice, pairwise

from media_service.domain.motion import CENTRE, WHOLE, Move, View, Way, move
from media_service.domain.read_along import Block, Lit, Reading
from media_service.domain.slide import ChapterSlide, PageSlide, PictureSlide, Slide, TitleSlide
from media_service.domain.timeline import FRAME_RATE, SAMPLES_PER_FRAME, Timeline

FADE_FRAMES = 16
"""Length of a cross-fade: 0.53 s, inside the 0.4-0.8 s that standard V10 asks."""
SHORTEST_MOVE = 3 * FRAME_RATE
"""Frames; a picture that stands more briefly stands still."""
READABLE = (PageSlide, PictureSlide, TitleSlide, ChapterSlide)
"""Slides that leave room for a block of text; others have words of their own there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands on the screen: a part of a slide, and over it a block of text, or the empty place for one."""

    slide: Slide
    view: View = WHOLE
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Still:
    """One scene, unmoved, for `frames` frames."""

    scene: Scene
    frames: int


@dataclass(frozen=True, slots=True)
class Fade:
    """One scene melting into the next for `frames` frames."""

    before: Scene
    after: Scene
    frames: int


@dataclass(frozen=True, slots=True)
class Moving:
    """A slide's move, whole: what is made ready for one costs as much as a tenth of its frames."""

    slide: Slide
    move: Move

    @property
    def frames(self) -> int:
        """Its length."""
        return self.move.frames


@dataclass(frozen=True, slots=True)
class Read:
    """A scene with a block whose words are lit in turn."""

    scene: Scene
    lit: tuple[Lit, ...]

    @property
    def frames(self) -> int:
        """Its length."""
        return sum(one.frames for one in self.lit)


Shot = Still | Fade | Moving | Read


@dataclass(frozen=True, slots=True)
class Direction:
    """How a film is shot: whether pictures move, beginning with which way (a number), and what is read along."""

    moving: bool = False
    first_way: int = 0
    readings: tuple[Reading, ...] = ()


STEADY = Direction()


def scenes_of(shot: Shot) -> tuple[Scene, ...]:
    """Return the scenes of a shot, in order."""
    if isinstance(shot, Fade):
        return shot.before, shot.after
    return (Scene(shot.slide),) if isinstance(shot, Moving) else (shot.scene,)


def shots(timeline: Timeline, direction: Direction = STEADY) -> tuple[Shot, ...]:
    """Cut the film of an episode; the frames of all shots add up to the timeline's length, to the frame.

    A cross-fade ends where the sentence begins that calls for the new picture, so that eye and ear arrive together.
    A slide that stands too briefly to fade is cut to.
    """
    takes = _takes(timeline, direction)
    cut: list[Shot] = []
    for take, following in zip(takes, [*takes[1:], None], strict=True):
        fade = FADE_FRAMES if following and take.end - take.start > 2 * FADE_FRAMES else 0
        cut += _played(replace(take, end=take.end - fade), direction.readings)
        if fade and following:
            cut.append(Fade(take.last, following.first, fade))
    return tuple(shot for shot in cut if shot.frames > 0)


def moves_of(cut: Iterable[Shot]) -> tuple[Move, ...]:
    """Return the moves of a film, each once."""
    return tuple(shot.move for shot in cut if isinstance(shot, Moving))


@dataclass(frozen=True, slots=True)
class _Take:
    """A slide from frame `start` to frame `end`, what it shows first and last, and its move."""

    start: int
    end: int
    first: Scene
    last: Scene
    move: Move | None


def _takes(timeline: Timeline, direction: Direction) -> list[_Take]:
    changes = [standing.start // SAMPLES_PER_FRAME for standing in timeline.slides]
    changes.append(timeline.length // SAMPLES_PER_FRAME)
    ways = islice(cycle(Way), direction.first_way % len(Way), None)
    block = Block() if direction.readings else None
    takes = []
    for standing, (start, end) in zip(timeline.slides, pairwise(changes), strict=True):
        slide = standing.slide
        planned = _move(slide, end - start - FADE_FRAMES, ways) if direction.moving else None
        views = (planned.start, planned.end) if planned else (WHOLE, WHOLE)
        shown = block if isinstance(slide, PageSlide | PictureSlide) else None
        takes.append(_Take(start, end, Scene(slide, views[0], shown), Scene(slide, views[1], shown), planned))
    return takes


def _move(slide: Slide, frames: int, ways: Iterator[Way]) -> Move | None:
    if not isinstance(slide, PictureSlide) or frames < SHORTEST_MOVE:
        return None
    return move(next(ways), frames, slide.focus or CENTRE)


def _played(take: _Take, readings: Sequence[Reading]) -> Iterator[Shot]:
    """Yield what is seen of a take until it fades: its move and then rest, or what is read over it."""
    if take.move:
        yield Moving(take.first.slide, take.move)
        yield Still(take.last, take.end - take.start - take.move.frames)
        return
    place = take.start
    if isinstance(take.first.slide, READABLE):
        for reading in readings:
            start, end = reading.start, min(reading.end, take.end)
            if take.start <= start < end:  # what was begun over another slide went with it
                yield Still(take.first, start - place)
                yield Read(replace(take.first, block=reading.block), _within(reading, start, end))
                place = end
    yield Still(take.first, take.end - place)


def _within(reading: Reading, start: int, end: int) -> tuple[Lit, ...]:
    """Return what is lit of a reading from frame `start` to frame `end` of the film."""
    place, kept = reading.start, []
    for one in reading.lit:
        frames = min(place + one.frames, end) - max(place, start)
        if frames > 0:
            kept.append(replace(one, frames=frames))
        place += one.frames
    return tuple(kept)
