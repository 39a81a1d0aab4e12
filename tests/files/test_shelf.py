"""Products are whole or absent, made once, and known to all who share the shelf: in a folder and in an object store."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import obstore
import pytest

from media_service.domain.product import Key
from media_service.errors import NoSpaceError, ProductGoneError
from media_service.files import object_shelf
from media_service.files import shelf as folder_shelf
from media_service.files.bucket import Bucket
from media_service.files.cache import Cache
from media_service.files.folder_holdings import FolderHoldings
from media_service.files.object_holdings import ObjectHoldings
from media_service.files.object_shelf import ObjectShelf
from media_service.files.shelf import FolderShelf
from media_service.holdings import Holdings
from media_service.tally import Tally

KEY = Key("clip", "0123456789abcdef0123", ".flac")
PICTURE = Key("picture", "ab" * 32, "")
OLD_SEAL = b'{"size": 3, "seconds": 0.5, "facts": {"length": 3, "words": []}}'
"""As the first versions wrote it."""
FACTS = Key("film-facts", "f" * 20, "")


@dataclass(frozen=True, slots=True)
class Facts:
    length: int
    words: tuple[str, ...] = ()


def writing(content: bytes, facts: Facts | None = None) -> Callable[[Path], Facts]:
    def make(path: Path) -> Facts:
        path.write_bytes(content)
        return facts or Facts(len(content))

    return make


def refuse(path: Path = Path()) -> Facts:
    raise AssertionError(f"made again: {path}")


class Site(Protocol):
    """One shelf that several machines share, and what can happen to it from behind."""

    tally: Tally

    def machine(self) -> FolderShelf | ObjectShelf: ...

    def holdings(self) -> Holdings: ...

    def names(self) -> list[str]: ...

    def read(self, name: str) -> bytes: ...

    def write(self, name: str, content: bytes) -> None: ...

    def unlink(self, name: str) -> None: ...

    def age(self, name: str, days: float) -> None: ...


class FolderSite:
    def __init__(self, root: Path) -> None:
        self.root, self.tally = root / "shelf", Tally()

    def machine(self) -> FolderShelf:
        return FolderShelf(self.root, self.tally)

    def holdings(self) -> FolderHoldings:
        return FolderHoldings(self.root)

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        (self.root / name).write_bytes(content)

    def unlink(self, name: str) -> None:
        (self.root / name).unlink()

    def age(self, name: str, days: float) -> None:
        path = self.root / name
        then = path.stat().st_mtime - days * 86_400
        os.utime(path, (then, then))


class ObjectSite(FolderSite):
    """Each machine has a cache of its own."""

    def __init__(self, root: Path, bucket: Bucket) -> None:
        super().__init__(root)
        self.bucket, self._caches, self._count = bucket, root, 0

    def cache(self) -> Cache:
        self._count += 1
        return Cache(self._caches / f"machine-{self._count}", 1_000_000)

    def machine(self) -> ObjectShelf:
        return ObjectShelf(self.bucket, self.cache(), self.tally)

    def holdings(self) -> ObjectHoldings:
        return ObjectHoldings(self.bucket, self.cache())

    def names(self) -> list[str]:
        return sorted(entry.name for folder in self.bucket.folders() for entry in self.bucket.entries(folder))

    def read(self, name: str) -> bytes:
        return b"".join(self.bucket.pieces(name))

    def write(self, name: str, content: bytes) -> None:
        self.bucket.put(name, content)

    def age(self, name: str, days: float) -> None:
        """Write it again with a date; this server takes it from what rclone calls mtime."""
        then = time.time() - days * 86_400
        obstore.put(self.bucket._store, name, self.read(name), attributes={"mtime": f"{then:.3f}"})

    def unlink(self, name: str) -> None:
        self.bucket.remove(name)


@pytest.fixture(params=["folder", "object store"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    if request.param == "folder":
        yield FolderSite(tmp_path)
        return
    yield ObjectSite(tmp_path, request.getfixturevalue("bucket"))


@pytest.fixture
def shelf(site: Site) -> FolderShelf | ObjectShelf:
    return site.machine()


def content_of(site: Site) -> str:
    (name,) = (one for one in site.names() if not one.endswith(".json"))
    return name


def seal_of(site: Site) -> str:
    (name,) = (one for one in site.names() if one.endswith(".json"))
    return name


class TestShelf:
    """What every shelf promises."""

    def test_a_product_is_made_once_and_found_with_its_facts(self, shelf: FolderShelf, site: Site) -> None:
        facts = Facts(3, ("xin", "chào"))
        made = shelf.obtain(KEY, Facts, writing(b"abc", facts))
        found = shelf.obtain(KEY, Facts, refuse)
        assert made == found
        assert found.facts == facts
        assert shelf.reach(KEY).read_bytes() == b"abc"
        assert shelf.reach(KEY).suffix == ".flac"
        assert (site.tally.work().made, site.tally.work().reused) == ({"clip": 1}, {"clip": 1})

    def test_another_machine_finds_and_reaches_it(self, site: Site) -> None:
        site.machine().obtain(PICTURE, Facts, writing(b"abc"))
        other = site.machine()
        assert other.obtain(PICTURE, Facts, refuse).facts == Facts(3)
        assert other.reach(PICTURE).read_bytes() == b"abc"

    def test_after_a_failure_nothing_is_there(self, shelf: FolderShelf, site: Site, tmp_path: Path) -> None:
        def fail(path: Path) -> Facts:
            path.write_bytes(b"half")
            raise ValueError("stop")

        with pytest.raises(ValueError, match="stop"):
            shelf.obtain(KEY, Facts, fail)
        assert site.names() == []
        assert [path for path in tmp_path.rglob("*.flac") if path.is_file()] == []

    def test_a_product_that_was_never_made_cannot_be_reached(self, shelf: FolderShelf) -> None:
        with pytest.raises(ProductGoneError):
            shelf.reach(KEY)

    @pytest.mark.parametrize("damage", ["file gone", "file cut", "seal gone", "seal cut", "seal of other facts"])
    def test_a_damaged_product_is_made_again(self, site: Site, damage: str) -> None:
        site.machine().obtain(KEY, Facts, writing(b"abc"))
        content, seal = content_of(site), seal_of(site)
        {
            "file gone": lambda: site.unlink(content),
            "file cut": lambda: site.write(content, b"a"),
            "seal gone": lambda: site.unlink(seal),
            "seal cut": lambda: site.write(seal, b'{"size": 3'),
            "seal of other facts": lambda: site.write(seal, b'{"size": 3, "seconds": 0, "facts": {"loudness": 1}}'),
        }[damage]()
        other = site.machine()
        if damage != "seal of other facts":
            with pytest.raises(ProductGoneError):
                other.reach(KEY)
        assert other.obtain(KEY, Facts, writing(b"anew")).facts == Facts(4)
        assert site.machine().reach(KEY).read_bytes() == b"anew"

    def test_facts_without_a_file_are_learned_once(self, site: Site) -> None:
        assert site.machine().learn(FACTS, Facts, lambda: Facts(1)) == Facts(1)
        assert site.machine().learn(FACTS, Facts, refuse) == Facts(1)
        with pytest.raises(ProductGoneError):
            site.machine().reach(FACTS)

    def test_two_threads_that_want_the_same_product_make_it_once(self, shelf: FolderShelf, site: Site) -> None:
        both = threading.Barrier(2)

        def want() -> None:
            both.wait()
            shelf.obtain(KEY, Facts, writing(b"abc"))

        threads = [threading.Thread(target=want) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert site.tally.work().made == {"clip": 1}

    def test_two_machines_that_make_the_same_product_at_once_do_no_harm(self, site: Site) -> None:
        one, other = site.machine(), site.machine()

        def meanwhile(path: Path) -> Facts:
            other.obtain(KEY, Facts, writing(b"their own"))
            return writing(b"ours")(path)

        facts = one.obtain(KEY, Facts, meanwhile).facts
        for machine in (one, other, site.machine()):
            assert machine.obtain(KEY, Facts, refuse).facts in {Facts(4), Facts(9)}
            assert len(machine.reach(KEY).read_bytes()) == machine.obtain(KEY, Facts, refuse).facts.length
        assert one.reach(KEY).stat().st_size == facts.length

    def test_a_full_disk_is_named_and_leaves_nothing(self, shelf: FolderShelf, site: Site) -> None:
        def fill(path: Path) -> Facts:
            path.write_bytes(b"half")
            raise OSError(28, os.strerror(28), str(path))

        with pytest.raises(NoSpaceError, match="full"):
            shelf.obtain(KEY, Facts, fill)
        assert site.names() == []

    def test_a_seal_of_the_first_versions_stays_good_in_a_folder(self, tmp_path: Path) -> None:
        site = FolderSite(tmp_path)
        site.machine().obtain(KEY, Facts, writing(b"abc"))
        site.write(seal_of(site), OLD_SEAL)
        assert site.machine().obtain(KEY, Facts, refuse).facts == Facts(3)
        assert site.machine().reach(KEY).read_bytes() == b"abc"

    def test_asking_for_a_product_notes_its_use_once_a_day(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        site.machine().obtain(KEY, Facts, writing(b"abc"))
        (made,) = site.holdings().walk()
        site.machine().obtain(KEY, Facts, refuse)
        assert [held.used for held in site.holdings().walk()] == [made.used]
        for module in (folder_shelf, object_shelf):
            monkeypatch.setattr(module, "USE_IS_NOTED", timedelta(0))
        site.machine().obtain(KEY, Facts, refuse)
        (held,) = site.holdings().walk()
        assert held.used > made.used


class TestHoldings:
    """What every shelf shows its keeper."""

    def test_everything_sealed_is_told_with_its_size(self, site: Site, shelf: FolderShelf) -> None:
        for key in (KEY, PICTURE):
            shelf.obtain(key, Facts, writing(b"abc"))
        shelf.learn(FACTS, Facts, lambda: Facts(1))
        held = {one.key: one for one in site.holdings().walk()}
        assert set(held) == {KEY, PICTURE, FACTS}
        assert held[KEY].size - held[FACTS].size >= 3
        assert all(abs(datetime.now(UTC) - one.used) < timedelta(hours=1) for one in held.values())

    def test_what_is_removed_is_gone_for_all(self, site: Site) -> None:
        site.machine().obtain(KEY, Facts, writing(b"abc"))
        (held,) = site.holdings().walk()
        assert not site.holdings().remove(KEY, held.used - timedelta(days=1)), "used since"
        assert site.holdings().remove(KEY, held.used + timedelta(days=1))
        assert not site.holdings().remove(KEY, held.used + timedelta(days=1)), "gone already"
        assert site.names() == []
        with pytest.raises(ProductGoneError):
            site.machine().reach(KEY)

    def test_what_was_left_unsealed_goes_after_a_while_and_nothing_else(self, site: Site) -> None:
        site.machine().obtain(KEY, Facts, writing(b"abc"))
        site.machine().obtain(PICTURE, Facts, writing(b"left behind"))
        for name in site.names():
            site.age(name, days=2)
            if name.startswith("picture") and name.endswith(".json"):
                site.unlink(name)
        assert site.holdings().clear(timedelta(days=3)) == 0
        assert site.holdings().clear(timedelta(days=1)) == len(b"left behind")
        assert site.machine().reach(KEY).read_bytes() == b"abc"
        assert len(site.names()) == 2

    def test_a_product_is_carried_from_any_shelf_to_any_other(self, site: Site, tmp_path: Path) -> None:
        other = FolderSite(tmp_path / "other")
        first, second = (site, other), (other, site)
        for start, goal in (first, second):
            key = KEY if start is site else PICTURE
            start.machine().obtain(key, Facts, writing(b"abc"))
            packed = start.holdings().open(key)
            assert packed
            assert packed.size == 3
            assert goal.holdings().put(packed)
            again = start.holdings().open(key)
            assert again
            assert not goal.holdings().put(again), "there already"
            assert goal.machine().obtain(key, Facts, refuse).facts == Facts(3)
            assert goal.machine().reach(key).read_bytes() == b"abc"

    def test_a_seal_of_the_first_versions_can_be_carried_into_any_shelf(self, site: Site, tmp_path: Path) -> None:
        old = FolderSite(tmp_path / "old")
        old.machine().obtain(KEY, Facts, writing(b"abc"))
        old.write(seal_of(old), OLD_SEAL)
        packed = old.holdings().open(KEY)
        assert packed
        site.holdings().put(packed)
        assert site.machine().obtain(KEY, Facts, refuse).facts == Facts(3)
        assert site.machine().reach(KEY).read_bytes() == b"abc"

    def test_bytes_that_are_not_as_sealed_are_not_laid_on_a_shelf(self, site: Site, tmp_path: Path) -> None:
        start = FolderSite(tmp_path / "start")
        start.machine().obtain(KEY, Facts, writing(b"abc"))
        start.write(content_of(start), b"abd")
        packed = start.holdings().open(KEY)
        assert packed
        with pytest.raises(ProductGoneError):
            site.holdings().put(packed)
        assert site.names() == []
