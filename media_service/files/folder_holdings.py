"""The shelf in a folder as its keeper sees it: what lies there, since when, and how it is taken away or carried."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from media_service.domain.product import Key
from media_service.files.carrying import pieces, unpack
from media_service.files.scratch import Scratch
from media_service.files.seal import key_of, opened, place, seal_place
from media_service.files.whole import appearing, named_faults
from media_service.holdings import Held, Packed


class FolderHoldings:
    """The Holdings door over the folder of a FolderShelf."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scratch = Scratch(folder)

    def walk(self) -> Iterator[Held]:
        """Yield everything that is sealed."""
        for path in self._folder.glob("*/??/*.json"):
            key = key_of(path.relative_to(self._folder).as_posix())
            with suppress(FileNotFoundError):
                if key:
                    yield self._held(key, path.stat())

    def open(self, key: Key) -> Packed | None:
        """Return a product to be read once; None where it is not there, or not whole.

        Reading it raises ProductGoneError where it has gone since.
        """
        with suppress(FileNotFoundError, NotADirectoryError):
            data = (self._folder / seal_place(key)).read_bytes()
            sealed = opened(data, object)
            if sealed and sealed.size is None:
                return Packed(key, data, None, None, iter(()))
            path = self._folder / place(key)
            if sealed and path.stat().st_size == sealed.size:
                return Packed(key, data, sealed.size, sealed.sha256, pieces(path))
        return None

    def put(self, packed: Packed) -> bool:
        """Lay a product on the shelf whole, seal last; False where one of that key is there already.

        Raises ProductGoneError where its bytes are not those that its seal speaks of.
        """
        if self.open(packed.key):
            return False
        if packed.size is not None:
            with appearing(self._folder / place(packed.key), self._scratch.path) as aside:
                unpack(packed, aside)
        with appearing(self._folder / seal_place(packed.key), self._scratch.path) as aside:
            aside.write_bytes(packed.seal)
        return True

    def remove(self, key: Key, unused_since: datetime) -> bool:
        """Take a product away, seal first; False where it was used after that moment, or is gone."""
        seal = self._folder / seal_place(key)
        with named_faults(seal), suppress(FileNotFoundError):
            if self._held(key, seal.stat()).used > unused_since:
                return False
            seal.unlink()
            (self._folder / place(key)).unlink(missing_ok=True)
            return True
        return False

    def clear(self, older: timedelta) -> int:
        """Throw away what was left unsealed longer ago than that, or unfinished; returns the bytes of the unsealed."""
        self._scratch.sweep()
        freed, before = 0, time.time() - older.total_seconds()
        for path in self._folder.glob("*/??/*"):
            with named_faults(path), suppress(FileNotFoundError):
                found = path.stat()
                if self._unsealed(path) and found.st_mtime < before:
                    path.unlink()
                    freed += found.st_size
        return freed

    def close(self) -> None:
        """Leave nothing unfinished behind."""
        self._scratch.close()

    def _unsealed(self, path: Path) -> bool:
        """Tell whether a file is a product of ours that has no seal (and is none itself)."""
        name = path.relative_to(self._folder).as_posix()
        seal = f"{name}.json"
        return key_of(name) is None and key_of(seal) is not None and not (self._folder / seal).exists()

    def _held(self, key: Key, seal: os.stat_result) -> Held:
        used = datetime.fromtimestamp(seal.st_mtime, UTC)
        try:
            product = (self._folder / place(key)).stat()
        except FileNotFoundError:
            return Held(key, seal.st_size, used)
        return Held(key, product.st_size + seal.st_size, used, shown=product.st_nlink > 1)
