"""`quality` and `lexicon from`: what people read in the terminal, and what they are told where nothing fits."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from media_service.cli.main import main
from media_service.domain.quality import Flaw, Gate, Ground, Report
from media_service.domain.reading_sheet import Answer, Answers

CUT = Flaw(83.4, 86.0, "too short: something may be left out", "1.1 s (2.4 s)", "Con cò bay.", 12)
HOLDS = Gate("A1", "loudness of the listener's copy", "-19.00 LUFS", "-20 – -18 LUFS", True, Ground.RULE)
FAILS = Gate("N2", "passages too short for what they say", "1", "0", False, Ground.PROPOSAL, (CUT,))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEDIA_SERVICE_LANG", "vi")
    return tmp_path


def lay(here: Path, number: int, *gates: Gate) -> None:
    folder = here / "output" / "con-co" / f"{number:02d}"
    folder.mkdir(parents=True)
    (folder / "quality.json").write_text(json.dumps(asdict(Report(gates)), ensure_ascii=False), encoding="utf-8")


def test_a_production_that_keeps_every_standard_ends_with_0(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(here, 1, HOLDS)
    assert main(["quality", "con-co"]) == 0
    out = capsys.readouterr().out
    assert "01: đạt cả 1 tiêu chuẩn." in out
    assert "✓ A1" in out


def test_what_does_not_hold_is_told_with_its_time_and_its_words(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(here, 1, HOLDS)
    lay(here, 2, HOLDS, FAILS)
    assert main(["quality", "output/con-co/"]) == 1
    out = capsys.readouterr().out
    assert "02: 1 trên 2 tiêu chuẩn chưa đạt." in out
    assert "1:23 quá ngắn: có thể đọc sót chữ (1.1 s (2.4 s)) “Con cò bay.”" in out
    assert str(here / "output" / "con-co" / "02" / "quality.html") in out


def test_programs_read_it_as_json_and_people_are_told_where_the_page_is(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(here, 1, FAILS)
    assert main(["quality", "con-co", "--json"]) == 1
    (episode,) = json.loads(capsys.readouterr().out)["episodes"]
    assert episode["report"]["gates"][0]["flaws"][0]["at_s"] == 83.4
    assert main(["quality", "con-co", "--page"]) == 1
    assert capsys.readouterr().out.strip() == str(here / "output" / "con-co" / "01" / "quality.html")


def test_where_nothing_is_made_one_is_told_what_to_do(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "con-co"]) == 2
    assert "media-service produce" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{}", '{"gates": 3}', "\0", "[" * 9999])
def test_a_damaged_report_is_named(here: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    lay(here, 1, HOLDS)
    (here / "output" / "con-co" / "01" / "quality.json").write_text(content, encoding="utf-8")
    assert main(["quality", "con-co"]) == 2
    assert "con-co/01/quality.json" in capsys.readouterr().err


def answers(here: Path, listener: str = "Cô Lan") -> Path:
    wrong = Answer("Andersen", "an-de-xen", right=False, word=True, better="An đéc xen", line=4)
    path = here / "answers.json"
    path.write_text(json.dumps(asdict(Answers("con-co", listener, (wrong,)))), encoding="utf-8")
    return path


def test_a_listeners_answers_become_a_lexicon_that_can_be_used(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "from", str(answers(here))]) == 0
    out = capsys.readouterr().out
    assert "Andersen = An đéc xen |  | Cô Lan" in out
    (here / "lexicon.txt").write_text(out, encoding="utf-8")
    assert main(["lexicon", "check", "lexicon.txt"]) == 0


def test_answers_of_nobody_and_other_files_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "from", str(answers(here, " "))]) == 2
    assert "tên người nghe" in capsys.readouterr().err
    for content in (b"", b"{}", b"\xff\xfe", b"[1]"):
        (here / "other.json").write_bytes(content)
        assert main(["lexicon", "from", "other.json"]) == 2
        assert "other.json" in capsys.readouterr().err
