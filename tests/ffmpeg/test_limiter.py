"""The limiter: no true peak passes, what is quiet is left as it is, and pieces make no difference."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.limiter import chained, limited
from media_service.ffmpeg.loudness import Chain
from media_service.ffmpeg.meter import heights, highest

CEILING = 0.66
FINER = 8


def noise(seconds: float, level: float) -> NDArray[np.float32]:
    """Loud noise without its upper half: its peaks lie between samples as often as on them."""
    sound = np.random.default_rng(7).standard_normal(round(seconds * SAMPLE_RATE)) * level
    spectrum = np.fft.rfft(sound)
    spectrum[len(spectrum) // 2 :] = 0
    return np.fft.irfft(spectrum).astype(np.float32)


def true_peaks(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """The wave at eight times as many points, told from its whole spectrum."""
    spectrum = np.fft.rfft(sound.astype(np.float64))
    finer = np.pad(spectrum, (0, len(sound) * FINER // 2 + 1 - len(spectrum)))
    return np.abs(np.fft.irfft(finer)) * FINER


def test_heights_are_those_of_the_wave_between_samples_too() -> None:
    sound = noise(1, 0.3)
    told, true = heights(sound, 0.0), true_peaks(sound).reshape(-1, 24 * FINER).max(axis=1)
    assert told[1:-1] == pytest.approx(true[1:-1], rel=0.02)
    assert np.abs(sound).max() < highest(sound) == pytest.approx(true.max(), rel=0.01)


@pytest.mark.parametrize("level", [0.2, 0.3, 0.6])
def test_no_true_peak_passes_the_ceiling(level: float) -> None:
    assert true_peaks(limited(noise(1, level), CEILING)).max() < CEILING * 1.01


def test_only_what_is_near_a_peak_is_turned_down_and_slowly() -> None:
    sound = noise(1, 0.05)
    sound[24_000:24_024] += 0.9
    made = limited(sound.copy(), CEILING)
    changed = np.flatnonzero(np.abs(made - sound) > 1e-6)
    assert 24_000 - 3_000 < changed[0] < 24_000 < changed[-1] < 24_024 + 3_000
    gain = made / np.where(np.abs(sound) > 0.01, sound, np.nan)
    assert np.nanmax(np.abs(np.diff(gain))) < 0.001


@pytest.mark.parametrize("size", [999, 4_608, 48_000])
def test_pieces_of_any_size_make_the_same_sound(size: int) -> None:
    sound, chain = noise(2, 0.25), Chain(3.0, -3.6)
    whole = np.concatenate(list(chained([sound], chain)))
    pieces = [sound[start : start + size] for start in range(0, len(sound), size)]
    assert np.concatenate(list(chained(pieces, chain))) == pytest.approx(whole, abs=1e-6)
