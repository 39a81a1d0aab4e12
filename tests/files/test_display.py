"""What people are shown under output/."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from media_service.errors import NotWritableError
from media_service.files.display import FolderDisplay
from media_service.files.scratch import Scratch


def product(folder: Path, content: bytes) -> Path:
    path = folder / f"{content.decode()}.mp4"
    path.write_bytes(content)
    return path


@pytest.fixture
def display(tmp_path: Path) -> FolderDisplay:
    return FolderDisplay(tmp_path / "output")


def test_a_product_is_shown_without_using_room_twice(display: FolderDisplay, tmp_path: Path) -> None:
    one = product(tmp_path, b"one")
    display.show(one, "rùa con/01/video.mp4")
    display.show(one, "rùa con/01/video.mp4")
    shown = tmp_path / "output" / "rùa con" / "01" / "video.mp4"
    assert shown.samefile(one)
    assert [path.name for path in shown.parent.iterdir()] == ["video.mp4"]


def test_a_new_product_takes_the_name_of_the_old_one(display: FolderDisplay, tmp_path: Path) -> None:
    display.show(product(tmp_path, b"one"), "a/video.mp4")
    display.show(product(tmp_path, b"two"), "a/video.mp4")
    assert display.read("a/video.mp4") == b"two"
    assert (tmp_path / "one.mp4").read_bytes() == b"one"


def test_a_disk_without_links_gets_a_copy_once(
    display: FolderDisplay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    one = product(tmp_path, b"one")
    display.show(one, "a/video.mp4")
    shown = tmp_path / "output/a/video.mp4"
    assert not shown.samefile(one)
    assert shown.read_bytes() == b"one"
    before = shown.stat().st_ino
    display.show(one, "a/video.mp4")
    assert shown.stat().st_ino == before


def test_a_text_that_has_not_changed_is_not_written_again(display: FolderDisplay, tmp_path: Path) -> None:
    display.show(b"text", "a/b.txt")
    before = (tmp_path / "output/a/b.txt").stat().st_ino
    display.show(b"text", "a/b.txt")
    assert (tmp_path / "output/a/b.txt").stat().st_ino == before


def test_a_withdrawn_name_takes_its_empty_folder_along(display: FolderDisplay, tmp_path: Path) -> None:
    display.show(b"text", "a/02/b.txt")
    display.show(b"text", "a/02/c.txt")
    display.withdraw("a/02/b.txt")
    assert (tmp_path / "output/a/02/c.txt").exists()
    display.withdraw("a/02/c.txt")
    display.withdraw("a/02/never.txt")
    assert not (tmp_path / "output/a/02").exists()


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("in the way")
    with pytest.raises(NotWritableError, match="output"):
        FolderDisplay(tmp_path / "output").show(b"text", "a/b.txt")


def test_the_names_in_a_folder_are_told(display: FolderDisplay) -> None:
    display.show(b"text", "a/02/b.txt")
    display.show(b"text", "a/01/b.txt")
    assert display.names("a") == ("01", "02")
    assert display.names("nowhere") == ()


def test_what_a_killed_process_was_about_to_show_lies_not_among_what_people_look_at(tmp_path: Path) -> None:
    output = tmp_path / "output"
    if not (child := os.fork()):
        try:
            os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            FolderDisplay(output, Scratch(output / ".shelf")).show(b"text", "a/b.txt")
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert list((output / "a").iterdir()) == []
    assert len(list((output / ".shelf/unfinished").rglob("*.txt"))) == 1
    Scratch(output / ".shelf").sweep()
    assert list((output / ".shelf/unfinished").iterdir()) == []
