"""What only a shelf in an object store has to stand: a network, a cache, bytes that change on their way."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from media_service.domain.product import Key
from media_service.errors import ProductGoneError, ShelfAwayError
from media_service.files import bucket as bucket_module
from media_service.files.bucket import PART, Bucket
from media_service.files.cache import Cache
from media_service.files.object_holdings import ObjectHoldings
from media_service.files.object_shelf import ObjectShelf
from media_service.tally import Tally
from tests.files.s3 import S3Server, wait_for

KEY = Key("video", "0123456789abcdef0123", ".mp4")


def make(path: Path) -> str:
    path.write_bytes(b"film")
    return "facts"


def make_large(path: Path) -> str:
    path.write_bytes(os.urandom(3 * PART))
    return "facts"


def refuse(path: Path) -> str:
    raise AssertionError("made again")


@pytest.fixture
def own_server(tmp_path: Path, credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """A server that this test may kill; so slow that three parts take over a second."""
    monkeypatch.setitem(bucket_module._RETRY, "max_retries", 1)
    server = S3Server(tmp_path / "buckets", "--bwlimit", "16M")
    (server.folder / "library").mkdir(parents=True)
    server.start()
    yield server
    server.kill()


def machine(bucket: Bucket, cache: Path, most_bytes: int = 1 << 30) -> ObjectShelf:
    return ObjectShelf(bucket, Cache(cache, most_bytes), Tally())


def test_a_server_killed_in_mid_upload_costs_only_the_sending(own_server: S3Server, tmp_path: Path) -> None:
    bucket = Bucket(f"s3://library?endpoint={own_server.endpoint}")

    def kill_in_mid_upload() -> None:
        wait_for(lambda: any(path.stat().st_size for path in own_server.folder.rglob(".rclone_temp_*")))
        own_server.kill()

    killer = threading.Thread(target=kill_in_mid_upload)
    killer.start()
    with pytest.raises(ShelfAwayError):
        machine(bucket, tmp_path / "cache").obtain(KEY, str, make_large)
    killer.join()
    own_server.start()
    assert machine(bucket, tmp_path / "other").learn(Key("facts", "f" * 20, ""), str, lambda: "nothing sealed yet")
    assert machine(bucket, tmp_path / "cache").obtain(KEY, str, refuse).facts == "facts"
    assert machine(bucket, tmp_path / "other").reach(KEY).stat().st_size == 3 * PART


def test_what_waits_to_be_sent_is_made_again_where_its_copy_is_lost(own_server: S3Server, tmp_path: Path) -> None:
    bucket = Bucket(f"s3://library?endpoint={own_server.endpoint}")
    shelf = machine(bucket, tmp_path / "cache")

    def make_and_cut(path: Path) -> str:
        own_server.kill()
        return make(path)

    with pytest.raises(ShelfAwayError):
        shelf.obtain(KEY, str, make_and_cut)
    shelf.close()
    for copy in (tmp_path / "cache" / "copies").rglob("*.mp4"):
        copy.unlink()
    own_server.start()
    assert machine(bucket, tmp_path / "cache").obtain(KEY, str, lambda path: f"{make(path)} anew").facts == "facts anew"


def test_bytes_that_changed_in_the_store_are_not_handed_out(bucket: Bucket, tmp_path: Path) -> None:
    machine(bucket, tmp_path / "one").obtain(KEY, str, make)
    (content,) = (entry.name for entry in bucket.entries("video") if entry.name.endswith(".mp4"))
    bucket.put(content, b"foam")
    other = machine(bucket, tmp_path / "two")
    with pytest.raises(ProductGoneError):
        other.reach(KEY)
    assert not list((tmp_path / "two").rglob("*.mp4"))
    assert other.obtain(KEY, str, make).facts == "facts"
    assert machine(bucket, tmp_path / "three").reach(KEY).read_bytes() == b"film"


def test_a_copy_cut_short_on_this_machine_is_fetched_again(bucket: Bucket, tmp_path: Path) -> None:
    shelf = machine(bucket, tmp_path / "one")
    shelf.obtain(KEY, str, make)
    shelf.close()
    (copy,) = (tmp_path / "one" / "copies").rglob("*.mp4")
    copy.write_bytes(b"fi")
    assert machine(bucket, tmp_path / "one").reach(KEY).read_bytes() == b"film"


def test_a_product_is_fetched_once_by_all_workers_of_a_machine(bucket: Bucket, tmp_path: Path) -> None:
    machine(bucket, tmp_path / "one").obtain(KEY, str, make)
    first = machine(bucket, tmp_path / "two").reach(KEY)
    second = machine(bucket, tmp_path / "two").reach(KEY)
    assert first != second
    assert first.samefile(second)


def test_the_cache_throws_out_what_was_longest_unused_but_nothing_in_use(bucket: Bucket, tmp_path: Path) -> None:
    keys = [Key("clip", f"{number:x}" * 20, ".flac") for number in range(4)]
    for key in keys:
        machine(bucket, tmp_path / "one").obtain(key, int, lambda path: path.write_bytes(bytes(1_000)))
    cache = tmp_path / "two"
    user, passing = machine(bucket, cache, 2_500), machine(bucket, cache, 2_500)
    used = user.reach(keys[0])
    for key in keys[1:]:
        passing.reach(key)
    passing.close()
    Cache(cache, 2_500).shrink()
    left = {path.name[:2] for path in (cache / "copies").rglob("*.flac")}
    assert left == {"00", "22", "33"}
    assert used.read_bytes() == bytes(1_000)
    Cache(cache, 500).shrink()
    assert {path.name[:2] for path in (cache / "copies").rglob("*.flac")} == {"00"}
    user.close()
    Cache(cache, 500).shrink()
    assert not list((cache / "copies").rglob("*.flac"))


def test_a_disk_without_links_gets_copies(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_links(*_: object) -> None:
        raise OSError(95, "no links here")

    monkeypatch.setattr(os, "link", refuse_links)
    shelf = machine(bucket, tmp_path / "one")
    shelf.obtain(KEY, str, make)
    path = shelf.reach(KEY)
    for copy in (tmp_path / "one" / "copies").rglob("*.mp4"):
        copy.unlink()
    assert path.read_bytes() == b"film"


def test_the_content_of_the_slower_of_two_machines_is_cleared_away(bucket: Bucket, tmp_path: Path) -> None:
    def meanwhile(path: Path) -> str:
        machine(bucket, tmp_path / "two").obtain(KEY, str, make)
        path.write_bytes(b"another film")
        return "other facts"

    machine(bucket, tmp_path / "one").obtain(KEY, str, meanwhile)
    holdings = ObjectHoldings(bucket, Cache(tmp_path / "three", 1_000))
    assert holdings.clear(timedelta(seconds=-60)) == len(b"film")
    third = machine(bucket, tmp_path / "three")
    assert third.obtain(KEY, str, refuse).facts == "other facts"
    assert third.reach(KEY).read_bytes() == b"another film"
