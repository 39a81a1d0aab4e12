"""Who a process's children are, and whether they still live; looked up in /proc."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are looked up in /proc")


def children(pid: int) -> set[int]:
    found: set[int] = set()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ends while we look
            found |= {int(child) for child in (thread / "children").read_text().split()}
    return found


def gone(pid: int, within_s: float = 5.0) -> bool:
    end = time.monotonic() + within_s
    while _lives(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not _lives(pid)


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"
