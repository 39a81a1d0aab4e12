"""Writes first-release.json: database and shelf of the first release while works are half done, with stand-in tools.

Written once, when that release was made; what it holds is what a later program finds.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from media_service.database import migrating
from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.domain.stage import Assignment, Queue
from media_service.messages import message
from media_service.settings import Service, Settings
from media_service.stores import Stores
from media_service.worker.making import make
from media_service.worker.post import Post
from tests.database.scene import accept
from tests.worker.service import tools
from tests.worker.state import FakeBell

FILE = Path(__file__).with_name("first-release.json")
FIRST = "0001"
HALF_MADE, PUT_ASIDE, NEW = "dang-lam", "dang-mac", "moi-nop"
LEASE = timedelta(seconds=30)


def lay_out(output: Path) -> None:
    """Lay the old database and the old shelf into an output folder, as that release left them."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    for name, content in kept["shelf"].items():
        path = output / ".shelf" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        os.utime(path, (1.7e9, 1.7e9))
    (output / ".service").mkdir()
    with closing(sqlite3.connect(output / ".service/service.db")) as run:
        run.executescript("\n".join(kept["database"]))


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "output"
        database = Database(f"sqlite:///{place}/old.db")
        with database.write() as run:
            migrating.upgrade(run, FIRST)
        half_done(doors(database), Settings(Path(place), output, None, "vi", service=Service(free_bytes=1)))
        database.close()
        with closing(sqlite3.connect(f"{place}/old.db")) as run:
            lines = list(run.iterdump())
        kept = {"database": lines, "shelf": shelf(output / ".shelf")}
    FILE.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def half_done(stores: Stores, settings: Settings) -> None:
    """Leave one work filmed and in somebody's hands, one with a piece put aside, one untouched."""
    post = Post(settings, stores, FakeBell(), tools, Queue.MISC, "w1")
    accept(stores, "Ngày xưa có hai anh em.", slug=HALF_MADE)
    work(post, until=lambda mine: mine.step == "describe")
    accept(stores, "Trên đồng có một con cò.", slug=PUT_ASIDE, who="mai", pieces=2)
    (ring,) = stores.schedule.due(Queue.SPEECH, 1)
    mine = stores.stages.claim(ring.stage, ring.attempt, "w1", LEASE)
    assert mine
    stores.stages.quarantine(mine, message("The disk is full; make room, then run the same command again."), "hết chỗ")
    accept(stores, "Chương mới.", "Chương sau.", slug=NEW, who="mai")
    stores.schedule.due(Queue.SPEECH, 1)


def work(post: Post, until: Callable[[Assignment], bool]) -> None:
    """Do what is due until what is claimed is what was asked for."""
    stages = post.stores.stages
    while True:
        for ring in [ring for queue in Queue for ring in post.stores.schedule.due(queue, 1)]:
            mine = stages.claim(ring.stage, ring.attempt, post.owner, LEASE)
            assert mine
            if until(mine):
                return
            assert stages.finish(mine, make(mine, post)) is not None


def shelf(folder: Path) -> dict[str, str]:
    """Return what lies on the shelf; the first seals had no checksum."""
    kept = {}
    for path in sorted(folder.glob("*/??/*")):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            seal = json.loads(text)
            del seal["sha256"]
            text = json.dumps(seal, ensure_ascii=False)
        kept[str(path.relative_to(folder))] = text
    return kept


if __name__ == "__main__":
    main()
