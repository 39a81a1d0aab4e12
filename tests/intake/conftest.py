"""Job folders to read: a test writes the lines it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from media_service.domain.script import Script
from media_service.errors import Fault, InputError
from media_service.intake.folder import JobFolders
from tests import make
from tests.jobs import png

HEAD = "---\ntitle: Cây khế\nkind: {kind}\ncast: {{An Tiêm: nam, Nàng Ba: nu, Ba: nam}}\n---\n"
"""Five lines: a body that follows begins on line 6."""

VOICES = tuple(
    make.voice(name)
    for name in (
        *("lan", "nam", "nu", "nu-mien-bac", "nu-mien-trung", "nu-mien-nam"),
        *("nam-mien-bac", "nam-mien-trung", "nam-mien-nam", "ong-cu", "ba-cu", "tre-em"),
    )
)
"""The voices that scripts of these tests may name."""

Write = Callable[..., Path]


def tale(body: str) -> str:
    """Return a fairy tale of that body; its first line is line 6."""
    return HEAD.format(kind="fairy-tale") + body


def book(body: str) -> str:
    """Return an audiobook of that body; its first line is line 6."""
    return HEAD.format(kind="audiobook") + body


def head(lines: str) -> str:
    """Return a tale with more front matter: the lines begin on line 4."""
    return f"---\ntitle: Cây khế\nkind: fairy-tale\n{lines}\n---\nNgày xưa.\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a job folder with the pictures a.png and b.png; a str is saved as UTF-8."""

    def job(script: str | bytes, name: str = "script.md", folder: str = "cay-khe") -> Path:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        (place / name).write_bytes(script if isinstance(script, bytes) else script.encode())
        (place / "a.png").write_bytes(png(64, 36))
        (place / "b.png").write_bytes(png(36, 64, (9, 9, 9)))
        return place

    return job


def read(job: Path) -> Script:
    return JobFolders().read(job, VOICES)


def faults(job: Path) -> tuple[Fault, ...]:
    """Return what is wrong with a job; a job without faults has none."""
    try:
        read(job)
    except InputError as error:
        return error.faults
    return ()


def said(job: Path) -> list[tuple[int, str]]:
    """Return (line, key) of every fault."""
    return [(fault.line, fault.said.key) for fault in faults(job)]
