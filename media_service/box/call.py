"""Our own work done in a boxed child: called like any function, on bytes that nobody trusts.

What a child may take and how it is born is the affair of `nursery`; a nursery is started when it is first needed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from media_service import values
from media_service.box import errand
from media_service.box.bounds import Terms
from media_service.box.child import ChildBounds
from media_service.box.living import dismiss, enlisted
from media_service.box.nursery import Setup, Verdict
from media_service.box.program import Child, start
from media_service.box.sentences import broken, ended, too_long, too_much

Given = ParamSpec("Given")
Gives = TypeVar("Gives")

LARGEST_ANSWER = 64 << 20
"""Bytes; the text of a long book is two million."""
PATIENCE_S = 10.0
"""How much longer than a child may take we wait for its nursery to tell of its end."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a nursery loads beforehand: modules, and functions (module, name) whose types it learns."""

    modules: tuple[str, ...] = ()
    works: tuple[tuple[str, str], ...] = ()


class Box:
    """Does calls in boxed children; may be used by several threads, and by processes that are forked later.

    `close` it, or use it in a `with`; a nursery also ends by itself when the process that started it does.
    """

    def __init__(self, knows: Knowledge, bounds: ChildBounds | None = None) -> None:
        self._knows = knows
        self._bounds = bounds or ChildBounds()
        self._address: Path | None = None
        self._child: Child | None = None
        self._owner = self._here = os.getpid()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Start the nursery now where none lives, without waiting for it; else the first call does."""
        with self._guard():
            if self._child is not None and self._owner == os.getpid() and self._child.poll() is not None:
                self._end()
            if self._address is None:
                self._begin()

    def close(self) -> None:
        """End the nursery, where this process started it."""
        with self._guard():
            self._end()

    def call(self, about: str, work: Callable[Given, Gives], *args: Given.args, **kwargs: Given.kwargs) -> Gives:
        """Return what `work(*args, **kwargs)` returns; errors of ours and of the system are raised as it raised them.

        `work` is a function of a module of ours, or a method of a dataclass; all its types are annotated, and values
        that `values.dump` takes. Raises InputError about the file `about` where the child takes more time or memory
        than it may, or breaks off, and ToolKilledError where it was stopped from outside.
        """
        asked = values.dump(errand.errand(work, *args, **kwargs))
        with self._connected() as line, enlisted(line):
            answer, verdict = line.exchange(asked)
        if verdict.late or verdict.code == -signal.SIGXCPU:
            raise too_long(about, self._bounds)
        try:
            result = errand.result(answer, errand.kind_of_result(work)) if answer else verdict
        except values.NotAValueError as exc:
            raise broken(about, "its answer makes no sense") from exc
        if isinstance(result, errand.Starved):
            raise too_much(about, self._bounds)
        if isinstance(result, errand.Broken):
            raise broken(about, result.reason) from RuntimeError(result.trace)
        if isinstance(result, Verdict):
            raise ended(about, result)
        return result  # type: ignore[return-value]  # what is left is the value

    @contextlib.contextmanager
    def _connected(self) -> Iterator[_Line]:
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as control:
            control.settimeout(self._bounds.wall_s + PATIENCE_S)
            with self._guard():
                self._connect(control)
            yield _Line(control)

    def _connect(self, control: socket.socket) -> None:
        if self._address is not None:
            try:
                control.connect(str(self._address))
            except (FileNotFoundError, ConnectionRefusedError):  # it was killed; another takes its place
                self._end()
            else:
                return
        control.connect(str(self._begin()))

    def _begin(self) -> Path:
        """Start a nursery; it can be asked at once, and answers when it is ready."""
        folder = Path(tempfile.mkdtemp(prefix="media-service-"))
        address = folder / "nursery"
        setup = Setup(os.getpid(), folder, self._bounds, self._knows.modules, self._knows.works)
        command = [sys.executable, "-P", "-m", "media_service.box.nursery", values.dump(setup).decode()]
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener:
            listener.bind(str(address))
            listener.listen(128)
            terms = Terms(
                tethered=False, networked=False
            )  # it looks after its parent itself: a thread of ours may end before it
            self._child = start(command, terms, folder / "log", listener.fileno())
        dismiss(self._child)  # to halt a call is enough: the nursery ends its child with all that it started
        self._owner, self._address = os.getpid(), address
        return address

    def _end(self) -> None:
        if self._child is not None and self._owner == os.getpid():
            self._child.terminate()
            if self._child.wait(2) is None:
                self._child.kill()
                self._child.wait()
            if self._address is not None:
                shutil.rmtree(self._address.parent, ignore_errors=True)
        self._address = None

    @contextlib.contextmanager
    def _guard(self) -> Iterator[None]:
        """Let one thread in; a process forked while another was inside has a lock of its own."""
        if self._here != os.getpid():
            self._here, self._lock = os.getpid(), Lock()
        with self._lock:
            yield


class _Line:
    """The line to a nursery, and through it to one child."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._ours, self._theirs = socket.socketpair()

    def halt(self) -> None:
        """Break off: the nursery kills a child whose asker has gone."""
        for end in (self._control, self._ours):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def exchange(self, asked: bytes) -> tuple[bytes, Verdict]:
        """Send an errand; return what came back, and how the child ended."""
        with self._ours:
            with self._theirs:
                socket.send_fds(self._control, [b"c"], [self._theirs.fileno()])
            self._ours.settimeout(self._control.gettimeout())
            try:
                self._ours.sendall(asked)
                self._ours.shutdown(socket.SHUT_WR)
                answer = _all(self._ours)
            except OSError:  # it ended before it had read everything, or nobody answers
                answer = b""
        try:
            told = _all(self._control)
            return answer, values.load(told, Verdict)
        except (OSError, values.NotAValueError):  # the nursery itself has gone
            return b"", Verdict(-signal.SIGKILL, late=False)


def _all(line: socket.socket) -> bytes:
    """Return everything that comes; beyond the limit nothing, and nobody listens any more."""
    pieces, size = [], 0
    while piece := line.recv(1 << 16):
        size += len(piece)
        if size > LARGEST_ANSWER:
            return b"{}"
        pieces.append(piece)
    return b"".join(pieces)
