"""Lays a draft down as a job folder, whole or not at all; what people have changed since stays.

`.import/` inside the folder keeps what the last import said, so that the next can tell people's changes from its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from media_service.books.report_page import report_json, report_page
from media_service.domain.draft import Draft
from media_service.domain.intake_report import Report
from media_service.domain.merging import merged
from media_service.errors import NoSpaceError, NotWritableError, refused
from media_service.messages import message

SCRIPT, REPORT, PAGE = "script.md", "intake-report.json", "intake-report.md"
KEPT = ".import"
"""Folder of what the last import said: its script, and what its pictures were."""
_PICTURES = "pictures.json"


@dataclass(frozen=True, slots=True)
class JobDrafts:
    """Writes job folders (the door `Drafts`)."""

    @contextlib.contextmanager
    def aside(self, into: Path) -> Iterator[Path]:
        """Yield a folder on the same disk for what is not finished; it vanishes with everything in it."""
        try:
            into.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=".import-", dir=into))
        except OSError as exc:
            said = message(
                "The folder {folder} may not be written; choose another with --into.", folder=into.as_posix()
            )
            raise NotWritableError(said) from exc
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def lay_down(self, draft: Draft, pictures: Path, job: Path) -> Report:
        """Make or renew the job folder `job` of a draft whose pictures lie in `pictures`; return the report it holds.

        Raises InputError where a folder of that name holds a work that no import made, and NoSpaceError.
        """
        before = _before(job)
        if before is None and job.exists() and any(job.iterdir()):
            said = message(
                "There is a job {job} already that no import made; name another folder with --into.", job=job.name
            )
            raise refused(job.as_posix(), said)
        try:
            return self._renew(draft, pictures, job, before) if before else self._make(draft, pictures, job)
        except OSError as exc:
            if exc.errno == 28:
                raise NoSpaceError(
                    message("There is no room left on the disk for this job; make room and import again.")
                ) from exc
            said = message("The folder {folder} may not be written; choose another with --into.", folder=job.as_posix())
            raise NotWritableError(said) from exc

    def _make(self, draft: Draft, pictures: Path, job: Path) -> Report:
        made = pictures.parent / "job"
        made.mkdir()
        for name in draft.pictures:
            shutil.move(pictures / name, made / name)
        _write_all(made, draft, draft.script, draft.report, {name: _digest(made / name) for name in draft.pictures})
        if job.exists():
            job.rmdir()
        made.rename(job)
        return draft.report

    def _renew(self, draft: Draft, pictures: Path, job: Path, before: _Before) -> Report:
        _expect_same_book(before.script, draft, job)
        mine = before.script if not (job / SCRIPT).exists() else _theirs(job / SCRIPT)
        told = merged(before.script, draft.script, mine)
        report = replace(draft.report, conflicts=told.conflicts, edits=told.edits)
        came = {name: _digest(pictures / name) for name in draft.pictures}
        for name in draft.pictures:
            old = job / name
            if not old.exists() or _digest(old) == before.pictures.get(name):  # else a person has put another there
                (pictures / name).replace(old)
        _write_all(job, draft, told.text, report, came)
        return report


@dataclass(frozen=True, slots=True)
class _Before:
    script: str
    pictures: Mapping[str, str]


def _theirs(script: Path) -> str:
    """Return the script as people left it, whatever Notepad put before it; raises InputError where it is no UTF-8."""
    try:
        return script.read_text("utf-8-sig")
    except UnicodeDecodeError as exc:
        said = message("This script is not saved as UTF-8; open it, save it as UTF-8, then import again.")
        raise refused(script.as_posix(), said) from exc


def _expect_same_book(before: str, draft: Draft, job: Path) -> None:
    """Refuse to merge two books that have nothing in common but a file's name."""
    was, now = (set(re.split(r"\n\s*\n", script.split("\n---\n", 1)[-1])) for script in (before, draft.script))
    title = re.search(r"^title: (.*)$", before, re.MULTILINE)
    same = title is not None and title[0] in draft.script
    if not same and len(was & now) * 10 < min(len(was), len(now)):
        said = message(
            "{job} was made from another book, “{title}”; rename the file, or name another folder with --into.",
            job=job.name,
            title=title[1].strip('"') if title else "?",
        )
        raise refused(job.as_posix(), said)


def _before(job: Path) -> _Before | None:
    try:
        script = (job / KEPT / SCRIPT).read_text("utf-8")
        pictures = json.loads((job / KEPT / _PICTURES).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return _Before(script, pictures if isinstance(pictures, dict) else {})


def _write_all(job: Path, draft: Draft, script: str, report: Report, known: Mapping[str, str]) -> None:
    (job / KEPT).mkdir(exist_ok=True)
    _write(job / REPORT, report_json(report))
    _write(job / PAGE, report_page(report))
    _write(job / SCRIPT, script)
    _write(job / KEPT / _PICTURES, json.dumps(dict(known), ensure_ascii=False))
    _write(job / KEPT / SCRIPT, draft.script)


def _write(path: Path, text: str) -> None:
    """Write a file whole: aside, flushed, renamed."""
    aside = path.with_name(f".{path.name}.part")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
