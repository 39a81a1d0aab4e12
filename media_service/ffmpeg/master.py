"""Clips and silences joined into an episode's master: one level, one ceiling, room tone throughout, sample for sample.

The parts flow through one by one; what is kept is a file beside the master, removed whatever happens. All of it is done
in this process: a chapter's worth of samples costs less than the pipes to a program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg import loudness
from media_service.ffmpeg.clip import LEVEL_LUFS
from media_service.ffmpeg.limiter import chained
from media_service.ffmpeg.loudness import Aim, Chain, Loudness
from media_service.ffmpeg.meter import Meter
from media_service.ffmpeg.room import room_tone
from media_service.ffmpeg.streams import faults_of, samples, writing_flac
from media_service.ports import Silence

Sound = NDArray[np.float32]

AIM = Aim(lufs=-19.0, peak_dbtp=-3.3)
"""Standards A1 and A3; the peak with something in hand for the codecs that follow."""
LIMIT_DB = -3.6
USUALLY_LOST_AGAIN = 1.5
"""What speech has lost to the limiter is made good by so much: of more gain the limiter takes its share too."""
PIECE = 2 * SAMPLE_RATE
"""Samples worked on at a time: what a processor keeps at hand. Longer pieces of several chapters leave holes in memory
between each other: with five seconds, ten hours took 120 MB more than one."""
SILENCE = np.zeros((SAMPLE_RATE, 1), np.int16)
FULL = 32768.0


def master(parts: Iterable[Path | Silence], path: Path) -> int:
    """Write the master and return its length, which is that of all parts together; see `ports.Sound.master`."""
    gathered = path.with_name(f"{path.name}.pcm")
    try:
        meter = Meter()
        length = _gather(parts, gathered, meter)
        with faults_of(path):
            levelled = Levelled(gathered)
            chain = likely(meter.loudness(), levelled)
            loudness.settle(AIM, chain, lambda chain: write(levelled.pieces(chain), path))
        return length
    finally:
        gathered.unlink(missing_ok=True)


def first_chain(heard: Loudness) -> Chain:
    """Return the chain to begin with; what is too short to be measured is taken to lie where clips are levelled."""
    level = LEVEL_LUFS if heard.lufs is None else heard.lufs
    return Chain(AIM.lufs - level, LIMIT_DB)


def likely(heard: Loudness, levelled: Levelled) -> Chain:
    """Return the chain that most likely brings what was gathered to its level, so that it need be written but once."""
    chain = first_chain(heard)
    if heard.lufs is None or heard.peak_dbtp + chain.gain_db <= LIMIT_DB:
        return chain
    lost = AIM.lufs - (levelled.measured(chain).lufs or AIM.lufs)
    return replace(chain, gain_db=chain.gain_db + min(loudness.MOST_RAISED_DB, lost * USUALLY_LOST_AGAIN))


def write(pieces: Iterable[Sound], path: Path) -> Loudness:
    """Write a sound as 24-bit FLAC, room tone laid under it; returns what it measures."""
    place, meter = 0, Meter()
    with writing_flac(path) as put:
        for piece in pieces:
            sound = piece + room_tone(place, len(piece))
            put(np.rint(sound * 2**23).astype(np.int32) << 8)
            meter.take(sound)
            place += len(piece)
    return meter.loudness()


@dataclass(frozen=True, slots=True)
class Levelled:
    """What was gathered (16-bit samples), as a chain makes it sound."""

    gathered: Path

    def pieces(self, chain: Chain) -> Iterator[Sound]:
        """Yield the levelled sound piece by piece."""
        return chained(self._as_gathered(), chain)

    def measured(self, chain: Chain) -> Loudness:
        """Return what the levelled sound would measure; its peaks are the chain's affair."""
        meter = Meter(peaks=False)
        for piece in self.pieces(chain):
            meter.take(piece)
        return meter.loudness()

    def _as_gathered(self) -> Iterator[Sound]:
        with self.gathered.open("rb") as file:
            while len(piece := np.fromfile(file, "<i2", PIECE)):
                yield piece.astype(np.float32) / FULL


def _gather(parts: Iterable[Path | Silence], gathered: Path, meter: Meter) -> int:
    """Write all parts one after another as they are and hear them; returns their length."""
    length = taken = 0
    waiting: list[NDArray[np.int16]] = []
    with faults_of(gathered), gathered.open("wb") as file:

        def take() -> None:
            together = np.concatenate(waiting) if waiting else SILENCE[:0, 0]
            waiting.clear()
            together.astype("<i2").tofile(file)
            meter.take(together.astype(np.float32) / FULL)

        for piece in _flow(parts):
            waiting.append(piece[:, 0])
            length += len(piece)
            if length - taken >= PIECE:
                taken = length
                take()
        take()
    return length


def _flow(parts: Iterable[Path | Silence]) -> Iterator[NDArray[np.int16]]:
    for part in parts:
        if isinstance(part, Silence):
            for start in range(0, part.length, len(SILENCE)):
                yield SILENCE[: min(len(SILENCE), part.length - start)]
        else:
            yield from samples(part)
