"""What persons have recorded of a work: `recordings/01.wav` for a chapter, `recordings/01/003.wav` for one passage.

Recordings are found, held against limits and known by their content here; nobody listens to them yet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from media_service.domain.tape import Tape
from media_service.errors import refused
from media_service.intake.faults import Faults
from media_service.intake.place import is_within
from media_service.messages import message

FOLDER = "recordings"
LARGEST = 3 << 30
"""Bytes of a recording: four hours of studio sound."""
MOST = 20_000
_KINDS = "wav|mp3|m4a|flac"
_CHAPTER = re.compile(rf"(?P<chapter>\d{{1,4}})\.(?:{_KINDS})", re.IGNORECASE)
_PASSAGE = re.compile(rf"(?P<chapter>\d{{1,4}})/(?P<passage>\d{{1,5}})\.(?:{_KINDS})", re.IGNORECASE)
_FIRST_BYTES = re.compile(rb"RIFF....WAVE|fLaC|ID3|\xff[\xe2-\xff]|....ftyp", re.DOTALL)
_PIECE = 1 << 20


def read_tapes(folder: Path, faults: Faults) -> tuple[Tape, ...]:
    """Return the recordings of a job in the order of their places; a job need not have any."""
    found: dict[tuple[int, int], Tape] = {}
    for name in _names(folder):
        match = _CHAPTER.fullmatch(name) or _PASSAGE.fullmatch(name)
        place = (int(match["chapter"]), int(match.groupdict().get("passage") or 0)) if match else (0, 0)
        shown = f"{FOLDER}/{name}"
        if match is None or not place[0]:
            said = message(
                "{tape} is not named as a recording; write {folder}/01.wav for chapter 1, or {folder}/01/003.wav for "
                "its third passage.",
                tape=shown,
                folder=FOLDER,
            )
            faults.add(0, said)
        elif place in found:
            said = message("{tape} and {other} are for the same place; keep one.", tape=shown, other=found[place].name)
            faults.add(0, said)
        elif tape := _tape(folder, shown, place, faults):
            found[place] = tape
    return tuple(found[place] for place in sorted(found))


def copy_tape(folder: Path, tape: Tape, path: Path) -> None:
    """Write a recording's bytes at `path`; raises InputError where they are gone, changed or outside the folder now."""
    source, digest = folder / tape.name, hashlib.sha256()
    where = source.as_posix()
    if not is_within(folder, source):
        raise refused(
            where,
            message("{tape} is a link that leads out of the job folder; put the file itself here.", tape=tape.name),
        )
    try:
        with source.open("rb") as file, path.open("wb") as copy:
            while piece := file.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
    except FileNotFoundError as exc:
        raise refused(where, message("{tape} is gone; put it back.", tape=tape.name)) from exc
    if digest.hexdigest() != tape.sha256:
        said = message("{tape} was changed while the work went on; begin again.", tape=tape.name)
        raise refused(where, said)


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of files in the folder of recordings and its chapters; hidden ones are passed over."""
    top = folder / FOLDER
    if not is_within(folder, top):
        return
    for seen, path in enumerate(sorted((*top.glob("*"), *top.glob("*/*")))):
        if seen >= MOST:
            return
        hidden = path.name.startswith(".") or path.parent.name.startswith(".")
        if not hidden and path.name.isprintable() and path.is_file():
            yield path.relative_to(top).as_posix()


def _tape(folder: Path, name: str, place: tuple[int, int], faults: Faults) -> Tape | None:
    path = folder / name
    if not is_within(folder, path):
        faults.add(
            0, message("{tape} is a link that leads out of the job folder; put the file itself here.", tape=name)
        )
        return None
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if size > LARGEST or not _FIRST_BYTES.match(file.read(16)):
                said = message(
                    "{tape} is no recording that can be used (WAV, MP3, M4A or FLAC of up to {limit} GB).",
                    tape=name,
                    limit=LARGEST >> 30,
                )
                faults.add(0, said)
                return None
            file.seek(0)
            digest = hashlib.sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        faults.add(0, message("{tape} cannot be read; check who may read it, or copy it again.", tape=name))
        return None
    return Tape(name, digest.hexdigest(), *place)
