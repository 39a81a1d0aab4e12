"""Files that appear whole or not at all: written aside, flushed to the disk, then renamed into place."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from media_service.errors import NoSpaceError, NotWritableError
from media_service.messages import Message, message

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


@contextmanager
def appearing(path: Path, scratch: Path | None = None) -> Iterator[Path]:
    """Yield a path to write at; what is there when the block ends appears at `path`, nothing does when it fails.

    `scratch` is a folder on the same disk for the unfinished file, `path`'s own by default. Raises NoSpaceError and
    NotWritableError in place of the system's own errors.
    """
    with unfinished(path, scratch) as aside:
        yield aside
        publish(aside, path)


@contextmanager
def unfinished(path: Path, scratch: Path | None = None) -> Iterator[Path]:
    """Yield a path to write at, of which nothing is left when the block ends, unless it was published at `path`.

    Raises as `appearing` does.
    """
    folder = scratch or path.parent
    aside = folder / f".{uuid.uuid4().hex}{path.suffix}"
    with named_faults(path):
        for needed in (folder, path.parent):
            _make(needed)
        try:
            yield aside
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def publish(aside: Path, path: Path) -> None:
    """Let a finished file appear at `path`: flushed, renamed, and the renaming flushed."""
    _flush(aside)
    aside.replace(path)
    _flush(path.parent)


@contextmanager
def named_faults(path: Path) -> Iterator[None]:
    """Turn the system's word for a full or forbidden disk into ours, naming the place."""
    try:
        yield
    except OSError as fault:
        place = Path(fault.filename) if isinstance(fault.filename, str) else path
        if fault.errno in _FULL:
            said = message(
                "The disk that holds {folder} is full; make room there, then run the same command again.",
                folder=place.parent,
            )
            raise NoSpaceError(said) from fault
        if fault.errno in _FORBIDDEN:
            raise NotWritableError(_not_writable(place)) from fault
        raise


def _make(folder: Path) -> None:
    """Make a folder; what stands in the way is named by the nearest place that is there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        if fault.errno in _FULL:
            raise
        nearest = next(one for one in (folder, *folder.parents) if one.exists())
        raise NotWritableError(_not_writable(nearest)) from fault


def _not_writable(path: Path) -> Message:
    return message(
        "{path} cannot be written; give this user the right to, or choose another folder with --output.", path=path
    )


def _flush(path: Path) -> None:
    """Have the disk hold what was written: a rename may never be kept while the bytes are lost."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
