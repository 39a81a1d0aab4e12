from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread, Timer

import pytest

from media_service.box import bounds
from media_service.box.bounds import Bounds, Terms, no_network
from media_service.box.living import halt_all
from media_service.box.program import NotStartedError, ask, run, start
from tests.box.conftest import ROOT
from tests.ffmpeg.children import gone, linux

SHELL = ["/bin/sh", "-c"]
PYTHON = [sys.executable, "-c"]
apart = pytest.mark.skipif(not no_network(), reason="this machine lets nobody leave its network")


def noted(path: Path) -> int:
    end = time.monotonic() + 10
    while not (path.exists() and path.read_text().endswith("\n")) and time.monotonic() < end:
        time.sleep(0.02)
    return int(path.read_text())


def test_a_program_tells_how_it_ended_and_what_it_said_last() -> None:
    ended = run([*SHELL, "echo one >&2; echo two >&2; exit 3"], Bounds(), keep=1)
    assert (ended.code, ended.late, ended.lines) == (3, False, ("two",))


def test_what_is_fed_arrives_whole() -> None:
    pieces = (bytes(1 << 16) for _ in range(64))
    assert run([*SHELL, "wc -c >&2"], Bounds(), feed=pieces).lines[0].strip() == str(1 << 22)


@linux
def test_past_its_time_a_program_is_ended_with_all_it_started(tmp_path: Path) -> None:
    ended = run([*SHELL, f"sleep 60 & echo $! > {tmp_path}/pid; wait"], Bounds(wall_s=0.5))
    assert ended.late
    assert gone(noted(tmp_path / "pid"))


@linux
@pytest.mark.parametrize(
    ("program", "most"),
    [
        ("bytearray(1 << 30)", Bounds(memory=1 << 29)),
        ("while True: pass", Bounds(cpu_s=1)),
        ("import sys; open(sys.argv[1], 'wb').write(bytes(1 << 20))", Bounds(file_size=1 << 10)),
    ],
    ids=["memory", "time", "file"],
)
def test_no_program_takes_more_than_it_may(program: str, most: Bounds, tmp_path: Path) -> None:
    ended = run([*PYTHON, program, str(tmp_path / "file")], most)
    assert ended.code
    assert not ended.late
    assert not (tmp_path / "file").exists() or (tmp_path / "file").stat().st_size <= 1 << 10


def test_what_a_program_left_behind_ends_with_it(tmp_path: Path) -> None:
    began = time.monotonic()
    assert run([*SHELL, f"sleep 60 & echo $! > {tmp_path}/pid"], Bounds()).code == 0
    assert time.monotonic() - began < 10
    assert gone(noted(tmp_path / "pid"))


@apart
def test_a_program_has_no_network() -> None:
    lines = run([*SHELL, "cat /proc/net/dev >&2"], Bounds()).lines
    assert [line.split(":")[0].strip() for line in lines if ":" in line] == ["lo"]


@linux
def test_halting_ends_a_run_of_any_thread_at_once() -> None:
    codes: list[int] = []
    working = Thread(target=lambda: codes.append(run([*PYTHON, "while True: pass"], Bounds()).code))
    working.start()
    Timer(0.3, halt_all).start()
    began = time.monotonic()
    working.join(20)
    assert codes == [-signal.SIGKILL]
    assert time.monotonic() - began < 2.3


FORKING = """
import os, sys
from media_service.box.living import halt_all
from media_service.box.program import start
child = start(["/bin/sleep", "60"])
if os.fork() == 0:
    halt_all()
    os._exit(0)
os.wait()
sys.exit(0 if child.poll() is None else 1)
"""


def test_a_fork_does_not_halt_the_children_of_its_parent() -> None:
    assert subprocess.run([*PYTHON, FORKING], cwd=ROOT, timeout=30, check=False).returncode == 0


def test_a_started_program_works_on_and_writes_to_its_log(tmp_path: Path) -> None:
    child = start(
        [*SHELL, "trap 'echo bye; exit 4' TERM; echo ready; while :; do sleep 0.05; done"], log=tmp_path / "l"
    )
    end = time.monotonic() + 10
    while b"ready" not in (tmp_path / "l").read_bytes() and time.monotonic() < end:
        time.sleep(0.02)
    assert child.wait(0.05) is None
    assert os.getpgid(child.pid) == child.pid
    child.terminate()
    assert child.wait(10) == 4
    assert (tmp_path / "l").read_bytes() == b"ready\nbye\n"


def test_a_killed_program_takes_along_what_it_started(tmp_path: Path) -> None:
    child = start([*SHELL, f"sleep 60 & echo $! > {tmp_path}/pid; wait"])
    pid = noted(tmp_path / "pid")
    child.kill()
    assert child.wait(10) == -signal.SIGKILL
    child.kill()
    assert gone(pid)


@linux
@pytest.mark.parametrize("tethered", [True, False])
def test_a_tether_ends_a_program_with_its_parent(tethered: bool, tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from media_service.box.bounds import Terms
from media_service.box.program import start
child = start(["/bin/sleep", "60"], Terms(tethered={tethered}))
Path({str(tmp_path / "pid")!r}).write_text(f"{{child.pid}}\\n")
child.wait()
"""
    with subprocess.Popen([*PYTHON, program], cwd=ROOT) as parent:
        pid = noted(tmp_path / "pid")
        parent.kill()
    assert gone(pid, 2) == tethered
    if not tethered:
        os.kill(pid, signal.SIGKILL)


def test_where_a_machine_offers_nothing_a_program_still_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_works", lambda before: False)
    bounds.no_network.cache_clear()
    try:
        assert bounds.chain(Terms(Bounds(), networked=False)) == ()
        assert run([*SHELL, "echo one >&2"], Bounds()).lines == ("one",)
        assert run([*SHELL, "sleep 60"], Bounds(wall_s=0.2)).late
    finally:
        bounds.no_network.cache_clear()


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(NotStartedError):
        ask([str(tmp_path / "none")])
    with pytest.raises(NotStartedError):
        start([str(tmp_path / "none")], Terms(tethered=False, networked=True))
    with pytest.raises(NotStartedError):
        ask([*SHELL, "exit 1"])
