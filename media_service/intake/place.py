"""Keeps reading inside a job's folder: where a job lies, whether a path stays in it, and files read with a limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from media_service.errors import refused
from media_service.messages import message


def job_folder(job: Path) -> Path:
    """Return the job's folder as an absolute path; raises InputError where it is none or lies somewhere else.

    A link may lead to another job beside it, not out of the folder that holds the jobs.
    """
    folder = Path(os.path.abspath(job))  # noqa: PTH100  # takes `..` away without following links first
    if not is_within(folder.parent, folder):
        raise refused(
            job.as_posix(), message("This job folder is a link that leads elsewhere; put the folder itself here.")
        )
    try:
        mode = folder.stat().st_mode
    except PermissionError as exc:
        raise refused(
            job.as_posix(), message("This job folder may not be read; ask for the right to read it.")
        ) from exc
    except OSError as exc:
        raise refused(job.as_posix(), message("There is no job folder here; check its name.")) from exc
    if not stat.S_ISDIR(mode):
        raise refused(
            job.as_posix(), message("A job is a folder that holds script.md and its pictures; this is a file.")
        )
    return folder


def is_within(folder: Path, path: Path) -> bool:
    """Tell whether a path, with every link followed, stays inside a folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, a name that no file can have
        return False


class TooLargeError(Exception):
    """A file holds more bytes than its reader takes."""


class NotAFileError(Exception):
    """A path names a folder, a pipe or a device."""


def read_bytes(path: Path, limit: int) -> bytes:
    """Return a regular file's content; what is larger than `limit` bytes is refused before it takes memory.

    Raises TooLargeError, NotAFileError and OSError.
    """
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise NotAFileError
    if facts.st_size > limit:
        raise TooLargeError
    with path.open("rb") as file:
        return file.read(facts.st_size)  # what was added since is not waited for
