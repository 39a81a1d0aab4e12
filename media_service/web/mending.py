"""Mends a handed-in work in its job folder: how a word is read, which picture stands where; then hands it in again.

The folder changes whole or not at all: where the work is refused, the file is as it was.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

from media_service import service_actions
from media_service.domain.lexicon import Entry
from media_service.errors import refused
from media_service.files.whole import appearing
from media_service.intake.faults import Faults
from media_service.intake.lexicon import FILE_NAME, read_lines
from media_service.messages import message
from media_service.web.bench import SCRIPT, arrive, picture_name
from media_service.web.workshop import Workshop

_CUE = re.compile(r"(!\[[^\]]*\]\()([^)\s]+)(\))")


def entry(written: str, said: str, who: str) -> Entry:
    """Return a line of a lexicon; raises InputError where it is none."""
    line = f"{_plain(written)} = {_plain(said)} | studio | {_plain(who)}"
    faults = Faults(FILE_NAME)
    found = read_lines(line, faults)
    if faults or not found:
        raise faults.error() if faults else refused("", message("Write a word as it stands, and how it is read."))
    return found[0]


def reading(shop: Workshop, slug: str, wanted: Entry, who: str) -> int:
    """Put an entry into a work's lexicon and hand the work in again; returns how many episodes change."""
    path = shop.job(slug) / FILE_NAME
    before = path.read_text("utf-8-sig") if path.is_file() else ""
    kept = [line for line in before.split("\n") if line.partition("=")[0].strip() != wanted.written]
    line = f"{wanted.written} = {wanted.said} | {wanted.note} | {wanted.reviewer}"
    with _changed(path, "\n".join([*kept, line]).strip() + "\n"):
        return len(service_actions.submit(shop.job(slug), who, shop.tools, shop.works).accepted.changed)


async def arrived(aside: Path, name: str, content: AsyncIterator[bytes]) -> Path:
    """Keep a picture aside as it arrives; returns where it lies, under the name that it is to have."""
    path = aside / picture_name(name)
    await arrive(content, path, 40_000_000)
    return path


def picture(shop: Workshop, slug: str, what: tuple[int, Path], who: str) -> int:
    """Let another picture stand at a line of the script; returns how many episodes change."""
    line, arrived_at = what
    job = shop.job(slug)
    script = (job / SCRIPT).read_text("utf-8-sig")
    name = _free(job, arrived_at.name)
    changed = _with_picture(script, line, name)
    with appearing(job / name) as path:
        path.write_bytes(arrived_at.read_bytes())
    try:
        with _changed(job / SCRIPT, changed):
            return len(service_actions.submit(job, who, shop.tools, shop.works).accepted.changed)
    except BaseException:
        (job / name).unlink(missing_ok=True)
        raise


def _with_picture(script: str, line: int, name: str) -> str:
    """Return a script whose last picture cue up to a line names another picture."""
    lines = script.split("\n")
    for at in range(min(line, len(lines)) - 1, -1, -1):
        if cues := list(_CUE.finditer(lines[at])):
            last = cues[-1]
            lines[at] = f"{lines[at][: last.start(2)]}{name}{lines[at][last.end(2) :]}"
            return "\n".join(lines)
    raise refused("", message("No picture stands here yet; add one in the script, before this sentence."))


def _free(job: Path, name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    names = (name, *(f"{stem}-{number}{dot}{suffix}" for number in range(2, 1000)))
    return next(one for one in names if not (job / one).exists())


def _plain(written: str) -> str:
    """Return a field on one line, without the signs that part a lexicon's columns."""
    return " ".join(re.sub(r"[=|#]", " ", written).split())


@contextmanager
def _changed(path: Path, text: str) -> Iterator[None]:
    """Let a file say something else; where the block fails, it says again what it did."""
    before = path.read_bytes() if path.is_file() else None
    with appearing(path) as aside:
        aside.write_text(text, encoding="utf-8")
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            with appearing(path) as aside:
                aside.write_bytes(before)
        raise
