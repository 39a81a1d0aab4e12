"""A timeline as shots, counted in whole frames: what stands still, and where one slide melts into the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from media_service.domain.slide import Slide
from media_service.domain.timeline import SAMPLES_PER_FRAME, Timeline

FADE_FRAMES = 16
"""Length of a cross-fade: 0.53 s, inside the 0.4-0.8 s that standard V10 asks."""


@dataclass(frozen=True, slots=True)
class Still:
    """One slide, unmoved, for `frames` frames."""

    slide: Slide
    frames: int


@dataclass(frozen=True, slots=True)
class Fade:
    """One slide melting into the next for `frames` frames."""

    before: Slide
    after: Slide
    frames: int


Shot = Still | Fade


def slides_of(shot: Shot) -> tuple[Slide, ...]:
    """Return the slides a shot shows, in order."""
    return (shot.before, shot.after) if isinstance(shot, Fade) else (shot.slide,)


def shots(timeline: Timeline) -> tuple[Shot, ...]:
    """Cut the film of an episode; the frames of all shots add up to the timeline's length, to the frame.

    A cross-fade ends where the sentence begins that calls for the new picture, so that eye and ear arrive together.
    A slide that stands too briefly to fade is cut to.
    """
    changes = [standing.start // SAMPLES_PER_FRAME for standing in timeline.slides]
    changes.append(timeline.length // SAMPLES_PER_FRAME)
    slides = [standing.slide for standing in timeline.slides]
    cut: list[Shot] = []
    for number, (start, end) in enumerate(pairwise(changes)):
        fade = FADE_FRAMES if number + 1 < len(slides) and end - start > 2 * FADE_FRAMES else 0
        cut.append(Still(slides[number], end - start - fade))
        if fade:
            cut.append(Fade(slides[number], slides[number + 1], fade))
    return tuple(shot for shot in cut if shot.frames > 0)
