"""A shelf of each kind, and the S3 server that one of them needs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from media_service.files.bucket import Bucket
from tests.files.s3 import KEY, SECRET, S3Server

_folders = itertools.count()


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = S3Server(tmp_path_factory.mktemp("s3") / "buckets")
    (server.folder / "library").mkdir(parents=True)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


@pytest.fixture
def folder_in_bucket(s3: S3Server) -> str:
    """A place in the bucket that no other test uses."""
    return f"library/shelf-{next(_folders)}"


@pytest.fixture
def bucket(s3: S3Server, folder_in_bucket: str, credentials: None) -> Bucket:
    return Bucket(f"s3://{folder_in_bucket}?endpoint={s3.endpoint}&region=vn-south-1")
