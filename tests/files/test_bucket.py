"""What an object store answers, in our words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from media_service.errors import SetupError, ShelfAwayError
from media_service.files import bucket as module
from media_service.files.bucket import PART, Bucket
from tests.files.s3 import SECRET, S3Server, wait_for


def test_objects_are_written_read_listed_and_removed(bucket: Bucket, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(os.urandom(PART + 12_345))
    bucket.put("clip/ab/one.json", b"seal")
    bucket.put("video/ab/two.mp4", large)
    found = bucket.get("clip/ab/one.json")
    assert found
    assert found[0] == b"seal"
    assert b"".join(bucket.pieces("video/ab/two.mp4")) == large.read_bytes()
    assert bucket.size("video/ab/two.mp4") == PART + 12_345
    assert bucket.folders() == ("clip", "video")
    assert [(entry.name, entry.size) for entry in bucket.entries("clip")] == [("clip/ab/one.json", 4)]
    bucket.remove("clip/ab/one.json")
    bucket.remove("clip/ab/one.json")
    assert bucket.get("clip/ab/one.json") is None
    assert bucket.size("clip/ab/one.json") is None
    assert list(bucket.entries("clip")) == []


def test_an_object_that_is_not_there_has_no_bytes(bucket: Bucket) -> None:
    with pytest.raises(FileNotFoundError):
        list(bucket.pieces("clip/ab/none"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "library",
        "http://host/library",
        "s3://",
        "s3://key:geheim@library",
        "s3://library?endpoint=host",
        "s3://library?endpoint=http://key:geheim@host",
        "s3://library?endpoint=ftp://host",
        "s3://library?secret=geheim",
        "s3://library?geheim",
        "s3://[geheim",
    ],
)
def test_an_address_that_is_none_is_refused_without_saying_it(url: str, credentials: None) -> None:
    with pytest.raises(SetupError, match="MEDIA_SERVICE_SHELF") as refused:
        Bucket(url)
    assert "geheim" not in str(refused.value)


def test_a_bucket_that_is_not_there_is_a_matter_of_setting_up(s3: S3Server, credentials: None) -> None:
    wrong = Bucket(f"s3://nowhere/shelf?endpoint={s3.endpoint}")
    for ask in (
        lambda: wrong.get("a"),
        lambda: wrong.put("a", b"a"),
        lambda: list(wrong.entries("clip")),
        wrong.folders,
    ):
        with pytest.raises(SetupError, match="no bucket"):
            ask()


def test_wrong_credentials_are_a_matter_of_setting_up_and_never_shown(
    s3: S3Server, credentials: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", f"{SECRET}-wrong")
    wrong = Bucket(f"s3://library/shelf?endpoint={s3.endpoint}")
    for ask in (lambda: wrong.get("a"), lambda: wrong.size("a"), lambda: wrong.put("a", b"a"), wrong.folders):
        with pytest.raises(SetupError, match="refuses us") as refused:
            ask()
        assert SECRET not in f"{refused.value} {refused.value.__cause__}"


def test_half_of_the_credentials_is_a_matter_of_setting_up(
    s3: S3Server, credentials: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(SetupError, match="refuses us"):
        Bucket(f"s3://library/shelf?endpoint={s3.endpoint}")


def test_a_store_that_is_down_is_away(credentials: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module._RETRY, "max_retries", 1)
    away = Bucket("s3://library?endpoint=http://127.0.0.1:1")
    for ask in (lambda: away.get("a"), lambda: away.put("a", b"a"), lambda: list(away.pieces("a")), away.folders):
        with pytest.raises(ShelfAwayError, match="does not answer"):
            ask()


@pytest.mark.parametrize("another", [False, True], ids=["the same", "another"])
def test_once_a_bucket_was_asked_none_is_in_a_forked_child(bucket: Bucket, s3: S3Server, another: bool) -> None:
    bucket.size("a")
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        try:
            asked = Bucket(f"s3://another?endpoint={s3.endpoint}&region=vn-south-1") if another else bucket
            asked.size("a")
        except RuntimeError:
            os.write(write, b"refused")
        finally:
            os._exit(0)
    os.close(write)
    os.set_blocking(read, False)
    wait_for(lambda: os.waitpid(child, os.WNOHANG)[0])
    assert os.read(read, 10) == b"refused"
    os.close(read)
