"""How long the studio's pages take with ten thousand works, and what a first look costs: `python -m benchmarks.pages`.

The studio runs in a process of its own, as it does in the service, over the database that `benchmarks.state` fills;
two processes keep both cores busy meanwhile, as two workers would. Beside the wall clock stands the studio's own CPU
time, which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import delete, insert, select, update

from benchmarks.state import fill
from media_service.box import manners
from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.migrating import bring_up_to_date
from media_service.database.publishing_tables import consents, playlists, publications, samples, tallies
from media_service.database.tables import episodes, notes, stages
from media_service.domain.permissions import Role
from media_service.domain.publication import Errand
from media_service.settings import Service
from tests.database.scene import Maker

WORKS, WAITING, COMING, PLAYLISTS = 10_000, 400, 200, 60
LIMIT_MS, FIRST_KB = 100.0, 150.0
ROUNDS = 25
PAGES = (
    "/works",
    "/works/tac-pham-1",
    "/works/tac-pham-1/1/storyboard",
    "/new",
    "/account",
    "/review",
    "/review?text=123",
    "/review?verdict=approved",
    "/review/tac-pham-1/1",
    "/uploads",
    "/uploads/tac-pham-{last}/1",
    "/channel",
    "/channel/report",
    f"/channel/playlist?title={quote('Tủ sách 1')}",
    "/people",
    "/log",
    "/log?who=lan&what=submitted",
    "/system",
)
_TEXTS = ("file_name", "file_sha256", "session", "processing", "upload_status", "reason")
_SERVE = """
import pathlib, sys
import uvicorn
from media_service import bootstrap
from media_service.settings import read
from media_service.web.app import application
from media_service.web.studio import studio
chosen = {"MEDIA_SERVICE_OUTPUT": sys.argv[1], "MEDIA_SERVICE_CHANNEL": "sandbox"}
settings = read(chosen, pathlib.Path.cwd())
with bootstrap.stores(settings) as stores, studio(settings, stores) as place:
    uvicorn.run(application(place), port=int(sys.argv[2]), log_level="warning")
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One page: milliseconds by the wall and of the studio's own processor time, and its bytes."""

    wall: tuple[float, ...]
    own: float
    size: int


def main() -> None:
    """Print a table of pages, and what a first look at one costs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--works", type=int, default=WORKS)
    asked.add_argument("--port", type=int, default=9788)
    asked.add_argument("--idle", action="store_true", help="keep no cores busy")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cookie = furnish(Path(folder), given.works)
        with serving(folder, given.port) as studio, busy(0 if given.idle else 2):
            address = f"http://127.0.0.1:{given.port}"
            pages = [page.format(last=given.works - 1) for page in PAGES]
            taken = {page: measure(address, page, cookie, studio.pid) for page in pages}
            show(taken, first_look(address, "/review", cookie))


def furnish(folder: Path, works: int) -> str:
    """Fill a database and return the cookie of an administrator who is signed in."""
    database = Database(f"sqlite:///{folder / '.service' / 'service.db'}")
    bring_up_to_date(database)
    fill(database, Maker(folder), works)
    publish(database)
    stores = doors(database)
    for role in Role:
        stores.people.accounts.add(role.value, role.value, role, "benchmark")
    cookie = stores.people.visits.begin(Role.ADMINISTRATOR.value, timedelta(days=1))
    database.close()
    return cookie


def publish(database: Database) -> None:
    """Let some works wait for review, and publish the others: a year of figures, and a queue to come."""
    now = datetime.now(UTC)
    days = [(date(now.year, 1, 1) + timedelta(days=day)).isoformat() for day in range(now.timetuple().tm_yday)]
    with database.write() as run:
        ready = run.execute(select(episodes.c.id, episodes.c.content).where(episodes.c.verdict == "approved")).all()
        waiting, there = ready[:WAITING], ready[WAITING:]
        ids = [row.id for row in waiting]
        run.execute(update(episodes).where(episodes.c.id.in_(ids)).values(verdict="waiting"))
        said = {"number": 1, "who": "hoa", "at": 1.7e9, "text": "đọc nhầm", "at_s": 3.0, "content": ""}
        run.execute(insert(notes), [{"production": one, **said} for one in ids])
        run.execute(insert(publications), [publication(row, number, now) for number, row in enumerate(there)])
        errand = stages.c.step.in_(list(Errand))
        coming = stages.c.production.in_([row.id for row in there[:COMING]])
        run.execute(delete(stages).where(errand, coming | stages.c.production.in_(ids)))
        run.execute(update(stages).where(errand).values(publication=stages.c.production))
        run.execute(insert(playlists), [named(number) for number in range(PLAYLISTS)])
        run.execute(insert(consents), [consent()])
        gained = [
            {"channel": "sandbox", "playlist": f"Tủ sách {number}", "day": day, "views": 7 + number, "likes": 1}
            for number in range(PLAYLISTS)
            for day in days
        ]
        run.execute(insert(tallies), gained)
        newest = [{"publication": row.id, "day": day, "views": 900, "likes": 9} for row in there for day in days[-3:]]
        run.execute(insert(samples), newest)


def publication(row: Any, number: int, now: datetime) -> dict[str, Any]:
    """Return a publication's row; the last ones are still to be shown."""
    later = number < COMING
    blank = dict.fromkeys((*_TEXTS, "waiver"), "")
    return {
        **blank,
        "id": row.id,
        "production": row.id,
        "number": 1,
        "content": row.content,
        "channel": "sandbox",
        "marker": f"bt-{row.id}",
        "film": "",
        "playlist": f"Tủ sách {number % PLAYLISTS}",
        "title": f"Tác phẩm {row.id}",
        "approved_by": "hoa",
        "approved_at": 1.7e9 + number,
        "visibility": "public",
        "airs_at": now.timestamp() + 86_400 * number if later else None,
        "held": False,
        "state": "planned" if later else "arrived",
        "file_size": 9,
        "sent": 0,
        "video": "" if later else f"video{row.id}",
    }


