"""Where a recording sounds and how long it is silent, as the standard A12 measures it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]

QUIET = 32_768 * 10 ** (-45 / 20)
"""Below it (-45 dBFS) nothing is spoken, at the loudness that engines give."""
SHORTEST_S = 0.15
"""A silence shorter than that belongs to the words."""


def sounding(sound: Samples, rate: int) -> tuple[int, int]:
    """Return the first sample that sounds and the one behind the last, a few milliseconds of breath around them."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) >= QUIET)
    if not loud.size:
        return 0, len(sound)
    return max(0, int(loud[0]) - rate // 100), min(len(sound), int(loud[-1]) + 1 + rate // 50)


def spoken_s(sound: Samples, rate: int) -> float:
    """Return how long it sounds, its silences left out."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) >= QUIET)
    gaps = np.diff(np.concatenate([[-1], loud, [len(sound)]]))
    return float(len(sound) - gaps[gaps > SHORTEST_S * rate].sum()) / rate
