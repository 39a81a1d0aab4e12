"""`voices` as staff use it: what there is, how each sounds, what is missing, and how more are had."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from media_service.cli import installing
from media_service.speech.offers import Offer, OfferedFile
from tests.edges.conftest import Run
from tests.speech.test_installing import CONFIG, MODEL, Repository, served

pytestmark = pytest.mark.enable_socket

NAME = "vi_VN-vais1000-medium"


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """A repository that holds one small model under the name of a real one."""
    with served() as repository:
        monkeypatch.setenv("MEDIA_SERVICE_PIPER_VOICES", repository.url)
        files = [
            OfferedFile(f"vi/v.onnx{end}", len(content), hashlib.sha256(content).hexdigest())
            for end, content in (("", MODEL), (".json", CONFIG))
        ]
        offer = Offer(NAME, *files, "CC BY 4.0", publishable=True, url="https://example.org/licence")
        monkeypatch.setattr(installing, "OFFERS", {NAME: offer})
        yield repository


def test_every_voice_is_listed_with_what_it_needs(run: Run) -> None:
    code, out, _ = run("voices", "list")
    rows = {line.split()[0]: line for line in out.splitlines() if line.split()}
    assert code == 0
    assert "draft" in rows["nu-mien-bac"]
    assert "not installed" in rows["vais1000"]
    assert {"hoai-my", "nam-minh", "chi-google", "ong-cu", "tre-em"} <= set(rows)


def test_a_voice_is_shown_with_its_licence_its_sample_and_whether_it_may_be_published(run: Run) -> None:
    code, out, _ = run("voices", "show", "nu-mien-bac")
    assert code == 0
    for told in (
        "engine: espeak",
        "region: bắc",
        "gender:",
        "licence:",
        "disclosure:",
        "sample:",
        "The voice is a draft",
    ):
        assert told in out
    code, _, err = run("voices", "show", "nu-mien-bak")
    assert code == 2
    assert "did you mean “nu-mien-bac”" in err


def test_a_preview_is_a_sound_file_as_long_as_it_is_said_to_be(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("voices", "preview", "nam-mien-nam", "--text", "Chào các em, 2 cuốn sách.", "--output", "a.flac")
    assert code == 0
    assert "nam-mien-nam speaks for 0:0" in out
    with av.open(str(tmp_path / "a.flac")) as file:
        heard = sum(frame.samples for frame in file.decode(audio=0)) / 48_000
    assert 1 < heard < 6
    assert [path.name for path in tmp_path.iterdir()] == ["a.flac"]


def test_a_preview_that_cannot_be_made_leaves_nothing(run: Run, tmp_path: Path) -> None:
    code, _, err = run("voices", "preview", "vais1000", "--output", "a.flac")
    assert code == 2
    assert NAME in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_person_s_voice_says_only_what_was_recorded(run: Run, tmp_path: Path) -> None:
    code, _, err = run("voices", "preview", "nguoi-ke", "--output", "a.flac")
    assert code == 2
    assert "“nguoi-ke” is a person's" in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []
    assert "✓ nguoi-ke (recorded)" in run("voices", "doctor")[1]


def test_the_doctor_tells_which_voices_work_and_the_best_of_them(run: Run) -> None:
    code, out, _ = run("voices", "doctor")
    assert code == 0
    assert "✓ nu-mien-bac (espeak)" in out
    assert "✗ vais1000: " in out
    assert "The best voice for Vietnamese that works here:" in out
    assert "voices install" in out


def test_a_model_is_installed_after_its_licence_was_accepted(run: Run, repository: Repository) -> None:
    code, out, _ = run("voices", "install", "vais1000", "--yes")
    assert code == 0, out
    assert "Licence: CC BY 4.0 (https://example.org/licence)" in out
    assert f"SHA-256 {hashlib.sha256(MODEL).hexdigest()}" in " ".join(out.split())
    assert len(repository.asked) == 2
    code, out, _ = run("voices", "install", "vais1000", "--yes")
    assert (code, len(repository.asked)) == (0, 2)  # what is there is not fetched again


def test_nothing_is_installed_without_a_yes(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, out, _ = run("voices", "install", "vais1000")
    assert code == 2
    assert "Nothing is installed." in out
    assert repository.asked == []


def test_other_bytes_than_were_offered_end_in_a_sentence(run: Run, repository: Repository, tmp_path: Path) -> None:
    repository.files["/vi/v.onnx"] = MODEL[:-1] + b"x"
    code, _, err = run("voices", "install", "vais1000", "--yes")
    assert code == 2
    assert "Traceback" not in err
    assert not list(tmp_path.rglob("*.onnx"))


def test_what_needs_no_model_is_told_so(run: Run) -> None:
    code, _, err = run("voices", "install", "nu-mien-bac", "--yes")
    assert code == 2
    assert "There is nothing to install for “nu-mien-bac”; these can be: " in err
