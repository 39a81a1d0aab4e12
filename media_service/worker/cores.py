"""The cores of this machine, shared by all its worker processes: heavy work waits for one and holds it.

A core is a lock on a file; the kernel lets go of it when its holder dies, however that happens.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_service.queue.folder_lock import FolderLock

_LOOK_AGAIN_S = 0.02


class Core:
    """One core, while it is held."""

    def __init__(self, locks: tuple[FolderLock, ...]) -> None:
        self._locks = locks

    def take(self) -> None:
        """Wait for a core and hold it."""
        while not any(lock.take() for lock in self._locks):
            time.sleep(_LOOK_AGAIN_S)

    def release(self) -> None:
        """Let others have it."""
        for lock in self._locks:
            lock.let_go()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let others have it for the time of a block in which nothing is computed here."""
        self.release()
        try:
            yield
        finally:
            self.take()


@contextmanager
def a_core(folder: Path, count: int) -> Iterator[Core]:
    """Hold one of the machine's `count` cores for the time of a block, waiting for it first; `folder` is made."""
    folder.mkdir(parents=True, exist_ok=True)
    core = Core(tuple(FolderLock(folder / str(number)) for number in range(count)))
    core.take()
    try:
        yield core
    finally:
        core.release()
