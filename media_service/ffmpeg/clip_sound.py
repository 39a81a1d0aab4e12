"""What can be heard of a passage as its engine gave it: peak, loudness, its longest silence, overdriven samples.

Nothing is judged here; the quality report does that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE, ClipSound

FRAME = SAMPLE_RATE // 100
QUIET_DB = 35.0
"""What lies so far below the loudness of the speech around it is not heard beside it."""
FULL_SCALE = 32_700
RUN = 3
"""Samples in a row at full scale: a wave that only touches it has one or two."""


def clip_sound(pcm: NDArray[np.int16], sound: NDArray[np.float32], loudness: float) -> ClipSound:
    """Describe a recording: its 16-bit samples as they came, and the same at 48 kHz between -1 and 1."""
    peak = float(np.abs(pcm.astype(np.int32)).max(initial=0)) / 32768
    return ClipSound(
        peak_db=round(20 * float(np.log10(max(peak, 1e-6))), 2),
        loudness=round(loudness, 2),
        longest_silence=_longest(_quiet(sound, loudness)) * FRAME,
        clipped=_overdriven(pcm),
    )


def _quiet(sound: NDArray[np.float32], loudness: float) -> NDArray[np.bool_]:
    """Tell of each hundredth of a second whether nothing is heard in it."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.square(frames).mean(axis=1)
    quiet: NDArray[np.bool_] = power < 10 ** ((loudness - QUIET_DB) / 10)
    return quiet


def _longest(quiet: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of True between two False."""
    sounding = np.flatnonzero(~quiet)
    return int(np.diff(sounding).max(initial=1)) - 1


def _overdriven(pcm: NDArray[np.int16]) -> int:
    """Count the samples at full scale that stand in runs on one side."""
    return sum(_in_runs(side) for side in (pcm >= FULL_SCALE, pcm <= -FULL_SCALE))


def _in_runs(full: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(full.astype(np.int8), prepend=0, append=0))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= RUN].sum())
