"""Music under a voice: measured on the stems, as a listener would take them apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.pieces import load
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import waves, write_flac
from tests.ffmpeg.rendering import Episode

pytestmark = pytest.mark.film

PIECES = {piece.name: piece for piece in load([Path("music")])}
WINDOW = 19_200


def wave(path: Path | str) -> np.ndarray:
    return np.concatenate(list(waves(Path(path), 480_000)))


def levels(sound: np.ndarray) -> np.ndarray:
    whole = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    return 10 * np.log10(np.square(whole, dtype=np.float64).mean(axis=1) + 1e-12)


@pytest.mark.parametrize("name", PIECES)
def test_a_bed_lies_twenty_decibels_under_the_voice_and_comes_and_goes_softly(
    name: str, episode: Episode, sound: FfmpegSound, tmp_path: Path
) -> None:
    told = sound.bed(episode.master, Path(PIECES[name].file), tmp_path / "bed.flac")
    voice, bed = wave(episode.master), wave(tmp_path / "bed.flac")
    assert len(bed) == len(voice) == episode.length
    apart = (levels(voice) - levels(bed))[levels(voice) > -35]
    assert len(apart) > 20
    assert np.median(apart) >= 20
    assert np.percentile(apart, 10) >= 15
    assert np.median(apart) < 30  # it is there to be heard
    assert told.loudness_lufs < told.speech_lufs
    middle = np.abs(bed[len(bed) // 2 :][:96_000]).max()
    assert np.abs(bed[:4800]).max() < 0.05 * middle
    assert np.abs(bed[-4800:]).max() < 0.05 * middle


def test_the_films_copy_with_music_keeps_its_standards(
    episode: Episode, sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    sound.bed(episode.master, Path(PIECES["thuyen-ve-ben"].file), tmp_path / "bed.flac")
    sound.film_sound(episode.master, tmp_path / "film.m4a", tmp_path / "bed.flac")
    facts = inspector.sound(tmp_path / "film.m4a")
    assert facts.loudness_lufs == pytest.approx(-14, abs=1)
    assert facts.true_peak_dbtp <= -1
    mixed, plain = wave(tmp_path / "film.m4a"), wave(episode.film_sound)
    bed = wave(tmp_path / "bed.flac")
    heard = (mixed - plain[: len(mixed)])[48_000 : 5 * 48_000]
    lain = bed[48_000 : 5 * 48_000]
    assert np.corrcoef(heard, lain)[0, 1] > 0.9  # what was added is the music, where it belongs


def test_music_comes_forward_where_nobody_speaks_and_is_back_before_a_word(sound: FfmpegSound, tmp_path: Path) -> None:
    rate = 48_000
    noise = np.random.default_rng(5).normal(0, 1, 30 * rate)
    spoken = np.zeros(30 * rate)
    for start, end in ((3, 9), (9.4, 15), (21, 25)):  # a breath, a long pause, the end of the film
        spoken[int(start * rate) : int(end * rate)] = 2500
    write_flac((noise * spoken).astype(np.int16), tmp_path / "voice.flac")
    hum = 8000 * np.sin(2 * np.pi * 220 * np.arange(3 * rate) / rate)
    write_flac(hum.astype(np.int16), tmp_path / "piece.flac")
    told = sound.bed(tmp_path / "voice.flac", tmp_path / "piece.flac", tmp_path / "bed.flac")
    level = levels(wave(tmp_path / "bed.flac"))
    under = np.median(level[12:20])

    def at(second: float) -> float:
        return float(level[int(second / 0.4)] - under)

    assert at(18) == pytest.approx(6, abs=0.3)
    assert at(27) > 3  # by itself behind the last word, before it fades
    assert [at(second) for second in (9.2, 15.0, 20.6, 21.0)] == pytest.approx([0] * 4, abs=0.3)
    assert np.abs(np.diff(level[8:-8])).max() < 4  # no step is heard
    assert told.loudness_lufs < told.speech_lufs


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_of_the_house_is_a_round_that_may_be_repeated_without_a_click(name: str) -> None:
    piece = PIECES[name]
    sound = wave(piece.file)
    assert 40 <= len(sound) / 48_000 <= 90
    assert np.abs(sound).max() < 0.9
    steps = np.abs(np.diff(np.concatenate([sound[-4800:], sound[:4800]])))
    assert steps[4799] <= np.percentile(steps, 99.5)  # the seam is as smooth as what is around it
    assert Path(piece.file).stat().st_size < 1_500_000
    assert piece.licence == "CC0-1.0"


def test_a_piece_goes_on_through_the_seam(sound: FfmpegSound, tmp_path: Path) -> None:
    rate, length = 48_000, 3 * 48_000
    turns = np.sin(2 * np.pi * 200 * np.arange(length) / rate)
    write_flac((8000 * turns).astype(np.int16), tmp_path / "piece.flac")
    voice = np.random.default_rng(3).normal(0, 2000, 10 * rate)
    write_flac(voice.astype(np.int16), tmp_path / "voice.flac")
    sound.bed(tmp_path / "voice.flac", tmp_path / "piece.flac", tmp_path / "bed.flac")
    inner = wave(tmp_path / "bed.flac")[2 * rate : 7 * rate]  # two seams in it
    spectrum = np.abs(np.fft.rfft(inner * np.hanning(len(inner))))
    assert spectrum[995:1006].max() > 1000 * np.delete(spectrum, np.s_[985:1016]).max()
