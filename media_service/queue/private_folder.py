"""Folders that only their owner may look into, and where the server's socket lies."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from media_service.errors import NotWritableError, SetupError
from media_service.messages import message

_LONGEST_SOCKET = 100
"""The kernel's limit is 107 bytes on Linux and 103 on macOS."""


def make_private(folder: Path) -> None:
    """Make the folder if need be, with mode 0700. Raises SetupError if it is a link or somebody else's."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise SetupError(
                message(
                    "{folder} must be a folder of the user who runs the service; remove it or choose another.",
                    folder=folder,
                )
            )
        folder.chmod(0o700)
    except OSError as error:
        raise NotWritableError(
            message("{folder} cannot be written; give the service the right to, or choose another.", folder=folder)
        ) from error


def socket_in(folder: Path, runtime: Path | None) -> Path:
    """Return where the server of `folder` has its socket: there, or in a short folder where that path is too long.

    `runtime` is the user's own runtime folder, if the system gives one. Makes nothing.
    """
    beside = folder.resolve() / "redis.sock"
    if _fits(beside):
        return beside
    name = f"media-service-{os.getuid()}-{hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]}"
    short = [base / name / "redis.sock" for base in (runtime, Path("/tmp")) if base is not None]  # noqa: S108  # made private
    return next((path for path in short if _fits(path)), short[-1])


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= _LONGEST_SOCKET
