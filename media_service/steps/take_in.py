"""Job folder -> production: the script is read, its pictures are put on the shelf, its episodes are planned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from media_service.domain.casting import Cast, Voice, cast
from media_service.domain.episode import Production
from media_service.domain.planning import episodes, tape_key, unrecorded
from media_service.domain.product import Key, Product
from media_service.domain.script import Picture, Script
from media_service.domain.tape import ENGINE, Tape
from media_service.errors import Fault, InputError
from media_service.ports import JobFiles, Tools


def take_in(job: Path, tools: Tools) -> Production:
    """Read a job and plan its episodes; from here on the job folder is not needed any more.

    Raises InputError with every fault found.
    """
    script, chosen = look_over(job, tools.job_files, tools.voices)
    tools.progress.begin("take-in", script.facts.title)
    pictures = {picture.sha256: _shelve(job, picture, tools) for picture in script.pictures}
    for tape in script.tapes:
        _shelve_tape(job, tape, tools)
    return Production(
        unicodedata.normalize("NFC", job.resolve().name), script.facts, episodes(script, chosen, pictures)
    )


def look_over(job: Path, job_files: JobFiles, voices: Iterable[Voice]) -> tuple[Script, Cast]:
    """Read and cast a job without taking anything in; raises InputError with every fault found."""
    script = job_files.read(job, voices)
    chosen = cast(script, voices)
    if any(voice.engine == ENGINE for voice in chosen.voices()):  # for others the plan, which takes long, tells nothing
        missing = [Fault(script.file, line, said) for line, said in unrecorded(episodes(script, chosen, {}))]
        if missing:
            raise InputError(missing)
    return script, chosen


def _shelve_tape(job: Path, tape: Tape, tools: Tools) -> None:
    def copy(path: Path) -> Tape:
        tools.job_files.copy_tape(job, tape, path)
        return tape

    tools.shelf.obtain(tape_key(tape), Tape, copy)


def _shelve(job: Path, picture: Picture, tools: Tools) -> Product[Picture]:
    def copy(path: Path) -> Picture:
        tools.job_files.copy_picture(job, picture, path)
        return picture

    return tools.shelf.obtain(Key("picture", picture.sha256, ""), Picture, copy)
