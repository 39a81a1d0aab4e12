"""A limiter that looks ahead: no true peak passes its ceiling, and its gain moves too slowly to be heard.

Each stretch is limited from itself and `CONTEXT` samples around it alone, so that a sound of any length may be limited
piece by piece, in any order, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.loudness import Chain
from media_service.ffmpeg.meter import BLOCK, SAFE, heights

Sound = NDArray[np.float32]

SWAY = SAMPLE_RATE // 50 // BLOCK
"""Blocks over which the gain comes down before a peak and goes up behind it: 20 ms."""
HOLD = SWAY + 2
"""Blocks on either side of a peak that are kept as low: the way down, and the block in which gain moves on."""
CONTEXT = BLOCK * (HOLD + SWAY + 8)
RAMP = (np.arange(BLOCK) / BLOCK).astype(np.float32)


def limited(sound: Sound, ceiling: float) -> Sound:
    """Return the sound with no true peak above `ceiling`, as long as it was."""
    height = heights(sound, SAFE * ceiling)
    if float(height.max(initial=0.0)) <= ceiling:
        return sound
    needed = np.minimum(1.0, ceiling / np.maximum(height, 1e-9)).astype(np.float32)
    return _turned_down(sound, _smooth(lowest_around(needed, HOLD)))


def _turned_down(sound: Sound, gain: Sound) -> Sound:
    """Return a sound with a gain that each block begins with and that moves evenly to that of the next."""
    blocks = np.pad(sound, (0, -len(sound) % BLOCK)).reshape(-1, BLOCK)
    after = np.append(gain[1:], gain[-1:])
    moved = np.flatnonzero(np.minimum(gain, after) < 1)
    blocks[moved] *= gain[moved, None] + (after - gain)[moved, None] * RAMP
    return blocks.reshape(-1)[: len(sound)]


def chained(pieces: Iterable[Sound], chain: Chain) -> Iterator[Sound]:
    """Yield a sound as a chain makes it, in pieces of other lengths."""
    gain, ceiling = np.float32(10 ** (chain.gain_db / 20)), float(10 ** (chain.limit_db / 20))
    held = np.zeros(0, np.float32)
    out = 0
    for piece in pieces:
        held = np.concatenate([held, piece * gain])
        ready = (len(held) - CONTEXT) // BLOCK * BLOCK  # wherever a piece ends, blocks lie alike
        if ready > out:
            yield limited(held, ceiling)[out:ready]
            gone = max(0, ready - CONTEXT)
            held, out = held[gone:], ready - gone
    yield limited(held, ceiling)[out:]


def lowest_around(gain: Sound, reach: int) -> Sound:
    """Return for every block the least of the gains up to `reach` blocks away.

    The least of two neighbouring stretches is that of both together, so stretches are doubled until they are long.
    """
    least = np.pad(gain, reach, mode="edge")
    width, whole = 1, 2 * reach + 1
    while 2 * width <= whole:
        least = np.minimum(least[:-width], least[width:])
        width *= 2
    rest = whole - width
    return np.minimum(least[: len(gain)], least[rest : rest + len(gain)])


def _smooth(gain: Sound) -> Sound:
    """Let a gain move slowly: a mean over `SWAY` blocks on either side, twice, each over half of them.

    Whatever is averaged there was already as low as the lowest in reach, so the result is never higher than needed.
    """
    return _mean_around(_mean_around(gain, SWAY // 2), SWAY // 2)


def _mean_around(gain: Sound, reach: int) -> Sound:
    sums = np.cumsum(np.pad(gain, (reach + 1, reach), mode="edge"), dtype=np.float64)
    mean: Sound = ((sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1)).astype(np.float32)
    return mean
