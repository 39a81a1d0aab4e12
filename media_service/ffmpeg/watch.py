"""What is seen in a finished film: flashes, black and empty frames, and how it looks at given moments.

A film is mostly stills, each one group of pictures repeated: what repeats is not decoded again. Of groups in which
hardly anything changes, only the frames that others are built upon are decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from media_service.domain.flashes import FlashCounter
from media_service.domain.measured import FilmSeen, Look, Span
from media_service.ffmpeg.streams import ONLY_FILES, broken, demuxer, faults_of, url

STEP = 8
"""Of the pixels in each direction one in so many is looked at."""
ROWS, COLUMNS = 9, 16
BLACK, BLACK_SHARE = 32, 0.98
"""A frame is black where so many of its pixels are no brighter (of 16-235)."""
BLANK = 1.2
"""A frame whose brightness varies less shows nothing (standard deviation, of 16-235)."""
STEADY = 0.03
"""A group whose brightness moves less holds no flash."""
RED = 190
"""Cr above which a pixel is saturated red."""
RED_SHARE = 0.25
"""Share of the frame whose turning saturated red, or ceasing to be, is a change."""

LUMINANCE = (np.clip((np.arange(256) - 16) / 219, 0, 1) ** 2.2).astype(np.float32)
"""Relative luminance of each brightness as it is stored (BT.709, limited range)."""
Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Sight:
    """One frame: luminance of the whole and of its quarters, share of saturated red, whether black or blank."""

    levels: tuple[float, ...]
    red: float
    black: bool
    blank: bool
    look: Look


@dataclass(frozen=True, slots=True)
class _Group:
    """A closed group of `count` frames and those of them that were looked at, by their place."""

    count: int
    sights: tuple[tuple[int, _Sight], ...]

    @property
    def steady(self) -> bool:
        """Tell whether a repetition shows nothing new."""
        return all(max(levels) - min(levels) < STEADY for levels in self._courses())

    @property
    def wavering(self) -> bool:
        """Tell whether something goes up and down in it, so that what lies between the frames seen may matter."""
        return any(_turns(course) for course in self._courses())

    def _courses(self) -> Iterator[Sequence[float]]:
        return zip(*((*one.levels, one.red) for _, one in self.sights), strict=True)


def _turns(course: Sequence[float]) -> bool:
    steps = [after - before for before, after in pairwise(course)]
    return sum(step for step in steps if step > 0) >= STEADY and -sum(step for step in steps if step < 0) >= STEADY


def film_seen(path: Path, moments_s: Sequence[float]) -> FilmSeen:
    """Watch a film once; raises ToolFailedError where it cannot be decoded or has no picture."""
    with faults_of(path), av.open(url(path), format=demuxer(path), options=ONLY_FILES) as file:
        if not file.streams.video:
            raise broken(path, "no picture in it")
        rate = float(file.streams.video[0].average_rate or 30)
        watched = _Watched(rate, [round(moment * rate) for moment in moments_s])
        for group, again in _groups(file):
            watched.take(group, again)
        return watched.facts()


class _Watched:
    """A film seen group by group, in memory that does not grow with its length."""

    def __init__(self, rate: float, frames: Sequence[int]) -> None:
        self._rate, self._asked = rate, frames
        self._place = 0
        self._levels = [FlashCounter() for _ in range(5)]
        self._red = FlashCounter(RED_SHARE)
        self._black, self._blank = _Stretches(rate), _Stretches(rate)
        self._looks: dict[int, Look] = {}

    def take(self, group: _Group, again: bool) -> None:
        """See a group, `again` where it is the one before once more."""
        if not (again and group.steady):
            for place, sight in group.sights:
                self._see((self._place + place) / self._rate, sight)
        shown = [sight for _, sight in group.sights]
        self._black.take(self._place, group.count, all(sight.black for sight in shown))
        self._blank.take(self._place, group.count, all(sight.blank for sight in shown))
        for frame in self._asked:
            if self._place <= frame < self._place + group.count:
                self._looks[frame] = min(group.sights, key=lambda one: abs(one[0] + self._place - frame))[1].look
        self._place += group.count

    def _see(self, at_s: float, sight: _Sight) -> None:
        for counter, level in zip(self._levels, sight.levels, strict=True):
            counter.take(at_s, level)
        self._red.take(at_s, sight.red)

    def facts(self) -> FilmSeen:
        """Return what was seen."""
        counters = [*self._levels, self._red]
        spans = sorted((span for counter in counters for span in counter.spans), key=lambda span: span.start_s)
        return FilmSeen(
            flashes=max(counter.most for counter in self._levels),
            red_flashes=self._red.most,
            flashing=_joined(spans),
            black=self._black.spans(),
            blank=self._blank.spans(),
            looks=tuple(self._looks.get(frame, ()) for frame in self._asked),
        )


class _Stretches:
    """Where something is so, as spans."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._found: list[tuple[int, int]] = []

    def take(self, start: int, count: int, is_so: bool) -> None:
        if is_so and self._found and self._found[-1][1] == start:
            self._found[-1] = (self._found[-1][0], start + count)
        elif is_so:
            self._found.append((start, start + count))

    def spans(self) -> tuple[Span, ...]:
        return tuple(Span(first / self._rate, last / self._rate) for first, last in self._found)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start_s <= joined[-1].end_s:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, span.end_s))
        else:
            joined.append(span)
    return tuple(joined)


