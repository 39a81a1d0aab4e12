"""Folders for what is not finished: each belongs to one process of one machine, and is swept when that is gone.

A shelf may lie on a disk that several machines share, so a folder's name says in which machine, since which start and
among which processes (a container counts its own) its process number is to be understood.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import time
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from media_service.files.whole import named_faults

UNFINISHED = "unfinished"
"""The folder of these folders, in the shelf or cache they serve: renaming works on one disk only."""
ABANDONED = timedelta(days=1)
"""What nobody can say of whether it lives is left alone for so long."""


class Scratch:
    """This process's own folder for what it has not finished; made when something is first written there."""

    def __init__(self, root: Path) -> None:
        self._all = root / UNFINISHED
        self.path = self._all / f"{_here()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"

    def sweep(self) -> None:
        """Throw away what processes left that run no more: here at once, elsewhere after a day without a change."""
        with named_faults(self._all):
            for left in self._all.glob("*"):
                if left != self.path and _abandoned(left):
                    shutil.rmtree(left, ignore_errors=True)

    def close(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.path, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    here, _, own = folder.name.partition("-")
    process = own.partition("-")[0]
    if here == _here() and process.isdecimal():
        return not _alive(int(process))
    return _newest(folder) < time.time() - ABANDONED.total_seconds()


def _newest(folder: Path) -> float:
    """Return when something in a folder last changed; now, where it changes under our eyes."""
    try:
        return max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return time.time()


def _here() -> str:
    """Name this machine since its last start, and the processes that see each other's numbers on it."""
    known = [socket.gethostname()]
    with suppress(OSError):  # Linux; elsewhere the host's name has to do
        known.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii"))
        known.append(str(Path("/proc/self/ns/pid").readlink()))
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:12]


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
