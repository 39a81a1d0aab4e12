"""Seconds of work per minute of finished speech, step by step, and the peak memory of every process.

`make bench` runs it over the shipped jobs, each from an empty shelf and once again with everything made. Options:
job names, `--json FILE`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

JOBS = ("rua-con-ve-bien", "su-tich-dua-hau", "gioi-thieu-de-men", "thap-po-sah-inu")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", default=JOBS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for job in asked.jobs:
            first_s, peaks = produce(job, Path(folder))
            manifest = json.loads((Path(folder) / job / "production.json").read_text(encoding="utf-8"))
            again_s, _ = produce(job, Path(folder))
            rows.append(row(job, manifest, {"first run": first_s, "second run": again_s}, peaks))
            show(rows[-1])
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def produce(job: str, output: Path) -> tuple[float, dict[str, int]]:
    """Run `media-service produce` as its users do; return wall seconds and the peak memory in MiB by program."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "media_service", "produce", job, "--output", str(output)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        peaks: dict[str, int] = defaultdict(int)
        while run.poll() is None:
            for program, peak in family(run.pid):
                peaks[program] = max(peaks[program], peak)
            time.sleep(0.02)
        if run.returncode:
            sys.exit(f"{' '.join(command)} ended with {run.returncode}")
    return time.monotonic() - begun, dict(peaks)


def family(root: int) -> list[tuple[str, int]]:
    """Return (program, peak resident MiB) of a process and its descendants, as /proc tells (Linux)."""
    parents, peaks = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            number = int(status.parent.name)
            parents[number] = int(lines["PPid"])
            peaks[number] = (lines["Name"].strip()[:6], int(lines.get("VmHWM", "0 kB").split()[0]) // 1024)
        except (OSError, ValueError, KeyError):
            continue  # it ended while we looked
    return [peak for number, peak in peaks.items() if descends(number, root, parents)]


def descends(number: int, root: int, parents: dict[int, int]) -> bool:
    """Tell whether a process is `root` or comes from it."""
    while number and number != root:
        number = parents.get(number, 0)
    return number == root


def row(job: str, manifest: dict, walls: dict[str, float], peaks: dict[str, int]) -> dict:  # type: ignore[type-arg]  # JSON
    """Put one production's figures together."""
    minutes = sum(episode["duration_s"] for episode in manifest["episodes"]) / 60
    steps = {step: seconds / minutes for step, seconds in manifest["work"]["seconds"].items()}
    return {
        "job": job,
        "minutes": round(minutes, 2),
        "seconds_per_minute": {step: round(seconds, 2) for step, seconds in steps.items()},
        "wall_s": {name: round(seconds, 2) for name, seconds in walls.items()},
        "times_real_time": round(minutes * 60 / walls["first run"], 1),
        "peak_mib": peaks,
    }


def show(figures: dict) -> None:  # type: ignore[type-arg]  # JSON
    """Print one production's figures."""
    steps = "  ".join(f"{step} {seconds:.2f}" for step, seconds in figures["seconds_per_minute"].items())
    print(f"{figures['job']}: {figures['minutes']} min, {figures['times_real_time']} x real time")
    print(f"  seconds per minute of speech: {steps}")
    print(f"  wall: {figures['wall_s']}  peak memory MiB: {figures['peak_mib']}", flush=True)


if __name__ == "__main__":
    main()
