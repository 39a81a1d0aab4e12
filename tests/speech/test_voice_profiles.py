"""Voice profiles as they are read from their files, and the ones that are shipped."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from media_service.domain.casting import Voice
from media_service.errors import InputError
from media_service.speech.engines import ENGINES, Engines
from media_service.speech.offers import OFFERS
from media_service.speech.profiles import load, read

SHIPPED = Path(__file__).parents[2] / "voices"
GOOD = 'engine = "espeak"\nid = "vi"\ntitle = "Giọng thử"\n'


def write(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_profile_is_named_after_its_file(tmp_path: Path) -> None:
    file = write(tmp_path, "co-giao", GOOD + "rate = 1\npitch = 60\ndraft = true\n")
    assert read(file) == Voice("co-giao", "espeak", "vi", "Giọng thử", rate=1, pitch=60, draft=True)


def test_the_library_s_own_profile_wins_over_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path / "own", "a", GOOD.replace("thử", "nhà"))
    write(tmp_path / "shipped", "a", GOOD)
    write(tmp_path / "shipped", "b", GOOD)
    voices = load([tmp_path / "own", tmp_path / "nowhere", tmp_path / "shipped"])
    assert [(voice.name, voice.title) for voice in voices] == [("a", "Giọng nhà"), ("b", "Giọng thử")]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD + 'gendr = "nữ"\n', 4, "did you mean “gender”"),
        (GOOD + "# lời\n\nxyz = 1\n", 6, "the keys here are: engine, id"),
        (GOOD + 'name = "a"\n', 4, "The key “name” is not known"),
        (GOOD + 'rate = "nhanh"\n', 4, "“rate” must be a number"),
        (GOOD + "pitch = 50.5\n", 4, "“pitch” must be a whole number"),
        (GOOD + "pitch = true\n", 4, "“pitch” must be a whole number"),
        (GOOD + "pitch = 101\n", 4, "between 0 and 100"),
        (GOOD + "rate = nan\n", 4, "between 0.5 and 2.0"),
        (GOOD + "draft = 1\n", 4, "“draft” must be true or false"),
        (GOOD + "[title2]\na = 1\n", 4, "did you mean “title”"),
        ('engine = "espeak"\ntitle = "x"\n', 0, "“id” is missing"),
        (GOOD.replace('"vi"', '""'), 2, "“id” is missing"),
        (GOOD + "rate = \n", 4, "not valid TOML"),
        (GOOD + 'sample = """\n', 4, "not valid TOML"),
        (GOOD.encode("utf-16"), 0, "not UTF-8"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int, said: str) -> None:
    file = write(tmp_path, "a", text)
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        load([tmp_path])
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [(str(file), line)]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a", GOOD + "pitch = 101\nrate = 9\n")
    write(tmp_path, "b", "")
    with pytest.raises(InputError) as caught:
        load([tmp_path])
    assert len(caught.value.faults) == 5


def test_unknown_fallbacks_and_circles_are_named_with_their_line(tmp_path: Path) -> None:
    write(tmp_path, "a", GOOD + 'fallback = ["b"]\n')
    write(tmp_path, "b", GOOD + 'fallback = ["c", "x"]\n')
    write(tmp_path, "c", GOOD + '\nfallback = ["a"]\n')
    write(tmp_path, "d", GOOD + 'fallback = ["d"]\n')
    with pytest.raises(InputError) as caught:
        load([tmp_path])
    said = {(Path(fault.file).stem, fault.line): str(fault.said) for fault in caught.value.faults}
    assert said["a", 4] == "The fallbacks lead in a circle (a → b → c → a); take one of them out."
    assert said["c", 5].startswith("The fallbacks lead in a circle (c → a → b → c)")
    assert said["d", 4].startswith("The fallbacks lead in a circle (d → d)")
    assert [str(fault.said) for fault in caught.value.faults if "“x”" in str(fault.said)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('fallback = "b"', "“fallback” must be a list of names of voices"),
        ("fallback = [1]", "“fallback” must be a list of names of voices"),
        ("gain = 20", "“gain” must lie between -12 and 6"),
        ('natural = "4"', "“natural” must be a number"),
    ],
)
def test_a_fault_in_what_voices_may_have_is_named(tmp_path: Path, line: str, said: str) -> None:
    write(tmp_path, "a", GOOD + line + "\n")
    with pytest.raises(InputError, match=re.escape(said)):
        load([tmp_path])


def test_shipped_voices_say_what_they_are() -> None:
    voices = {voice.name: voice for voice in load([SHIPPED])}
    assert {voice.engine for voice in voices.values()} == set(ENGINES) - {"hum"} | {"recorded"}
    person = voices.pop("nguoi-ke")
    assert not person.disclosure  # nothing machine-made about it
    assert person.fallback[0] in voices  # who says the title
    for voice in voices.values():
        assert voice.disclosure.startswith("Giọng đọc trong tác phẩm này được tạo bằng máy")
        assert voice.licence
        assert voice.sample
        assert voice.title.startswith("Giọng ")
    embedded = [voice for voice in voices.values() if voice.engine == "espeak"]
    regional = {f"{who}-mien-{where}" for who in ("nu", "nam") for where in ("bac", "trung", "nam")}
    assert {voice.name for voice in embedded} == regional | {"tre-em", "ong-cu", "ba-cu", "tieng-anh"}
    assert all(voice.draft and "GPL-3.0" in voice.licence for voice in embedded)


def test_every_piper_voice_that_is_shipped_can_be_installed_and_is_a_draft_unless_it_may_be_published() -> None:
    piper = [voice for voice in load([SHIPPED]) if voice.engine == "piper"]
    assert {voice.id for voice in piper} == set(OFFERS)
    assert all(voice.draft != OFFERS[voice.id].publishable for voice in piper)


def test_every_shipped_sample_shows_all_six_tones_and_can_be_heard() -> None:
    marks = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
    for voice in load([SHIPPED]):
        apart = unicodedata.normalize("NFD", voice.sample)
        assert all(mark in apart for mark in marks) or voice.language == "en"
        if voice.engine == "espeak":
            recording = Engines().speak(voice.sample, voice, 3.3)
            assert len(recording.words) == len(voice.sample.split())
