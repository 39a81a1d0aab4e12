"""One recording made fit to be joined: its level, its edges, its words."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.timeline import Word
from media_service.errors import NoSpaceError, SilentVoiceError, ToolFailedError
from media_service.ffmpeg import clip as clips
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import demuxer, samples, write_flac
from media_service.ports import Recording


def heard(path: Path) -> np.ndarray:
    return np.concatenate(list(samples(path)))[:, 0].astype(float)


def recording(*pieces: np.ndarray, rate: int = 22050, words: tuple[Word, ...] = ()) -> Recording:
    return Recording(np.concatenate(pieces).astype("<i2").tobytes(), rate, words)


def tone(seconds: float, rate: int = 22050, height: float = 8000) -> np.ndarray:
    return height * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)


def quiet(seconds: float, rate: int = 22050) -> np.ndarray:
    return np.zeros(round(seconds * rate))


def test_voices_come_to_one_level(
    recordings: tuple[Recording, ...], sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    levels = []
    for number, spoken in enumerate(recordings):
        shift = 10 ** ((-18, -3, 0, -9, -12)[number] / 20)  # as if every engine had a level of its own
        pcm = (np.frombuffer(spoken.pcm, "<i2") * shift).astype("<i2").tobytes()
        sound.clip(dataclasses.replace(spoken, pcm=pcm), tmp_path / "clip.flac")
        levels.append(inspector.sound(tmp_path / "clip.flac").loudness_lufs)
    assert max(levels) - min(levels) <= 0.5
    assert levels[0] == pytest.approx(-26, abs=0.3)


def test_a_clip_is_as_long_as_it_says_and_of_the_houses_format(
    recordings: tuple[Recording, ...], sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    made = sound.clip(recordings[0], tmp_path / "clip.part")
    facts = inspector.sound(tmp_path / "clip.part")
    assert (facts.codec, facts.sample_rate, facts.channels) == ("flac", 48_000, 1)
    assert len(heard(tmp_path / "clip.part")) == made.length
    assert facts.true_peak_dbtp <= 0


def test_the_engines_silences_are_trimmed_and_words_keep_their_sound(sound: FfmpegSound, tmp_path: Path) -> None:
    rate = 22050
    words = (Word(0, 3, rate // 2, rate), Word(4, 7, 3 * rate // 2, 2 * rate))
    spoken = recording(quiet(0.5), tone(0.5), quiet(0.5), tone(0.5), quiet(1.0), words=words)
    made = sound.clip(spoken, tmp_path / "clip.flac")
    assert made.length == pytest.approx(1.555 * 48_000, abs=0.02 * 48_000)
    envelope = np.abs(heard(tmp_path / "clip.flac"))
    for word in made.words:
        assert envelope[word.start + 600 : word.end - 600].max() > 1000
        assert envelope[max(0, word.start - 600) : max(1, word.start - 100)].max() < 500  # silence until the word
    assert made.words[1].start - made.words[0].start == 48_000


def test_edges_do_not_click(sound: FfmpegSound, tmp_path: Path) -> None:
    sound.clip(recording(tone(0.4) + 4000), tmp_path / "clip.flac")
    edges = heard(tmp_path / "clip.flac")
    assert np.abs(edges[:10]).max() < 0.05 * np.abs(edges).max()
    assert np.abs(edges[-10:]).max() < 0.05 * np.abs(edges).max()


@pytest.mark.parametrize("spoken", [b"", bytes(2), bytes(44_100), b"\x05\x00" * 22_050], ids=str)
def test_a_recording_without_a_sound_is_refused_and_leaves_nothing(
    spoken: bytes, sound: FfmpegSound, tmp_path: Path
) -> None:
    with pytest.raises(SilentVoiceError, match="silence"):
        sound.clip(Recording(spoken, 22050, ()), tmp_path / "clip.flac")
    assert not (tmp_path / "clip.flac").exists()


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_the_shortest_word_of_any_engine_becomes_a_clip(rate: int, sound: FfmpegSound, tmp_path: Path) -> None:
    made = sound.clip(recording(tone(0.02, rate), rate=rate), tmp_path / "clip.flac")
    assert made.length == pytest.approx(0.02 * 48_000, abs=0.005 * 48_000)


def test_resampling_moves_no_sound(sound: FfmpegSound, tmp_path: Path) -> None:
    spoken = recording(tone(0.5, height=300), np.full(2, 30_000), tone(0.5, height=300))
    sound.clip(spoken, tmp_path / "clip.flac")
    click = int(np.abs(heard(tmp_path / "clip.flac")).argmax())
    assert click == pytest.approx((0.5 + 1 / 22050) * 48_000, abs=3)


@given(
    st.lists(st.tuples(st.integers(-5_000, 99_999), st.integers(-5_000, 99_999)), max_size=8), st.integers(0, 60_000)
)
def test_words_rise_inside_the_clip_whatever_an_engine_says(times: list[tuple[int, int]], length: int) -> None:
    words = [Word(n, n + 1, *sorted(time)) for n, time in enumerate(sorted(times))]
    timed = list(clips.timed(words, first=700, rate=22_050, length=length))
    edges = [edge for word in timed for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= length for edge in edges)
    assert [word.first for word in timed] == [word.first for word in words]


def test_a_clip_is_made_a_hundred_times_faster_than_it_is_heard(
    recordings: tuple[Recording, ...], sound: FfmpegSound, tmp_path: Path
) -> None:
    sound.clip(recordings[0], tmp_path / "first.flac")  # libraries are loaded once
    began = time.process_time()
    for spoken in recordings:
        sound.clip(spoken, tmp_path / "clip.flac")
    spent = time.process_time() - began
    assert sum(len(spoken.pcm) / 2 / spoken.sample_rate for spoken in recordings) / spent > 100


def test_the_same_recording_gives_the_same_bytes(
    recordings: tuple[Recording, ...], sound: FfmpegSound, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        sound.clip(recordings[1], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device to write to")
def test_a_full_disk_is_named() -> None:
    with pytest.raises(NoSpaceError):
        write_flac(np.random.default_rng(1).integers(-9000, 9000, 480_000).astype(np.int16), Path("/dev/full"))


@pytest.mark.parametrize(
    "content", [b"", b"#EXTM3U\nfile:///etc/hostname\n", b"ffconcat version 1.0\nfile 'x'\n", b"fLaC but no more"]
)
def test_a_file_that_is_no_sound_of_ours_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "la.flac"
    path.write_bytes(content)
    with pytest.raises(ToolFailedError, match=r"la\.flac"):
        list(samples(path))


@pytest.mark.parametrize(
    ("head", "named"),
    [(b"fLaC", "flac"), (b"ID3\x03", "mp3"), (b"\xff\xfb\x90", "mp3"), (b"\0\0\0 ftypisom", "mov"), (b"RIFF", "wav")],
)
def test_a_container_is_known_by_its_first_bytes(head: bytes, named: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(head)
    assert demuxer(tmp_path / "file") == named
