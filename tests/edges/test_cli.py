"""The command line as people meet it: what it prints, and what it tells the shell."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from media_service import __version__
from tests import jobs
from tests.books.making import legacy
from tests.edges.conftest import Run


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"media-service {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bake",), "There is no command “bake”"),
        (("produce",), "“JOB” is missing; see media-service produce --help."),
        (("produce", "--colour", "x"), "There is no option “--colour”"),
        (("voices", "list", "more"), "“more” is too much"),
        (("check", "--lang"), "“--lang”"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_two_and_one_sentence(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_program_alone_shows_its_help(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert "produce" in out


def test_help_is_in_the_language_asked_for_wherever_it_is_asked(run: Run) -> None:
    assert "Make productions" in run("--help", "--lang", "en")[1]
    assert "Làm tác phẩm" in run("--lang=vi", "--help")[1]


def test_the_words_around_help_are_in_that_language_too(run: Run) -> None:
    for command in ((), ("review",), ("review", "approve", "--help"), ("voices", "list", "--help")):
        out = run("--lang=vi", *command)[1]
        assert "Cách dùng: media-service" in out
        assert not any(
            word in out for word in ("Usage", "Options", "OPTIONS", "Arguments", "Commands", "Show", "requi")
        )
        assert "Usage: media-service" in run("--lang=en", *command)[1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_command_does_is_told_whole_in_eighty_columns(
    run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for group in ((), ("review",), ("voices",), ("channel",), ("publish",), ("lexicon",)):
        assert "..." not in run("--lang", language, *group)[1].partition("--help")[2]


def test_messages_are_vietnamese_unless_english_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDIA_SERVICE_LANG")
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "không" in run("check", "khong-co")[2].lower()
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "không" not in run("check", "khong-co")[2].lower()


def test_check_tells_how_long_each_episode_will_be_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("check", jobs.short_job(tmp_path / "jobs"))
    assert code == 0
    assert "“Con cò”: no faults. 1 episode(s), about 0:" in out
    assert not (tmp_path / "output").exists()


def test_a_job_is_found_by_its_name(run: Run, tmp_path: Path) -> None:
    jobs.short_job(tmp_path / "jobs")
    assert run("check", "con-co")[0] == 0
    assert run("check", "rua-con-ve-bien")[0] == 0


def test_the_voices_are_listed_with_their_state(run: Run) -> None:
    code, out, _ = run("voices", "list")
    assert code == 0
    assert "nu-mien-bac" in out
    assert "draft" in out


def test_the_doctor_finds_this_machine_well(run: Run) -> None:
    code, out, _ = run("doctor")
    assert code == 0, out
    assert "✗" not in out


def test_the_doctor_names_what_is_wrong_and_goes_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ffmpeg").write_text("not a program")
    monkeypatch.setenv("MEDIA_SERVICE_FFMPEG", str(tmp_path / "ffmpeg"))
    code, out, _ = run("doctor")
    assert code == 2
    assert out.count("✗") == 1
    assert out.count("✓") == out.count("\n") - 1 > 9


def test_a_new_home_has_all_that_is_needed_and_keeps_what_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "works/voices").mkdir(parents=True)
    code, out, _ = run("init", tmp_path / "works")
    assert code == 0
    assert "voices" in out
    assert list((tmp_path / "works/voices").iterdir()) == []
    assert (tmp_path / "works/jobs/su-tich-dua-hau/script.md").is_file()
    assert (tmp_path / "works/templates").is_dir()


def test_a_setting_that_leads_nowhere_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_SERVICE_HOME", "/nowhere/at/all")
    code, _, err = run("voices", "list")
    assert code == 2
    assert "MEDIA_SERVICE_HOME" in err


BAD = {
    "picture missing": (lambda s: s.replace("chieu.png", "trua.png"), 28, "trua.png"),
    "voice unknown": (lambda s: s.replace("nu-mien-trung", "nu-mien-tay"), 8, "nu-mien-tay"),
    "cast name unknown": (lambda s: s.replace("Cò: Hôm", "Co: Hôm"), 24, "Co"),
    "YAML broken": (lambda s: s.replace("title: Con cò", 'title: "Con cò'), 2, "quotation mark"),
    "key unknown": (lambda s: s.replace("summary:", "sumary:"), 6, "sumary"),
    "nothing to read": (lambda s: s[: s.index("# Trên")], 18, "at least one sentence"),
    "path outside": (lambda s: s.replace("chieu.png", "../chieu.png"), 28, "../chieu.png"),
    "path absolute": (lambda s: s.replace("chieu.png", "/etc/passwd"), 28, "/etc/passwd"),
}


@pytest.mark.parametrize("change", BAD)
def test_a_fault_in_a_script_is_one_sentence_with_its_line(run: Run, tmp_path: Path, change: str) -> None:
    alter, line, named = BAD[change]
    job = jobs.short_job(tmp_path / "jobs", alter(jobs.SHORT))
    code, out, err = run("produce", job)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1, err
    assert named in err
    assert f"script.md:{line}: " in err
    assert "Traceback" not in err
    assert not [path for path in (tmp_path / "output").rglob("*") if path.is_file()]


def test_all_faults_are_told_at_once(run: Run, tmp_path: Path) -> None:
    script = (
        jobs.SHORT.replace("chieu.png", "trua.png").replace("summary:", "sumary:").replace("![", "![nghỉ 9s] ![", 1)
    )
    job = jobs.short_job(tmp_path / "jobs", script)
    code, _, err = run("check", job)
    assert code == 2
    assert err.splitlines() == [
        f"{job}/script.md:6: The key “sumary” is not known; did you mean “summary”?",
        f"{job}/script.md:21: This picture is not complete; write ![what it shows](file.png).",
        f"{job}/script.md:28: There is no trua.png; did you mean cò trắng.png?",
    ]


ENCODED = {
    "UTF-16": jobs.SHORT.encode("utf-16"),
    "Windows-1258": legacy.cp1258(jobs.SHORT),
    "TCVN3": "---\ntitle: Con cß\nkind: fairy-tale\n---\n\n"
             "Con cß tr¾ng ®øng gi÷a ®ång. Giã thæi r× rµo. ChiÒu xuèng.\n".encode("latin-1"),
    "VNI": "---\ntitle: Con coø\nkind: fairy-tale\n---\n\n"
           "Con coø traéng ñöùng giöõa ñoàng. Gioù thoåi rì raøo.\n".encode("latin-1"),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODED)
def test_a_script_in_another_encoding_is_refused_by_name(run: Run, tmp_path: Path, encoding: str) -> None:
    code, _, err = run("produce", jobs.short_job(tmp_path / "jobs", ENCODED[encoding]))
    assert code == 2
    assert encoding in err
    assert "UTF-8" in err
    assert err.count("\n") == 1


def test_decomposed_letters_are_accepted_and_composed(run: Run, tmp_path: Path) -> None:
    job = jobs.short_job(tmp_path / "jobs", unicodedata.normalize("NFD", jobs.SHORT))
    code, out, err = run("check", job)
    assert (code, err) == (0, "")
    assert out == unicodedata.normalize("NFC", out)


def test_a_file_of_two_hundred_megabytes_is_refused_by_its_size(run: Run, tmp_path: Path) -> None:
    job = jobs.short_job(tmp_path / "jobs")
    with (job / "script.md").open("ab") as file:
        file.truncate(200_000_000)
    code, _, err = run("produce", job)
    assert code == 2
    assert "script.md" in err
    assert err.count("\n") == 1


def test_a_picture_of_fifty_thousand_by_fifty_thousand_is_refused_unopened(run: Run, tmp_path: Path) -> None:
    job = jobs.short_job(tmp_path / "jobs")
    (job / "chieu.png").write_bytes(jobs.png_header(50_000, 50_000))
    code, _, err = run("produce", job)
    assert code == 2
    assert "chieu.png" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("what", ["picture", "script"])
def test_a_link_that_leads_out_of_the_job_is_refused(run: Run, tmp_path: Path, what: str) -> None:
    job = jobs.short_job(tmp_path / "jobs")
    name = {"picture": "chieu.png", "script": "script.md"}[what]
    (job / name).rename(tmp_path / "outside")
    (job / name).symlink_to(tmp_path / "outside")
    code, _, err = run("produce", job)
    assert code == 2
    assert name in err
    assert not [path for path in (tmp_path / "output").rglob("*") if path.is_file()]


def test_an_output_folder_that_cannot_be_made_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file in the way")
    code, _, err = run("produce", jobs.short_job(tmp_path / "jobs"), "--output", tmp_path / "here")
    assert code == 2
    assert str(tmp_path / "here") in err
    assert err.strip().endswith("--output.")
    assert ".shelf" not in err


def test_one_faulty_job_does_not_keep_the_others_from_being_checked(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", "nowhere", jobs.short_job(tmp_path / "jobs"))
    assert code == 2
    assert "Con cò" in out
    assert "nowhere" in err


def test_a_fault_of_the_program_itself_is_a_sentence_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("media_service.bootstrap.voices", fall)
    code, _, err = run("voices", "list")
    assert code == 1
    assert "ZeroDivisionError: oops" in err
    assert "Traceback" not in err


def test_a_language_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("MEDIA_SERVICE_LANG", "klingon")
    code, _, err = run("voices", "list")
    assert code == 2
    assert "klingon" in err


def test_what_people_wrote_is_never_taken_for_markup(run: Run, tmp_path: Path) -> None:
    code, out, err = run(
        "check", jobs.short_job(tmp_path / "jobs", jobs.SHORT.replace("Con cò\n", '"Con cò [/b] :pig:"\n', 1))
    )
    assert (code, err) == (0, "")
    assert "“Con cò [/b] :pig:”" in out


def test_a_name_longer_than_the_disk_allows_is_a_job_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", "x" * 300, jobs.short_job(tmp_path / "jobs"))
    assert code == 2
    assert "Con cò" in out
    assert "program itself" not in err
