"""How sound feels to the ear, frame by frame: mel-frequency cepstra, evened out so that voices can be compared.

Sounds of any rate can be held against each other: the filters lie at the same frequencies in all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.float32]
"""A row a frame."""

HOP_S = 0.01
"""Seconds from frame to frame."""
_WINDOW_S = 0.032
_LOWEST_HZ = 80.0
_HIGHEST_HZ = 6_800.0
"""Below half of every rate that an engine speaks at, or what lies above is empty alike."""
_FILTERS = 32
_WEIGHTS = np.array([1.5, *[1.0] * 7, *[0.5] * 5], np.float32)
"""Of each cepstrum: the first is loudness, the last ones tell voices apart rather than sounds (measured)."""
_CEPSTRA = len(_WEIGHTS)
_FLOOR_DB = 35.0
"""What lies so far below the loudest is taken for silence, be it digital or a room."""
_BLOCK = 4_000
"""Frames worked on at once: an hour of sound needs no more memory than a minute."""


def features(pcm: bytes, sample_rate: int) -> Frames:
    """Return cepstra of mono 16-bit sound and their slopes, a row for each hundredth of a second."""
    sound = np.frombuffer(pcm, "<i2")
    hop, width = round(HOP_S * sample_rate), round(_WINDOW_S * sample_rate)
    count = max(1, -(-len(sound) // hop))
    padded = np.pad(sound, (width // 2, width + hop))
    bank, window = _filters(sample_rate, width), np.hanning(width).astype(np.float32)
    rows = []
    for begin in range(0, count, _BLOCK):
        places = hop * np.arange(begin, min(begin + _BLOCK, count))
        frames = padded[places[:, None] + np.arange(width)] * window
        rows.append(np.abs(np.fft.rfft(frames)).astype(np.float32) ** 2 @ bank)
    power = np.concatenate(rows)
    levels = 10 * np.log10(np.maximum(power, 1.0))
    levels = np.maximum(levels, levels.max() - _FLOOR_DB).astype(np.float32)
    cepstra = _even(levels @ _cosines())
    return np.hstack([cepstra, _even(_slopes(cepstra))])


def _even(cepstra: Frames) -> Frames:
    """Return cepstra of equal mean and spread, weighed."""
    spread = np.maximum(cepstra.std(axis=0), 1e-3)
    even: Frames = ((cepstra - cepstra.mean(axis=0)) / spread * _WEIGHTS).astype(np.float32)
    return even


def _slopes(cepstra: Frames) -> Frames:
    """Return how each cepstrum rises or falls over five frames."""
    padded = np.pad(cepstra, ((2, 2), (0, 0)), mode="edge")
    slopes: Frames = ((2 * (padded[4:] - padded[:-4]) + padded[3:-1] - padded[1:-3]) / 10).astype(np.float32)
    return slopes


def _filters(sample_rate: int, width: int) -> NDArray[np.float32]:
    """Return triangular filters, evenly spaced to the ear, a column each."""
    edges = _hertz(np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _FILTERS + 2))
    bins = np.fft.rfftfreq(width, 1 / sample_rate)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    bank: NDArray[np.float32] = np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)
    return bank


def _mel(hertz: float) -> float:
    return float(1127 * np.log1p(hertz / 700))


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    hertz: NDArray[np.float64] = 700 * np.expm1(mel / 1127)
    return hertz


def _cosines() -> NDArray[np.float32]:
    """Return the cosine transform that turns filter levels into cepstra; the first, loudness, is kept."""
    places = (np.arange(_FILTERS) + 0.5) / _FILTERS
    cosines: NDArray[np.float32] = np.cos(np.pi * places[:, None] * np.arange(_CEPSTRA)).astype(np.float32)
    return cosines
