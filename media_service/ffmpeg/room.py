"""What a quiet room sounds like: soft, without rumble or hiss, the same each time, and without a seam when repeated."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE

Sound = NDArray[np.float32]

LEVEL_DB = -66.0
"""RMS in dBFS: inside the -70 to -62 that standard A5 aims at."""
LENGTH = 12 * SAMPLE_RATE
LOWEST_HZ = 80
HIGHEST_HZ = 4_000
SEED = 1945


def room_tone(start: int, length: int) -> Sound:
    """Return `length` samples of the tone, which began at sample 0 and goes on for ever."""
    once, first = _round(), start % LENGTH
    if first + length <= LENGTH:
        return once[first : first + length]
    heard: Sound = np.concatenate([once[first:], *[once] * (length // LENGTH + 1)])[:length]
    return heard


@cache
def _round() -> Sound:
    """Return one round: pink noise between two soft edges, made in the spectrum, so that its end leads to its start."""
    hertz = np.fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE)
    inside = 1 / (1 + (LOWEST_HZ / np.maximum(hertz, 1e-3)) ** 4) / (1 + (hertz / HIGHEST_HZ) ** 4)
    turns = np.exp(2j * np.pi * np.random.default_rng(SEED).random(len(hertz)))
    noise = np.fft.irfft(turns * np.sqrt(inside / np.maximum(hertz, 1.0)), LENGTH)
    tone: Sound = (noise / noise.std() * 10 ** (LEVEL_DB / 20)).astype(np.float32)
    return tone