def _groups(file: av.container.InputContainer) -> Iterator[tuple[_Group, bool]]:
    """Yield the film's groups of pictures and whether each is the same as the one before."""
    decoder = _Decoder(file.streams.video[0].codec_context)
    before: tuple[bytes, ...] = ()
    group: _Group | None = None
    for packets in _closed(file):
        if group is None or packets != before:
            group, before = decoder.group(packets), packets
            yield group, False
        else:
            yield group, True


def _closed(file: av.container.InputContainer) -> Iterator[tuple[bytes, ...]]:
    packets: list[bytes] = []
    for packet in file.demux(video=0):
        if not packet.size:
            continue
        if packet.is_keyframe and packets:
            yield tuple(packets)
            packets = []
        packets.append(bytes(packet))
    if packets:
        yield tuple(packets)


class _Decoder:
    """Decodes closed groups, each for itself."""

    def __init__(self, stream: VideoCodecContext) -> None:
        self._context = cast("VideoCodecContext", VideoCodecContext.create(stream.name, "r"))
        self._context.extradata = stream.extradata
        self._context.options = {"skip_loop_filter": "all"}
        self._context.thread_count = 1

    def group(self, packets: Sequence[bytes]) -> _Group:
        """Look at the frames others are built upon; at all of them where something wavers between these."""
        some = self._seen(packets, "NONREF")
        group = _Group(len(packets), some)
        return _Group(len(packets), self._seen(packets, "DEFAULT")) if group.wavering else group

    def _seen(self, packets: Sequence[bytes], skip: Literal["NONREF", "DEFAULT"]) -> tuple[tuple[int, _Sight], ...]:
        self._context.skip_frame = skip
        self._context.flush_buffers()
        frames = []
        for place, data in enumerate((*packets, None)):
            packet = None if data is None else av.Packet(data)
            if packet is not None:
                packet.pts = packet.dts = place
            frames += self._context.decode(packet)
        step = len(packets) / max(1, len(frames))
        return tuple((round(number * step), _sight(frame)) for number, frame in enumerate(frames))


def _sight(frame: av.VideoFrame) -> _Sight:
    bright = _plane(frame, 0, STEP)
    quarters = _fields(LUMINANCE[bright], 2, 2)
    return _Sight(
        levels=(float(quarters.mean()), *quarters.tolist()),
        red=float((_plane(frame, 2, STEP // 2) > RED).mean()),
        black=float((bright <= BLACK).mean()) >= BLACK_SHARE,
        blank=float(bright.std(dtype=np.float32)) < BLANK,
        look=tuple(_fields(bright.astype(np.float32), ROWS, COLUMNS).round().astype(int).tolist()),
    )


def _plane(frame: av.VideoFrame, number: int, step: int) -> Plane:
    """Return every so many-th pixel of a plane."""
    plane = frame.planes[number]
    rows = np.frombuffer(cast("memoryview[int]", plane), np.uint8).reshape(-1, plane.line_size)
    return np.ascontiguousarray(rows[step // 2 : plane.height : step, step // 2 : plane.width : step])


def _fields(pixels: NDArray[np.floating], rows: int, columns: int) -> NDArray[np.floating]:
    """Return the means of equal fields, row by row; what is over at the right and below is left out."""
    height, width = pixels.shape[0] // rows, pixels.shape[1] // columns
    kept = pixels[: height * rows, : width * columns].reshape(rows, height, columns, width)
    means: NDArray[np.floating] = kept.mean(axis=(1, 3)).reshape(-1)
    return means
