"""Every standard on the four shipped works, in a table: makes them if needed. `python -m benchmarks.gates [FOLDER]`.

Returns 1 where a standard does not hold.
"""

from __future__ import annotations

import os
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


def main(output: Path) -> int:
    """Make the works, print the table, tell how many standards do not hold."""
    subprocess.run([sys.executable, "-m", "media_service", "produce", *JOBS, "--output", str(output)], check=True)
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
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "output").absolute()))
