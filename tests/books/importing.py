"""Runs `media-service import` as a person does, and tells what it said, how long it took and how much memory it had."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

FILES_OF_A_JOB = {"script.md", "intake-report.json", "intake-report.md"}


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it; `peak_mb` is of the largest process among the command and its children, `cpu_s` of all."""

    code: int
    said: str
    seconds: float
    peak_mb: float
    cpu_s: float


def run(home: Path, files: list[Path], *options: str) -> Run:
    """Import files into `home`/jobs from a working folder of its own; all that it may write lies below `home`."""
    for name in ("work", "tmp", "home"):
        (home / name).mkdir(exist_ok=True)
    (home / "jobs").mkdir(exist_ok=True)
    env = os.environ | {
        "TMPDIR": str(home / "tmp"),
        "HOME": str(home / "home"),
        "MEDIA_SERVICE_LANG": "vi",
        "COLUMNS": "500",
    }
    command = [
        sys.executable,
        "-m",
        "media_service",
        "import",
        *map(str, files),
        "--into",
        str(home / "jobs"),
        *options,
    ]
    return watched(command, home / "work", env)


def watched(command: list[str], folder: Path, env: dict[str, str] | None = None) -> Run:
    """Run a command in a folder and watch it and its children.

    The kernel's own figure of a child's most memory begins with what its parent had when it forked, so processes are
    looked at while they live.
    """
    begun, peaks = time.monotonic(), [0.0]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        while not (ended := os.wait4(child.pid, os.WNOHANG))[0]:
            peaks += [resident_mb(pid) for pid in family(child.pid)]
            time.sleep(0.05)
        child.returncode = os.waitstatus_to_exitcode(ended[1])
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    used = ended[2]
    return Run(child.returncode, text, time.monotonic() - begun, max(peaks), used.ru_utime + used.ru_stime)


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    try:
        tasks = [path.read_text(encoding="ascii").split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [pid, *(one for children in tasks for child in children for one in family(int(child)))]


def resident_mb(pid: int) -> float:
    """Return the most memory that a process has had; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def strays(home: Path) -> list[str]:
    """Return what lies below `home` and belongs to no whole job: leftovers, half jobs, links."""
    found = [str(path) for name in ("work", "tmp", "home") for path in (home / name).rglob("*")]
    found += [str(job) for job in (home / "jobs").iterdir() if not is_whole(job)]
    inside = (home / "jobs").rglob("*")
    return found + [str(path) for path in inside if path.is_symlink() or not (path.is_file() or path.is_dir())]


def is_whole(job: Path) -> bool:
    """Tell whether a job folder is one, with all its files."""
    return job.is_dir() and not job.is_symlink() and {path.name for path in job.iterdir()} >= FILES_OF_A_JOB
