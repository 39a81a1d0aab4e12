"""Where in a long recording each of the texts is said that it is known to hold, one after another.

The embedded engine says the texts; its rendering is warped upon the recording window by window, and between two texts
whatever the recording holds (a breath, a cough, a long silence) may pass at a fixed price. Memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media_service.domain.casting import Voice
from media_service.domain.tape import Cut
from media_service.domain.timeline import SAMPLE_RATE
from media_service.ports import Recording, Speech
from media_service.speech.aligning import guided, spoken_part
from media_service.speech.features import HOP_S, Frames, features
from media_service.speech.warping import Gaps, warp, warp_with_gaps

CODE_VERSION = 1
"""Raised whenever the same recording and texts are cut otherwise than before."""

RATE = 16_000
_WINDOW_S = 40.0
"""Seconds of text that are looked for at once; more costs with its square, less gets lost more easily."""
_SURE = 0.6
"""Part of a window whose cuts are kept; the rest is looked for again with what follows it."""
_SLACK = 1.6
"""Times the expected length that a window of the recording has, for longer pauses and slower stretches,"""
_SLACK_S = 8.0
"""and seconds beyond that."""
_HOP = round(HOP_S * RATE)
"""Samples from frame to frame."""
_ABOVE_DB = 9.0
"""What is not so far above the quiet of its stretch is quiet."""
_GAP_PRICE = 1.0
"""Price of each frame between two texts: about that of silence held against silence, below all speech (measured)."""
_STRAY_S = 0.8
"""Seconds of what may be dropped at the edge of a text, when it stands apart and fits nothing: a cough, a click."""
_APART_S = 0.12
"""Seconds of silence that set it apart."""
_REST = round(0.1 * RATE)
_MARGIN_S = 0.12
"""Kept around what is heard of a text, so that soft sounds at its edges are."""
_SLOWEST, _FASTEST = 0.3, 3.0
"""Times the guide's length that a text may take."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A text as the guide says it."""

    guide: Recording

    @property
    def seconds(self) -> float:
        return len(self.guide.pcm) / 2 / self.guide.sample_rate


def cuts(sound: Iterable[NDArray[np.int16]], texts: Sequence[str], voice: Voice, guide: Speech) -> Iterator[Cut]:
    """Yield for each text where it is said in sound of 16 kHz, in samples of 48 kHz; an empty cut for none."""
    tape = _Tape(sound)
    waiting: list[_Line | None] = []
    ahead = iter(texts)
    left = len(texts)
    pace = 1.0
    while left:
        while sum(line.seconds for line in waiting if line) < _WINDOW_S and (text := next(ahead, None)) is not None:
            said = guided(text, voice, guide)
            waiting.append(_Line(said) if said else None)
        is_last = len(waiting) == left
        expected = sum(line.seconds + 0.6 for line in waiting if line) * pace
        heard = tape.ahead(None if is_last and expected > tape.rest() / _SLACK else expected * _SLACK + _SLACK_S)
        sure = len(waiting) if is_last else max(1, round(len(waiting) * _SURE))
        found = list(_found(heard, waiting, sure))
        yield from map(tape.cut, found)
        ends = [cut.end for cut in found if cut.end]
        tape.pass_by(max(ends, default=0))
        waiting, left = waiting[sure:], left - sure


class _Tape:
    """A recording that is heard from its beginning to its end, some of it at a time."""

    def __init__(self, sound: Iterable[NDArray[np.int16]]) -> None:
        self._sound = iter(sound)
        self._held = np.zeros(0, np.int16)
        self._passed = 0

    def ahead(self, seconds: float | None) -> NDArray[np.int16]:
        """Return what comes next, up to so many seconds (None: to its end)."""
        wanted = None if seconds is None else round(seconds * RATE)
        pieces, length = [self._held], len(self._held)
        while (wanted is None or length < wanted) and (piece := next(self._sound, None)) is not None:
            pieces.append(piece)
            length += len(piece)
        self._held = np.concatenate(pieces)
        return self._held[:wanted]

    def rest(self) -> float:
        """Return a lower bound of the seconds that are left."""
        return len(self._held) / RATE

    def pass_by(self, samples: int) -> None:
        """Let go of what has been cut."""
        self._held = self._held[samples:]
        self._passed += samples

    def cut(self, cut: Cut) -> Cut:
        """Return a cut of what is held as one of the whole tape, at 48 kHz."""
        times = SAMPLE_RATE // RATE
        if not cut.end:
            return cut
        return Cut((self._passed + cut.start) * times, (self._passed + cut.end) * times)


