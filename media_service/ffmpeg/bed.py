"""Music under speech: its level there is set once, by what both measure; where nobody speaks for long it comes forward.

It begins and ends a film by itself in that way, and is down again before a word is said. A piece is repeated as it is,
end to beginning: the house's pieces are rounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_service.domain.measured import BedFacts
from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.master import PIECE
from media_service.ffmpeg.meter import Meter
from media_service.ffmpeg.streams import faults_of, waves, writing_flac

Sound = NDArray[np.float32]

WINDOW = 2 * SAMPLE_RATE // 5
SPEECH_DB = -37.0
"""A window louder than this is speech; it is 2 dB louder in the film, where the standard says -35."""
UNDER_DB = 21.5
UNDER_TENTH_DB = 16.5
"""How far the bed lies under speech at the median, and at the tenth where it is nearest: 1.5 dB better than A13."""
RISEN_DB = 6.0
"""So much louder is it alone, in a pause long enough to come and go in."""
WAY = 3
"""Windows over which it comes forward and goes back, one more being kept beside speech."""
FADE_IN_S = 1.5
FADE_OUT_S = 2.5
"""Standard A14 asks for a second at least."""
SILENT = 1e-12


def bed(master: Path, music: Path, path: Path) -> BedFacts:
    """Write the bed of a master and tell how it lies; see `ports.Sound.bed`."""
    once = np.concatenate(list(waves(music, PIECE)))
    speech, heard, length = _levels(master)
    spoken = speech > SPEECH_DB
    apart = (speech - _round_levels(once, len(speech)))[spoken]
    if not len(apart):
        apart = np.zeros(1)
    median, tenth = float(np.median(apart)), float(np.percentile(apart, 10))
    gain = min(median - UNDER_DB, tenth - UNDER_TENTH_DB)
    lufs = _write(once * np.float32(10 ** (gain / 20)), length, risen(spoken), path)
    return BedFacts(median - gain, tenth - gain, lufs, heard, FADE_IN_S, FADE_OUT_S)


def mixed(voice: Iterator[Sound], music: Iterator[Sound]) -> Iterator[Sound]:
    """Yield two sounds of one length as one."""
    held = np.zeros(0, np.float32)
    for piece in voice:
        while len(held) < len(piece):
            held = np.concatenate([held, next(music, np.zeros(len(piece), np.float32))])
        yield piece + held[: len(piece)]
        held = held[len(piece) :]


def _levels(master: Path) -> tuple[NDArray[np.float64], float, int]:
    """Return the level of each window of a master in dBFS, its loudness, and its length."""
    meter, levels, length = Meter(), [], 0
    rest = np.zeros(0, np.float32)
    for piece in waves(master, PIECE):
        meter.take(piece)
        length += len(piece)
        waiting = np.concatenate([rest, piece])
        whole = len(waiting) // WINDOW * WINDOW
        levels.append(np.square(waiting[:whole].reshape(-1, WINDOW), dtype=np.float64).mean(axis=1))
        rest = waiting[whole:]
    return 10 * np.log10(np.concatenate(levels) + SILENT), meter.loudness().lufs or -70.0, length


def _round_levels(once: Sound, count: int) -> NDArray[np.float64]:
    """Return the level of each of so many windows of a piece that is repeated for ever."""
    sums = np.concatenate([np.zeros(1), np.cumsum(np.square(once, dtype=np.float64))])
    edges = np.arange(count + 1) * WINDOW
    reached = edges // len(once) * sums[-1] + sums[edges % len(once)]
    levels: NDArray[np.float64] = 10 * np.log10(np.diff(reached) / WINDOW + SILENT)
    return levels


def risen(spoken: NDArray[np.bool_]) -> Sound:
    """Return by what factor music is louder in each window than under speech: 1 in speech and right beside it."""
    places = np.arange(len(spoken))
    words = np.flatnonzero(spoken)
    if not len(words):
        return np.ones(len(spoken), np.float32)
    behind = places - words[np.clip(np.searchsorted(words, places, "right") - 1, 0, None)]
    before = words[np.clip(np.searchsorted(words, places), None, len(words) - 1)] - places
    away = np.minimum(np.abs(behind), np.abs(before)) - 1
    slope = np.sin(np.clip(away / WAY, 0, 1) * np.pi / 2) ** 2
    factor: Sound = (10 ** (RISEN_DB * slope / 20)).astype(np.float32)
    return factor


def _write(once: Sound, length: int, rise: Sound, path: Path) -> float:
    """Write a piece again and again, as long as asked, faded at both ends; returns its loudness in LUFS.

    `rise` tells how much louder it is in the middle of each window.
    """
    meter = Meter()
    middles = (np.arange(len(rise)) + 0.5) * WINDOW
    with faults_of(path), writing_flac(path) as put:
        for start in range(0, length, PIECE):
            places = np.arange(start, min(length, start + PIECE))
            sound = np.take(once, places, mode="wrap") * _fade(places, length)
            if len(rise):
                sound *= np.interp(places, middles, rise).astype(np.float32)
            meter.take(sound)
            put(np.rint(sound * 2**23).astype(np.int32) << 8)
    return meter.loudness().lufs or -70.0


def _fade(places: NDArray[np.int64], length: int) -> Sound:
    """Return how much of the music is heard at each sample: it comes and goes softly."""
    risen = np.minimum(places / (FADE_IN_S * SAMPLE_RATE), (length - 1 - places) / (FADE_OUT_S * SAMPLE_RATE))
    slope: Sound = np.sin(np.clip(risen, 0, 1) * np.pi / 2).astype(np.float32) ** 2
    return slope
