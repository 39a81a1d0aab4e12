"""The cores of this machine, shared by all its worker processes: heavy work waits for one and holds it.

A core is a lock on a file; the kernel lets go of it when its holder dies, however that happens.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOK_AGAIN_S = 0.02


class Core:
    """One core, while it is held."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files
        self._held: int | None = None

    def take(self) -> None:
        """Wait for a core and hold it."""
        while not any(self._try(file) for file in self._files):
            time.sleep(_LOOK_AGAIN_S)

    def release(self) -> None:
        """Let others have it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let others have it for the time of a block in which nothing is computed here."""
        self.release()
        try:
            yield
        finally:
            self.take()

    def _try(self, file: Path) -> bool:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._held = handle
        return True


@contextmanager
def a_core(folder: Path, count: int) -> Iterator[Core]:
    """Hold one of the machine's `count` cores for the time of a block, waiting for it first; `folder` is made."""
    folder.mkdir(parents=True, exist_ok=True)
    core = Core(tuple(folder / str(number) for number in range(count)))
    core.take()
    try:
        yield core
    finally:
        core.release()
