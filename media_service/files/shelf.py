"""The shelf: every product lies under its kind and the fingerprint of its inputs, sealed by what was learned making it.

A product is there when its seal is; the seal is written last and says how large the file must be.
"""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import msgspec

from media_service.domain.product import Key, Product
from media_service.errors import ProductGoneError
from media_service.files.whole import appearing, named_faults
from media_service.messages import message
from media_service.ports import Progress

Value = TypeVar("Value")


class Seal(msgspec.Struct, Generic[Value], frozen=True):
    """What lies beside a product: its size in bytes (None: facts only), the seconds it took, and its facts."""

    size: int | None
    seconds: float
    facts: Value


class FolderShelf:
    """The Shelf door over a local folder; tells `progress` of everything made and found."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._folder = folder
        self._progress = progress
        self._locks: dict[Key, Lock] = {}
        self._guard = Lock()
        self._scratch = folder / "unfinished" / f"{socket.gethostname()}-{os.getpid()}"

    def obtain(self, key: Key, facts: type[Value], make: Callable[[Path], Value]) -> Product[Value]:
        """Return the product of that key, making it where it is not whole on the shelf."""
        path = self._place(key)
        with self._lock(key):
            sealed = self._sealed(path, facts)
            if sealed and sealed.size is not None and _size(path) == sealed.size:
                self._progress.product(key, None)
                return Product(key, sealed.facts)
            return self._make(key, path, make)

    def reach(self, key: Key) -> Path:
        """Return where a product's file lies, as whole as its seal says."""
        path = self._place(key)
        sealed = self._sealed(path, object)
        if sealed is None or sealed.size is None or _size(path) != sealed.size:
            said = message("A product is gone from the shelf ({path}); it will be made again.", path=path)
            raise ProductGoneError(said)
        return path

    def learn(self, key: Key, facts: type[Value], find: Callable[[], Value]) -> Value:
        """Return the facts kept under that key, finding them where there are none."""
        path = self._place(key)
        with self._lock(key):
            sealed = self._sealed(path, facts)
            if sealed:
                self._progress.product(key, None)
                return sealed.facts
            begun = time.monotonic()
            found = find()
            self._seal(path, Seal(None, time.monotonic() - begun, found))
            self._progress.product(key, time.monotonic() - begun)
            return found

    def sweep(self) -> None:
        """Throw away what runs of this machine left unfinished that are not running any more."""
        with named_faults(self._folder):
            for left in (self._folder / "unfinished").glob(f"{socket.gethostname()}-*"):
                process = left.name.removeprefix(f"{socket.gethostname()}-")
                if process.isdecimal() and not _alive(int(process)):
                    shutil.rmtree(left, ignore_errors=True)

    def close(self) -> None:
        """Leave nothing unfinished behind."""
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _lock(self, key: Key) -> Lock:
        with self._guard:
            return self._locks.setdefault(key, Lock())

    def _place(self, key: Key) -> Path:
        return self._folder / key.product / key.fingerprint[:2] / f"{key.fingerprint}{key.suffix}"

    def _make(self, key: Key, path: Path, make: Callable[[Path], Value]) -> Product[Value]:
        begun = time.monotonic()
        with appearing(path, self._scratch) as aside:
            facts = make(aside)
        seconds = time.monotonic() - begun
        self._seal(path, Seal(_size(path), seconds, facts))
        self._progress.product(key, seconds)
        return Product(key, facts)

    def _sealed(self, path: Path, facts: type[Value]) -> Seal[Value] | None:
        try:
            return msgspec.json.decode(_seal_of(path).read_bytes(), type=Seal[facts])  # type: ignore[valid-type]  # the facts' type is known at run time only
        except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
            return None

    def _seal(self, path: Path, seal: Seal[Value]) -> None:
        with appearing(_seal_of(path), self._scratch) as aside:
            aside.write_bytes(msgspec.json.encode(seal))


def _seal_of(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
