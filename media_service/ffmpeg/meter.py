"""Loudness and true peak after ITU-R BS.1770-4, heard piece by piece inside this process, for 48 kHz mono.

Ten times cheaper than asking a program for each; what that program's meter says of finished files is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.loudness import Loudness

Sound = NDArray[np.float32]

HOP = SAMPLE_RATE // 10
UNHEARD_LUFS = -70.0
UNDER_LU = -10.0
"""A gating block that lies so far under the mean of all that are heard does not count."""

BETWEEN = 4
"""Points looked at for each sample, as the standard asks."""
REACH = 12
"""Samples on either side that a point between two is told from."""
BLOCK = 24
"""Samples whose highest point is told together: half a thousandth of a second."""
SAFE = 0.6
"""What stays under this share of a ceiling does not pass it between two samples, in speech."""
LIKELY = 0.85
"""The highest point between samples lies beside a sample that is nearly the highest."""


class Meter:
    """Hears a sound piece by piece; `loudness` says what it was. Keeps ten numbers for each second heard.

    Without `peaks` it does not look between samples, and says that of their peak alone.
    """

    def __init__(self, *, peaks: bool = True) -> None:
        self._peaks = peaks
        self._rest = np.zeros(0, np.float32)
        self._powers: list[NDArray[np.float64]] = []
        self._peak = 0.0

    def take(self, piece: Sound) -> None:
        """Hear the next piece, samples between -1 and 1."""
        waiting = np.concatenate([self._rest, piece])
        whole = len(waiting) // HOP * HOP
        self._powers.append(weighted_power(waiting[:whole].reshape(-1, HOP)))
        self._rest = waiting[whole:]
        peak = highest(piece, self._peak) if self._peaks else float(np.abs(piece).max(initial=0.0))
        self._peak = max(self._peak, peak)

    def loudness(self) -> Loudness:
        """Return what was heard; no loudness where nothing lasted for the 0.4 s that the standard needs."""
        peak = 20 * float(np.log10(self._peak)) if self._peak else float("-inf")
        return Loudness(_gated(self._powers), peak, 0.0)


def weighted_power(hops: Sound) -> NDArray[np.float64]:
    """Return the power of each tenth of a second as the standard weighs frequencies.

    Weighed in each one's spectrum, which is many times faster than filtering and within 0.1 LU of it.
    """
    parts = np.fft.rfft(hops).view(hops.dtype)  # real and imaginary by turns
    np.square(parts, out=parts)
    power: NDArray[np.float64] = (parts @ _k_weights()).astype(np.float64) * (2 / HOP**2)
    return power


@cache
def _k_weights() -> NDArray[np.float32]:
    """Return the power response of the standard's two filters at 48 kHz, for the frequencies of one hop, each twice."""
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(HOP))
    shelf = np.polyval([1.19839281085285, -2.69169618940638, 1.53512485958697], turn) / np.polyval(
        [0.73248077421585, -1.69065929318241, 1.0], turn
    )
    highpass = np.polyval([1.0, -2.0, 1.0], turn) / np.polyval([0.99007225036621, -1.99004745483398, 1.0], turn)
    weights: NDArray[np.float32] = np.repeat(np.abs(shelf * highpass) ** 2, 2).astype(np.float32)
    return weights


def _gated(powers: Sequence[NDArray[np.float64]]) -> float | None:
    hops = np.concatenate([np.zeros(0), *powers])
    if len(hops) < 4:
        return None
    blocks = np.convolve(hops, np.full(4, 0.25), "valid")
    heard = blocks[blocks > _power(UNHEARD_LUFS)]
    if not len(heard):
        return None
    return _level(heard[heard > heard.mean() * 10 ** (UNDER_LU / 10)].mean())


def _level(power: float) -> float:
    return float(10 * np.log10(power) - 0.691)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def highest(piece: Sound, than: float = 0.0) -> float:
    """Return the true peak of a piece alone; looks between its samples only where it may be higher than `than`."""
    peak = float(np.abs(piece).max(initial=0.0))
    if not peak:
        return 0.0
    return max(peak, float(heights(piece, LIKELY * max(than, peak)).max(initial=0.0)))


def heights(piece: Sound, least: float) -> Sound:
    """Return for every block how high the wave goes in it, its last sample's way to the next one included.

    Only blocks with a sample above `least` are looked at; of others 0 is said. The last block may be shorter.
    """
    whole = np.pad(piece, (0, -len(piece) % BLOCK))
    height = np.zeros(len(whole) // BLOCK, np.float32)
    loud = _loud(whole, least)
    if len(loud):
        around = sliding_window_view(np.pad(whole, REACH), BLOCK + 2 * REACH)[::BLOCK][loud]
        between = around @ _points()
        own = np.abs(around[:, REACH:-REACH]).max(axis=1)
        height[loud] = np.maximum(own, np.abs(between, out=between).max(axis=1))
    return height


def _loud(whole: Sound, least: float) -> NDArray[np.intp]:
    """Return the blocks that hold a sample above `least`; eight samples are looked at as one number."""
    above = ((whole > least) | (whole < -least)).view(np.uint64).reshape(-1, BLOCK // 8)
    return np.flatnonzero(np.bitwise_or.reduce(above.T, axis=0))


@cache
def _points() -> Sound:
    """Return what makes of a block and `REACH` samples on either side all the points between its samples, as columns.

    Four to a sample, at an eighth, three, five and seven eighths of the way to the next, by a windowed sinc.
    """
    taps = 2 * REACH
    places = (np.arange(taps * BETWEEN) - (taps * BETWEEN - 1) / 2) / BETWEEN
    kernel = (np.sinc(places) * np.kaiser(len(places), 6.0)).astype(np.float32).reshape(taps, BETWEEN)
    points = np.zeros((BLOCK + 2 * REACH, BLOCK, BETWEEN), np.float32)
    for sample in range(BLOCK):
        points[sample + 1 : sample + 1 + taps, sample] = kernel
    return points.reshape(BLOCK + 2 * REACH, -1)
