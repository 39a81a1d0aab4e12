"""Spoilt files of all formats: a job or one sentence, soon, in little memory, with nothing written beside the job.

Sixty files as a rule, two thousand under `HYPOTHESIS_PROFILE=prove`. A fault is found again by its seed, which is the
number in the file's name.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from media_service.errors import InputError
from media_service.intake.folder import JobFolders
from tests.books.importing import run, strays
from tests.books.mutating import spoilt
from tests.intake.conftest import VOICES

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
COUNT, AT_ONCE = (2_000, 20) if PROVE else (60, 30)
SECONDS_A_FILE, CPU_S_A_FILE = 5, 1.0
"""On average, half of it the start of a child; the limit of one file is its own."""
PEAK_MB = 900
CORPUS = Path(__file__).parent / "corpus"
SOURCES = sorted(path for path in CORPUS.glob("*/*") if path.suffix != ".json")


@pytest.mark.parametrize("first", range(0, COUNT, AT_ONCE))
def test_spoilt_files_are_answered(first: int, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    files = []
    for seed in range(first, first + AT_ONCE):
        name, data = spoilt(SOURCES, seed)
        (given / name).write_bytes(data)
        files.append(given / name)
    before = {path.name: path.read_bytes() for path in files}
    made = run(tmp_path, files)
    assert made.code in (0, 2), made.said[-3_000:]
    assert "Traceback" not in made.said, made.said[-3_000:]
    assert made.seconds < SECONDS_A_FILE * AT_ONCE
    assert made.cpu_s < CPU_S_A_FILE * AT_ONCE
    assert made.peak_mb < PEAK_MB
    assert {path.name: path.read_bytes() for path in given.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"given", "work", "tmp", "home", "jobs"}
    assert not strays(tmp_path)
    unreadable = {job.name: str(fault) for job in sorted((tmp_path / "jobs").iterdir()) if (fault := faults_of(job))}
    assert not unreadable


def faults_of(job: Path) -> str:
    """Return what the service's own reader holds against a script that an import wrote.

    Letters that the damage has taken are for a person to write again; the report must then name the passage.
    """
    try:
        JobFolders().read(job, VOICES)
    except InputError as refusal:
        damaged = json.loads((job / "intake-report.json").read_text(encoding="utf-8"))["damaged"]
        faults = [f"{fault.line}: {fault.said}" for fault in refusal.faults]
        return "; ".join(said for said in faults if not (damaged and ("letter" in said or "not Unicode" in said)))
    return ""
