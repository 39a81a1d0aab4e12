"""A production as one M4B, and what listeners' copies say of their chapters: as other programs read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import mutagen
import numpy as np
import pytest
from mutagen.mp4 import MP4

from media_service.domain.timeline import Mark
from media_service.errors import ToolFailedError
from media_service.ffmpeg import aac, boxes
from media_service.ffmpeg import book as book_of
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.process import Ffmpeg
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import write_flac
from media_service.ports import BookPart
from tests.ffmpeg.rendering import TAGS, Episode, channel, lag

pytestmark = pytest.mark.film

LENGTHS = 150_000, 147_456, 90_001


def chirp(length: int, seed: int) -> np.ndarray:
    """Something that sounds at every moment and nowhere twice the same, loud from the first sample to the last."""
    noise = np.random.default_rng(seed).normal(0, 1, length)
    return 4000 * np.convolve(noise, np.hanning(48) / 6, "same")


@pytest.fixture(scope="module")
def parts(sound: FfmpegSound, tmp_path_factory: pytest.TempPathFactory) -> tuple[BookPart, ...]:
    folder = tmp_path_factory.mktemp("parts")
    made = []
    for number, length in enumerate(LENGTHS):
        master, part = folder / f"{number}.flac", folder / f"{number}.m4a"
        write_flac(chirp(length, number).astype(np.int16), master)
        sound.book_part(master, part)
        marks = (Mark(f"Chương {number + 1}: Đường về", 0), Mark("Giữa chừng", 48_000))
        made.append(BookPart(part, length, marks))
    return tuple(made)


@pytest.fixture(scope="module")
def book(
    parts: tuple[BookPart, ...], sound: FfmpegSound, cover: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.m4b"
    sound.book(parts, TAGS, cover, path)
    return path


def test_no_peak_of_a_part_is_above_the_ceiling_whatever_the_encoder_adds(
    sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    level = 32768 * 10 ** (-3.3 / 20)  # as high as a master goes, and at every moment
    square = np.clip(4 * chirp(240_000, 7), -level, level)
    write_flac(square.astype(np.int16), tmp_path / "master.flac")
    plain = square.astype(np.float32) / 32768
    aac.encode([plain], book_of.KBPS, tmp_path / "plain.m4a")
    assert inspector.book_part(tmp_path / "plain.m4a").true_peak_dbtp > -3
    sound.book_part(tmp_path / "master.flac", tmp_path / "part.m4a")
    assert -6 < inspector.book_part(tmp_path / "part.m4a").true_peak_dbtp <= -3


def starts() -> list[int]:
    frames = [-(-length // 1024) + 1 for length in LENGTHS]
    return [1024 * sum(frames[:number]) for number in range(len(LENGTHS))]


def test_every_episode_of_a_book_begins_at_its_sample_and_nothing_clicks_between_them(book: Path) -> None:
    heard = channel(book)
    for number, (start, length) in enumerate(zip(starts(), LENGTHS, strict=True)):
        wanted = chirp(length, number)
        found = heard[start : start + length]
        assert lag(wanted, found) == 0
        edges = np.concatenate([(found - wanted)[:2048], (found - wanted)[-2048:]])
        inside = (found - wanted)[4096:-4096]
        assert edges.std() < 2 * inside.std() < 0.1 * wanted.std()  # what AAC leaves out, at the joints as anywhere
    for start in starts()[1:]:
        tone = heard[start - 900 : start - 100]  # the seam, where one stream ends and another begins
        assert 2 < tone.std() < 60
        assert np.abs(tone).max() < 300


def test_a_book_is_as_long_as_it_says_to_every_reader(book: Path) -> None:
    length = starts()[-1] + LENGTHS[-1]
    assert len(channel(book)) == pytest.approx(length, abs=1024)
    assert mutagen.File(book).info.length == pytest.approx(length / 48_000, abs=0.03)
    with av.open(str(book)) as file:
        assert file.duration == pytest.approx(length / 48_000 * 1e6, abs=25_000)
        stream = file.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.layout.name) == ("aac", 48_000, "mono")
        assert 64_000 <= (stream.codec_context.bit_rate or 0) <= 96_000


def test_two_readers_find_the_chapters_of_a_book(book: Path, parts: tuple[BookPart, ...]) -> None:
    wanted = [
        (mark.title, start + mark.start) for start, part in zip(starts(), parts, strict=True) for mark in part.marks
    ]
    with av.open(str(book)) as file:
        found = [(one["metadata"]["title"], round(one["start"] * one["time_base"] * 48_000)) for one in file.chapters()]
    assert found == wanted
    assert [(one.title, round(one.start * 48_000)) for one in MP4(book).chapters] == [
        (title, pytest.approx(start, abs=5)) for title, start in wanted
    ]


def test_a_book_of_very_many_chapters_still_has_them_all(
    parts: tuple[BookPart, ...], sound: FfmpegSound, cover: Path, tmp_path: Path
) -> None:
    marks = tuple(Mark(f"Đoạn {number}", 300 * number) for number in range(400))
    sound.book([replace(parts[0], marks=marks)], TAGS, cover, tmp_path / "b.m4b")
    with av.open(str(tmp_path / "b.m4b")) as file:
        assert [one["metadata"]["title"] for one in file.chapters()] == [mark.title for mark in marks]


def test_a_book_says_what_it_is_in_vietnamese(book: Path, cover: Path) -> None:
    tags = MP4(book).tags
    said = {name: tags[name][0] for name in tags if name != "pgap"}
    assert said["\xa9nam"] == "Tấm Cám"
    assert said["\xa9wrt"] == said["\xa9nrt"] == "Giọng nữ"
    assert said["\xa9cmt"] == "Giọng đọc do máy tạo."
    assert bytes(said["----:com.apple.iTunes:DISCLOSURE"]).decode() == "Giọng đọc do máy tạo."
    assert tags["stik"] == [2]
    assert bytes(said["covr"]) == cover.read_bytes()


def test_a_book_decodes_without_a_word_of_complaint(book: Path, ffmpeg: Path) -> None:
    said = Ffmpeg(ffmpeg).run(["-i", f"file:{book}", "-map", "0:a", "-f", "null", "-"])
    of_the_cover = "timescale not set"  # ffmpeg says so of every picture in an MP4, its own too
    assert [line for line in said if "[warning]" in line or "[error]" in line if of_the_cover not in line] == []


def test_a_part_that_is_not_as_long_as_its_episode_is_refused(
    parts: tuple[BookPart, ...], sound: FfmpegSound, cover: Path, tmp_path: Path
) -> None:
    with pytest.raises(ToolFailedError, match="its episode"):
        sound.book([replace(parts[0], length=99)], TAGS, cover, tmp_path / "b.m4b")


def test_both_sides_of_the_films_copy_are_exactly_what_the_one_side_was(
    episode: Episode, ffmpeg: Path, tmp_path: Path
) -> None:
    spoken = channel(episode.master)[: 5 * 48_000] / 32768
    click = np.zeros(48_000)
    click[::4800] = 0.5  # makes the encoder cut its frames short, which is written in other words
    mono = aac.encode([np.concatenate([spoken, click]).astype(np.float32)], 160, tmp_path / "m.m4a")
    both = aac.on_both_sides(mono, tmp_path / "pairs")
    boxes.write(tmp_path / "b.m4a", boxes.Track([both], 2, aac.length(both), 160_000))
    one, two = decoded(tmp_path / "m.m4a"), decoded(tmp_path / "b.m4a")
    length = min(one.shape[1], two.shape[1])
    assert (one.shape[0], two.shape[0]) == (1, 2)
    assert np.abs(one[0]).max() > 0.1
    assert np.array_equal(two[0][:length], one[0][:length])
    assert np.array_equal(two[1], two[0])


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        return np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)


def test_the_listeners_copy_holds_its_chapters(
    episode: Episode, sound: FfmpegSound, cover: Path, tmp_path: Path
) -> None:
    marks = (Mark("Mở đầu", 0), Mark("Ở làng Đông", 480_000), Mark("Đường về", 720_000))
    sound.mp3(episode.master, replace(TAGS, marks=marks, length=episode.length), cover, tmp_path / "c.mp3")
    tags = mutagen.File(tmp_path / "c.mp3").tags
    assert tags.getall("CTOC")[0].child_element_ids == ["chp0", "chp1", "chp2"]
    chapters = [(str(one.sub_frames["TIT2"]), one.start_time, one.end_time) for one in tags.getall("CHAP")]
    assert sorted(chapters, key=lambda one: one[1]) == [
        ("Mở đầu", 0, 10_000), ("Ở làng Đông", 10_000, 15_000), ("Đường về", 15_000, episode.length // 48)
    ]  # fmt: skip
    with av.open(str(tmp_path / "c.mp3")) as file:
        assert [one["metadata"]["title"] for one in file.chapters()] == [mark.title for mark in marks]
