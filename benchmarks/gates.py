"""Every standard on the four shipped works, in a table: makes them if needed. `python -m benchmarks.gates [FOLDER]`.

With `--all-films` each work has all five films and music under them, whatever its script asks for. Returns 1 where a
standard does not hold.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from media_service.bootstrap import display
from media_service.domain.quality import Gate
from media_service.quality_actions import qualities
from media_service.settings import read

JOBS = ("rua-con-ve-bien", "su-tich-dua-hau", "gioi-thieu-de-men", "thap-po-sah-inu")
ALL_FILMS = "editions: [still, read-along, short, sound-only]"
MUSIC = "music: trang-tren-doi-cat"


def main() -> int:
    """Make the works, print the table, tell how many standards do not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", nargs="?", type=Path, default=Path("output"))
    parser.add_argument("--all-films", action="store_true")
    asked = parser.parse_args()
    output = asked.output.absolute()
    jobs = [str(with_all_films(job, output / "jobs")) for job in JOBS] if asked.all_films else JOBS
    subprocess.run([sys.executable, "-m", "media_service", "produce", *jobs, "--output", str(output)], check=True)
    shown = display(replace(read(os.environ, Path.cwd()), output=output))
    rows: defaultdict[tuple[str, str, str], list[Gate | None]] = defaultdict(list)
    titles: list[str] = []
    for slug in JOBS:
        for one in qualities(slug, shown):
            for gate in one.report.gates:
                row = rows[gate.id, gate.name, gate.wanted]
                row += [None] * (len(titles) - len(row)) + [gate]
            titles.append(f"{slug} {one.number:02d}")
    return _show(rows, titles)


def with_all_films(job: str, folder: Path) -> Path:
    """Copy a job so that its script asks for every film and for music under them."""
    copy = folder / job
    shutil.copytree(Path("jobs") / job, copy, dirs_exist_ok=True)
    script = copy / "script.md"
    said = re.sub(r"^(music|editions): .*\n", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
    script.write_text(said.replace("---\n", f"---\n{MUSIC}\n{ALL_FILMS}\n", 1), encoding="utf-8")
    return copy


def _show(rows: dict[tuple[str, str, str], list[Gate | None]], titles: list[str]) -> int:
    table = Table("id", "standard", "wanted", *titles)
    for (id_, name, wanted), gates in rows.items():
        cells = (f"{'' if gate.passed else 'NO '}{gate.value}" if gate else "–" for gate in gates)
        table.add_row(id_, name, wanted, *cells)
    Console(width=220).print(table)
    failed = sum(not gate.passed for gates in rows.values() for gate in gates if gate)
    print(f"{sum(len(gates) for gates in rows.values())} measured, {failed} do not hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
