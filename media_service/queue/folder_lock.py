"""A lock on a file that ends with the last process that holds it open, and who these processes are."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path


class FolderLock:
    """An exclusive flock. A program started with `fd` passed on holds the lock too, and on its own once we let go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.fd = -1

    def take(self) -> bool:
        """Take the lock if nobody has it; returns whether we hold it, on the file that lies there now.

        Raises OSError where the file cannot be made.
        """
        if self.fd >= 0 and self._is_ours():
            return True
        self.let_go()
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return False
        self.fd = fd
        return True

    def _is_ours(self) -> bool:
        """Tell whether the file that we hold is still the one at its path: a removed one keeps nobody out."""
        with suppress(OSError):
            return os.path.samestat(os.fstat(self.fd), self._path.stat())
        return False

    def let_go(self) -> None:
        """Close our end; whoever inherited the lock keeps it."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def holders(self) -> set[int]:
        """Return the other processes that have the file open; empty where the system does not tell (no /proc)."""
        with suppress(OSError):
            wanted = self._path.stat()
            return {
                int(process.name)
                for process in Path("/proc").iterdir()
                if process.name.isdigit() and int(process.name) != os.getpid() and _has_open(process, wanted)
            }
        return set()


def _has_open(process: Path, wanted: os.stat_result) -> bool:
    with suppress(OSError):  # it ended, or is not ours
        for link in (process / "fd").iterdir():
            with suppress(OSError):
                if os.path.samestat(link.stat(), wanted):
                    return True
    return False
