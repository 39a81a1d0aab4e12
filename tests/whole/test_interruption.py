"""Stopped, starved or shot: a production is whole afterwards, or the next run makes it so."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import jobs
from tests.whole.conftest import Made, command, in_haste, made, produce

pytestmark = [
    pytest.mark.film,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for child processes in /proc"),
]


def children(parent: int) -> Iterator[tuple[int, str]]:
    """Yield (pid, program) of the processes below a process."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
        except (OSError, ValueError):
            continue
        if int(lines["PPid"]) == parent:
            yield int(status.parent.name), lines["Name"]
            yield from children(int(status.parent.name))


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def start(tmp_path: Path) -> subprocess.Popen[str]:
    job = jobs.short_job(tmp_path / "jobs")
    return subprocess.Popen(
        command("produce", job, "--output", tmp_path / "output"),
        env=in_haste(), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def an_encoder(run: subprocess.Popen[str]) -> int:
    """Return the process of an ffmpeg that encodes pictures, as soon as there is one."""
    until = time.monotonic() + 30
    while time.monotonic() < until and run.poll() is None:
        for pid, program in children(run.pid):
            if program.startswith("ffmpeg") and b"libx264" in command_line(pid):
                return pid
        time.sleep(0.05)  # looking through all processes takes what the run needs
    raise AssertionError(f"no ffmpeg was seen: {run.communicate()}")


def assert_nothing_half_made(output: Path) -> None:
    assert not list(output.glob("*/production.json"))
    unfinished = [
        path for path in output.rglob("*") if path.is_file() and path.name.startswith(".") and path.suffix != ".json"
    ]
    assert unfinished == []


def assert_the_next_run_is_whole(tmp_path: Path, undisturbed: Made) -> None:
    again = produce(tmp_path / "jobs" / "con-co", tmp_path / "output")
    for key in undisturbed.manifest["episodes"][0]["files"]:
        assert again.file(0, key).read_bytes() == undisturbed.file(0, key).read_bytes(), key


def test_an_encoder_that_is_shot_ends_the_run_with_a_sentence(tmp_path: Path, short: Made) -> None:
    with start(tmp_path) as run:
        while run.poll() is None:  # one that has just ended would not feel it, so every one is shot
            with contextlib.suppress(ProcessLookupError, AssertionError):
                os.kill(an_encoder(run), signal.SIGKILL)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "Traceback" not in err
    assert "start again" in err
    assert_nothing_half_made(tmp_path / "output")
    assert_the_next_run_is_whole(tmp_path, short)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_no_orphan_and_goes_on_next_time(
    tmp_path: Path, short: Made, number: signal.Signals
) -> None:
    with start(tmp_path) as run:
        an_encoder(run)
        run.send_signal(number)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "run the same command again" in err
    assert "Traceback" not in err
    assert not [pid for pid, _ in children(run.pid)]
    assert_nothing_half_made(tmp_path / "output")
    again = produce(tmp_path / "jobs" / "con-co", tmp_path / "output")
    assert again.manifest["work"]["reused"]["clip"] == short.manifest["work"]["made"]["clip"]


def test_a_killed_run_is_made_whole_by_the_next(tmp_path: Path, short: Made) -> None:
    with start(tmp_path) as run:
        an_encoder(run)
        run.kill()
        run.communicate(timeout=60)
    assert_the_next_run_is_whole(tmp_path, short)
    assert not list((tmp_path / "output/.shelf").glob("unfinished/*"))


def test_a_disk_that_takes_no_more_is_told_in_one_sentence(tmp_path: Path, short: Made) -> None:
    """A limit on file sizes refuses bytes as a full disk does, without asking for a disk of one's own."""
    job = jobs.short_job(tmp_path / "jobs")
    code = (
        "import resource, sys; from media_service.cli.main import run;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); run()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "produce", str(job), "--output", str(tmp_path / "output")],
        env=in_haste(), cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert_nothing_half_made(tmp_path / "output")
    assert_the_next_run_is_whole(tmp_path, short)
    assert made(tmp_path / "output").manifest["title"] == "Con cò"
