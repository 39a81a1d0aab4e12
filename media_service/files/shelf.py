"""The shelf in a folder: every product lies under its kind and the fingerprint of its inputs, sealed when it is whole.

The order that outlives a power cut: the bytes are flushed, then renamed into place, then their folder is flushed, then
the seal goes the same way, and only then may a row of the database speak of the product. Whatever is lost is lost from
the end: never is there a row without its seal, or a seal without its bytes. Several machines may share the folder; of
two that make the same product at once, the second finds the first's and drops its own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from media_service.domain.product import Key, Product
from media_service.files.carrying import gone
from media_service.files.scratch import Scratch
from media_service.files.seal import Locks, Seal, checksum, opened, place, seal_place, written
from media_service.files.whole import appearing, named_faults, publish, unfinished
from media_service.ports import Progress

Value = TypeVar("Value")

USE_IS_NOTED = timedelta(days=1)
"""A seal's date says when its product was last asked for, to this grain: writing it each time would cost more."""


class FolderShelf:
    """The Shelf door over a folder; tells `progress` of everything made and found."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._folder = folder
        self._progress = progress
        self._locks = Locks()
        self._scratch = Scratch(folder)

    def obtain(self, key: Key, facts: type[Value], make: Callable[[Path], Value]) -> Product[Value]:
        """Return the product of that key, making it where it is not whole on the shelf."""
        with self._locks.of(key):
            return self._found(key, facts) or self._made(key, facts, make)

    def reach(self, key: Key) -> Path:
        """Return where a product's file lies, as whole as its seal says."""
        path = self._folder / place(key)
        sealed = self._sealed(key, object)
        if sealed is None or sealed.size is None or size_of(path) != sealed.size:
            raise gone(path)
        return path

    def learn(self, key: Key, facts: type[Value], find: Callable[[], Value]) -> Value:
        """Return the facts kept under that key, finding them where there are none."""
        with self._locks.of(key):
            sealed = self._sealed(key, facts)
            if sealed:
                self._note_use(key)
                self._progress.product(key, None)
                return sealed.facts
            begun = time.monotonic()
            found = find()
            seconds = time.monotonic() - begun
            self._seal(key, Seal(None, seconds, found))
            self._progress.product(key, seconds)
            return found

    def sweep(self) -> None:
        """Throw away what runs left unfinished that are not running any more."""
        self._scratch.sweep()

    def close(self) -> None:
        """Leave nothing unfinished behind."""
        self._scratch.close()

    def _found(self, key: Key, facts: type[Value]) -> Product[Value] | None:
        sealed = self._sealed(key, facts)
        if sealed is None or sealed.size is None or size_of(self._folder / place(key)) != sealed.size:
            return None
        self._note_use(key)
        self._progress.product(key, None)
        return Product(key, sealed.facts)

    def _made(self, key: Key, facts: type[Value], make: Callable[[Path], Value]) -> Product[Value]:
        path = self._folder / place(key)
        begun = time.monotonic()
        with unfinished(path, self._scratch.path) as aside:
            learned = make(aside)
            seconds = time.monotonic() - begun
            sealed = Seal(aside.stat().st_size, seconds, learned, checksum(aside))
            if others := self._found(key, facts):
                return others
            publish(aside, path)
        self._seal(key, sealed)
        self._progress.product(key, seconds)
        return Product(key, learned)

    def _sealed(self, key: Key, facts: type[Value]) -> Seal[Value] | None:
        try:
            return opened((self._folder / seal_place(key)).read_bytes(), facts)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _seal(self, key: Key, seal: Seal[Value]) -> None:
        with appearing(self._folder / seal_place(key), self._scratch.path) as aside:
            aside.write_bytes(written(seal))

    def _note_use(self, key: Key) -> None:
        path = self._folder / seal_place(key)
        with named_faults(path), suppress(FileNotFoundError, PermissionError):
            if path.stat().st_mtime < time.time() - USE_IS_NOTED.total_seconds():
                os.utime(path)


def size_of(path: Path) -> int | None:
    """Return a file's size in bytes, None where there is none."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
