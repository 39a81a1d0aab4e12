"""Throwing away what nobody wants, and carrying the whole service away and back."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from media_service.backup import backup, restore
from media_service.domain.product import Key
from media_service.domain.service import WorkerSeen
from media_service.errors import InputError, ProductGoneError, SetupError
from media_service.files.archive import TarArchive
from media_service.files.carrying import gone
from media_service.files.folder_holdings import FolderHoldings
from media_service.files.seal import place, seal_place
from media_service.files.shelf import FolderShelf
from media_service.stores import Stores
from media_service.tally import Tally
from media_service.upkeep import gc

NOW = datetime.now(UTC)
OLD, YOUNG, WANTED, SHOWN = (Key("clip", f"{number}" * 20, ".flac") for number in range(4))


@dataclass
class FakeDatabase:
    """All the stores that upkeep needs, over one list of lines."""

    lines: list[tuple[str, bytes]] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    forgotten: list[Key] = field(default_factory=list)
    working: tuple[WorkerSeen, ...] = ()
    fails: bool = False

    def wanted(self) -> Iterator[Key]:
        yield from self.keys

    def forget(self, keys: Collection[Key]) -> None:
        self.forgotten += keys

    def dump(self) -> Iterator[tuple[str, bytes]]:
        yield from self.lines

    def restore(self, tables: Iterator[tuple[str, bytes]], revision: str) -> None:
        lines = list(tables)
        if self.fails:
            raise gone("database")
        self.lines = [*lines, ("revision", revision.encode())]

    def revision(self) -> str:
        return "0003"

    def moment(self) -> datetime:
        return NOW

    def workers(self, within: timedelta) -> tuple[WorkerSeen, ...]:
        return self.working

    def status(self, slug: str | None = None, *, limit: int = 50) -> tuple[object, ...]:
        return tuple(self.lines)

    def stores(self) -> Stores:
        return cast("Stores", SimpleNamespace(works=self, records=self, upkeep=self, turns=self))


def silent(_: int) -> None:
    """Tell nobody."""


def write(path: Path) -> int:
    return path.write_bytes(b"abc")


def refuse(path: Path) -> int:
    raise AssertionError("made again")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shelf with an old product, a young one, an old one that is wanted, and one that people are shown."""
    folder = tmp_path / "shelf"
    for key in (OLD, YOUNG, WANTED, SHOWN):
        FolderShelf(folder, Tally()).obtain(key, int, write)
        if key != YOUNG:
            then = NOW.timestamp() - 40 * 86_400
            os.utime(folder / seal_place(key), (then, then))
    os.link(folder / place(SHOWN), tmp_path / "video.mp4")
    return folder


def kept(folder: Path) -> set[Key]:
    return {held.key for held in FolderHoldings(folder).walk()}


def test_only_what_is_old_and_wanted_by_nobody_is_thrown_away(folder: Path) -> None:
    database = FakeDatabase(keys=[WANTED])
    found = gc(database, FolderHoldings(folder), NOW, delete=False)
    assert kept(folder) == {OLD, YOUNG, WANTED, SHOWN}
    assert database.forgotten == []
    done = gc(database, FolderHoldings(folder), NOW, delete=True)
    assert (found.count, found.bytes, found.by_kind) == (done.count, done.bytes, done.by_kind)
    assert (done.count, done.deleted) == (1, True)
    assert kept(folder) == {YOUNG, WANTED, SHOWN}
    assert not (folder / place(OLD)).exists()
    assert database.forgotten == [OLD]
    assert gc(database, FolderHoldings(folder), NOW, delete=True).count == 0


def test_what_was_just_made_is_kept_however_little_age_is_asked_for(folder: Path) -> None:
    gc(FakeDatabase(), FolderHoldings(folder), NOW, timedelta(0), delete=True)
    assert YOUNG in kept(folder)


def test_what_a_worker_asks_for_while_garbage_is_collected_is_kept(folder: Path) -> None:
    class Meanwhile(FolderHoldings):
        def remove(self, key: Key, unused_since: datetime) -> bool:
            FolderShelf(folder, Tally()).obtain(key, int, refuse)
            return super().remove(key, unused_since)

    assert gc(FakeDatabase(), Meanwhile(folder), NOW, delete=True).count == 0
    assert OLD in kept(folder)


def test_a_backup_brings_everything_back_elsewhere(folder: Path, tmp_path: Path) -> None:
    lost = Key("clip", "9" * 20, ".flac")
    database = FakeDatabase(lines=[("works", b"{}\n"), ("works", b"[]\n")], keys=[WANTED, SHOWN, lost])
    archive = TarArchive(tmp_path / "backup.tar")
    contents = backup(archive, database.stores(), FolderHoldings(folder), silent)
    assert (contents.tables, contents.products, contents.missing) == (2, 2, 1)
    empty = FakeDatabase()
    assert restore(archive, empty.stores(), FolderHoldings(tmp_path / "new"), silent) == contents
    assert empty.lines == [("works", b"{}\n"), ("works", b"[]\n"), ("revision", b"0003")]
    assert kept(tmp_path / "new") == {WANTED, SHOWN}
    assert FolderShelf(tmp_path / "new", Tally()).obtain(WANTED, int, refuse).facts == 3


def test_a_damaged_product_is_left_out_and_the_rest_comes_back(folder: Path, tmp_path: Path) -> None:
    (folder / place(WANTED)).write_bytes(b"abd")
    archive, database = TarArchive(tmp_path / "backup.tar"), FakeDatabase(keys=[WANTED, SHOWN])
    assert backup(archive, database.stores(), FolderHoldings(folder), silent).damaged == 1
    restore(archive, FakeDatabase().stores(), FolderHoldings(tmp_path / "new"), silent)
    assert kept(tmp_path / "new") == {SHOWN}


def test_nothing_is_changed_by_a_restore_that_cannot_be(folder: Path, tmp_path: Path) -> None:
    archive, database = TarArchive(tmp_path / "backup.tar"), FakeDatabase(lines=[("works", b"{}\n")], keys=[WANTED])
    backup(archive, database.stores(), FolderHoldings(folder), silent)
    goal = FolderHoldings(tmp_path / "new")
    working = FakeDatabase(working=(WorkerSeen("w1", "may-1", "film", NOW),))
    with pytest.raises(SetupError, match="may-1"):
        restore(archive, working.stores(), goal, silent)
    with pytest.raises(SetupError, match="holds works"):
        restore(archive, database.stores(), goal, silent)
    whole = (tmp_path / "backup.tar").read_bytes()
    (tmp_path / "backup.tar").write_bytes(whole.replace(b"abc", b"abd"))
    empty = FakeDatabase()
    with pytest.raises(InputError, match="damaged"):
        restore(archive, empty.stores(), goal, silent)
    assert empty.lines == []
    assert not (tmp_path / "new").exists()


def test_a_restore_that_fails_at_the_database_can_be_done_again(folder: Path, tmp_path: Path) -> None:
    archive, database = TarArchive(tmp_path / "backup.tar"), FakeDatabase(lines=[("works", b"{}\n")], keys=[WANTED])
    backup(archive, database.stores(), FolderHoldings(folder), silent)
    empty, goal = FakeDatabase(fails=True), FolderHoldings(tmp_path / "new")
    with pytest.raises(ProductGoneError):
        restore(archive, empty.stores(), goal, silent)
    assert empty.lines == []
    empty.fails = False
    restore(archive, empty.stores(), goal, silent)
    assert len(empty.lines) == 2
    assert kept(tmp_path / "new") == {WANTED}
