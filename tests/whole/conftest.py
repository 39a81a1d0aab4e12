"""Whole productions: made once a test run by the command that people use, and looked at from many sides.

All but those that come with the program are made by an encoder that thinks less about each picture; how pictures look
is the affair of tests/ffmpeg.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from media_service.ffmpeg.process import bundled
from tests import jobs

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Made:
    """A production as its manifest tells."""

    folder: Path
    manifest: dict[str, Any]

    def file(self, episode: int, key: str) -> Path:
        return self.folder / self.manifest["episodes"][episode]["files"][key]

    def read(self, episode: int, key: str) -> dict[str, Any]:
        return json.loads(self.file(episode, key).read_text(encoding="utf-8"))


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "media_service", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a user who reads English; a crash says where it was."""
    ours = {"PYTHONPATH": str(ROOT), "MEDIA_SERVICE_LANG": "en", "PYTHONWARNINGS": "", "PYTHONFAULTHANDLER": "1"}
    return os.environ | ours | more


@cache
def hurried() -> str:
    """Return a program that is the real ffmpeg, but its encoder weighs less: films take half the time."""
    folder = Path(tempfile.mkdtemp(prefix="ms"))
    atexit.register(shutil.rmtree, str(folder), ignore_errors=True)
    program = folder / "ffmpeg"
    less = 'for word do shift; [ "$word" = veryfast ] && word=superfast; set -- "$@" "$word"; done'
    program.write_text(f"#!/bin/sh\n{less}\nexec '{bundled()}' \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def in_haste(**more: str) -> dict[str, str]:
    """Return the environment in which films are made in a hurry."""
    return environment(MEDIA_SERVICE_FFMPEG=hurried(), **more)


def produce(job: object, output: Path, environ: Mapping[str, str] | None = None) -> Made:
    run = subprocess.run(
        command("produce", job, "--output", output),
        env=environ or in_haste(),
        cwd=output.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return made(output)


def made(output: Path) -> Made:
    (manifest,) = output.glob("*/production.json")
    return Made(manifest.parent, json.loads(manifest.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Made:
    """A tale of four sentences, made once for all who run tests at this time."""
    if worker_id == "master":
        folder = tmp_path_factory.mktemp("short")
        return produce(jobs.short_job(folder / "jobs"), folder / "output")
    folder = tmp_path_factory.getbasetemp().parent / "short"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "made").exists():
            return made(folder / "output")
        one = produce(jobs.short_job(folder / "jobs"), folder / "output")
        (folder / "made").touch()
        return one


def again(short: Made, folder: Path) -> Path:
    """Copy the short tale, as it was made, into a folder to make it again there; returns its job."""
    shutil.copytree(short.folder.parents[1], folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("lock"))
    return folder / "jobs" / short.folder.name


SHIPPED = ("su-tich-dua-hau",)
if os.environ.get("HYPOTHESIS_PROFILE") == "prove":
    SHIPPED += ("rua-con-ve-bien", "gioi-thieu-de-men", "thap-po-sah-inu")


@pytest.fixture(scope="session", params=SHIPPED)
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Works that come with the program, without motion and other films, by the encoder that people use.

    One here, a tale of many voices, and all four under `prove`. What moves, and the other films, are the affair of
    `test_editions`.
    """
    folder = tmp_path_factory.mktemp(request.param)
    job = jobs.plain_job(ROOT / "jobs" / request.param, folder / "jobs")
    return produce(job, folder / "output", environment())
