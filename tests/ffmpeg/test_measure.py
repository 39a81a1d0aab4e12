"""What a finished sound measures, told by sounds that are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from media_service.domain.measured import Span
from media_service.errors import ToolFailedError
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.measure import read_pauses
from media_service.ffmpeg.streams import write_flac


def test_pauses_are_read_and_the_one_that_never_ends_is_the_tail() -> None:
    lines = ("[silencedetect @ 0x1] [info] silence_start: -0.001", "[info] silence_end: 0.75 | silence_duration: 0.75")
    assert read_pauses([*lines, "x silence_start: 3"]) == (Span(0.0, 0.75), Span(3.0, float("inf")))
    assert read_pauses([]) == ()


def test_a_known_sound_measures_what_it_is(inspector: FfmpegInspector, tmp_path: Path) -> None:
    rate = 48_000
    tone = 0.1 * np.sin(2 * np.pi * 997 * np.arange(8 * rate) / rate)  # -20 dBFS peak, so -23 LUFS
    room = np.random.default_rng(1).normal(0, 10 ** (-65 / 20), rate)
    sound = np.concatenate([room, tone, np.zeros(rate // 2), tone])
    write_flac(np.rint(sound * 32767).astype(np.int16), tmp_path / "tone.flac")
    facts = inspector.sound(tmp_path / "tone.flac")
    assert facts.loudness_lufs == pytest.approx(-23, abs=0.2)
    assert facts.true_peak_dbtp == pytest.approx(-20, abs=0.2)
    assert facts.duration_s == 17.5
    assert facts.longest_digital_zero_s == pytest.approx(0.5, abs=0.001)
    assert [(span.start_s, span.end_s) for span in facts.pauses] == [
        (0.0, pytest.approx(1.0, abs=0.01)),
        (pytest.approx(9.0, abs=0.01), pytest.approx(9.5, abs=0.01)),
    ]
    assert facts.pauses_rms_db == pytest.approx(-65 + 10 * np.log10(0.9 / 1.3), abs=0.2)


def test_zeros_that_meet_across_pieces_are_one_run(inspector: FfmpegInspector, tmp_path: Path) -> None:
    sound = np.zeros(480_000, np.int16)
    sound[[0, 240_000, 479_999]] = 1000
    write_flac(sound, tmp_path / "zeros.flac")
    assert inspector.sound(tmp_path / "zeros.flac").longest_digital_zero_s == pytest.approx(239_999 / 48_000)


@pytest.mark.parametrize("content", [b"", b"text", b"fLaC" + bytes(60)])
def test_what_is_no_sound_is_refused_by_name(content: bytes, inspector: FfmpegInspector, tmp_path: Path) -> None:
    (tmp_path / "la.flac").write_bytes(content)
    with pytest.raises(ToolFailedError, match=r"la\.flac"):
        inspector.sound(tmp_path / "la.flac")
