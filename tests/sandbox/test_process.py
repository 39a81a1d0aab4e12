"""A sandbox as a process: quick to start, gone with its parent, whole whenever it is killed."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from media_service import listening
from media_service.errors import SetupError
from media_service.youtube.sandbox.process import serve
from tests.sandbox.calling import Caller, options

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize("address", ["", "9760", "127.0.0.1:", "127.0.0.1:70000", "host:port", "256.1.1.1:1"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(SetupError):
        listening.listen(address, "--listen")


def test_an_address_that_is_taken_is_named() -> None:
    with (
        listening.listen("127.0.0.1:0", "--listen") as taken,
        pytest.raises(SetupError, match="set --listen to another"),
    ):
        listening.listen(listening.address(taken).removeprefix("http://"), "--listen")


def test_killed_at_any_moment_it_holds_what_it_said_it_holds(tmp_path: Path) -> None:
    made: list[str] = []
    with serve(options(tmp_path)) as sandbox:
        for pause in (0.05, 0.11):
            caller = Caller(sandbox)
            thread = threading.Thread(target=_make_playlists, args=(caller, made))
            before = len(made)
            thread.start()
            while len(made) == before:
                assert thread.is_alive()
                time.sleep(0.005)
            time.sleep(pause)
            sandbox.kill()
            thread.join()
            with contextlib.closing(sqlite3.connect(tmp_path / "channel.db")) as run:
                assert run.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            sandbox.start()
        kept = {playlist["id"] for playlist in Caller(sandbox).control("state")["playlists"]}
    assert made
    assert set(made) <= kept
    assert len(kept) <= len(made) + 2  # the one under way each time may have been made without its answer


def _make_playlists(caller: Caller, made: list[str]) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        while True:
            made.append(caller.playlist())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from media_service.youtube.sandbox.process import serve\n"
        "from tests.sandbox.calling import options\n"
        "with serve(options(Path(sys.argv[1]))) as sandbox:\n"
        "    print(sandbox.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while _lives(child):
        assert time.monotonic() < deadline, "it lives on"
        time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
