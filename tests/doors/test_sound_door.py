"""What every Sound keeps, the fake one that the steps are tested with and the real one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from media_service.domain.timeline import Word
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import samples
from media_service.ports import Recording, Silence, Sound
from tests import fakes, make

TEXT = "Biển xanh cát trắng"


@dataclass(frozen=True)
class Bench:
    """A door, what it can make a clip from, and how long a file of its making is, in samples."""

    sound: Sound
    recording: Recording
    length: Callable[[Path], int]


def hummed() -> Recording:
    """A hum of a quarter of a second for each word of TEXT, between the silences an engine leaves."""
    rate = 22_050
    step, before = rate // 4, rate // 2
    words, first = [], 0
    for number, one in enumerate(TEXT.split()):
        words.append(Word(first, first + len(one), before + number * step, before + (number + 1) * step))
        first += len(one) + 1
    hum = 8_000 * np.sin(2 * np.pi * 220 * np.arange(len(words) * step) / rate)
    pcm = np.concatenate([np.zeros(before), hum, np.zeros(rate)]).astype("<i2").tobytes()
    return Recording(pcm, rate, tuple(words))


def decoded_length(path: Path) -> int:
    return sum(len(piece) for piece in samples(path))


@pytest.fixture(params=["fake", pytest.param("ffmpeg", marks=pytest.mark.film)])
def bench(request: pytest.FixtureRequest) -> Bench:
    if request.param == "fake":
        return Bench(fakes.FakeSound(), fakes.FakeSpeech().speak(TEXT, make.voice(), 3.5), fakes.sound_length)
    return Bench(FfmpegSound(bundled()), hummed(), decoded_length)


class TestSound:
    def test_a_clip_is_as_long_as_its_file(self, bench: Bench, tmp_path: Path) -> None:
        clip = bench.sound.clip(bench.recording, tmp_path / "a.flac")
        assert clip.length == bench.length(tmp_path / "a.flac") > 0

    def test_words_rise_inside_their_clip_and_keep_their_letters(self, bench: Bench, tmp_path: Path) -> None:
        clip = bench.sound.clip(bench.recording, tmp_path / "a.flac")
        assert [TEXT[word.first : word.last] for word in clip.words] == TEXT.split()
        assert clip.words[0].start >= 0
        assert clip.words[-1].end <= clip.length
        assert all(word.start < word.end for word in clip.words)
        assert all(word.end <= after.start for word, after in pairwise(clip.words))

    def test_a_master_is_as_long_as_its_parts_together(self, bench: Bench, tmp_path: Path) -> None:
        paths = tmp_path / "a.flac", tmp_path / "b.flac"
        lengths = [bench.sound.clip(bench.recording, path).length for path in paths]
        silences = Silence(36_000), Silence(28_801), Silence(144_000)
        parts = silences[0], paths[0], silences[1], paths[1], silences[2]
        length = bench.sound.master(iter(parts), tmp_path / "m.flac")
        assert length == sum(lengths) + sum(silence.length for silence in silences)
        assert length == bench.length(tmp_path / "m.flac")
