"""A book becomes a job that the service reads; imported again, what people changed stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from media_service.books.drafting import BookFiles
from media_service.books.job_folder import JobDrafts
from media_service.cli.main import main
from media_service.domain.draft import Wishes
from media_service.domain.intake_report import Report
from media_service.errors import InputError
from media_service.import_actions import import_book
from media_service.intake.folder import JobFolders
from tests.books.make_books import CHAPTERS, epub
from tests.intake.conftest import VOICES

CORPUS = Path(__file__).parent / "corpus" / "accept"
ONE, TWO = CHAPTERS


def imported(path: Path, into: Path, wishes: Wishes | None = None) -> Report:
    return import_book(path, into, wishes or Wishes(), BookFiles(), JobDrafts()).report


def test_a_book_becomes_a_job_that_the_service_reads(tmp_path: Path) -> None:
    imported(epub(tmp_path / "con-co.epub"), tmp_path / "jobs")
    script = JobFolders().read(tmp_path / "jobs" / "con-co", VOICES)
    assert [chapter.title for chapter in script.chapters] == [title for title, _ in CHAPTERS]
    assert script.facts.title == "Con cò"
    assert script.facts.rights.unanswered() == ("text", "pictures", "music", "voice")
    assert script.facts.made_for_kids is None


def test_the_command_says_where_the_job_lies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = epub(tmp_path / "con-co.epub")
    assert main(["import", str(book), "--into", str(tmp_path / "jobs"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert f"“Con cò” lies in {tmp_path}/jobs/con-co: 2 chapter(s)" in said
    report = json.loads((tmp_path / "jobs" / "con-co" / "intake-report.json").read_text("utf-8"))
    assert [chapter["title"] for chapter in report["chapters"]] == [title for title, _ in CHAPTERS]
    assert report["encoding"] == {"name": "UTF-8", "confidence": 1.0}


def test_a_refused_book_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "khong-phai.epub").write_bytes(b"PK\x03\x04 no archive")
    assert main(["import", str(tmp_path / "khong-phai.epub"), "--into", str(tmp_path / "jobs"), "--lang", "en"]) == 2
    assert "This file is damaged" in capsys.readouterr().err
    assert list((tmp_path / "jobs").iterdir()) == []


@pytest.mark.parametrize("name", ["epub3-pictures.epub", "docx-pictures.docx"])
def test_pictures_come_along_with_their_descriptions(name: str, tmp_path: Path) -> None:
    report = imported(CORPUS / name, tmp_path)
    script = JobFolders().read(tmp_path / Path(name).stem, VOICES)
    cues = [cue for chapter in script.chapters for cue in chapter.cues()]
    assert len(cues) == len(report.pictures) == 3
    assert {cue.picture for cue in cues} == {picture.name for picture in script.pictures}
    assert all(picture.described for picture in report.pictures)


def test_what_people_changed_stays_when_the_file_changes_elsewhere(tmp_path: Path) -> None:
    imported(epub(tmp_path / "con-co.epub"), tmp_path)
    script = tmp_path / "con-co" / "script.md"
    script.write_text(script.read_text("utf-8").replace("một con cò trắng", "một chú cò trắng muốt"), "utf-8")
    changed = (ONE, (TWO[0], TWO[1].replace("tiếng dế", "tiếng ếch")))
    report = imported(epub(tmp_path / "con-co.epub", changed), tmp_path)
    text = script.read_text("utf-8")
    assert "một chú cò trắng muốt" in text
    assert "tiếng ếch" in text
    assert (report.edits, report.conflicts) == (1, ())


def test_where_both_changed_the_same_passage_people_win_and_are_told(tmp_path: Path) -> None:
    imported(epub(tmp_path / "con-co.epub"), tmp_path)
    script = tmp_path / "con-co" / "script.md"
    script.write_text(script.read_text("utf-8").replace("một con cò trắng", "một chú cò"), "utf-8")
    report = imported(epub(tmp_path / "con-co.epub", ((ONE[0], ONE[1].replace("trắng", "lửa")), TWO)), tmp_path)
    lines = script.read_text("utf-8").split("\n")
    (conflict,) = report.conflicts
    assert "một chú cò" in lines[conflict.line - 1]
    assert "một con cò lửa" in conflict.now
    assert "một con cò lửa" in (tmp_path / "con-co" / "intake-report.md").read_text("utf-8")


def test_a_picture_that_a_person_has_put_there_stays(tmp_path: Path) -> None:
    source = tmp_path / "sach.epub"
    source.write_bytes((CORPUS / "epub3-pictures.epub").read_bytes())
    imported(source, tmp_path)
    mine = tmp_path / "sach" / "t1.jpg"
    mine.write_bytes(b"mine")
    imported(source, tmp_path)
    assert mine.read_bytes() == b"mine"


def test_a_job_that_people_wrote_is_not_overwritten(tmp_path: Path) -> None:
    job = tmp_path / "con-co"
    job.mkdir()
    (job / "script.md").write_text("của tôi", "utf-8")
    with pytest.raises(InputError, match="no import made"):
        imported(epub(tmp_path / "con-co.epub"), tmp_path)
    assert (job / "script.md").read_text("utf-8") == "của tôi"


def test_another_book_of_the_same_file_name_is_not_mixed_in(tmp_path: Path) -> None:
    imported(epub(tmp_path / "sach.epub"), tmp_path)
    other = (("Chương 1. Biển", "Biển xanh một màu. " * 8), ("Chương 2. Núi", "Núi cao ngất trời. " * 8))
    with pytest.raises(InputError, match="made from another book, “Con cò”"):
        imported(epub(tmp_path / "sach.epub", other, "Biển và núi"), tmp_path)


def test_long_chapters_are_split_and_the_empty_joined_and_both_are_told(tmp_path: Path) -> None:
    long = "\n\n".join(f"Đoạn {number} kể về biển. " + "Gió thổi qua rặng dương. " * 20 for number in range(30))
    book = epub(tmp_path / "dai.epub", (("Phần một", ""), ("Chương 1", long), TWO))
    report = imported(book, tmp_path, Wishes(longest_min=6))
    assert [chapter.title for chapter in report.chapters][:3] == [f"Phần một. Chương 1 ({part})" for part in (1, 2, 3)]
    assert {decision.step.value for decision in report.decisions} == {"cut", "joined", "split"}
    assert max(chapter.minutes for chapter in report.chapters) < 7
    assert "Phần một" in (tmp_path / "dai" / "script.md").read_text("utf-8")


def test_suggested_speakers_are_comments_until_a_person_takes_them(tmp_path: Path) -> None:
    talk = "Cò đứng giữa đồng. Ông Tư hỏi:\n\n– Cò ơi, sao cò buồn?\n\n– Con đói! – Cò Con đáp.\n\n– Thế à?"
    imported(
        epub(tmp_path / "noi.epub", (("Chương 1", talk + "\n\n" + ONE[1]), TWO)), tmp_path, Wishes(suggest_cast=True)
    )
    job = tmp_path / "noi"
    text = (job / "script.md").read_text("utf-8")
    assert "<!-- Ông Tư: --> – Cò ơi, sao cò buồn?" in text
    assert "<!-- Cò Con: --> – Con đói!" in text
    assert "\n– Thế à?" in text
    assert all(paragraph.speaker is None for paragraph in JobFolders().read(job, VOICES).chapters[0].items)  # type: ignore[union-attr]
    accepted = text.replace("# cast:", "cast:").replace("#   Ông Tư: nu-mien-bac", "  Ông Tư: ong-cu")
    (job / "script.md").write_text(accepted.replace("<!-- Ông Tư: -->", "Ông Tư:"), "utf-8")
    spoken = JobFolders().read(job, VOICES).chapters[0].items
    assert [getattr(item, "speaker", None) for item in spoken].count("Ông Tư") == 1


def test_raised_figures_stay_raised_and_printed_lines_stay_lines(tmp_path: Path) -> None:
    page = """<html><head><title>Số đo</title></head><body><h1>Số đo</h1>
        <p>Mỗi năm 10<sup>3</sup> giạ, ruộng rộng 5 m<sup>2</sup>.</p>
        <pre><code>Gió đưa cành trúc la đà\nTiếng chuông Trấn Vũ canh gà Thọ Xương</code></pre></body></html>"""
    (tmp_path / "so-do.html").write_text(page, encoding="utf-8")
    imported(tmp_path / "so-do.html", tmp_path / "jobs")
    script = (tmp_path / "jobs" / "so-do" / "script.md").read_text(encoding="utf-8")
    assert "Mỗi năm 10³ giạ, ruộng rộng 5 m²." in script
    assert "Gió đưa cành trúc la đà Tiếng" not in script
    assert "canh gà Thọ Xương" in script
