"""What is written down, in a process of its own: logging belongs to the whole process."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from media_service import values
from media_service.settings import Service, Settings
from media_service.worker.log import secrets

WRITER = """
import logging, sys
from pathlib import Path
import structlog
from media_service.domain.stage import Assignment
from media_service.settings import Service, Settings
from media_service.worker import log
here = Path(".")
service = Service(
    database="postgresql://writer:plan%40ted-1@db/service",
    redis="redis://:planted-2@queue:6379/0",
    shelf="s3://key:planted-3@store/shelf",
    log=sys.argv[1],
)
log.configure(Settings(here, here, None, "vi", service=service))
ours = structlog.stdlib.get_logger("media_service.worker.work")
with log.about(Assignment(7, 2, "me", 1, "cay-khe", "narrate", 3, 1, 0), "host/12"):
    ours.info("done", seconds=1.5)
    ours.warning("away", address=service.database, deep={"of": [service.redis]})
    ours.warning("asked postgresql://someone:else-4@other/db")
    try:
        raise ValueError("cannot reach " + service.shelf + " as plan@ted-1")
    except ValueError:
        ours.exception("fault")
logging.getLogger("rq.worker").info("chatter")
logging.getLogger("rq.worker").warning("rq says %s", service.redis)
import warnings
warnings.warn("careful: planted-2")
raise RuntimeError(service.database)
"""


def run(form: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WRITER, form]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=root)


@pytest.fixture(scope="module", params=["json", "text"])
def written(request: pytest.FixtureRequest) -> str:
    ran = run(request.param)
    assert ran.returncode == 1
    assert ran.stdout == ""
    return ran.stderr


def test_no_secret_is_written_however_it_came_into_a_line(written: str) -> None:
    assert "plan%40ted-1" not in written
    assert not [line for line in written.splitlines() if "plan" in line or "ted-1" in line or "else-4" in line]
    assert "***@db/service" in written


def test_every_kind_of_line_is_there_and_rqs_chatter_is_not(written: str) -> None:
    for said in ("done", "away", "asked", "cannot reach", "rq says", "careful", "RuntimeError"):
        assert said in written
    assert "chatter" not in written


def test_a_worker_that_cannot_reach_its_servers_says_so_in_one_line_without_their_passwords(tmp_path: Path) -> None:
    service = Service(database="postgresql://u:planted-1@127.0.0.1:1/d", redis="redis://:planted-2@127.0.0.1:1/0")
    command = [sys.executable, "-m", "media_service.worker.run", "speech"]
    told = values.dump(Settings(tmp_path, tmp_path, None, "vi", service=service))
    ran = subprocess.run(command, input=told, check=False, capture_output=True, cwd=Path(__file__).parents[2])
    said = ran.stderr.decode()
    assert ran.returncode == 1
    assert len(said.splitlines()) == 1
    assert "127.0.0.1" in said
    assert "planted" not in said


def test_a_line_says_what_it_is_about() -> None:
    lines = [json.loads(line) for line in run("json").stderr.splitlines()]
    done = next(line for line in lines if line["event"] == "done")
    assert done.items() >= {
        "production": 1, "slug": "cay-khe", "episode": 1, "step": "narrate", "piece": 0, "stage": 7, "attempt": 2,
        "worker": "host/12", "seconds": 1.5, "level": "info", "part": "worker.work",
    }.items()  # fmt: skip


def test_a_person_at_a_terminal_is_told_what_went_wrong_without_the_rest() -> None:
    ours, theirs = os.openpty()
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", WRITER, "text"], check=False, stdout=theirs, stderr=theirs, cwd=root)
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # a terminal ends so when nobody writes to it any more
        while piece := os.read(ours, 65_536):
            said += piece
    os.close(ours)
    assert b"fault" in said
    assert b"done" not in said
    assert b"Traceback" not in said


def test_a_secret_is_known_as_written_and_as_meant() -> None:
    assert set(secrets(["postgresql://u:p%40ss@h/d", "redis://h", ""])) == {"p%40ss", "p@ss"}


def test_a_secret_is_known_among_the_options_of_an_address() -> None:
    addresses = ["postgresql:///d?host=/run&user=me&password=hidden-5", "unix:///run/redis.sock?db=0&password=hidden-6"]
    assert set(secrets(addresses)) == {"hidden-5", "hidden-6"}
