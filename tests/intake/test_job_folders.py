"""Where jobs lie: folders, links, rights, names."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from media_service.ffmpeg import pieces
from media_service.intake.folder import JobFolders
from tests.intake.conftest import VOICES, Write, faults, read, said, tale


def test_a_missing_job_is_said_to_be_missing(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "khong-co")
    assert fault.said.key == "There is no job folder here; check its name."
    assert fault.file.endswith("khong-co")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_folder_can_have_is_a_missing_job(tmp_path: Path, name: str) -> None:
    assert len(faults(tmp_path / name)) == 1


def test_a_file_is_no_job(write: Write) -> None:
    job = write(tale("Lời.\n"))
    assert said(job / "script.md") == [(0, "A job is a folder that holds script.md and its pictures; this is a file.")]


def test_a_folder_without_a_script_says_what_to_write(tmp_path: Path) -> None:
    assert said(tmp_path) == [(0, "There is no script.md in this job folder; write one, or script.txt.")]


def test_two_scripts_are_one_too_many(write: Write) -> None:
    write(tale("Lời.\n"))
    job = write("Tên\nLời.\n", name="script.txt")
    assert said(job) == [(0, "Both script.md and script.txt are in this job folder; keep one of them.")]


def test_a_script_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "script.md").mkdir()
    assert said(tmp_path) == [(0, "This is not a file that can be read; put the script itself here.")]


def test_a_job_that_is_a_link_out_is_not_followed(write: Write, tmp_path: Path) -> None:
    job = write(tale("Lời.\n"))
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "khe").symlink_to(job, target_is_directory=True)
    assert said(tmp_path / "jobs" / "khe") == [
        (0, "This job folder is a link that leads elsewhere; put the folder itself here.")
    ]


def test_a_job_may_be_a_link_to_the_one_beside_it(write: Write, tmp_path: Path) -> None:
    write(tale("Lời.\n"))
    (tmp_path / "khe").symlink_to("cay-khe", target_is_directory=True)
    assert read(tmp_path / "khe").facts.slug == "khe"


def test_a_script_that_is_a_link_out_is_not_read(write: Write, tmp_path: Path) -> None:
    job = write(tale("Lời.\n"))
    (job / "script.md").rename(tmp_path / "script.md")
    (job / "script.md").symlink_to(tmp_path / "script.md")
    assert said(job) == [(0, "The script is a link that leads out of the job folder; put the file itself here.")]


def test_a_script_that_links_nowhere_is_no_crash(write: Write) -> None:
    job = write("")
    (job / "script.md").unlink()
    (job / "script.md").symlink_to("khong-co.md")
    assert said(job) == [(0, "This file cannot be read; check the disk or copy the file again.")]


@pytest.mark.parametrize(
    ("error", "key"),
    [(PermissionError, "This file may not be read; ask for"), (OSError, "This file cannot be read; check the disk")],
)
def test_a_script_that_the_disk_will_not_give_is_no_crash(
    write: Write, monkeypatch: pytest.MonkeyPatch, error: type[OSError], key: str
) -> None:
    job = write(tale("Lời.\n"))

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    ((line, found),) = said(job)
    assert (line, found[: len(key)]) == (0, key)


def test_a_job_can_be_named_from_where_one_stands(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    job = write(tale("Lời.\n"))
    monkeypatch.chdir(job)
    assert read(Path()).facts.slug == "cay-khe"
    assert read(Path("../cay-khe/")).facts.slug == "cay-khe"


@pytest.mark.parametrize(
    ("folder", "slug"),
    [
        ("su-tich-dua-hau", "su-tich-dua-hau"),
        ("De_Men-2", "de_men-2"),
        ("Sự tích Dưa hấu (bản 2)", "su-tich-dua-hau-ban-2"),
        (unicodedata.normalize("NFD", "Đường về đâu"), "duong-ve-dau"),
        ("--x--", "x"),
        ("a" * 200, "a" * 80),
        ("%03d;rm -rf", "03d-rm-rf"),
        (".an", "an"),
    ],
)
def test_a_folder_gives_a_name_that_every_disk_takes(write: Write, folder: str, slug: str) -> None:
    assert read(write(tale("Lời.\n"), folder=folder)).facts.slug == slug


def test_a_folder_without_a_letter_must_be_renamed(write: Write) -> None:
    assert said(write(tale("Lời.\n"), folder="…")) == [
        (0, "The job folder's name has no letter a-z and no digit; rename it.")
    ]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("", 0, "This script is empty"),
        ("\n \n", 0, "This script is empty"),
        ("---\ntitle: x\n---\n", 1, "A script with front matter must be named script.md"),
        ("Tên\n", 1, "There is nothing to read aloud here"),
        ("Tên\nChương 1\n\nChương 2\nLời.\n", 2, "There is nothing to read aloud here"),
        ("Tên\nTô Hoài\nChương 1\nLời.\n", 2, "This stands before the first chapter"),
    ],
)
def test_a_plain_text_has_its_faults_too(write: Write, text: str, line: int, key: str) -> None:
    ((found, sentence),) = said(write(text, name="script.txt"))
    assert (found, sentence[: len(key)]) == (line, key)


def test_every_shipped_job_reads_without_faults() -> None:
    jobs = sorted(path.parent for path in (Path(__file__).parents[2] / "jobs").glob("*/script.md"))
    assert len(jobs) >= 4
    folders = JobFolders(music=pieces.load((Path(__file__).parents[2] / "music",)))
    read_all = {job.name: folders.read(job, VOICES).facts.slug for job in jobs}
    assert read_all == {job.name: job.name for job in jobs}
