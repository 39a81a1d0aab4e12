"""The nursery: a process with our heavy libraries loaded, which forks a child for every errand and does none itself.

It listens on the socket that it was given as standard input, has no network, has one thread, so that forking is safe,
and ends soon after the process that started it. What is sent is the affair of `errand`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import resource
import selectors
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from media_service import values
from media_service.box import errand
from media_service.box.child import ChildBounds, serve, tether

TICK_S = 0.25
"""How often it looks whether its parent lives and whose time is over."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a nursery is told when it is started."""

    parent: int
    folder: Path
    """Its own folder, where the socket lies; goes when it ends."""
    bounds: ChildBounds
    modules: tuple[str, ...]
    """Loaded beforehand."""
    works: tuple[tuple[str, str], ...]
    """Module and name of the functions whose types are learnt beforehand."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a child ended: its exit code (negative: a signal), and whether it ran past its time."""

    code: int
    late: bool


class Nursery:
    """Children at work, each with the line to whoever sent it on its errand."""

    def __init__(self, setup: Setup, listener: socket.socket) -> None:
        self._setup = setup
        self._listener = listener
        self._wards: dict[int, _Ward] = {}
        self._dying = False
        self._tether = tether()
        self._woken, wake = socket.socketpair()
        self._wake = wake
        for end in (self._woken, wake, listener):
            end.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self._die())
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ, self._accept)
        self._selector.register(self._woken, selectors.EVENT_READ, self._drain)

    def wanted(self) -> bool:
        """Tell whether the parent lives and has not asked for the end."""
        return not self._dying and os.getppid() == self._setup.parent

    def turn(self, wait_s: float) -> None:
        """Take what has come, end whose time is over, tell how those ended that did."""
        for key, _ in self._selector.select(wait_s):
            key.data()
        now = time.monotonic()
        for ward in self._wards.values():
            if now > ward.deadline and not ward.late:
                ward.late = True
                ward.kill()
        for pid, code in _ended():
            ward = self._wards.pop(pid)
            self._selector.unregister(ward.line)
            ward.tell(code)

    def close(self) -> None:
        """End every child."""
        for ward in self._wards.values():
            ward.kill()

    def _die(self) -> None:
        self._dying = True

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._woken.recv(4096):
                pass

    def _accept(self) -> None:
        try:
            line, _ = self._listener.accept()
        except BlockingIOError:
            return
        line.settimeout(1)  # our own program sends at once
        try:
            _, sent, _, _ = socket.recv_fds(line, 1, 1)
        except OSError:
            sent = []
        if not sent:
            line.close()
            return
        pid = os.fork()
        if pid == 0:
            serve(sent[0], self._setup.bounds, self._tether)
        os.close(sent[0])
        ward = _Ward(pid, line, time.monotonic() + self._setup.bounds.wall_s)
        self._wards[pid] = ward
        self._selector.register(line, selectors.EVENT_READ, ward.kill)  # readable: whoever asked has gone


class _Ward:
    def __init__(self, pid: int, line: socket.socket, deadline: float) -> None:
        self.line = line
        self.deadline = deadline
        self.late = False
        self._pid = pid

    def kill(self) -> None:
        """End the child and all that it started; it is its own group as soon as it has begun."""
        for end in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                end(self._pid, signal.SIGKILL)

    def tell(self, code: int) -> None:
        """Tell whoever asked how the child ended; one that has gone hears nothing."""
        self.kill_group()
        with contextlib.suppress(OSError):
            self.line.sendall(values.dump(Verdict(code, self.late)))
        self.line.close()

    def kill_group(self) -> None:
        """End what the child may have left behind."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)


def _ended() -> Iterator[tuple[int, int]]:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, os.waitstatus_to_exitcode(status)


def main(setup: Setup) -> None:
    """Listen until nobody wants the nursery any more, loading what is needed meanwhile."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    few = 1024 if most == resource.RLIM_INFINITY else min(1024, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))  # every child closes so many
    nursery = Nursery(setup, _listener())
    try:
        for load in _loads(setup):
            if not nursery.wanted():
                break  # whoever started us was killed meanwhile
            nursery.turn(0)
            load()
        gc.freeze()
        while nursery.wanted():
            nursery.turn(TICK_S)
    finally:
        nursery.close()
    shutil.rmtree(setup.folder, ignore_errors=True)  # after a fault it stays, for what was said of it


def _loads(setup: Setup) -> Iterator[Callable[[], object]]:
    """Yield what is to be loaded, each part for itself: some take half a second."""
    for module in setup.modules:
        yield partial(importlib.import_module, module)
    for work in setup.works:
        yield partial(errand.prepare, *work)


def _listener() -> socket.socket:
    """Take the socket from standard input, where no child shall find it."""
    listener = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return listener


if __name__ == "__main__":
    main(values.load(sys.argv[1].encode(), Setup))
