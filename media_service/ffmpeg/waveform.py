"""The outline of a sound, for eyes: how loud each tenth of a second gets, read piece by piece in flat memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from media_service.domain.timeline import SAMPLE_RATE
from media_service.domain.waveform import PER_SECOND
from media_service.ffmpeg.streams import Samples, samples

_STEP = SAMPLE_RATE // PER_SECOND


def peaks(path: Path) -> bytes:
    """Return the highest peak of each step as a byte: 0 is silence, 255 full scale.

    Raises ToolFailedError where the sound cannot be decoded.
    """
    found = bytearray()
    left = np.empty(0, np.int16)
    for piece in samples(path):
        heard = np.concatenate((left, piece[:, 0]))
        whole = len(heard) // _STEP * _STEP
        found += _highest(heard[:whole])
        left = heard[whole:]
    return bytes(found + _highest(np.pad(left, (0, -len(left) % _STEP))))


def _highest(sound: Samples) -> bytes:
    steps = np.abs(sound.astype(np.int32)).reshape(-1, _STEP).max(axis=1, initial=0)
    return bytes(np.minimum(steps * 255 // 32767, 255).astype(np.uint8))
