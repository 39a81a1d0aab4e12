"""Whole productions: made once a test run by the command that people use, and looked at from many sides."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
    return os.environ | {"PYTHONPATH": str(ROOT), "MEDIA_SERVICE_LANG": "en", "PYTHONWARNINGS": ""} | more


def produce(job: object, output: Path) -> Made:
    run = subprocess.run(
        command("produce", job, "--output", output),
        env=environment(),
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
def short(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A tale of four sentences."""
    folder = tmp_path_factory.mktemp("short")
    return produce(jobs.short_job(folder / "jobs"), folder / "output")


@pytest.fixture(scope="session", params=["rua-con-ve-bien", "su-tich-dua-hau", "gioi-thieu-de-men", "thap-po-sah-inu"])
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Each of the works that come with the program."""
    return produce(request.param, tmp_path_factory.mktemp(request.param) / "output")
