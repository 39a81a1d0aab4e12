"""Ends processes by their number, never by name: politely, then by force."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

_KILLED_S = 5.0


def end(pids: Iterable[int], collect: Callable[[], object], polite_s: float = 5.0) -> bool:
    """Ask these processes to end, kill those that have not after `polite_s`; returns whether all are gone.

    One that was halted is let go on, so that it can end well. `collect` lets the system forget children of ours.
    """
    left = set(pids)

    def gone() -> bool:
        collect()
        return not any(map(_is_there, left))

    for signs, seconds in (((signal.SIGTERM, signal.SIGCONT), polite_s), ((signal.SIGKILL,), _KILLED_S)):
        for pid in left:
            with suppress(ProcessLookupError):
                for sign in signs:
                    os.kill(pid, sign)
        if until(gone, seconds):
            return True
    return False


def until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is true; returns False where it was not so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def tells_of_processes() -> bool:
    """Tell whether this system says what processes do (Linux)."""
    return Path("/proc/self/cwd").exists()


def works_in(pid: int, folder: Path) -> bool:
    """Tell whether that process works in that folder, were it deleted; False where the system does not tell."""
    with suppress(OSError):
        return str(Path(f"/proc/{pid}/cwd").readlink()) in {str(folder), f"{folder} (deleted)"}
    return False


def _is_there(pid: int) -> bool:
    """Tell whether a process runs; one that has ended but was not collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return not tells_of_processes()
