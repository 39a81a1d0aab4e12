from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from media_service.database.connection import Database
from media_service.database.engine import open_stores
from media_service.database.engine import stores as doors
from media_service.errors import DatabaseAwayError, SetupError
from media_service.stores import Stores
from tests.database import postgres
from tests.database.scene import accept, rows


def test_what_is_accepted_is_on_the_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.read() as run:
        settings = {
            name: run.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("url", ["mysql://a:secret@b/c", "nonsense", "", "postgresql://u:secret@host:port/x"])
def test_a_url_that_names_no_database_of_ours_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(SetupError) as refusal, open_stores(url):
        pass
    assert "secret" not in str(refusal.value)
    assert "MEDIA_SERVICE_DATABASE" in str(refusal.value)


def test_a_server_that_is_not_there_is_away_and_its_password_is_not_told(tmp_path: Path) -> None:
    url = f"postgresql://user:secret@/x?host={tmp_path}&password=secret2"
    with pytest.raises(DatabaseAwayError) as refusal, open_stores(url):
        pass
    assert "secret" not in str(refusal.value)
    assert refusal.value.after


def test_a_file_that_is_no_database_is_told_as_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    file.write_bytes(b"not a database, though long enough to look like one" * 40)
    with pytest.raises(SetupError) as refusal, open_stores(f"sqlite:///{file}"):
        pass
    assert str(file) in str(refusal.value)


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(SetupError), open_stores(f"sqlite:///{tmp_path / 'a' / 'b.db'}"):
        pass


def test_a_server_that_was_away_is_used_again_when_it_is_back(tmp_path: Path) -> None:
    with postgres.server() as url:
        folder = Path(url.rpartition("=")[2])
        with open_stores(postgres.create(url, "service")) as stores:
            accept(stores)
            held = folder / "data" / "postmaster.pid"
            os.kill(int(held.read_text(encoding="utf-8").splitlines()[0]), signal.SIGQUIT)
            wait_until_away(stores)
            wait_until(lambda: not held.exists())  # it refuses to answer before it is gone
            with postgres.running(folder):
                assert stores.works.status("cay-khe")[0].revision == 1


def wait_until_away(stores: Stores) -> None:
    def away() -> bool:
        try:
            stores.works.status()
        except DatabaseAwayError:
            return True
        return False

    wait_until(away)


def wait_until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not so():
        assert time.monotonic() < deadline, "the server stays for ever"
        time.sleep(0.01)


def test_a_transaction_that_fails_leaves_nothing(stores: Stores, database: Database) -> None:
    def fail() -> None:
        with database.write() as run:
            run.execute(text("INSERT INTO submitters (name) VALUES ('ai')"))
            raise RuntimeError("power is gone")

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as run:
        assert run.execute(text("SELECT count(*) FROM submitters")).scalar() == 0


def test_a_worker_killed_in_mid_transaction_leaves_nothing_and_blocks_nobody(
    database: Database, stores: Stores
) -> None:
    accept(stores, pieces=2)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        with database.write() as run:
            run.execute(text("UPDATE stages SET state = 'done'"))
            os.write(write, b"!")
            signal.pause()
    os.read(read, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)
    os.close(write)
    assert {row.state for row in rows(database)} == {"due"}
    assert accept(doors(database), "Khác.").revision == 2


def test_a_reader_and_a_writer_do_not_wait_for_one_another(stores: Stores, database: Database) -> None:
    with database.read() as run:
        before = run.execute(text("SELECT count(*) FROM productions")).scalar()
        accept(stores)
        assert run.execute(text("SELECT count(*) FROM productions")).scalar() == before
    assert len(stores.works.status()) == 1


def test_alembic_is_not_loaded_for_a_database_that_is_up_to_date(url: str) -> None:
    code = (
        "import sys; from media_service.database.engine import open_stores\n"
        f"with open_stores({url!r}) as s: s.works.status()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
