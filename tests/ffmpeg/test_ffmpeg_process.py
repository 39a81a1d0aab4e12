"""Running ffmpeg: how it ends, what its faults are called, and that none outlives us."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from media_service.box.living import halt_all
from media_service.errors import NoSpaceError, SetupError, ToolFailedError, ToolKilledError
from media_service.ffmpeg.process import Ffmpeg, bundled, describe_version
from tests.ffmpeg.children import children, gone, linux

ENDLESS = ["-f", "lavfi", "-i", "anullsrc", "-f", "null", "-"]
FED = ["-f", "s16le", "-ar", "48000", "-ch_layout", "mono", "-i", "pipe:0", "-f", "null", "-"]


def test_the_bundled_ffmpeg_names_its_version() -> None:
    assert describe_version(bundled())[:1] in "n0123456789"


def test_a_missing_ffmpeg_is_named_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no-such"):
        Ffmpeg(tmp_path / "no-such").run(ENDLESS)
    with pytest.raises(SetupError, match="no-such"):
        describe_version(tmp_path / "no-such")


def test_a_run_that_hangs_is_ended_at_its_limit(ffmpeg: Path) -> None:
    began = time.monotonic()
    with pytest.raises(ToolKilledError, match="ran past its time"):
        Ffmpeg(ffmpeg, timeout_s=0.3).run(["-re", *ENDLESS])
    assert time.monotonic() - began < 3


def test_a_limit_holds_while_the_child_does_not_read(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    deaf.write_text("#!/bin/sh\nexec sleep 30\n")
    deaf.chmod(0o755)
    with pytest.raises(ToolKilledError):
        Ffmpeg(deaf, timeout_s=0.3).run(FED, feed=iter(lambda: bytes(1 << 16), b""))


def test_a_broken_input_is_named_with_what_ffmpeg_said(ffmpeg: Path, tmp_path: Path) -> None:
    (tmp_path / "trang.png").write_bytes(b"this is no picture")
    with pytest.raises(ToolFailedError, match=r"trang\.png") as caught:
        Ffmpeg(ffmpeg).run(["-f", "png_pipe", "-i", f"file:{tmp_path}/trang.png", "-f", "null", "-"])
    assert "png" in caught.value.last_lines
    assert len(caught.value.last_lines.splitlines()) <= 20


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device to write to")
def test_a_full_disk_is_told_apart_from_a_broken_file(ffmpeg: Path) -> None:
    with pytest.raises(NoSpaceError):
        Ffmpeg(ffmpeg).run(["-f", "lavfi", "-i", "anoisesrc=duration=20", "-f", "s16le", "file:/dev/full"])


@linux
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_killed_from_outside_may_be_tried_again(ffmpeg: Path, by: signal.Signals) -> None:
    servers = children(os.getpid())  # of other tests

    def feed() -> Iterator[bytes]:
        before = children(os.getpid()) - servers
        for number in range(10_000):
            yield bytes(48_000)
            if number == 20:
                for child in before:
                    os.kill(child, by)

    with pytest.raises(ToolKilledError, match="start again"):
        Ffmpeg(ffmpeg).run(FED, feed=feed())


@linux
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ToolFailedError, ZeroDivisionError])
def test_whatever_interrupts_a_run_leaves_no_child_behind(ffmpeg: Path, interruption: type[BaseException]) -> None:
    started: set[int] = set()
    servers = children(os.getpid())  # of other tests

    def feed() -> Iterator[bytes]:
        yield bytes(48_000)
        started.update(children(os.getpid()) - servers)
        raise interruption("x", "y")

    with pytest.raises(interruption):
        Ffmpeg(ffmpeg).run(FED, feed=feed())
    assert started
    assert all(gone(pid) for pid in started)


@linux
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_when_we_are_ended_the_child_ends_too(ffmpeg: Path, by: signal.Signals) -> None:
    if by == signal.SIGKILL and not shutil.which("setpriv"):
        pytest.skip("without setpriv a child of a killed parent works on")
    program = f"from media_service.ffmpeg.process import *; Ffmpeg(Path({str(ffmpeg)!r})).run({['-re', *ENDLESS]!r})"
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL) as parent:
        end = time.monotonic() + 10
        while not (ours := {pid for pid in children(parent.pid) if _runs(pid, ffmpeg)}) and time.monotonic() < end:
            time.sleep(0.02)
        parent.send_signal(by)
        try:
            parent.wait(10)
        finally:
            parent.kill()
    assert ours
    assert all(gone(pid) for pid in ours)


def _runs(pid: int, program: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0] == str(program).encode()
    except FileNotFoundError:  # it ended while we looked
        return False


def test_halting_ends_a_run_within_two_seconds(ffmpeg: Path) -> None:
    halting = Timer(0.3, halt_all)
    halting.start()
    began = time.monotonic()
    with pytest.raises(ToolKilledError, match="start again"):
        Ffmpeg(ffmpeg).run(["-re", *ENDLESS])
    assert time.monotonic() - began < 2.3
    halting.join()


@linux
def test_a_child_leads_a_process_group_of_its_own(ffmpeg: Path) -> None:
    groups: dict[int, int] = {}
    servers = children(os.getpid())  # of other tests

    def feed() -> Iterator[bytes]:
        groups.update({pid: os.getpgid(pid) for pid in children(os.getpid()) - servers})
        yield bytes(2)

    Ffmpeg(ffmpeg).run(FED, feed=feed())
    assert [pid for pid, group in groups.items() if pid == group]
    assert os.getpgid(0) not in groups.values()
