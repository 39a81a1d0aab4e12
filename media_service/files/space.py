"""The disk guard: work that would fill the disk is not begun."""

from __future__ import annotations

import shutil
from pathlib import Path

from media_service.errors import NoSpaceError
from media_service.files.whole import named_faults
from media_service.messages import message


def free_bytes(path: Path) -> int:
    """Return the room on the disk that holds a path, or would: the path itself need not be there yet."""
    with named_faults(path):
        there = next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())
        return shutil.disk_usage(there).free


def require_room(path: Path, needed: int) -> None:
    """Raise NoSpaceError where the disk that holds `path` has fewer than `needed` bytes free."""
    free = free_bytes(path)
    if free < needed:
        said = message(
            "The disk that holds {folder} has {free} GB left, and {needed} GB are needed; make room there.",
            folder=path,
            free=f"{free / 1e9:.1f}",
            needed=f"{needed / 1e9:.1f}",
        )
        raise NoSpaceError(said)
