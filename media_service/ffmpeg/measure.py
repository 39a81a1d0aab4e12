"""What a finished sound measures: ffmpeg's meters in one pass, then a look at what lies in its pauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import av
import numpy as np

from media_service.domain.measured import BookPartFacts, SoundFacts, Span
from media_service.ffmpeg import command, loudness
from media_service.ffmpeg.master import PIECE
from media_service.ffmpeg.meter import Meter
from media_service.ffmpeg.probe import coding
from media_service.ffmpeg.process import Ffmpeg
from media_service.ffmpeg.streams import ONLY_FILES, Samples, demuxer, faults_of, samples, url, waves

EDGE_S = 0.05
"""Left out at both ends of a pause, where speech still dies away or already begins."""
NOTHING_DB = -144.0
"""Stands for minus infinity: below what 24 bits can tell."""


def sound_facts(ffmpeg: Ffmpeg, path: Path) -> SoundFacts:
    """Measure the first sound of a file; raises ToolFailedError where it cannot be decoded."""
    container = demuxer(path)
    lines = ffmpeg.run(command.inspect(path, container), heed=True)
    heard = loudness.read(lines)
    with faults_of(path), av.open(url(path), format=container, options=ONLY_FILES) as file:
        stream = file.streams.audio[0]
        codec, rate, layout = stream.codec_context.name, stream.rate, stream.layout.name
        channels = stream.channels
    listened = _Listened(rate, read_pauses(lines))
    for piece in samples(path, rate, layout):
        listened.take(piece)
    return SoundFacts(
        codec=codec.removesuffix("float"),
        sample_rate=rate,
        channels=channels,
        duration_s=listened.place / rate,
        loudness_lufs=NOTHING_DB if heard.lufs is None else heard.lufs,
        true_peak_dbtp=max(NOTHING_DB, heard.peak_dbtp),
        range_lu=max(0.0, heard.range_lu),
        rms_db=max(NOTHING_DB, _rms_level(lines)),
        pauses_rms_db=listened.pauses_rms_db(),
        longest_digital_zero_s=listened.longest_zero() / rate,
        pauses=tuple(Span(span.start_s, min(span.end_s, listened.place / rate)) for span in listened.pauses),
    )


def book_part_facts(path: Path) -> BookPartFacts:
    """Measure an episode's part of a book inside this process, in one pass; raises ToolFailedError where it cannot."""
    meter = Meter()
    for piece in waves(path, PIECE):
        meter.take(piece)
    heard = meter.loudness()
    return BookPartFacts(
        coding(path), NOTHING_DB if heard.lufs is None else heard.lufs, max(NOTHING_DB, heard.peak_dbtp)
    )


def read_pauses(lines: Iterable[str]) -> tuple[Span, ...]:
    """Read the spans that the `silencedetect` filter named; one that never ends is the tail."""
    spans = []
    start: float | None = None
    for line in lines:
        if found := re.search(r"silence_start: (\S+)", line):
            start = max(0.0, float(found[1]))
        elif (found := re.search(r"silence_end: (\S+)", line)) and start is not None:
            spans.append(Span(start, float(found[1])))
            start = None
    return (*spans, Span(start, float("inf"))) if start is not None else tuple(spans)


def _rms_level(lines: Iterable[str]) -> float:
    found = [line.rsplit(" ", 1)[1] for line in lines if "RMS level dB:" in line]
    return float(found[-1].replace("nan", "-inf")) if found else NOTHING_DB


class _Listened:
    """A sound heard piece by piece: the energy of its pauses and its longest run of exact zeros, in flat memory.

    Zeros are those of 16 bits, which is what leaves a player.
    """

    def __init__(self, rate: int, pauses: Sequence[Span]) -> None:
        self.place = 0
        self.pauses = pauses
        self._inner: Iterator[tuple[float, float]] = iter(
            ((span.start_s + EDGE_S) * rate, (span.end_s - EDGE_S) * rate) for span in pauses
        )
        self._current = next(self._inner, None)
        self._energy, self._count = 0.0, 0
        self._longest, self._open = 0, 0

    def take(self, piece: Samples) -> None:
        """Hear the next piece, of shape (samples, channels)."""
        self._take_pauses(piece)
        self._take_zeros(np.flatnonzero(piece.any(axis=1)), len(piece))
        self.place += len(piece)

    def pauses_rms_db(self) -> float:
        """Return the level of all pauses together in dBFS; where there are none there is no noise to hear."""
        if not self._count or not self._energy:
            return NOTHING_DB
        return float(10 * np.log10(self._energy / self._count / 32768**2))

    def longest_zero(self) -> int:
        """Return the samples of the longest run in which every channel is exactly zero."""
        return max(self._longest, self._open)

    def _take_pauses(self, piece: Samples) -> None:
        end = self.place + len(piece)
        while self._current is not None and self._current[0] < end:
            first, last = self._current
            heard = piece[max(0, round(first) - self.place) : max(0, round(min(last, end)) - self.place)]
            self._energy += float(np.square(heard, dtype=np.float64).sum())
            self._count += heard.size
            if last > end:
                return
            self._current = next(self._inner, None)

    def _take_zeros(self, sounding: np.ndarray, length: int) -> None:
        if not len(sounding):
            self._open += length
            return
        inside = np.diff(sounding).max(initial=1) - 1
        self._longest = max(self._longest, self._open + int(sounding[0]), int(inside))
        self._open = length - 1 - int(sounding[-1])
