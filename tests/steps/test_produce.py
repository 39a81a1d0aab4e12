"""The whole path on fakes: what is made, what is made again, and what a crash leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from media_service import actions
from media_service.domain.lexicon import Entry
from media_service.domain.manifest import FILE_NAMES, Manifest
from media_service.domain.script import Chapter, Script, Section
from media_service.errors import InputError, NothingToSayError
from media_service.messages import message
from media_service.ports import Tools
from tests import fakes, make

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def book(*titles: str, first: str = "Biển xanh. Cát trắng.") -> Script:
    one, two = make.picture("một.png", "1" * 64), make.picture("hai.png", "2" * 64)
    chapters = [
        make.chapter(make.shown(one), make.words(first), make.shown(two), make.words("Trời tối dần."), title=title)
        for title in titles
    ]
    return replace(make.script(*chapters, narrator="nu-mien-bac"), pictures=(one, two))


def produce(folder: Path, script: Script, **doors: object) -> tuple[Manifest, Tools]:
    tools = fakes.tools(folder, script, **doors)
    return actions.produce(folder / "job", NOW, tools), tools


def manifest(folder: Path) -> Mapping[str, object]:
    return json.loads((folder / "output/cay-khe/production.json").read_text(encoding="utf-8"))


def test_every_file_of_the_manifest_is_there(tmp_path: Path) -> None:
    made, _ = produce(tmp_path, book("Một", "Hai"))
    assert [episode.title for episode in made.episodes] == ["Một", "Hai"]
    for episode in made.episodes:
        assert set(episode.files) == set(FILE_NAMES)
        for name in episode.files.values():
            assert (tmp_path / "output/cay-khe" / name).stat().st_size > 0
    assert manifest(tmp_path)["episodes"][1]["files"]["video"] == "02/video.mp4"


def test_a_second_run_makes_nothing_and_keeps_the_date(tmp_path: Path) -> None:
    produce(tmp_path, book("Một"))
    tools = fakes.tools(tmp_path, book("Một"))
    again = actions.produce(tmp_path / "job", datetime(2030, 1, 1, tzinfo=UTC), tools)
    assert again.work.made == {}
    assert again.work.reused["clip"] > 3
    assert again.made_at == NOW.isoformat()
    assert tools.speech.spoken == []


def test_one_changed_sentence_costs_one_clip_and_what_hears_it(tmp_path: Path) -> None:
    produce(tmp_path, book("Một", "Hai"))
    changed = book("Một", "Hai")
    chapter = changed.chapters[1]
    items = (chapter.items[0], make.words("Biển xanh. Cát vàng óng."), *chapter.items[2:])
    made, tools = produce(tmp_path, replace(changed, chapters=(changed.chapters[0], replace(chapter, items=items))))
    assert tools.speech.spoken == ["Cát vàng óng."]
    measured = ("book-part-facts", "film-facts", "film-seen", "levels", "waveform", "strip")
    for_each = dict.fromkeys(("clip", "master", "captions", "film-sound", "video", "mp3", "book-part", *measured), 1)
    # the sentence lasts seven and a half frames longer: its own still, and those that this shifts by a frame
    assert made.work.made == {**for_each, "shot": 3, "sound-facts": 2, "coding": 2}


def test_an_unchanged_shot_is_not_rendered_again(tmp_path: Path) -> None:
    produce(tmp_path, book("Một"))
    made, _ = produce(tmp_path, book("Một", first="Biển xanh. Cát trắng tinh khôi."))
    assert made.work.made["shot"] == 1
    assert made.work.reused["shot"] >= 4


def test_another_engine_version_speaks_everything_again(tmp_path: Path) -> None:
    produce(tmp_path, book("Một"))
    newer = fakes.FakeSpeech()
    newer.engine = "fake 2"
    made, _ = produce(tmp_path, book("Một"), speech=newer)
    assert "clip" not in made.work.reused
    assert made.work.made["video"] == 1  # the pictures are the same, what is heard is not
    assert "shot" not in made.work.made


def test_the_captions_show_the_written_text_and_not_the_spoken_form(tmp_path: Path) -> None:
    produce(tmp_path, book("Một", first="“CÁT TRẮNG” – chị nói."))
    assert "“CÁT TRẮNG” – chị nói." in (tmp_path / "output/cay-khe/01/captions.srt").read_text(encoding="utf-8")


def test_a_changed_reading_is_spoken_anew_where_it_stands_and_shown_nowhere(tmp_path: Path) -> None:
    script = book("Một", first="Biển xanh. Andersen kể.")
    produce(tmp_path, replace(script, lexicon=(Entry("Andersen", "An đéc xen"),)))
    shown = (tmp_path / "output/cay-khe/01/captions.srt").read_text(encoding="utf-8")
    _, tools = produce(tmp_path, replace(script, lexicon=(Entry("Andersen", "An đơ sơn"),)))
    assert tools.speech.spoken == ["An đơ sơn kể."]
    assert (tmp_path / "output/cay-khe/01/captions.srt").read_text(encoding="utf-8") == shown
    assert "Andersen kể." in shown


def test_what_is_written_as_one_word_and_said_in_many_is_one_word_of_the_timing(tmp_path: Path) -> None:
    produce(tmp_path, book("Một", first="Năm 1941, TP. Huế."))
    timing = json.loads((tmp_path / "output/cay-khe/01/timing.json").read_text(encoding="utf-8"))
    words = next(one["words"] for one in timing["sentences"] if one["text"].startswith("Năm"))
    assert [word["text"] for word in words] == ["Năm", "1941,", "TP.", "Huế."]
    year = words[1]
    assert year["end"] - year["start"] == 7 * fakes.SYLLABLE


def test_a_southern_voice_reads_as_the_south_does(tmp_path: Path) -> None:
    southern = make.voice("nu-mien-bac", region="nam")
    _, tools = produce(tmp_path, book("Một", first="Có 1.105 cuốn."), voices=(southern,))
    assert "Có một ngàn một trăm lẻ năm cuốn." in tools.speech.spoken


def test_the_film_is_as_long_as_the_timing(tmp_path: Path) -> None:
    produce(tmp_path, book("Một"))
    film = tmp_path / "output/cay-khe/01/video.mp4"
    timing = json.loads((tmp_path / "output/cay-khe/01/timing.json").read_text(encoding="utf-8"))
    assert fakes.frames(film) * 1_600 == fakes.sound_length(film) == timing["length"]


def test_a_chapter_that_is_gone_is_not_shown_any_more(tmp_path: Path) -> None:
    produce(tmp_path, book("Một", "Hai"))
    produce(tmp_path, book("Một"))
    assert not (tmp_path / "output/cay-khe/02").exists()
    assert (tmp_path / "output/cay-khe/01/video.mp4").exists()


def test_a_manifest_that_names_files_elsewhere_takes_nothing_away(tmp_path: Path) -> None:
    produce(tmp_path, book("Một"))
    (tmp_path / "keep.txt").write_text("mine")
    path = tmp_path / "output/cay-khe/production.json"
    path.write_text(
        json.dumps({"made_at": "x", "episodes": [{"files": {"a": "../../keep.txt", "b": str(tmp_path / "keep.txt")}}]})
    )
    produce(tmp_path, book("Một"))
    assert (tmp_path / "keep.txt").read_text() == "mine"


def test_sections_of_a_tale_are_marks_of_one_film(tmp_path: Path) -> None:
    tale = Chapter(
        "",
        (
            Section("Hai anh em", 1),
            make.words("Ngày xưa có hai anh em."),
            Section("Đàn chim", 3),
            make.words("Chim bay đến."),
        ),
        1,
    )
    produce(tmp_path, make.script(tale))
    timing = json.loads((tmp_path / "output/cay-khe/01/timing.json").read_text(encoding="utf-8"))
    assert [mark["title"] for mark in timing["marks"]] == ["Hai anh em", "Đàn chim"]
    assert timing["marks"][0]["start"] == 0


DOORS = [
    *(("job_files", "copy_picture"), ("speech", "speak"), ("sound", "clip")),
    *(("sound", "master"), ("sound", "film_sound")),
    *(("slides", "paint"), ("slides", "draw"), ("film", "still"), ("film", "fade"), ("film", "join")),
    *(("slides", "thumbnail"), ("descriptions", "describe"), ("sound", "mp3")),
    *(("inspector", "film"), ("inspector", "sound")),
    ("display", "show"),
]
"""What is called, in the order of work."""


@pytest.mark.parametrize(("door", "method"), DOORS)
def test_after_a_crash_at_any_step_the_next_run_is_whole(tmp_path: Path, door: str, method: str) -> None:
    for run in ("whole", "crash"):
        (tmp_path / run).mkdir()
    whole, _ = produce(tmp_path / "whole", book("Một"))
    broken = fakes.tools(tmp_path / "crash", book("Một"))
    setattr(getattr(broken, door), method, crash)
    with pytest.raises(RuntimeError, match="power cut"):
        actions.produce(tmp_path / "job", NOW, broken)
    assert not (tmp_path / "crash/output/cay-khe/production.json").exists()
    again, _ = produce(tmp_path / "crash", book("Một"))
    assert again.episodes == whole.episodes
    for name in whole.episodes[0].files.values():
        one, other = (tmp_path / run / "output/cay-khe" / name for run in ("whole", "crash"))
        assert one.read_bytes() == other.read_bytes()


def test_after_a_crash_while_names_are_taken_away_the_next_run_takes_them(tmp_path: Path) -> None:
    produce(tmp_path, book("Một", "Hai"))
    broken = fakes.tools(tmp_path, book("Một"))
    broken.display.withdraw = crash
    with pytest.raises(RuntimeError, match="power cut"):
        actions.produce(tmp_path / "job", NOW, broken)
    produce(tmp_path, book("Một"))
    assert not (tmp_path / "output/cay-khe/02").exists()
    assert (tmp_path / "output/cay-khe/01/video.mp4").exists()


def crash(*_: object) -> None:
    raise RuntimeError("power cut")


def test_two_jobs_whose_names_give_one_slug_do_not_overwrite_each_other(tmp_path: Path) -> None:
    produce(tmp_path, book("Một", "Hai"))
    with pytest.raises(InputError, match="rename one"):
        actions.produce(tmp_path / "Job", NOW, fakes.tools(tmp_path, book("Một")))
    assert (tmp_path / "output/cay-khe/02/video.mp4").exists()


def test_a_passage_that_gives_no_sound_is_named_with_its_line(tmp_path: Path) -> None:
    speech = fakes.FakeSpeech()

    def silent(*_: object) -> None:
        raise NothingToSayError(
            message("There is nothing to say in “{text}”; give the voice at least one word.", text="x")
        )

    speech.speak = silent
    with pytest.raises(InputError) as caught:
        produce(tmp_path, replace(book("Một"), file="jobs/x/script.md"), speech=speech)
    assert caught.value.faults[0].file == "jobs/x/script.md"
