"""Masters and the copies made from them: level, length and tags as a listener gets them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mutagen
import numpy as np
import pytest

from media_service.domain.measured import SoundFacts
from media_service.errors import NoSpaceError, ToolFailedError
from media_service.ffmpeg import command, copies, loudness
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.loudness import Aim, Chain, Loudness
from media_service.ffmpeg.master import first_chain
from media_service.ffmpeg.process import Ffmpeg, bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import samples, write_flac
from media_service.ports import Recording, Silence
from tests.ffmpeg.children import linux
from tests.ffmpeg.rendering import TAGS, Episode, channel, lag

SUMMARY = """[Parsed_ebur128_1 @ 0x1] [info] Summary:
  Integrated loudness:
    I:         {lufs} LUFS
    Threshold: -29.9 LUFS
  Loudness range:
    LRA:         3.4 LU
  True peak:
    Peak:       {peak} dBFS""".format


def test_the_meters_summary_is_read() -> None:
    assert loudness.read(SUMMARY(lufs="-19.2", peak="-3.5").splitlines()) == Loudness(-19.2, -3.5, 3.4)


@pytest.mark.parametrize("lufs", ["-70.0", "-inf", "nan"])
def test_what_is_too_short_for_the_meter_has_no_loudness(lufs: str) -> None:
    assert loudness.read(SUMMARY(lufs=lufs, peak="-inf").splitlines()).lufs is None


def test_what_cannot_be_measured_is_taken_to_lie_where_clips_lie() -> None:
    assert first_chain(Loudness(None, -8.0, 0.0)) == Chain(7.0, -3.6)


def test_a_level_is_corrected_by_what_gain_really_brings() -> None:
    asked: list[Chain] = []

    def render(chain: Chain) -> Loudness:
        asked.append(chain)
        return Loudness(-20.0 + chain.gain_db / 2, -3.0 - (chain.limit_db < -3.5), 2.0)

    loudness.settle(Aim(-19.0, -3.3), Chain(0.0, -3.5), render)
    assert [round(chain.gain_db, 2) for chain in asked] == [0.0, 1.0, 2.0]  # half of it went into the limiter
    assert asked[1].limit_db == pytest.approx(-3.9)


def test_a_level_out_of_reach_is_tried_for_thrice_and_not_crushed() -> None:
    asked: list[Chain] = []

    def render(chain: Chain) -> Loudness:
        asked.append(chain)
        return Loudness(-25.0, -3.5, 2.0)

    loudness.settle(Aim(-19.0, -3.3), Chain(0.0, -3.5), render)
    assert [chain.gain_db for chain in asked] == [0.0, 6.0, 12.0]


@pytest.mark.film
def test_a_very_peaky_voice_comes_to_the_same_level(
    recordings: tuple[Recording, ...], sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    parts: list[Path | Silence] = [Silence(36_000)]
    for number, spoken in enumerate(recordings[2:]):
        wave = np.frombuffer(spoken.pcm, "<i2") / 32768
        peaky = np.sign(wave) * np.abs(wave) ** 1.4 * 32768
        sound.clip(Recording(peaky.astype("<i2").tobytes(), 22050, ()), tmp_path / f"{number}.flac")
        parts += [tmp_path / f"{number}.flac", Silence(28_800)]
    sound.master(parts, tmp_path / "m.flac")
    facts = inspector.sound(tmp_path / "m.flac")
    assert facts.loudness_lufs == pytest.approx(-19, abs=0.5)
    assert facts.true_peak_dbtp <= -3.3


@pytest.mark.film
def test_the_master_keeps_its_standards(episode: Episode, inspector: FfmpegInspector) -> None:
    facts = inspector.sound(episode.master)
    assert (facts.codec, facts.sample_rate, facts.channels) == ("flac", 48_000, 1)
    assert facts.loudness_lufs == pytest.approx(-19, abs=0.5)
    assert facts.true_peak_dbtp <= -3.3
    assert facts.range_lu <= 8
    quiet_room(facts)
    assert facts.pauses[0].start_s == 0
    assert facts.pauses[0].end_s == pytest.approx(0.76, abs=0.04)
    assert facts.pauses[-1].end_s == pytest.approx(facts.duration_s)
    assert facts.pauses[-1].end_s - facts.pauses[-1].start_s == pytest.approx(3.0, abs=0.15)


def quiet_room(facts: SoundFacts) -> None:
    assert -70 <= facts.pauses_rms_db <= -60
    assert facts.longest_digital_zero_s <= 0.2


@pytest.mark.film
def test_a_master_is_as_long_as_its_parts_to_the_sample(episode: Episode) -> None:
    parts = sum(p.length if isinstance(p, Silence) else counted(p) for p in episode.parts)
    assert episode.length == parts == counted(episode.master)


def counted(path: Path) -> int:
    return sum(len(piece) for piece in samples(path))


@pytest.mark.film
def test_a_masters_words_stay_where_the_parts_put_them(episode: Episode) -> None:
    place = 36_000
    mastered = channel(episode.master)
    for part in episode.parts[1:]:
        if isinstance(part, Silence):
            place += part.length
        else:
            spoken = channel(part)
            assert abs(lag(spoken, mastered[place : place + len(spoken)])) <= 1
            place += len(spoken)


@pytest.mark.film
def test_a_peak_that_the_encoder_adds_is_found_however_quietly_a_copy_ends(
    inspector: FfmpegInspector, tmp_path: Path
) -> None:
    level = 32768 * 10 ** (-3.1 / 20)
    loud = np.clip(np.random.default_rng(2).normal(0, level, 96_000), -level, level)
    write_flac(np.concatenate([loud, loud[:48_000] / 400, np.zeros(480_000)]).astype(np.int16), tmp_path / "m.flac")
    program = Ffmpeg(bundled())
    program.run(command.mp3(tmp_path / "m.flac", copies.LAME_LOSS_DB, tmp_path / "plain.mp3"))
    assert inspector.sound(tmp_path / "plain.mp3").true_peak_dbtp > -3
    copies.mp3(program, tmp_path / "m.flac", tmp_path / "copy.mp3")
    assert -6 < inspector.sound(tmp_path / "copy.mp3").true_peak_dbtp <= -3


@pytest.mark.film
def test_the_listeners_copy_keeps_its_standards_once_decoded(episode: Episode, inspector: FfmpegInspector) -> None:
    facts = inspector.sound(episode.mp3)
    assert (facts.codec, facts.sample_rate, facts.channels) == ("mp3", 44_100, 1)
    assert facts.loudness_lufs == pytest.approx(-19, abs=1)
    assert facts.true_peak_dbtp <= -3
    assert -23 <= facts.rms_db <= -18
    assert facts.duration_s == pytest.approx(episode.length / 48_000, abs=0.001)
    quiet_room(facts)


@pytest.mark.film
def test_the_listeners_copy_says_what_it_is(episode: Episode, cover: Path) -> None:
    file = mutagen.File(episode.mp3)
    assert file.tags.version == (2, 3, 0)
    assert (file.info.bitrate, file.info.sample_rate, file.info.channels) == (128_000, 44_100, 1)
    assert {name: str(frame) for name, frame in file.tags.items() if name != "APIC:"} == {
        "TIT2": "Tấm Cám",
        "TALB": "Truyện cổ",
        "TPE1": "Dân gian",
        "TCOM": "Giọng nữ",
        "TXXX:NARRATOR": "Giọng nữ",
        "TRCK": "2/5",
        "TLAN": "vie",
        "TDRC": "2026",
        "COMM::vie": "Giọng đọc do máy tạo.",
        "TXXX:DISCLOSURE": "Giọng đọc do máy tạo.",
    }
    assert file.tags["APIC:"].data == cover.read_bytes()
    assert file.tags["APIC:"].type == 3


@pytest.mark.film
def test_the_films_copy_keeps_its_standards_once_decoded(episode: Episode, inspector: FfmpegInspector) -> None:
    facts = inspector.sound(episode.film_sound)
    assert (facts.codec, facts.sample_rate, facts.channels) == ("aac", 48_000, 2)
    assert facts.loudness_lufs == pytest.approx(-14, abs=1)
    assert facts.true_peak_dbtp <= -1
    quiet_room(facts)


@pytest.mark.film
def test_the_same_parts_give_the_same_bytes(episode: Episode, sound: FfmpegSound, cover: Path, tmp_path: Path) -> None:
    sound.master(episode.parts, tmp_path / "m")
    assert (tmp_path / "m").read_bytes() == episode.master.read_bytes()
    sound.mp3(tmp_path / "m", TAGS, cover, tmp_path / "c")
    assert (tmp_path / "c").read_bytes() == episode.mp3.read_bytes()
    sound.film_sound(tmp_path / "m", tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == episode.film_sound.read_bytes()


@pytest.mark.film
@pytest.mark.parametrize("head", [0, 36_000])
def test_one_word_becomes_a_master_of_a_sensible_level(
    head: int, recordings: tuple[Recording, ...], sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    word = Recording(recordings[0].pcm[: 2 * (22050 // 4)], 22050, ())
    made = sound.clip(word, tmp_path / "w.flac")
    length = sound.master([Silence(head), tmp_path / "w.flac", Silence(head)], tmp_path / "m.flac")
    facts = inspector.sound(tmp_path / "m.flac")
    assert length == made.length + 2 * head
    assert -26 <= facts.rms_db + (8.5 if head else 0) <= -13
    assert facts.true_peak_dbtp <= -3.3


def test_a_pause_that_is_only_silence_is_given_room_tone(
    sound: FfmpegSound, inspector: FfmpegInspector, tmp_path: Path
) -> None:
    assert sound.master([Silence(96_001)], tmp_path / "m.flac") == 96_001
    facts = inspector.sound(tmp_path / "m.flac")
    assert facts.pauses_rms_db == pytest.approx(-66, abs=1)
    assert facts.duration_s * 48_000 == pytest.approx(96_001)
    quiet_room(facts)


@linux
def test_a_stopped_film_sound_leaves_nothing_beside_what_it_wrote(
    sound: FfmpegSound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound.master([Silence(480_000)], tmp_path / "m.flac")

    def waves(path: Path, together: int) -> Iterator[np.ndarray]:  # as it is called
        yield np.zeros(together, np.float32)
        raise KeyboardInterrupt

    monkeypatch.setattr(copies, "waves", waves)
    with pytest.raises(KeyboardInterrupt):
        sound.film_sound(tmp_path / "m.flac", tmp_path / "f.m4a")
    assert [path.name for path in tmp_path.iterdir()] == ["m.flac"]


def test_a_broken_clip_is_named_and_leaves_no_gathered_file(sound: FfmpegSound, tmp_path: Path) -> None:
    (tmp_path / "hong.flac").write_bytes(b"fLaC" + bytes(100))
    with pytest.raises(ToolFailedError, match=r"hong\.flac"):
        sound.master([Silence(4800), tmp_path / "hong.flac"], tmp_path / "m.flac")
    assert [path.name for path in tmp_path.iterdir()] == ["hong.flac"]


def test_a_broken_master_is_named(sound: FfmpegSound, tmp_path: Path) -> None:
    (tmp_path / "m.flac").write_bytes(b"nothing of the kind")
    with pytest.raises(ToolFailedError, match=r"m\.flac") as caught:
        sound.film_sound(tmp_path / "m.flac", tmp_path / "f.m4a")
    assert caught.value.last_lines == "unknown format"


@pytest.mark.film
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device to write to")
def test_a_full_disk_is_named_while_encoding(episode: Episode, sound: FfmpegSound, tmp_path: Path) -> None:
    full = tmp_path / "f.m4a"
    full.symlink_to("/dev/full")
    with pytest.raises(NoSpaceError):
        sound.film_sound(episode.master, full)


FLOW = """
import resource, sys
from collections import deque
from pathlib import Path
from media_service.ffmpeg.master import _flow
from media_service.ports import Silence
parts = (part for _ in range(int(sys.argv[2])) for part in (Path(sys.argv[1]), Silence(480_000)))
deque(_flow(parts), maxlen=0)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.film
def test_memory_stays_flat_however_many_parts_flow_through(episode: Episode) -> None:
    clip = episode.parts[1]
    kilobytes = [
        int(subprocess.run([sys.executable, "-c", FLOW, str(clip), count], check=True, capture_output=True).stdout)
        for count in ("4", "40")  # one minute and ten
    ]
    assert kilobytes[1] - kilobytes[0] < 3_000
