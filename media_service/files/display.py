"""What people are shown: products under readable names in output/, as further names of the shelf's own files."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from media_service.files.scratch import Scratch
from media_service.files.whole import appearing, named_faults


class FolderDisplay:
    """The Display door over a local folder.

    `scratch` is for what is not finished: a process that is killed leaves it there, not among what people look at.
    """

    def __init__(self, folder: Path, scratch: Scratch | None = None) -> None:
        self._folder = folder
        self._aside = scratch.path if scratch else None

    def show(self, content: Path | bytes, name: str) -> None:
        """Give a product's file a second name (a hard link; a copy where the disk knows no links), or write a text."""
        path = self._folder / name
        if isinstance(content, bytes):
            self._write(content, path)
        else:
            self._link(content, path)

    def read(self, name: str) -> bytes | None:
        """Return the content of a file, None where there is none."""
        path = self._folder / name
        with named_faults(path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted; none where there is no such folder."""
        path = self._folder / folder
        with named_faults(path):
            return tuple(sorted(entry.name for entry in path.iterdir())) if path.is_dir() else ()

    def withdraw(self, name: str) -> None:
        """Remove a name, and its folder where nothing else is in it."""
        path = self._folder / name
        with named_faults(path):
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()

    def _write(self, content: bytes, path: Path) -> None:
        with named_faults(path):
            if path.is_file() and path.read_bytes() == content:
                return
        with appearing(path, self._aside) as aside:
            aside.write_bytes(content)

    def _link(self, product: Path, path: Path) -> None:
        with named_faults(path):
            if path.exists() and _same(path, product):
                return
        with appearing(path, self._aside) as aside:
            try:
                os.link(product, aside)
            except OSError:
                shutil.copy2(product, aside)


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names show the same bytes: one file, or a copy made by us, which keeps size and date."""
    here, there = one.stat(), other.stat()
    return one.samefile(other) or (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
