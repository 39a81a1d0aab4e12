"""Files made to harm are read without harm or refused by a sentence; nothing is fetched, nothing lies outside a job."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.books.hostile import HOSTILE, PROVE, SECRET, Lure
from tests.books.importing import Run, run, strays

PEAK_MB = 900
SECONDS = 600 if PROVE else 120
"""For all together; the limit of one is the child's own."""
DOOR = """
import socket, sys
door = socket.socket(); door.bind(("127.0.0.1", 0)); door.listen(); print(door.getsockname()[1], flush=True)
while True:
    door.accept()[0].close(); print("knock", flush=True)
"""
MUST_BE_REFUSED = {"bomb-told.epub", "bomb-nested.epub", "bomb-docx.docx", "names.epub", "loops.pdf", "pages.pdf"}


@dataclass(frozen=True, slots=True)
class Scene:
    """All hostile files handed to one command, and what came of it."""

    home: Path
    done: Run
    knocks: list[str]

    def sentence(self, name: str) -> str:
        """Return what was said of a file that was refused."""
        return next((line for line in self.done.said.splitlines() if f"/{name}:" in line or f"/{name} " in line), "")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("hostile")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text(SECRET, encoding="utf-8")
    (home / "given").mkdir()
    with subprocess.Popen([sys.executable, "-c", DOOR], stdout=subprocess.PIPE, text=True) as door:
        assert door.stdout
        lure = Lure(outside / "secret.txt", int(door.stdout.readline()))
        files = []
        for name, make in HOSTILE.items():
            files.append(home / "given" / name)
            files[-1].write_bytes(make(lure))
        done = run(home, files)
        door.kill()
        knocks = door.stdout.read().split()
    return Scene(home, done, knocks)


def test_the_program_itself_stays_whole_and_says_no_more_than_sentences(scene: Scene) -> None:
    assert scene.done.code == 2, scene.done.said[-2_000:]
    assert "Traceback" not in scene.done.said


def test_it_ends_soon_and_in_little_memory(scene: Scene) -> None:
    assert scene.done.seconds < SECONDS
    assert scene.done.peak_mb < PEAK_MB


def test_nothing_is_fetched(scene: Scene) -> None:
    assert not scene.knocks


def test_nothing_lies_outside_the_jobs(scene: Scene) -> None:
    assert not strays(scene.home)
    assert {path.name for path in scene.home.iterdir()} == {"given", "work", "tmp", "home", "jobs"}
    assert {path.name for path in (scene.home / "given").iterdir()} == set(HOSTILE)
    assert not list(scene.home.parent.rglob("*thoat-ra*"))
    assert not Path("/tmp/thoat-ra.png").exists()  # noqa: S108  # what a book may not reach
    assert not Path("/thoat-ra.txt").exists()


def test_no_secret_of_the_machine_is_read(scene: Scene) -> None:
    for path in (scene.home / "jobs").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("name", HOSTILE)
def test_each_becomes_a_whole_job_or_one_sentence(name: str, scene: Scene) -> None:
    job = scene.home / "jobs" / Path(name).stem
    if name in MUST_BE_REFUSED:
        assert scene.sentence(name), scene.done.said
    assert scene.sentence(name) or (job / "script.md").stat().st_size > 50


def test_the_door_would_have_heard_a_knock() -> None:
    with subprocess.Popen([sys.executable, "-c", DOOR], stdout=subprocess.PIPE, text=True) as door:
        assert door.stdout
        port = int(door.stdout.readline())
        knock = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
        subprocess.run([sys.executable, "-c", knock], check=True)
        assert door.stdout.readline().strip() == "knock"
        door.kill()
