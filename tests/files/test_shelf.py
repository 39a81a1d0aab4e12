"""Products are whole or absent, and made once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from media_service.domain.product import Key
from media_service.errors import NoSpaceError, NotWritableError
from media_service.files.shelf import FolderShelf
from media_service.tally import Tally

KEY = Key("clip", "0123456789abcdef0123", ".flac")


@dataclass(frozen=True, slots=True)
class Facts:
    length: int
    words: tuple[str, ...]


def writing(content: bytes, facts: Facts) -> Callable[[Path], Facts]:
    def make(path: Path) -> Facts:
        path.write_bytes(content)
        return facts

    return make


def refuse(path: Path) -> Facts:
    raise AssertionError(f"made again: {path}")


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def shelf(tmp_path: Path, tally: Tally) -> FolderShelf:
    return FolderShelf(tmp_path / "shelf", tally)


def test_a_product_is_made_once_and_found_with_its_facts(shelf: FolderShelf, tally: Tally) -> None:
    facts = Facts(3, ("xin", "chào"))
    made = shelf.obtain(KEY, Facts, writing(b"abc", facts))
    found = shelf.obtain(KEY, Facts, refuse)
    assert made == found
    assert found.facts == facts
    assert shelf.reach(found.key).read_bytes() == b"abc"
    assert (tally.work().made, tally.work().reused) == ({"clip": 1}, {"clip": 1})


def test_after_a_failure_nothing_is_there(shelf: FolderShelf, tmp_path: Path) -> None:
    def fail(path: Path) -> Facts:
        path.write_bytes(b"half")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        shelf.obtain(KEY, Facts, fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("damage", ["file gone", "file cut", "seal gone", "seal cut", "seal of other facts"])
def test_a_damaged_product_is_made_again(shelf: FolderShelf, damage: str) -> None:
    path = shelf.reach(shelf.obtain(KEY, Facts, writing(b"abc", Facts(3, ()))).key)
    seal = path.with_name(path.name + ".json")
    {
        "file gone": path.unlink,
        "file cut": lambda: path.write_bytes(b"a"),
        "seal gone": seal.unlink,
        "seal cut": lambda: seal.write_bytes(seal.read_bytes()[:10]),
        "seal of other facts": lambda: seal.write_text('{"size": 3, "seconds": 0, "facts": {"loudness": 1}}'),
    }[damage]()
    assert shelf.obtain(KEY, Facts, writing(b"new", Facts(4, ()))).facts == Facts(4, ())
    assert path.read_bytes() == b"new"


def test_facts_without_a_file_are_learned_once(shelf: FolderShelf) -> None:
    assert shelf.learn(KEY, Facts, lambda: Facts(1, ())) == Facts(1, ())
    assert shelf.learn(KEY, Facts, lambda: refuse(Path())) == Facts(1, ())


def test_two_threads_that_want_the_same_product_make_it_once(shelf: FolderShelf, tally: Tally) -> None:
    both = threading.Barrier(2)

    def want() -> None:
        both.wait()
        shelf.obtain(KEY, Facts, writing(b"abc", Facts(3, ())))

    threads = [threading.Thread(target=want) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tally.work().made == {"clip": 1}


def test_a_full_disk_is_named_and_leaves_nothing(shelf: FolderShelf, tmp_path: Path) -> None:
    def fill(path: Path) -> Facts:
        path.write_bytes(b"half")
        raise OSError(28, os.strerror(28), str(path))

    with pytest.raises(NoSpaceError, match="full"):
        shelf.obtain(KEY, Facts, fill)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_place_that_may_not_be_written_is_named(tmp_path: Path, tally: Tally) -> None:
    (tmp_path / "shelf").write_text("a file where the folder should be")
    with pytest.raises(NotWritableError, match="shelf"):
        FolderShelf(tmp_path / "shelf", tally).obtain(KEY, Facts, writing(b"abc", Facts(3, ())))


def test_what_a_killed_run_left_is_swept_and_a_running_one_is_let_be(shelf: FolderShelf, tmp_path: Path) -> None:
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
    assert shelf.reach(shelf.obtain(KEY, Facts, writing(b"abc", Facts(3, ()))).key).read_bytes() == b"abc"
