"""Captions of an episode: what is said, as it is written, in step with its sound (standards C1-C7); SRT and WebVTT.

Times are samples on whole milliseconds, so that both formats say them exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from media_service.domain.cueing import stretches
from media_service.domain.gathering import SHORTEST, TWO_FRAMES, Cue, gathered, lines_of
from media_service.domain.pace import Pace
from media_service.domain.timeline import SAMPLE_RATE, SAMPLES_PER_FRAME, Timeline, seconds

_MILLISECOND = SAMPLE_RATE // 1000
_HALF_SECOND = SAMPLE_RATE // 2


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands on the screen from sample `start` to sample `end`."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Captions:
    """All captions of an episode, in order."""

    captions: tuple[Caption, ...]


@dataclass(frozen=True, slots=True)
class CaptionMeasures:
    """What a caption track measures; all zero where there are no captions."""

    cues: int
    longest_line: int
    """Characters (C1)."""
    most_lines: int
    shortest_s: float
    longest_s: float
    share_within_cps: float
    """Part of the captions that keep to the pace's characters a second (C5)."""
    highest_cps: float
    smallest_gap_frames: float | None
    """The smallest gap above zero (C4); None where there is none."""


def captions(timeline: Timeline, pace: Pace) -> tuple[Caption, ...]:
    """Return the captions of an episode: every word of it, in order."""
    said = timeline.utterances
    begins = [utterance.start for utterance in said[1:]] + [timeline.length]
    cues = [
        (stretch,)
        for utterance, following in zip(said, begins, strict=True)
        for stretch in stretches(utterance, following, pace)
    ]
    return tuple(_timed(gathered(cues, timeline.length, pace), timeline.length, pace))


def _timed(cues: Sequence[Cue], length: int, pace: Pace) -> Iterable[Caption]:
    starts = [_start(cue) for cue in cues]
    for cue, start, following in zip(cues, starts, [*starts[1:], length], strict=True):
        lines = lines_of(cue, pace.caption_line) or tuple(stretch.text for stretch in cue)
        comfort = max(SHORTEST, -(-len(" ".join(lines)) * SAMPLE_RATE // pace.caption_cps))
        yield Caption(start, _end(start, _whole(cue[-1].end), following, comfort), lines)


def _end(start: int, silent: int, following: int, comfort: int) -> int:
    """Return when a caption goes that begins at `start` and whose sound ends at `silent`.

    It lingers for half a second at most (C6) and leaves two frames before the next; it meets the next where the sound
    runs straight on, and closes gaps under half a second (C4). After an ordinary sentence for children (0.6 s) closing
    the gap means lingering one frame over the half second: C6 is kept within its two frames. In longer pauses half a
    second stays free, unless `comfort` (the samples its reading needs) asks for more.
    """
    gap = following - silent
    if gap < TWO_FRAMES:
        return following
    latest = following - TWO_FRAMES
    if gap <= _HALF_SECOND + 2 * TWO_FRAMES:
        return latest
    lingering, clear = silent + _HALF_SECOND, following - _HALF_SECOND
    end = clear if start + comfort <= clear < lingering else lingering
    return min(max(end, start + SHORTEST), latest)


def _start(cue: Cue) -> int:
    return _whole(cue[0].start)


def _whole(sample: int) -> int:
    """Return the first whole millisecond at or after a sample: a caption never comes before its sound."""
    return -(-sample // _MILLISECOND) * _MILLISECOND


def srt(cues: Iterable[Caption]) -> str:
    """Write captions as SubRip; an arrow inside the text is drawn as a sign, because it would end the text."""
    blocks = (
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{_text(cue).replace('-->', '→')}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks)


def vtt(cues: Iterable[Caption], language: str) -> str:
    """Write captions as WebVTT in `language` (BCP 47)."""
    blocks = (
        f"{number}\n{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n{_escaped(_text(cue))}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join((f"WEBVTT\nKind: captions\nLanguage: {language}\n", *blocks))


def measures(cues: Sequence[Caption], pace: Pace) -> CaptionMeasures:
    """Measure a caption track against the pace; reading speed counts characters with spaces."""
    if not cues:
        return CaptionMeasures(0, 0, 0, 0.0, 0.0, 0.0, 0.0, None)
    stand = [seconds(cue.end - cue.start) for cue in cues]
    speeds = [len(" ".join(cue.lines)) / stands_s for cue, stands_s in zip(cues, stand, strict=True)]
    gaps = [(after.start - before.end) / SAMPLES_PER_FRAME for before, after in pairwise(cues)]
    return CaptionMeasures(
        cues=len(cues),
        longest_line=max(len(line) for cue in cues for line in cue.lines),
        most_lines=max(len(cue.lines) for cue in cues),
        shortest_s=min(stand),
        longest_s=max(stand),
        share_within_cps=sum(speed <= pace.caption_cps for speed in speeds) / len(cues),
        highest_cps=max(speeds),
        smallest_gap_frames=min((gap for gap in gaps if gap), default=None),
    )


def _text(cue: Caption) -> str:
    return "\n".join(cue.lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(sample: int, point: str) -> str:
    minutes, milliseconds = divmod(sample // _MILLISECOND, 60_000)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(milliseconds, 1000)
    return f"{hours:02}:{minutes:02}:{whole:02}{point}{part:03}"
