"""What the first release left half done is migrated and finished by real workers; what a newer one left is refused."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from media_service.database.migrating import HEAD
from media_service.domain.service import Standing
from tests.chaos.first_release import FIRST, HALF_MADE, NEW, PUT_ASIDE, lay_out
from tests.whole.conftest import command, environment
from tests.worker.scene import eventually, scene


def test_a_database_and_a_shelf_of_the_first_release_are_migrated_and_their_works_finished(tmp_path: Path) -> None:
    output = tmp_path / "output"
    lay_out(output)
    (film,) = (output / ".shelf/video").rglob("*.mp4")
    film_as_it_was = film.stat().st_ino, film.stat().st_mtime, film.read_bytes()
    with scene(tmp_path) as one:
        assert revision(output / f".service/service.db.before-{HEAD}") == FIRST
        assert one.stores.upkeep.revision() == HEAD
        assert {work.slug: work.standing for work in one.stores.works.status()} == {
            HALF_MADE: Standing.WORKING,
            PUT_ASIDE: Standing.STUCK,
            NEW: Standing.WORKING,
        }
        one.up()
        one.stores.works.retry(PUT_ASIDE, "hoa")
        eventually(lambda: all(one.status(slug).standing is Standing.REVIEW for slug in (HALF_MADE, PUT_ASIDE, NEW)))
        eventually(lambda: all((output / slug / "production.json").exists() for slug in (HALF_MADE, PUT_ASIDE, NEW)))
        told = json.loads((output / HALF_MADE / "production.json").read_text(encoding="utf-8"))
        shown = output / HALF_MADE / told["episodes"][0]["files"]["video"]
        assert (shown.stat().st_ino, shown.stat().st_mtime, shown.read_bytes()) == film_as_it_was


def test_a_database_of_a_newer_program_is_refused_in_a_sentence_and_left_as_it_is(tmp_path: Path) -> None:
    lay_out(tmp_path / "output")
    file = tmp_path / "output/.service/service.db"
    with closing(sqlite3.connect(file)) as run, run:
        run.execute("UPDATE alembic_version SET version_num = '9999'")
        before = list(run.iterdump())
    for asked in (["up"], ["status"], ["submit", "rua-con-ve-bien"]):
        refused = subprocess.run(
            command(*asked),
            env=environment(
                MEDIA_SERVICE_OUTPUT=str(tmp_path / "output"), MEDIA_SERVICE_LISTEN="", MEDIA_SERVICE_STUDIO=""
            ),
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert refused.returncode == 2, refused
        assert "was made by a newer version of this program; install that version" in refused.stderr
        assert "Traceback" not in refused.stderr
    with closing(sqlite3.connect(file)) as run:
        assert list(run.iterdump()) == before


def revision(file: Path) -> str:
    with closing(sqlite3.connect(file)) as run:
        return str(run.execute("SELECT version_num FROM alembic_version").fetchone()[0])
