"""Cores as locks, shared by real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from media_service.worker.cores import a_core

HOLDER = """
import sys, time
from pathlib import Path
from media_service.worker.cores import a_core
folder, count, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
with a_core(folder / "cores", count):
    begun = time.monotonic()
    print("held", flush=True)
    time.sleep(seconds)
    with (folder / "spans").open("a") as file:
        file.write(f"{begun} {time.monotonic()}\\n")
"""


def holder(folder: Path, count: int, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder), str(count), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_no_more_processes_work_at_once_than_there_are_cores(tmp_path: Path) -> None:
    holders = [holder(tmp_path, 2, 0.15) for _ in range(5)]
    assert [one.communicate()[0] for one in holders] == ["held\n"] * 5
    spans = [tuple(map(float, line.split())) for line in (tmp_path / "spans").read_text().splitlines()]
    at_once = [sum(begun <= moment < ended for begun, ended in spans) for moment, _ in spans]
    assert len(spans) == 5
    assert max(at_once) == 2


def test_a_core_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    with holder(tmp_path, 1, 60) as dead:
        assert dead.stdout
        assert dead.stdout.readline() == "held\n"
        os.kill(dead.pid, signal.SIGKILL)
        begun = time.monotonic()
        with a_core(tmp_path / "cores", 1):
            assert time.monotonic() - begun < 2


def test_a_core_that_is_lent_can_be_had_by_others_and_is_held_again_afterwards(tmp_path: Path) -> None:
    had = threading.Event()

    def another() -> None:
        with a_core(tmp_path, 1):
            had.set()

    with a_core(tmp_path, 1) as core:
        beside = threading.Thread(target=another)
        beside.start()
        with core.lent():
            assert had.wait(5)
        beside.join()
        had.clear()
        last = threading.Thread(target=another)
        last.start()
        assert not had.wait(0.1)
    last.join(5)
    assert had.is_set()