def named(number: int) -> dict[str, str]:
    """Return a playlist's row."""
    return {"channel": "sandbox", "title": f"Tủ sách {number}", "playlist": f"PL{number}"}


def consent() -> dict[str, Any]:
    """Return a consent that holds."""
    who = {"channel": "sandbox", "channel_id": "UCthuvien", "title": "Thư viện", "who": "minh"}
    return {**who, "token": "", "granted_at": 1.7e9, "checked_at": 1.7e9, "reason": ""}


@contextmanager
def serving(folder: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a studio for the time of a block."""
    with subprocess.Popen([sys.executable, "-c", _SERVE, folder, str(port)]) as studio:
        try:
            for _ in range(600):
                with suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in").close()
                    break
                time.sleep(0.2)
            yield studio
        finally:
            studio.terminate()


def _spin() -> None:
    while True:
        pass


@contextmanager
def busy(cores: int) -> Iterator[None]:
    """Keep cores at work, as workers do: politely, so that people's requests come first."""
    at_work = [multiprocessing.Process(target=_polite, daemon=True) for _ in range(cores)]
    for one in at_work:
        one.start()
    try:
        yield
    finally:
        for one in at_work:
            one.kill()


def _polite() -> None:
    os.setsid()
    manners.give_way(Service().nice)
    _spin()


def measure(address: str, page: str, cookie: str, studio: int) -> Taken:
    """Look at a page some times."""
    wall, size = [], 0
    look(address + page, cookie)
    begun = own_seconds(studio)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        size = len(look(address + page, cookie))
        wall.append(1_000 * (time.perf_counter() - start))
    return Taken(tuple(wall), 1_000 * (own_seconds(studio) - begun) / ROUNDS, size)


def look(url: str, cookie: str, *, packed: bool = False) -> bytes:
    """Return what an address answers; `packed` as it goes over the line."""
    headers = {"Cookie": f"visit={cookie}", **({"Accept-Encoding": "gzip"} if packed else {})}
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310  # our own studio's address
    try:
        with urllib.request.urlopen(asked) as answer:  # noqa: S310  # likewise
            return bytes(answer.read())
    except urllib.error.HTTPError as fault:
        raise SystemExit(f"{url} answers {fault.code}: {fault.read().decode()[-2000:]}") from fault


def own_seconds(process: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first_look(address: str, page: str, cookie: str) -> tuple[float, set[str]]:
    """Return the kilobytes that a first look fetches before it is drawn, and the hosts of all addresses on the page."""
    seen = look(address + page, cookie).decode()
    needed = set(re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', seen))
    styles = [look(address + one, cookie).decode() for one in needed if ".css" in one]
    needed |= {url for style in styles for url in re.findall(r"url\([\"']?([^\"')]+)", style)}
    scripts = [look(address + one, cookie).decode() for one in needed if ".js" in one]
    needed |= {f"/static/{name}" for script in scripts for name in re.findall(r'from "\./([^"]+)"', script)}
    size = len(seen.encode()) + sum(len(look(address + one, cookie, packed=True)) for one in needed if one[0] == "/")
    return size / 1_000, {one for one in needed if not one.startswith("/")}


def show(taken: dict[str, Taken], first: tuple[float, set[str]]) -> None:
    """Print the figures, each beside its limit."""
    print(f"{'page':42} {'median':>8} {'95 %':>8} {'own CPU':>8} {'limit':>7}  (ms)      kB")
    for page, one in taken.items():
        ordered = sorted(one.wall)
        median, high = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        verdict = "pass" if median < LIMIT_MS else "FAIL"
        print(f"{page:42} {median:8.1f} {high:8.1f} {one.own:8.1f} {LIMIT_MS:7.0f}  {verdict}  {one.size / 1_000:7.1f}")
    size, hosts = first
    print(f"first look at /review: {size:.1f} kB, limit {FIRST_KB:.0f}: {'pass' if size < FIRST_KB else 'FAIL'}")
    print(f"other hosts asked: {sorted(hosts) or 'none'}: {'FAIL' if hosts else 'pass'}")


if __name__ == "__main__":
    main()
