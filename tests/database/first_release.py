"""Writes first-release.sql: what the first revision of the schema holds while works are half done."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from media_service.database import migrating
from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from tests.database.scene import Maker, accept
from tests.database.test_upkeep import half_done


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    database = Database(f"sqlite:///{folder / 'old.db'}")
    with database.write() as run:
        migrating.upgrade(run, "0001")
    stores = doors(database)
    half_done(stores, Maker(folder))
    accept(stores, "Chương mới.", "Chương sau.", slug="moi", who="mai", work_s=900.0)
    database.close()
    with closing(sqlite3.connect(folder / "old.db")) as run:
        lines = "\n".join(run.iterdump())
    Path(__file__).with_name("first-release.sql").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
