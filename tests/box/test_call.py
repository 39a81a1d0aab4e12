from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest

from media_service.box import call
from media_service.box.bounds import no_network
from media_service.box.call import Box, Knowledge
from media_service.box.living import halt_all
from media_service.domain.slide import TitleSlide
from media_service.errors import InputError, MediaServiceError, ToolFailedError, ToolKilledError
from tests import make
from tests.box import works
from tests.box.conftest import ROOT
from tests.ffmpeg.children import gone, linux

apart = pytest.mark.skipif(not no_network(), reason="this machine lets nobody leave its network")


def noted(note: Path) -> list[int]:
    """The processes that `rest` noted, as soon as it has."""
    end = time.monotonic() + 20
    while not note.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return [int(pid) for pid in note.read_text().split()]


def test_a_call_gives_what_the_function_gives(nest: Box) -> None:
    slide = TitleSlide("Cây khế", background=make.picture())
    assert nest.call("a", works.double, slide) == (slide, slide)
    assert nest.call("a", works.double, slide, times=3) == (slide,) * 3
    assert nest.call("a", works.nothing) is None


def test_every_call_has_a_child_of_its_own(nest: Box) -> None:
    with ThreadPoolExecutor(4) as pool:
        children = list(pool.map(lambda _: nest.call("a", works.pid), range(8)))
    assert len(set(children)) == 8
    assert os.getpid() not in children


@pytest.mark.parametrize("kind", works.ERRORS)
def test_an_error_of_ours_comes_back_as_it_was(nest: Box, kind: str) -> None:
    with pytest.raises(MediaServiceError) as caught:
        nest.call("a", works.fail, kind)
    raised = works.ERRORS[kind]
    assert type(caught.value) is type(raised)
    assert vars(caught.value) == vars(raised)


def test_an_error_of_the_system_comes_back_with_its_number(nest: Box, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        nest.call("a", works.read, tmp_path / "none")
    assert caught.value.filename == str(tmp_path / "none")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (works.spin, "longer than 1 seconds"),
        (works.devour, "more than 209 MB of memory"),
        (works.stumble, "break off .ZeroDivisionError: by nothing."),
        (works.crash, "break off .SIGSEGV."),
        (works.hoard, "Too many open files"),
        (works.babble, "longer than 1 seconds|makes no sense"),
    ],
)
def test_a_child_beyond_its_bounds_is_a_fault_of_its_file(nest: Box, work: Callable[[], None], said: str) -> None:
    with pytest.raises((InputError, OSError), match=said) as caught:
        nest.call("tháp.png", work)
    if isinstance(caught.value, InputError):
        assert "tháp.png" in str(caught.value)
        assert caught.value.faults[0].file == "tháp.png"


def test_a_child_cannot_write_without_end(nest: Box, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        nest.call("a", works.flood, tmp_path / "flood")
    assert (tmp_path / "flood").stat().st_size <= 20 << 20


@linux
def test_a_child_that_waits_for_ever_is_ended_with_all_it_started(nest: Box, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="longer than"):
        nest.call("a", works.rest, tmp_path / "note")
    assert all(gone(pid) for pid in noted(tmp_path / "note"))


def test_a_child_that_was_killed_may_be_tried_again(nest: Box) -> None:
    with pytest.raises(ToolKilledError, match=r"tháp\.png"):
        nest.call("tháp.png", works.be_killed)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "garbage",
        "{}",
        '{"type":"Made","value":"true"}',
        '{"type":"Made","value":"not JSON"}',
        '{"type":"Refused","kind":"SystemExit","said":{"key":"a","values":{}}}',
        '{"type":"Refused","kind":"InputError","said":{"key":"a","values":{}}}',
        '{"type":"Errand","module":"os","name":"system","subject":null,"arguments":[]}',
        "[" * 100_000,
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(nest: Box, answer: str) -> None:
    with pytest.raises(InputError, match="break off"):
        nest.call("a.md", works.lie, answer)


def test_an_answer_without_end_is_not_listened_to(nest: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "LARGEST_ANSWER", 1 << 20)
    began = time.monotonic()
    with pytest.raises(InputError):
        nest.call("a.md", works.babble)
    assert time.monotonic() - began < 10


@apart
@pytest.mark.enable_socket
def test_a_child_reaches_no_network(nest: Box) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert works.reach(port)
        assert not nest.call("a", works.reach, port)
    assert nest.call("a", works.interfaces) == ("lo",)


@linux
def test_a_killed_nursery_is_replaced(nest: Box) -> None:
    nest.call("a", works.nothing)
    assert nest._child
    os.kill(nest._child.pid, signal.SIGKILL)
    assert gone(nest._child.pid)
    nest.call("a", works.nothing)


@linux
def test_halting_breaks_off_a_call_at_once(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def ask() -> None:
        with Box(Knowledge()) as box:
            try:
                box.call("a", works.rest, tmp_path / "note")
            except MediaServiceError as exc:
                faults.append(exc)
            box.call("a", works.nothing)

    asking = Thread(target=ask)
    asking.start()
    pids = noted(tmp_path / "note")
    halt_all()
    assert all(gone(pid, 2) for pid in pids)
    asking.join(10)
    assert [type(fault) for fault in faults] == [ToolKilledError]


ASKING = """
import os, sys, time
from pathlib import Path
from threading import Thread
from media_service.box.call import Box, Knowledge
from tests.box import works
box = Box(Knowledge())
box.call("a", works.nothing)
{}
box.call("a", works.rest, Path(sys.argv[1]))
"""


@linux
@pytest.mark.parametrize(
    "first",
    ["", "if os.fork(): time.sleep(60)"],
    ids=["the process that started the nursery", "its parent while a fork of it asks"],
)
def test_when_the_parent_is_killed_nothing_works_on(tmp_path: Path, first: str) -> None:
    note = tmp_path / "note"
    command = [sys.executable, "-c", ASKING.format(first), str(note)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as parent:
        pids = noted(note)
        parent.kill()
    assert all(gone(pid, 2) for pid in pids)


FORKED = """
import os
from media_service.box.call import Box, Knowledge
from tests.box import works
with Box(Knowledge()) as box:
    box.open()
    address = box._address
    if os.fork() == 0:
        box.call("a", works.nothing)
        box.close()
        os._exit(0)
    assert os.wait()[1] == 0
    box.call("a", works.nothing)
    assert box._address == address
"""


def test_a_fork_asks_the_same_nursery_and_cannot_end_it() -> None:
    subprocess.run([sys.executable, "-c", FORKED], cwd=ROOT, check=True, timeout=60)


def test_nothing_is_left_behind() -> None:
    with Box(Knowledge()) as box:
        box.open()
        folder = box._address.parent if box._address else None
        assert folder
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_a_fault_of_a_child_program_keeps_its_last_lines(nest: Box) -> None:
    with pytest.raises(ToolFailedError) as caught:
        nest.call("a", works.fail, "ToolFailedError")
    assert caught.value.last_lines == "one\ntwo"
