from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, text

from media_service.database import migrating
from media_service.database.connection import Database
from media_service.database.engine import open_stores
from media_service.database.engine import stores as doors
from media_service.database.migrating import HEAD
from media_service.database.tables import metadata
from media_service.database.upkeep import _count_on, _parts
from media_service.domain.service import Standing
from media_service.domain.stage import Queue
from media_service.errors import SetupError
from tests.database import postgres
from tests.database.conftest import KINDS, NUMBERS
from tests.database.scene import Maker, accept, let_time_pass, rows

FIRST_RELEASE = Path(__file__).with_name("first-release.sql")
"""A database as the first revision kept it, with works half done (`python -m tests.database.first_release`)."""


def first_release(folder: Path) -> Path:
    """Return a SQLite file as the first release left it."""
    file = folder / "service.db"
    with closing(sqlite3.connect(file)) as run:
        run.executescript(FIRST_RELEASE.read_text(encoding="utf-8"))
    return file


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database as the first release left it."""
    file = first_release(tmp_path)
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    url = postgres.create(request.getfixturevalue("server"), f"test{next(NUMBERS)}")
    there, source = Database(url), create_engine(f"sqlite:///{file}")
    tables = MetaData()
    with source.connect() as have, there.write() as run:
        migrating.upgrade(run, "0001")
        tables.reflect(run)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                lines = have.execute(table.select()).mappings().all()
                if lines:
                    run.execute(table.insert(), [dict(line) for line in lines])
        _count_on(run, tables)
    source.dispose()
    there.close()
    return url


def test_the_newest_revision_is_the_one_the_program_knows() -> None:
    assert ScriptDirectory.from_config(migrating._config()).get_current_head() == HEAD


def test_the_migrations_make_the_tables_that_the_program_uses(database: Database) -> None:
    with database.read() as run:
        assert compare_metadata(MigrationContext.configure(run), metadata) == []
        known = {index.name for table in metadata.tables.values() for index in table.indexes}
        there = {index["name"] for table in metadata.tables for index in inspect(run).get_indexes(table)}
        assert known <= there


def test_what_the_first_release_left_half_done_is_finished(old: str, maker: Maker) -> None:
    with open_stores(old) as stores:
        before = {one.slug: one.standing for one in stores.works.status()}
        assert before == {"xong": Standing.APPROVED, "dang-do": Standing.STUCK, "moi": Standing.WORKING}
        assert stores.upkeep.revision() == HEAD
        stores.works.retry("dang-do", "hoa")
        database = Database(old)
        let_time_pass(database)  # whoever worked on it is long gone
        database.close()
        stores.schedule.reclaim()
        stores.schedule.ring_again(stores.schedule.rung(Queue.SPEECH, timedelta()))
        maker.work(stores)
        after = {one.slug: one.standing for one in stores.works.status()}
        assert after == {"xong": Standing.APPROVED, "dang-do": Standing.REVIEW, "moi": Standing.REVIEW}


def test_a_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    file = first_release(tmp_path)
    with open_stores(f"sqlite:///{file}"):
        pass
    with closing(sqlite3.connect(f"{file}.before-{HEAD}")) as run:
        assert run.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert run.execute("SELECT count(*) FROM productions").fetchone() == (3,)


def test_a_fresh_file_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "một" / "hai" / "service.db"
    with open_stores(f"sqlite:///{file}") as stores:
        accept(stores)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["service.db"]


@pytest.mark.parametrize("kind", KINDS)
def test_many_who_open_an_empty_database_at_once_make_it_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if kind == "postgresql":
        url = postgres.create(request.getfixturevalue("server"), f"test{next(NUMBERS)}")

    def come(number: int) -> int:
        with open_stores(url) as stores:
            return accept(stores, slug=f"s{number}").revision

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(come, range(4))) == [1] * 4


def test_a_database_of_a_newer_program_is_refused_untouched(database: Database, url: str) -> None:
    with database.write() as run:
        run.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(SetupError) as refusal, open_stores(url):
        pass
    assert "newer version" in str(refusal.value)
    assert rows(database) == []


def test_a_migration_that_fails_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, maker: Maker
) -> None:
    url = f"sqlite:///{first_release(tmp_path)}"
    upgrade: Callable[..., None] = migrating.upgrade

    def fail(run: object, to: str) -> None:
        upgrade(run, to)
        raise RuntimeError("power is gone")

    monkeypatch.setattr(migrating, "upgrade", fail)
    with pytest.raises(RuntimeError), open_stores(url):
        pass
    database = Database(url)
    with database.read() as run:
        assert migrating.revision(run) == "0001"
        assert not inspect(run).has_table("publications")
    database.close()


def test_an_old_dump_is_restored_through_the_migrations(old: str, other: Database, maker: Maker) -> None:
    before, tables = Database(old), MetaData()
    with before.read() as run:
        tables.reflect(run)
    with before.read() as run:
        parts = [
            part for table in tables.sorted_tables if table.name != "alembic_version" for part in _parts(run, table)
        ]
    before.close()
    stores = doors(other)
    stores.upkeep.restore(iter(parts), "0001")
    assert stores.upkeep.revision() == HEAD
    stores.works.retry("dang-do", "hoa")
    done = maker.work(stores)
    # the old shelf is not there: what this version makes anew in its place is for a person to approve again
    assert done.count("narrate") > 1
    assert {one.standing for one in stores.works.status()} == {Standing.REVIEW}


def test_nobody_else_may_read_the_copy_of_a_migrated_file(tmp_path: Path) -> None:
    file = first_release(tmp_path)
    with open_stores(f"sqlite:///{file}"):
        pass
    assert Path(f"{file}.before-{HEAD}").stat().st_mode & 0o077 == 0


def test_a_file_opened_twice_by_one_program_loses_nothing(tmp_path: Path) -> None:
    """Closing a file frees every lock that its process holds on it: then the log would be deleted under its writer."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_stores(url) as stores:
        accept(stores, slug="mot")
        with open_stores(url):
            pass
        look = (
            "import sqlite3, sys; run = sqlite3.connect(sys.argv[1]); run.execute('SELECT 1 FROM stages'); run.close()"
        )
        subprocess.run([sys.executable, "-c", look, tmp_path / "a.db"], check=True)
        accept(stores, slug="hai")
    with open_stores(url) as stores:
        assert {work.slug for work in stores.works.status()} == {"mot", "hai"}
