"""A real server, real workers in processes of their own, and what they noted."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from redis import Redis

from media_service.box.bounds import Terms
from media_service.box.program import start
from media_service.domain.stage import Queue, Ring
from media_service.queue.bell import Bell
from media_service.queue.embedded import EmbeddedRedis, RedisSettings
from media_service.queue.opening import running_redis
from tests.queue.stand_in import StandInJob

START = partial(start, terms=Terms(tethered=False))


def eventually(true: Callable[[], object], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.01)


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def ring(stage: int, attempt: int = 1) -> Ring:
    return Ring(stage, attempt, Queue.SPEECH, timedelta(seconds=120))


@dataclass
class Crew:
    """Workers, and the file in which they note what they do."""

    url: str
    notes: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self, grace_s: float = 5.0) -> subprocess.Popen[bytes]:
        log = self.notes.with_suffix(".log")
        with log.open("ab") as out:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.queue.run_worker", self.url, str(grace_s)],
                stdout=out,
                stderr=out,
                env={**os.environ, "STAND_IN_NOTES": str(self.notes)},
                cwd=Path(__file__).parents[2],
            )
        self.workers.append(worker)
        return worker

    def lines(self, beginning: str = "") -> list[str]:
        noted = self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []
        return [line for line in noted if line.startswith(beginning)]

    def log(self) -> str:
        return self.notes.with_suffix(".log").read_text(encoding="utf-8")

    def wait_for(self, line: str, seconds: float = 15.0) -> str:
        eventually(lambda: self.lines(line), seconds)
        return self.lines(line)[0]

    def horse(self, stage: int, attempt: int = 1) -> int:
        return int(self.wait_for(f"begun {stage}-{attempt}").split()[-1])

    def dismiss(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()


@pytest.fixture
def settings(tmp_path: Path) -> RedisSettings:
    return RedisSettings(tmp_path / "redis")


@pytest.fixture(scope="module")  # other rooms' tests end whatever this process has started
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with running_redis(RedisSettings(tmp_path_factory.mktemp("redis")), START) as opened:
        assert isinstance(opened, EmbeddedRedis)
        yield opened


@pytest.fixture
def server(shared: EmbeddedRedis) -> EmbeddedRedis:
    """Return a server without a single key; who kills one starts one of his own."""
    with Redis.from_url(shared.url) as client:
        client.flushall()
    return shared


@pytest.fixture
def client(server: EmbeddedRedis) -> Iterator[Redis]:
    with Redis.from_url(server.url) as opened:
        yield opened


@pytest.fixture
def bell(server: EmbeddedRedis) -> Iterator[Bell]:
    opened = Bell(server.url, StandInJob)
    yield opened
    opened.close()


@pytest.fixture
def crew(server: EmbeddedRedis, tmp_path: Path) -> Iterator[Crew]:
    hired = Crew(server.url, tmp_path / "notes")
    yield hired
    hired.dismiss()


def kill(pid: int | None) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not alive(pid))
