from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from media_service.errors import ToolFailedError
from media_service.ffmpeg.streams import write_flac
from media_service.ffmpeg.waveform import peaks


def tone(seconds: float, level: float) -> np.ndarray:
    time = np.arange(round(seconds * 48_000)) / 48_000
    return (level * 32767 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)


def test_an_outline_rises_where_the_sound_does(tmp_path: Path) -> None:
    sound = np.concatenate([tone(0.5, 0.0), tone(0.5, 1.0), tone(0.5, 0.25), tone(0.25, 0.5)])
    write_flac(sound, tmp_path / "sound.flac")
    found = list(peaks(tmp_path / "sound.flac"))
    assert found[:5] == [0] * 5
    assert all(one >= 254 for one in found[5:10])
    assert all(62 <= one <= 64 for one in found[10:15])
    assert len(found) == 18  # the last one is of half a step
    assert found[17] in {126, 127}


def test_pieces_of_any_length_give_the_same_outline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = np.concatenate([tone(0.31, 0.4), tone(0.7, 0.9)])
    write_flac(sound, tmp_path / "sound.flac")
    whole = peaks(tmp_path / "sound.flac")
    for size in (1_000, 4_800, 7_777, 60_000):
        pieces = [sound[at : at + size].reshape(-1, 1) for at in range(0, len(sound), size)]
        monkeypatch.setattr("media_service.ffmpeg.waveform.samples", lambda _, pieces=pieces: iter(pieces))
        assert peaks(tmp_path / "sound.flac") == whole


def test_the_loudest_negative_sample_is_full_scale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loudest = np.full((4_800, 1), -32768, np.int16)
    monkeypatch.setattr("media_service.ffmpeg.waveform.samples", lambda _: iter([loudest]))
    assert peaks(tmp_path) == b"\xff"


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.flac").write_bytes(b"nothing to hear")
    with pytest.raises(ToolFailedError):
        peaks(tmp_path / "no.flac")