def _found(heard: NDArray[np.int16], lines: Sequence[_Line | None], sure: int) -> Iterator[Cut]:
    """Yield where each of the first `sure` lines is said in a stretch of the recording."""
    said = [line for line in lines if line]
    if not said or len(heard) < RATE // 4:
        yield from (Cut(0, 0) for _ in lines[:sure])
        return
    whole = features(heard.tobytes(), RATE)
    shapes = [features(line.guide.pcm, line.guide.sample_rate) for line in said]
    edges = iter(warp_with_gaps([_coarse(shape) for shape in shapes], _coarse(whole), Gaps(_GAP_PRICE)))
    number = 0
    for line in lines[:sure]:
        if line is None:
            yield Cut(0, 0)
            continue
        first, last = next(edges)
        own, others = shapes[number], [shapes[near] for near in (number - 1, number + 1) if 0 <= near < len(shapes)]
        cut = _without_strays(_Stretch(heard, whole), own, _trimmed(heard, 2 * first, 2 * last + 2))
        yield cut if _fits(whole[cut.start // _HOP : cut.end // _HOP], own, others) else Cut(0, 0)
        number += 1


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is heard of a recording at once: samples, and their features."""

    sound: NDArray[np.int16]
    frames: Frames

    def islands(self, cut: Cut) -> list[Cut]:
        """Return what stands apart from the rest in a cut, in order."""
        pieces = self.sound[cut.start : cut.end]
        levels = 10 * np.log10(
            np.maximum(np.square(pieces[: len(pieces) // _HOP * _HOP].reshape(-1, _HOP).astype(float)).mean(axis=1), 1)
        )
        heard = np.flatnonzero(levels > min(np.percentile(levels, 10) + _ABOVE_DB, levels.max() - _ABOVE_DB))
        borders = np.flatnonzero(np.diff(heard) > _APART_S / 0.01)
        starts, ends = heard[np.r_[0, borders + 1]], heard[np.r_[borders, -1]] if heard.size else (heard, heard)
        return [
            Cut(cut.start + int(start) * _HOP, cut.start + (int(end) + 1) * _HOP)
            for start, end in zip(starts, ends, strict=True)
        ]

    def price(self, own: Frames, cut: Cut) -> float:
        """Return what it costs to hold a text against a cut: more for each frame that fits nothing."""
        frames = self.frames[cut.start // _HOP : max(cut.end // _HOP, cut.start // _HOP + 1)]
        return warp(own, frames).cost * (len(own) + len(frames))


def _without_strays(stretch: _Stretch, own: Frames, cut: Cut) -> Cut:
    """Return a cut without what stands apart at its edges, where the text is the better for it."""
    if cut.end - cut.start < _HOP * 10:
        return cut
    islands = stretch.islands(cut)
    for edge in (0, -1):
        while len(islands) > 1 and islands[edge].end - islands[edge].start < _STRAY_S * RATE:
            rest = islands[1:] if edge == 0 else islands[:-1]
            if stretch.price(own, _with_rest(rest)) >= stretch.price(own, _with_rest(islands)):
                break
            islands = rest
    return Cut(max(islands[0].start - _HOP * 2, 0), min(islands[-1].end + _HOP * 2, len(stretch.sound)))


def _with_rest(islands: Sequence[Cut]) -> Cut:
    """Return what islands span, and the moment in which their last sound dies away."""
    return Cut(max(islands[0].start - _REST, 0), islands[-1].end + _REST)


def _fits(heard: Frames, own: Frames, others: Sequence[Frames]) -> bool:
    """Tell whether a stretch says its text: it is about as long, and no neighbouring text fits it better."""
    if not _SLOWEST * len(own) <= len(heard) <= _FASTEST * len(own) or len(heard) < 5:
        return False
    price = warp(own, heard).cost
    return all(price < warp(other, heard).cost for other in others)


def _coarse(frames: Frames) -> Frames:
    even = frames[: len(frames) // 2 * 2]
    return even.reshape(-1, 2, frames.shape[1]).mean(axis=1) if len(even) else frames[:1]


def _trimmed(heard: NDArray[np.int16], first: int, last: int) -> Cut:
    """Return the samples of frames `first` to `last` with their margin, without the silence at their edges."""
    margin = round(_MARGIN_S * RATE)
    begin, end = max(first * _HOP - margin, 0), min(last * _HOP + margin, len(heard))
    inner_begin, inner_end = spoken_part(Recording(heard[begin:end].tobytes(), RATE, ()))
    return Cut(begin + inner_begin, begin + inner_end) if inner_begin < inner_end else Cut(0, 0)
