"""What killed runs left is swept, here at once and elsewhere after a day; what runs is let be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from media_service.domain.product import Key
from media_service.errors import NoSpaceError, NotWritableError
from media_service.files.scratch import UNFINISHED, Scratch
from media_service.files.shelf import FolderShelf
from media_service.files.space import free_bytes, require_room
from media_service.tally import Tally

KEY = Key("clip", "0123456789abcdef0123", ".flac")


def write(path: Path) -> int:
    return path.write_bytes(b"abc")


def test_a_place_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("a file where the folder should be")
    with pytest.raises(NotWritableError, match="shelf"):
        FolderShelf(tmp_path / "shelf", Tally()).obtain(KEY, int, write)


def test_what_a_killed_run_left_is_swept_and_a_running_one_is_let_be(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "shelf", Tally())
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom media_service.domain.product import Key\n"
        "from media_service.files.shelf import FolderShelf\nfrom media_service.tally import Tally\n"
        "def make(path):\n    path.write_bytes(b'half'); print('half', flush=True); time.sleep(60)\n"
        f"FolderShelf(Path(sys.argv[1]), Tally()).obtain({KEY!r}, int, make)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path / "shelf"], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        assert run.stdout.readline() == "half\n"
        shelf.sweep()
        left = list((tmp_path / "shelf").rglob(".*.flac"))
        run.send_signal(signal.SIGKILL)
    assert len(left) == 1
    shelf.sweep()
    assert not list((tmp_path / "shelf").rglob(".*.flac"))
    shelf.obtain(KEY, int, write)
    assert shelf.reach(KEY).read_bytes() == b"abc"


def test_what_another_machine_left_is_swept_after_a_day_without_a_change(tmp_path: Path) -> None:
    busy, left = (tmp_path / UNFINISHED / f"{host}-1-00000000" for host in ("aaaaaaaaaaaa", "bbbbbbbbbbbb"))
    yesterday = time.time() - 90_000
    for folder in (busy, left):
        folder.mkdir(parents=True)
        (folder / "half.mp4").write_bytes(b"half")
        os.utime(folder / "half.mp4", (yesterday, yesterday))
        os.utime(folder, (yesterday, yesterday))
    (busy / "half.mp4").write_bytes(b"half and more")
    Scratch(tmp_path).sweep()
    assert busy.exists()
    assert not left.exists()


def test_two_shelves_of_one_process_do_not_clear_each_other_away(tmp_path: Path) -> None:
    one, other = FolderShelf(tmp_path, Tally()), FolderShelf(tmp_path, Tally())

    def meanwhile(path: Path) -> int:
        other.sweep()
        other.close()
        return write(path)

    one.obtain(KEY, int, meanwhile)
    assert one.reach(KEY).read_bytes() == b"abc"


def test_room_is_asked_for_before_work_begins(tmp_path: Path) -> None:
    require_room(tmp_path / "not" / "yet", 1)
    with pytest.raises(NoSpaceError, match=r"GB left, and 1000000\.0 GB are needed"):
        require_room(tmp_path / "not" / "yet", 10**15)
    assert 0 < free_bytes(tmp_path) < 10**15
