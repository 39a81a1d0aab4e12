"""How a picture is slowly drawn near or passed along: what part of it is seen in every frame (standard V9).

Which picture moves when is the affair of `storyboard`; drawing what is seen that of `ffmpeg/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from media_service.domain.script import Focus
from media_service.domain.timeline import FRAME_RATE

FASTEST_ZOOM = 0.015
"""Of its size a second, at the fastest moment (V9)."""
FARTHEST_ZOOM = 0.12
FASTEST_PAN = 0.025
"""Of the frame's width a second, at the fastest moment (V9)."""
_HASTE = 1.5
"""An eased move is at its middle so much faster than on the whole."""
_ZOOM = 0.08
_PAN_ZOOM = 1.07
"""What is passed along is seen this much nearer: the edges leave room for it."""
_PAN = 0.06
"""Of the frame's width that a picture passes."""
_ZOOM_A_SECOND = 0.8 * FASTEST_ZOOM / _HASTE
_PAN_A_SECOND = 0.4 * FASTEST_PAN / _HASTE
"""Well within the limits: a child looks at the picture, not at its motion."""
LONGEST = 8 * FRAME_RATE
"""Frames of a move; a picture that stands longer comes to rest."""


CENTRE = Focus(0.5, 0.5)


@dataclass(frozen=True, slots=True)
class View:
    """The part of a slide that is seen: `zoom` times nearer than the whole, around its centre `x`, `y` (shares)."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def holds(self, point: Focus) -> bool:
        """Tell whether a place is seen."""
        reach = 0.5 / self.zoom + 1e-9
        return abs(point.x - self.x) <= reach and abs(point.y - self.y) <= reach


WHOLE = View()


@dataclass(frozen=True, slots=True)
class Move:
    """From one view to another in so many frames, slow at both ends."""

    start: View
    end: View
    frames: int

    def at(self, frame: int) -> View:
        """Return what is seen in a frame: number 0 is the start, the last one the end, where it stays."""
        if frame >= self.frames - 1:
            return self.end
        share = eased(max(frame, 0) / (self.frames - 1))
        seen = _between(1 / self.start.zoom, 1 / self.end.zoom, share)  # so the edges go straight, and never beyond
        return View(
            1 / seen,
            _between(self.start.x, self.end.x, share),
            _between(self.start.y, self.end.y, share),
        )


class Way(Enum):
    """How a picture is looked at; each work begins somewhere and takes them in turn."""

    NEARER = "nearer"
    RIGHTWARD = "rightward"
    FARTHER = "farther"
    LEFTWARD = "leftward"


def eased(share: float) -> float:
    """Return how far a move has come after that share of its time: it sets out and arrives without a jerk."""
    return share * share * (3 - 2 * share)


def move(way: Way, frames: int, focus: Focus = CENTRE) -> Move:
    """Return the move that a picture makes in at most so many frames; `focus` is seen in each of them."""
    frames = min(frames, LONGEST)
    seconds = frames / FRAME_RATE
    if way in {Way.NEARER, Way.FARTHER}:
        near = _around(1 + min(_ZOOM, _ZOOM_A_SECOND * seconds), focus)
        return Move(WHOLE, near, frames) if way is Way.NEARER else Move(near, WHOLE, frames)
    path = min(_PAN, _PAN_A_SECOND * seconds) / _PAN_ZOOM
    middle = _around(_PAN_ZOOM, focus)
    free = 0.5 - 0.5 / _PAN_ZOOM
    left = min(max(middle.x - path / 2, 0.5 - free), 0.5 + free - path)
    views = View(_PAN_ZOOM, left, middle.y), View(_PAN_ZOOM, left + path, middle.y)
    if not all(view.holds(focus) for view in views):
        return move(Way.NEARER, frames, focus)
    return Move(*views, frames) if way is Way.RIGHTWARD else Move(views[1], views[0], frames)


def fastest(one: Move) -> tuple[float, float]:
    """Return the fastest zoom (of its size) and the fastest pan (of the frame's width), a second, as it is drawn."""
    views = [one.at(frame) for frame in range(one.frames)]
    steps = list(pairwise(views))
    zoom = max((abs(after.zoom / before.zoom - 1) for before, after in steps), default=0.0)
    pan = max((abs(after.x - before.x) * after.zoom for before, after in steps), default=0.0)
    return zoom * FRAME_RATE, pan * FRAME_RATE


def _around(zoom: float, focus: Focus) -> View:
    """Return the view of that nearness whose centre is as near to a place as the slide's edges allow."""
    free = 0.5 - 0.5 / zoom
    return View(zoom, *(min(max(share, 0.5 - free), 0.5 + free) for share in (focus.x, focus.y)))


def _between(start: float, end: float, share: float) -> float:
    return start + (end - start) * share
