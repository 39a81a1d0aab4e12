"""This machine's copies of what lies in an object store: so many bytes of them, those longest unused go first.

All workers of a machine share the folder. A process that uses a copy gives it a further name (a hard link) in a folder
of its own and reads it there, so nobody can take it away under its hands; a copy that has a further name, there or
under output/, is never thrown out, since that would free nothing.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from media_service.domain.product import Key
from media_service.files.scratch import Scratch
from media_service.files.seal import seal_place
from media_service.files.whole import named_faults, publish, unfinished

_LOOK = 16
"""The folder is looked through again when a part in so many of its size has been added."""


class Cache:
    """A folder of copies, and this process's own names for those it uses."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._copies = folder / "copies"
        self._waiting = folder / "waiting"
        self._most = most_bytes
        self._added = most_bytes  # looked through at the first addition
        self._scratch = Scratch(folder)
        self._own = self._scratch.path / "in-use"

    @property
    def scratch(self) -> Path:
        """Where this process may leave what it has not finished."""
        return self._scratch.path

    def waiting(self, key: Key) -> Path:
        """Return where the seal of a product waits that is made and not yet sent."""
        return self._waiting / seal_place(key)

    def use(self, name: str, size: int) -> Path | None:
        """Return where this process can read the copy of that name until it closes; None where no whole one is there.

        One that is of another size than it should be is thrown away.
        """
        copy, own = self._copies / name, self._own / name
        with named_faults(own):
            if not own.exists():
                own.parent.mkdir(parents=True, exist_ok=True)
                if not _name(copy, own):
                    return None
            if (found := own.stat()).st_size == size:
                os.utime(own, ns=(time.time_ns(), found.st_mtime_ns))
                return own
            for path in (own, copy):
                path.unlink(missing_ok=True)
        return None

    def add(self, aside: Path, name: str) -> Path:
        """Move a finished file of the scratch folder in as the copy of that name; returns where it can be read."""
        copy, own = self._copies / name, self._own / name
        with named_faults(copy):
            for path in (copy, own):
                path.parent.mkdir(parents=True, exist_ok=True)
            own.unlink(missing_ok=True)
            size = aside.stat().st_size
            publish(aside, copy)
            if not _name(copy, own):
                raise FileNotFoundError(copy)
        self._added += size
        if self._added * _LOOK >= self._most:
            self._added = 0
            self.shrink()
        return own

    def shrink(self) -> None:
        """Throw out the copies longest unused until the rest fit."""
        copies = sorted(_unused(self._copies.glob("*/*/*")))
        over = sum(size for _, size, _ in copies) - self._most
        for _, size, path in copies:
            if over <= 0:
                return
            with suppress(OSError):  # another process was quicker
                path.unlink()
            over -= size

    def sweep(self) -> None:
        """Throw away what processes left that run no more."""
        self._scratch.sweep()

    def close(self) -> None:
        """Give up this process's names; its copies stay."""
        self._scratch.close()


def _name(copy: Path, own: Path) -> bool:
    """Give a copy a further name; where the disk knows none, copy it once more. False where it is not there."""
    try:
        os.link(copy, own)
    except FileExistsError:
        return True
    except FileNotFoundError:
        return False
    except OSError:
        with unfinished(own) as aside:
            try:
                shutil.copy2(copy, aside)
            except FileNotFoundError:
                return False
            aside.replace(own)
    return True


def _unused(paths: Iterable[Path]) -> Iterable[tuple[int, int, Path]]:
    """Yield (last use, size, path) of the copies that have no further name."""
    for path in paths:
        with suppress(OSError):
            found = path.stat()
            if found.st_nlink == 1:
                yield found.st_atime_ns, found.st_size, path
