"""Shots and films looked at frame by frame and heard sample by sample, and what is said of broken ones."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_service.domain.timeline import SAMPLES_PER_FRAME
from media_service.errors import NoSpaceError, SetupError, ToolFailedError
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import write_flac
from media_service.screens import Shown
from tests.ffmpeg.rendering import Episode, channel, lag

pytestmark = pytest.mark.film


@pytest.fixture(scope="module")
def segments(film: FfmpegFilm, slides: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A still of 31 frames, a fade of 16, a still of 20."""
    folder = tmp_path_factory.mktemp("segments")
    paths = folder / "1.mp4", folder / "2.mp4", folder / "3.mp4"
    film.still(Shown(slides[0]), 31, paths[0])
    film.fade(*map(Shown, slides), 16, paths[1])
    film.still(Shown(slides[1]), 20, paths[2])
    return paths


@pytest.fixture(scope="module")
def finished(
    segments: tuple[Path, ...],
    film: FfmpegFilm,
    episode: Episode,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A film of the episode's length, to the frame: a still, a fade, a still."""
    folder = tmp_path_factory.mktemp("film")
    film.still(Shown(plain_slide(folder)), -(-episode.length // SAMPLES_PER_FRAME) - 31 - 16, folder / "rest.mp4")
    film.join([*segments[:2], folder / "rest.mp4"], episode.film_sound, "vi", folder / "film.mp4")
    return folder / "film.mp4"


def plain_slide(folder: Path) -> Path:
    path = folder / "plain.png"
    Image.new("RGB", (1920, 1080), (225, 215, 190)).save(path)
    return path


def pictures(path: Path) -> Iterator[np.ndarray]:
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            yield frame.to_ndarray(format="rgb24", src_colorspace="ITU709")


def test_a_film_keeps_its_standards(finished: Path, inspector: FfmpegInspector, episode: Episode) -> None:
    facts = inspector.film(finished)
    assert (facts.video_codec, facts.profile, facts.pixel_format) == ("h264", "High", "yuv420p")
    assert (facts.width, facts.height, facts.frame_rate) == (1920, 1080, 30)
    assert facts.color == ("bt709", "bt709", "bt709", "tv")
    assert (facts.audio_codec, facts.audio_rate) == ("aac", 48_000)
    assert (facts.video_start_s, facts.audio_start_s) == (0, 0)
    assert facts.video_duration_s == pytest.approx(-(-episode.length // SAMPLES_PER_FRAME) / 30, abs=1e-4)
    assert abs(facts.audio_duration_s - facts.video_duration_s) <= 1 / 30
    assert facts.key_frame_interval == 15
    assert facts.moov_first
    assert not facts.edit_list


def test_a_film_plays_without_a_warning(finished: Path, ffmpeg: Path) -> None:
    played = subprocess.run(
        [ffmpeg, "-v", "warning", "-err_detect", "explode", "-i", finished, "-f", "null", "-"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert played.stderr == b""


def test_the_films_sound_is_the_masters_to_two_thousandths_of_a_second(finished: Path, episode: Episode) -> None:
    heard, mastered = channel(finished), channel(episode.master)
    for start in (0, len(mastered) // 2, len(mastered) - 240_000):
        stretch = mastered[start : start + 96_000]
        assert abs(lag(stretch, heard[start : start + 96_000])) <= 96


def test_a_click_sounds_on_its_sample(
    film: FfmpegFilm, sound: FfmpegSound, segments: tuple[Path, ...], tmp_path: Path
) -> None:
    quiet = np.zeros(107_200, np.int16)  # 67 frames
    quiet[36_000:36_096] = np.random.default_rng(1).integers(-9000, 9000, 96)
    write_flac(quiet, tmp_path / "click.flac")
    sound.film_sound(tmp_path / "click.flac", tmp_path / "click.m4a")
    film.join(segments, tmp_path / "click.m4a", "vi", tmp_path / "film.mp4")
    assert abs(lag(quiet.astype(float), channel(tmp_path / "film.mp4"))) <= 24  # half a thousandth of a second


def test_every_frame_is_shown_in_order_and_in_its_colours(
    segments: tuple[Path, ...], film: FfmpegFilm, episode: Episode, tmp_path: Path
) -> None:
    film.join(segments, episode.film_sound, "vi", tmp_path / "film.mp4")
    shown = [(frame[200, 200].astype(int), frame[700, 1000].mean()) for frame in pictures(tmp_path / "film.mp4")]
    assert len(shown) == 67
    for patch, _ in shown[:31]:
        assert np.abs(patch - (200, 30, 40)).max() <= 4
    for patch, _ in shown[47:]:
        assert np.abs(patch - (20, 120, 60)).max() <= 4
    steps = np.diff([light for _, light in shown[30:48]])
    assert steps == pytest.approx(np.full(17, steps.mean()), abs=2)  # an even melt from one still into the next


def test_a_gradient_stays_smooth_and_a_still_stands_still(
    segments: tuple[Path, ...], slides: tuple[Path, Path]
) -> None:
    drawn = np.asarray(Image.open(slides[0]), dtype=int)
    frames = [frame.astype(int) for frame in pictures(segments[0])]
    assert len(frames) == 31
    for frame in frames[::10]:
        assert np.abs(frame - drawn)[400:].max() <= 6
        assert np.abs(frame - drawn)[400:].mean() < 1.5  # what 8 bits of limited range cost any picture
        assert np.abs(frame - frames[0]).mean() < 0.5


def test_a_long_still_repeats_one_encoded_picture(film: FfmpegFilm, slides: tuple[Path, Path], tmp_path: Path) -> None:
    film.still(Shown(slides[0]), 3_002, tmp_path / "s.mp4")
    with av.open(str(tmp_path / "s.mp4")) as file:
        packets = [(bytes(packet), packet.is_keyframe) for packet in file.demux(video=0) if packet.size]
    assert len(packets) == 3_002
    assert [number for number, (_, key) in enumerate(packets) if key] == list(range(0, 3_002, 15))
    assert all(packets[number] == packets[number % 15] for number in range(3_000))
    assert [path.name for path in tmp_path.iterdir()] == ["s.mp4"]


def test_a_still_of_any_length_has_its_frames(film: FfmpegFilm, tmp_path: Path) -> None:
    slide = plain_slide(tmp_path)
    for frames in (1, 2, 15, 16, 29):
        film.still(Shown(slide), frames, tmp_path / "s.mp4")
        with av.open(str(tmp_path / "s.mp4")) as file:
            assert [frame.pts * frame.time_base * 30 for frame in file.decode(video=0)] == list(range(frames))


def test_the_same_slides_give_the_same_bytes(
    film: FfmpegFilm, slides: tuple[Path, Path], segments: tuple[Path, ...], episode: Episode, tmp_path: Path
) -> None:
    film.still(Shown(slides[0]), 31, tmp_path / "s")
    film.fade(*map(Shown, slides), 16, tmp_path / "f")
    assert (tmp_path / "s").read_bytes() == segments[0].read_bytes()
    assert (tmp_path / "f").read_bytes() == segments[1].read_bytes()
    film.join(segments, episode.film_sound, "vi", tmp_path / "1")
    film.join([tmp_path / "s", tmp_path / "f", segments[2]], episode.film_sound, "vi", tmp_path / "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_a_broken_slide_is_named_and_leaves_nothing(film: FfmpegFilm, tmp_path: Path) -> None:
    slide = tmp_path / "hong.png"
    slide.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(ToolFailedError, match=r"hong\.png") as caught:
        film.still(Shown(slide), 20, tmp_path / "s.mp4")
    assert caught.value.last_lines
    assert [path.name for path in tmp_path.iterdir()] == ["hong.png"]


def test_a_segment_of_another_encoder_is_refused_by_name(
    film: FfmpegFilm, segments: tuple[Path, ...], episode: Episode, ffmpeg: Path, tmp_path: Path
) -> None:
    foreign = tmp_path / "la.mp4"
    source = ["-f", "lavfi", "-i", "color=size=1920x1080:rate=30:duration=0.1"]
    subprocess.run([ffmpeg, "-v", "error", *source, "-c:v", "libx264", foreign], check=True, timeout=60)
    with pytest.raises(SetupError, match=r"la\.mp4"):
        film.join([segments[0], foreign], episode.film_sound, "vi", tmp_path / "film.mp4")


def test_a_segment_that_is_no_film_is_refused_by_name(
    film: FfmpegFilm, segments: tuple[Path, ...], episode: Episode, tmp_path: Path
) -> None:
    (tmp_path / "la.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(100))
    with pytest.raises(ToolFailedError, match=r"la\.mp4"):
        film.join([segments[0], tmp_path / "la.mp4"], episode.film_sound, "vi", tmp_path / "film.mp4")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device to write to")
def test_a_full_disk_is_named(film: FfmpegFilm, segments: tuple[Path, ...], episode: Episode, tmp_path: Path) -> None:
    full = tmp_path / "film.mp4"
    full.symlink_to("/dev/full")
    with pytest.raises(NoSpaceError):
        film.join(segments, episode.film_sound, "vi", full)


def test_the_inspector_finds_what_is_wrong_with_a_film(
    inspector: FfmpegInspector, ffmpeg: Path, tmp_path: Path
) -> None:
    path = tmp_path / "plain.mp4"
    sources = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=2", "-f", "lavfi", "-i", "sine=duration=2"]
    subprocess.run([ffmpeg, "-v", "error", *sources, "-c:v", "libx264", "-g", "40", path], check=True, timeout=60)
    facts = inspector.film(path)
    assert (facts.width, facts.height, facts.frame_rate, facts.key_frame_interval) == (320, 240, 25, 40)
    assert facts.color == ("unknown", "unknown", "unknown", "unknown")
    assert facts.pixel_format == "yuv444p"
    assert not facts.moov_first
    assert facts.edit_list


@pytest.mark.parametrize("content", [b"", b"\0\0\0\x18ftypisom" + bytes(100), b"\0\0\0\0ftyp", b"<html>"])
def test_what_is_no_film_is_refused_by_name(content: bytes, inspector: FfmpegInspector, tmp_path: Path) -> None:
    (tmp_path / "la.mp4").write_bytes(content)
    with pytest.raises(ToolFailedError, match=r"la\.mp4"):
        inspector.film(tmp_path / "la.mp4")
