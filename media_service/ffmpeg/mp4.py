"""Films put together from what is encoded already: packets are copied and timed by our own count, never decoded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path

import av
from av.container import OutputContainer
from av.stream import Stream

from media_service.domain.timeline import FRAME_RATE, SAMPLE_RATE, SAMPLES_PER_FRAME
from media_service.errors import SetupError
from media_service.ffmpeg.drawn import REORDERED
from media_service.ffmpeg.language import iso_639_2
from media_service.ffmpeg.streams import ONLY_FILES, demuxer, faults_of, url
from media_service.messages import message

FRAME = Fraction(1, FRAME_RATE)
SAMPLE = Fraction(1, SAMPLE_RATE)
Timed = tuple[int, "av.Packet[Stream]"]
AAC_FRAME = 1024
"""Samples that one packet of AAC-LC decodes to."""
PLAIN = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0", "fflags": "+bitexact"}
"""Index in front, no edit list, and both streams from 0:00 all the same (standards V2, V3)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One encoded frame: shown as the `shown`-th of its shot."""

    shown: int
    key: bool
    data: bytes

    def at(self, shown: int) -> Frame:
        """Return the same frame, shown at another time: said out, since films have hundreds of thousands."""
        return Frame(shown, self.key, self.data)


def stand(keys: Path, order: Sequence[tuple[int, int]], path: Path) -> None:
    """Write a shot that shows pictures of `keys` in this order, each (its number, for so many frames) a group.

    `keys` holds each picture as a group of its own, and last, at full length, a group in which nothing ever changes:
    what that says behind its key frame, that all is as before, holds for any picture.
    """
    with faults_of(keys), _opened(keys) as file:
        *pictures, unchanged = _groups(_read(file))
        with _writing(path) as film:
            stream = film.add_stream_from_template(file.streams.video[0])
            shown = (_standing(pictures[number][0], unchanged, frames) for number, frames in order)
            for _, packet in _counted(stream, _in_turn(shown)):
                film.mux(packet)


def _standing(picture: Frame, unchanged: Sequence[Frame], frames: int) -> tuple[Frame, ...]:
    """Return a group that shows a picture for so many frames, in the order of decoding.

    Each frame that others are built upon comes with those shown before it, which may be left out.
    """
    group = [picture]
    ahead: list[list[Frame]] = []
    for frame in unchanged[1:]:
        if not ahead or frame.shown > ahead[-1][0].shown:
            ahead.append([frame])
        else:
            ahead[-1].append(frame)
    for leading, *between in ahead:
        place = len(group)
        taken = min(1 + len(between), frames - place)
        if taken > 0:
            group.append(leading.at(place + taken - 1))
            group += (one.at(place + number) for number, one in enumerate(between[: taken - 1]))
    return tuple(group)


def join(shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
    """Write the film: the shots one after another, and beside them the sound, its first sample at 0:00.

    The encoder's priming, which comes before the first sample, is left out instead of being hidden by an edit list.
    """
    with faults_of(sound), _opened(shots[0]) as first, _opened(sound) as heard, _writing(path) as film:
        shown = film.add_stream_from_template(first.streams.video[0])
        told = film.add_stream_from_template(heard.streams.audio[0])
        told.metadata["language"] = iso_639_2(language)
        frames = _counted(shown, _in_turn(_frames(shots, first.streams.video[0].codec_context.extradata)))
        for _, packet in merge(frames, _told(told, heard), key=_moment):
            film.mux(packet)


def _frames(shots: Iterable[Path], setup: bytes | None) -> Iterator[Sequence[Frame]]:
    for shot in shots:
        with faults_of(shot), _opened(shot) as file:
            if file.streams.video[0].codec_context.extradata != setup:
                said = message(
                    "{file} was encoded by another ffmpeg than the film's other parts; remove it and make it again.",
                    file=shot.name,
                )
                raise SetupError(said)
            yield from _groups(_read(file))


def _groups(frames: Iterable[Frame]) -> Iterator[tuple[Frame, ...]]:
    """Cut frames in the order of decoding into closed groups, each counting from its own key frame."""
    group: list[Frame] = []
    start = 0
    for frame in frames:
        if frame.key and group:
            yield tuple(group)
            group = []
        if frame.key:
            start = frame.shown
        group.append(frame.at(frame.shown - start))
    yield tuple(group)


def _in_turn(groups: Iterable[Sequence[Frame]]) -> Iterator[Frame]:
    """Show groups one after another."""
    start = 0
    for group in groups:
        yield from (frame.at(start + frame.shown) for frame in group)
        start += len(group)


def _read(file: av.container.InputContainer) -> Iterator[Frame]:
    ticks = (file.streams.video[0].time_base or FRAME) / FRAME
    for packet in file.demux(video=0):
        if packet.size and packet.pts is not None:
            shown = (2 * packet.pts * ticks.numerator + ticks.denominator) // (2 * ticks.denominator)
            yield Frame(shown, packet.is_keyframe, bytes(packet))


def _counted(stream: Stream, frames: Iterable[Frame]) -> Iterator[Timed]:
    """Yield packets, each with the sample at which it is to be decoded."""
    for place, frame in enumerate(frames):
        packet = av.Packet(frame.data)
        packet.stream, packet.time_base = stream, FRAME
        packet.pts, packet.dts, packet.duration = frame.shown, place - REORDERED, 1
        packet.is_keyframe = frame.key
        yield (place - REORDERED) * SAMPLES_PER_FRAME, packet


def _told(stream: Stream, file: av.container.InputContainer) -> Iterator[Timed]:
    place = 0
    for packet in file.demux(audio=0):
        if packet.size and packet.pts is not None and packet.pts >= 0:
            copy = av.Packet(bytes(packet))
            copy.stream, copy.time_base = stream, SAMPLE
            copy.pts, copy.dts, copy.duration = place, place, AAC_FRAME
            copy.is_keyframe = True
            yield place, copy
            place += AAC_FRAME


def _moment(timed: Timed) -> int:
    return timed[0]


@contextmanager
def _opened(path: Path) -> Iterator[av.container.InputContainer]:
    with av.open(url(path), format=demuxer(path), options=ONLY_FILES) as file:
        yield file


@contextmanager
def _writing(path: Path) -> Iterator[OutputContainer]:
    with av.open(url(path), "w", format="mp4", container_options=PLAIN) as file:
        yield file
