"""The doors for bringing books in: files that people hand in, and the job folders that are made of them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from media_service.domain.draft import Draft, Wishes
from media_service.domain.intake_report import Report


class Books(Protocol):
    """Book files that people hand in."""

    def draft(self, path: Path, pictures: Path, wishes: Wishes) -> Draft:
        """Return the draft of a job, its pictures written into the folder `pictures`, which is made if need be.

        Raises InputError with every reason why the book or its record cannot be read.
        """


class Drafts(Protocol):
    """Job folders as imports make them."""

    def aside(self, into: Path) -> AbstractContextManager[Path]:
        """Give a folder beside the jobs in `into` for what is unfinished; raises NotWritableError."""

    def lay_down(self, draft: Draft, pictures: Path, job: Path) -> Report:
        """Make or renew a job folder; what people changed in it stays. Return the report as it lies there.

        Raises InputError where the folder holds what no import made, NotWritableError and NoSpaceError.
        """
