"""Every test of the doors runs on both databases, each time on a fresh one."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.migrating import bring_up_to_date
from media_service.stores import Stores
from tests.database import postgres
from tests.database.scene import Maker

KINDS = ("sqlite", "postgresql")
NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return Maker(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server with a template that is up to date."""
    with postgres.server() as url:
        ready = Database(postgres.create(url, "ready"))
        bring_up_to_date(ready)
        ready.close()
        yield url


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that is up to date."""
    file = tmp_path_factory.mktemp("template") / "ready.db"
    ready = hasty(f"sqlite:///{file}")
    bring_up_to_date(ready)
    ready.close()
    return file


def hasty(url: str) -> Database:
    """Open a database that does not wait for the disk; that committed work lasts is tested where it is the matter."""
    opened = Database(url)
    if opened.sqlite:
        event.listen(opened._engine, "connect", lambda run, _: run.execute("PRAGMA synchronous = OFF"))
    return opened


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


def fresh(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a fresh database that is up to date."""
    name = f"test{next(NUMBERS)}"
    if kind == "postgresql":
        return postgres.create(request.getfixturevalue("server"), name, "ready")
    shutil.copy(request.getfixturevalue("template"), tmp_path / f"{name}.db")
    return f"sqlite:///{tmp_path / name}.db"


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh(request.param, request, tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = hasty(url)
    yield opened
    opened.close()


@pytest.fixture
def stores(database: Database) -> Stores:
    return doors(database)


@pytest.fixture(params=KINDS)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second fresh database, of either kind."""
    opened = hasty(fresh(request.param, request, tmp_path))
    yield opened
    opened.close()
