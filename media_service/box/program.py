"""The one place that starts a program: in a session of its own, inside its bounds, and never to outlive us.

What the program is asked and what its lines mean is the affair of whoever asks.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread, Timer
from typing import IO

from media_service.box.bounds import Bounds, Terms, chain
from media_service.box.living import dismiss, enlist, enlisted

LAST_LINES = 20
"""Lines that are kept for whoever looks into a failure."""
PIPE = 1 << 20
"""Bytes that a child's input may hold; a user may have as many without further rights."""
_FREE = Terms()


class NotStartedError(OSError):
    """A program that cannot be started, or that does not answer."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its exit code (negative: a signal), whether it ran past its time, and what it said."""

    code: int
    late: bool
    lines: tuple[str, ...]


class Child:
    """A program at work, and the group of all that it starts."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Its process, which is also its group."""
        return self._process.pid

    def poll(self) -> int | None:
        """Return its exit code (negative: a signal), None while it runs."""
        code = self._process.poll()
        if code is not None:
            dismiss(self)
        return code

    def wait(self, timeout_s: float | None = None) -> int | None:
        """Wait for its end and return its exit code, None where the time ran out."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout_s)
        return self.poll()

    def terminate(self) -> None:
        """Ask it to end, it alone: what it started is its own affair."""
        self._process.terminate()

    def kill(self) -> None:
        """End it and all that it started; nothing happens where it has ended already."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it ended just now
                os.killpg(self._process.pid, signal.SIGKILL)

    halt = kill

    def clear(self) -> None:
        """End what it started and left behind when it ended."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nothing, as a rule
            os.killpg(self._process.pid, signal.SIGKILL)


def start(
    command: Sequence[str], terms: Terms = _FREE, log: Path | int | None = None, stdin: int | None = None
) -> Child:
    """Start a long-lived program; what it says is added to `log`, which may be an open file of ours (a number).

    `stdin` is a file that it may read (else nothing).

    A tethered child lives no longer than the thread that calls this. Raises NotStartedError where it cannot be started.
    """
    with contextlib.ExitStack() as stack:
        opened = stack.enter_context(log.open("ab")) if isinstance(log, Path) else log
        out = subprocess.DEVNULL if opened is None else opened
        process = _started([*chain(terms), *command], subprocess.DEVNULL if stdin is None else stdin, out, out)
    child = Child(process)
    enlist(child)
    return child


def run(
    command: Sequence[str],
    bounds: Bounds,
    feed: Iterable[bytes | memoryview] | None = None,
    keep: int | None = LAST_LINES,
) -> Ended:
    """Run a program to its end, tethered and without a network; of what it says on stderr the last lines are kept.

    `feed` is written to its standard input as it is asked for; without it the input is empty. `keep` None keeps every
    line. Whatever interrupts the wait, an exception of `feed` included, the child is gone before it is passed on.
    Raises NotStartedError where the program cannot be started.
    """
    stdin = subprocess.DEVNULL if feed is None else subprocess.PIPE
    process = _started([*chain(Terms(bounds, networked=False)), *command], stdin, subprocess.DEVNULL, subprocess.PIPE)
    lines: deque[str] = deque(maxlen=keep)
    child, late = Child(process), Event()
    listener = Thread(target=_listen, args=(process.stderr, lines), daemon=True)
    limit = Timer(bounds.wall_s, _end, (child, late))
    limit.daemon = True
    with enlisted(child):
        try:
            listener.start()
            limit.start()
            _write(process.stdin, feed or ())
            code = process.wait()
            child.clear()  # else we should listen until the last of what it left behind ends
        except BaseException:
            child.kill()
            process.wait()
            raise
        finally:
            limit.cancel()
            if listener.ident is not None:
                listener.join()
    return Ended(code, late.is_set(), tuple(lines))


def ask(command: Sequence[str], timeout_s: float = 60) -> str:
    """Run a program of ours for what it prints; raises NotStartedError also where it ends with a fault or too late."""
    try:
        said = subprocess.run(list(command), check=True, capture_output=True, timeout=timeout_s)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as exc:
        raise NotStartedError(str(exc)) from exc
    return said.stdout.decode(errors="replace")


def _started(
    command: Sequence[str], stdin: int, stdout: int | IO[bytes], stderr: int | IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start it in a session, and so in a group, of its own; by an argument list of ours, never by a shell."""
    try:
        return subprocess.Popen(  # noqa: S603
            command, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True
        )
    except OSError as exc:
        raise NotStartedError(str(exc)) from exc


def _listen(stderr: IO[bytes] | None, lines: deque[str]) -> None:
    if stderr is not None:
        with stderr:
            lines.extend(line.decode(errors="replace").rstrip() for line in stderr)


def _write(stdin: IO[bytes] | None, feed: Iterable[bytes | memoryview]) -> None:
    """Write all of `feed`; a child that ends early closes its side, and its exit code says why."""
    if stdin is None:
        return
    _widen(stdin)
    try:
        with stdin:
            for piece in feed:
                stdin.write(piece)
    except BrokenPipeError:
        pass


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more, so that a child has something to work on while we make the next piece."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # more than this user may have
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def _end(child: Child, late: Event) -> None:
    late.set()
    child.kill()
