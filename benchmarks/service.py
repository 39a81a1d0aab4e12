"""How fast the service is, against itself and against `produce`, side by side in one run.

- `cores`: the shipped jobs and a book of 20 chapters, by one core and by all of them;
- `overhead`: a book of 20 chapters, by the service and by `produce`;
- `queue`: a two-minute tale alone, and handed in behind a book of 20 hours.

`make bench` runs all three; name some to run only those. `--json FILE` keeps the figures.
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
    parser.add_argument("parts", nargs="*", default=["cores", "overhead", "queue"])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ms") as place:
        for part in asked.parts:
            figures |= {"cores": cores, "overhead": overhead, "queue": queue}[part](Path(place))
    print(json.dumps(figures, indent=2))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def cores(place: Path) -> dict[str, object]:
    """One core against all of them, the same work from empty shelves."""
    long = str(book(place / "jobs" / "sach-hai-muoi-chuong", "Sách hai mươi chương", 20, 1.0))
    figures: dict[str, object] = {}
    for name, jobs in {"the shipped jobs": SHIPPED, "a book of 20 chapters": (long,)}.items():
        one, all_of_them = (through(place, jobs, number) for number in (1, CORES))
        figures[name] = {"1 core": one, f"{CORES} cores": all_of_them, "ratio": round(one / all_of_them, 2)}
        print(name, figures[name], flush=True)
    return figures


def overhead(place: Path) -> dict[str, object]:
    """Compare the service with `produce`, each with all cores and an empty shelf."""
    long = str(book(place / "jobs" / "sach-de-so", "Sách để so", 20, 1.0))
    with tempfile.TemporaryDirectory(dir=place) as folder:
        begun = time.monotonic()
        run(["produce", long], {"MEDIA_SERVICE_OUTPUT": folder})
        alone = time.monotonic() - begun
    served = through(place, (long,), CORES)
    figures = {"produce": round(alone, 1), "service": served, "ratio": round(served / alone, 3)}
    print("overhead", figures, flush=True)
    return {"overhead": figures}


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
def service(place: Path, number: int) -> Iterator[Mapping[str, str]]:
    """Run `media-service up` on an empty folder and yield the environment in which commands find it."""
    with tempfile.TemporaryDirectory(dir=place) as folder:
        environ = {"MEDIA_SERVICE_OUTPUT": folder, "MEDIA_SERVICE_CORES": str(number), "MEDIA_SERVICE_LISTEN": ""}
        with (
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
