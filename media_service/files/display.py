"""What people are shown: products under readable names in output/, as further names of the shelf's own files."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from media_service.files.whole import appearing, named_faults


class FolderDisplay:
    """The Display door over a local folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def show(self, product: Path, name: str) -> None:
        """Give a product a second name (a hard link; a copy where the disk knows no links)."""
        path = self._folder / name
        with named_faults(path):
            if path.exists() and _same(path, product):
                return
        with appearing(path) as aside:
            try:
                os.link(product, aside)
            except OSError:
                shutil.copy2(product, aside)

    def write(self, name: str, content: bytes) -> None:
        """Write a small file, unless it stands there with the same content."""
        if self.read(name) != content:
            with appearing(self._folder / name) as aside:
                aside.write_bytes(content)

    def read(self, name: str) -> bytes | None:
        """Return the content of a file, None where there is none."""
        path = self._folder / name
        with named_faults(path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def withdraw(self, name: str) -> None:
        """Remove a name, and its folder where nothing else is in it."""
        path = self._folder / name
        with named_faults(path):
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names show the same bytes: one file, or a copy made by us, which keeps size and date."""
    here, there = one.stat(), other.stat()
    return one.samefile(other) or (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
