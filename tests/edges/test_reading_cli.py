"""`read` and `lexicon` as staff and programs use them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from media_service.cli import read
from tests import jobs
from tests.edges.conftest import Run


def test_a_text_is_shown_as_it_will_be_said_line_by_line(run: Run) -> None:
    text = "Chương II\nAndersen có 1.105 cuốn."
    assert run("read", "--text", text) == (0, "Chương hai\nAn đéc xen có một nghìn một trăm linh năm cuốn.\n", "")


def test_a_voice_reads_by_its_region(run: Run) -> None:
    assert run("read", "--text", "1.105 cuốn", "--voice", "nu-mien-nam")[1] == "Một ngàn một trăm lẻ năm cuốn\n"
    code, _, err = run("read", "--text", "x", "--voice", "nu-mien-nan")
    assert code == 2
    assert "did you mean “nu-mien-nam”" in err


def test_it_is_told_which_rule_said_what(run: Run) -> None:
    out = run("read", "--text", "Ngày 2/9, Andersen…", "--explain")[1]
    assert out.splitlines() == [
        "Ngày hai tháng chín, An đéc xen…",
        "  “2/9” → “hai tháng chín” (date)",
        "  “Andersen” → “An đéc xen” (lexicon)",
    ]


def test_every_rule_has_a_name_for_people() -> None:
    from media_service.domain.reading.order import AFTER_SHORT_FORMS, BEFORE_SHORT_FORMS

    rules = {rule.name for rule in (*BEFORE_SHORT_FORMS, *AFTER_SHORT_FORMS)}
    assert set(read.RULES) == rules | {"lexicon", "short form", "mark"}


def test_a_lexicon_that_is_named_wins_over_the_house(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("Andersen = An đơ sơn\n", encoding="utf-8")
    assert run("read", "--text", "Andersen", "--lexicon", "own.txt")[1] == "An đơ sơn\n"
    code, _, err = run("read", "--text", "Andersen", "--lexicon", "none.txt")
    assert (code, err.startswith("none.txt: ")) == (2, True)


def test_a_line_comes_out_for_every_line_that_goes_in(run: Run) -> None:
    given = b"5 con\n\n***\r\n\xff\xfe 3\x00\x0b4\xe2\x80\xa85\nche\xcc\x82 2"
    code, out, err = run("read", "-", given=given)
    assert (code, err) == (0, "")
    assert out.split("\n") == ["Năm con", "", "", "\ufffd\ufffd ba bốn năm", "chê hai", ""]


def test_a_line_is_answered_at_once() -> None:
    command = [sys.executable, "-m", "media_service", "read", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin
        assert program.stdout
        for line, said in (("7 con\n", "Bảy con\n"), ("thế kỷ X\n", "thế kỷ mười\n")):
            program.stdin.write(line.encode())
            program.stdin.flush()
            assert program.stdout.readline().decode() == said
        program.stdin.close()
    assert program.returncode == 0


def test_a_fault_of_the_rules_leaves_the_line_as_it_is_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(read, "spoken", fail)
    code, out, err = run("read", "-", given=b"5  con\n")
    assert (code, out) == (0, "5 con\n")
    assert "broken" in err


def test_nothing_to_read_is_said_in_one_sentence(run: Run) -> None:
    for arguments in ((), ("con-co",)):
        code, out, err = run("read", *arguments)
        assert (code, out) == (2, "")
        assert "give --text" in err


def test_suggested_words_are_lines_of_a_lexicon_to_be_filled_in(run: Run, tmp_path: Path) -> None:
    job = jobs.short_job(tmp_path / "jobs")
    script = (job / "script.md").read_text(encoding="utf-8")
    (job / "script.md").write_text(script.replace("Gió thổi", "Shazam và Shazam thổi"), encoding="utf-8")
    code, out, _ = run("lexicon", "suggest", "con-co")
    assert code == 0
    assert out.splitlines()[1:] == ["Shazam =  | line 22, 2 times"]
    (job / "lexicon.txt").write_text(out, encoding="utf-8")
    code, _, err = run("lexicon", "check", "con-co")
    assert code == 2
    assert "lexicon.txt:2: There is no reading of “Shazam”" in err
    (job / "lexicon.txt").write_text("Shazam = Sa dam || Hoa\n", encoding="utf-8")
    assert "1 entries, 0 of them not reviewed" in run("lexicon", "check", "con-co")[1]
    assert run("lexicon", "suggest", "con-co")[1].startswith("# Nothing")


def test_the_lexicons_of_the_house_are_looked_over(run: Run) -> None:
    code, out, _ = run("lexicon", "check")
    assert (code, out.count("no faults")) == (0, 2)
    assert run("lexicon", "check", "no-such-job")[0] == 2


def test_a_new_home_has_lexicons_that_staff_may_change(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "works")[0] == 0
    assert (tmp_path / "works/voices/lexicons/ten-nuoc-ngoai.txt").is_file()
