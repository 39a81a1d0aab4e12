"""What is told of a recording before it is levelled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from media_service.domain.timeline import ClipSound
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ports import Recording

RATE = 24_000


def tone(seconds: float, height: float = 6000) -> np.ndarray:
    return height * np.sin(2 * np.pi * 440 * np.arange(round(seconds * RATE)) / RATE)


def told(sound: FfmpegSound, path: Path, *pieces: np.ndarray) -> ClipSound:
    pcm = np.clip(np.concatenate(pieces), -32768, 32767).astype("<i2").tobytes()
    found = sound.clip(Recording(pcm, RATE, ()), path / "clip.flac").sound
    assert found is not None
    return found


def test_peak_and_loudness_are_those_of_the_engine_not_of_the_levelled_clip(sound: FfmpegSound, tmp_path: Path) -> None:
    loud, soft = told(sound, tmp_path, tone(1.0)), told(sound, tmp_path, tone(1.0, 600))
    assert loud.peak_db == pytest.approx(20 * np.log10(6000 / 32768), abs=0.05)
    assert loud.loudness - soft.loudness == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize("noise", [0, 20])
def test_the_longest_silence_is_found_though_a_room_is_heard_in_it(
    noise: int, sound: FfmpegSound, tmp_path: Path
) -> None:
    hiss = np.random.default_rng(1).normal(0, noise, round(1.2 * RATE))
    found = told(sound, tmp_path, tone(0.6), hiss[: RATE // 4], tone(0.6), hiss, tone(0.6))
    assert found.longest_silence / 48_000 == pytest.approx(1.2, abs=0.03)


def test_speech_without_a_gap_has_no_silence(sound: FfmpegSound, tmp_path: Path) -> None:
    assert told(sound, tmp_path, tone(1.5)).longest_silence == 0


def test_an_overdriven_wave_is_counted_and_a_high_one_is_not(sound: FfmpegSound, tmp_path: Path) -> None:
    assert told(sound, tmp_path, tone(0.5, 32_600)).clipped == 0
    assert told(sound, tmp_path, tone(0.5, 60_000)).clipped > RATE * 0.2
