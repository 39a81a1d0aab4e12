"""How fast the service is, against itself and against `produce`, side by side in one run.

- `shipped`: the shipped works, by one core and by all of them;
- `book`: a book of 20 chapters of a minute, by one core, by all of them, and by `produce` with all of them;
- `queue`: a two-minute tale alone, and handed in behind a book of 20 hours.

A service of one core is bound to that core with all that belongs to it, light steps, database and Redis too, as on a
machine that has no more. `make bench` runs all three; name some to run only those. `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.books import book
from media_service import bootstrap, settings
from media_service.domain.service import Standing

SHIPPED = ("rua-con-ve-bien", "su-tich-dua-hau", "gioi-thieu-de-men", "thap-po-sah-inu")
CORES = os.cpu_count() or 1
DONE = {Standing.REVIEW, Standing.APPROVED, Standing.STUCK}


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["shipped", "book", "queue"])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ms") as place:
        for part in asked.parts:
            figures |= {"shipped": shipped, "book": a_book, "queue": queue}[part](Path(place))
    print(json.dumps(figures, indent=2))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def shipped(place: Path) -> dict[str, object]:
    """Compare one core with all of them, from empty shelves."""
    return {"the shipped works": compared(place, SHIPPED)}


def a_book(place: Path) -> dict[str, object]:
    """Compare one core with all of them, and the service with `produce`, each with an empty shelf."""
    long = str(book(place / "jobs" / "sach-hai-muoi-chuong", "Sách hai mươi chương", 20, 1.0))
    with tempfile.TemporaryDirectory(dir=place) as folder:
        begun = time.monotonic()
        run(["produce", long], {"MEDIA_SERVICE_OUTPUT": folder})
        alone = time.monotonic() - begun
    figures = compared(place, (long,))
    served = figures[f"{CORES} cores"]
    figures |= {"produce": round(alone, 1), "of produce": round(served / alone, 3)}
    print(figures, flush=True)
    return {"a book of 20 chapters": figures}


def compared(place: Path, jobs: Sequence[str]) -> dict[str, float]:
    """Return the seconds that jobs take with all cores and with one, and how many times faster the first is."""
    all_of_them, one = (through(place, jobs, number) for number in (CORES, 1))
    figures = {"1 core": one, f"{CORES} cores": all_of_them, "times as fast": round(one / all_of_them, 2)}
    print(figures, flush=True)
    return figures


def queue(place: Path) -> dict[str, object]:
    """Time a short tale alone, then behind a very long book that is in work."""
    long = str(book(place / "jobs" / "sach-hai-muoi-gio", "Sách hai mươi giờ", 40, 30.0))
    tale = str(book(place / "jobs" / "chuyen-hai-phut", "Chuyện hai phút", 1, 2.0))
    alone = through(place, (tale,), CORES)
    with service(place, CORES) as environ:
        submit([long], environ)
        settle(environ)
        begun = time.monotonic()
        submit([tale], environ)
        wait(["chuyen-hai-phut"], environ)
        behind = time.monotonic() - begun
    figures = {"alone": alone, "behind a book of 20 hours": round(behind, 1), "ratio": round(behind / alone, 2)}
    print("queue", figures, flush=True)
    return {"a tale of two minutes": figures}


def through(place: Path, jobs: Sequence[str], number: int) -> float:
    """Return the seconds that a running service with so many cores takes from handing in to the last file."""
    with service(place, number) as environ:
        begun = time.monotonic()
        submit(jobs, environ)
        wait([Path(job).name for job in jobs], environ)
        return round(time.monotonic() - begun, 1)


@contextmanager
def on_cores(number: int) -> Iterator[None]:
    """Bind this process, and all that it starts, to so many cores for the time of a block."""
    there = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(there)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, there)


@contextmanager
def service(place: Path, number: int) -> Iterator[Mapping[str, str]]:
    """Run `media-service up` on an empty folder and yield the environment in which commands find it."""
    with tempfile.TemporaryDirectory(dir=place) as folder:
        environ = {
            "MEDIA_SERVICE_OUTPUT": folder,
            "MEDIA_SERVICE_CORES": str(number),
            "MEDIA_SERVICE_LISTEN": "",
            "MEDIA_SERVICE_STUDIO": "",
            "MEDIA_SERVICE_WHO": "lan",
        }
        with (
            on_cores(number),
            (place / "up.log").open("ab") as log,
            subprocess.Popen(
                [sys.executable, "-m", "media_service", "up"], env=os.environ | environ, stdout=log, stderr=log
            ) as up,
        ):
            try:
                settle(environ)
                yield environ
            finally:
                up.send_signal(signal.SIGTERM)
                up.wait(30)


def settle(environ: Mapping[str, str]) -> None:
    """Wait until the service's workers have loaded what they need and are idle."""
    with bootstrap.stores(settings.read(os.environ | environ, Path.cwd())) as stores:
        while not stores.records.workers(timedelta(seconds=5)):
            time.sleep(0.2)
    time.sleep(10)


def submit(jobs: Sequence[str], environ: Mapping[str, str]) -> None:
    """Hand jobs in."""
    run(["submit", *jobs], environ)


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> None:
    """Run a command of the program as its users do."""
    command = [sys.executable, "-m", "media_service", *arguments]
    subprocess.run(command, env=os.environ | environ, check=True, stdout=subprocess.DEVNULL)


def wait(slugs: Sequence[str], environ: Mapping[str, str]) -> None:
    """Wait until works are made."""
    with bootstrap.stores(settings.read(os.environ | environ, Path.cwd())) as stores:
        while not all(one.standing in DONE for slug in slugs for one in stores.works.status(slug)):
            time.sleep(0.2)


if __name__ == "__main__":
    main()
