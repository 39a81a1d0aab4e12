"""The one place that starts a child program: ffmpeg, by an argument list, with a time limit and without orphans.

What the arguments are is the affair of `command`; what its lines mean is that of `loudness` and `measure`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event, Thread, Timer
from typing import IO

from media_service.errors import MediaServiceError, NoSpaceError, SetupError, ToolFailedError, ToolKilledError
from media_service.messages import message

TIMEOUT_S = 3600.0
"""Far beyond any chapter's longest run; only a program that hangs meets it."""
LAST_LINES = 20
"""Lines of a failed run that are kept for whoever looks into it."""
ENDED_BY_SIGNAL = 255
"""What ffmpeg returns when it was told to stop and tidied up first."""


def bundled() -> Path:
    """Return the ffmpeg that was installed with this program; raises SetupError where there is none."""
    import imageio_ffmpeg  # noqa: PLC0415  # needed once, and only where no ffmpeg is configured

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as exc:
        said = message("No ffmpeg came with this installation; install ffmpeg and name it in MEDIA_SERVICE_FFMPEG.")
        raise SetupError(said) from exc


@cache
def describe_version(path: Path) -> str:
    """Return what an ffmpeg calls its version; raises SetupError where it cannot be run."""
    try:
        said = subprocess.run([str(path), "-version"], check=True, capture_output=True, timeout=60)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as exc:
        raise SetupError(
            message(
                "ffmpeg at {path} cannot be started ({reason}); name another in MEDIA_SERVICE_FFMPEG.",
                path=str(path),
                reason=str(exc),
            )
        ) from exc
    return said.stdout.decode(errors="replace").split(" Copyright")[0].removeprefix("ffmpeg version ").strip()


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg program, and how long one run of it may take."""

    path: Path
    timeout_s: float = TIMEOUT_S

    def run(self, arguments: Sequence[str], feed: Iterable[bytes] | None = None, heed: bool = False) -> tuple[str, ...]:
        """Run to the end and return what was said: every line with `heed`, else the last lines of its warnings.

        `feed` is written to its standard input as it is asked for (`pipe:0`); without it the input is closed.
        Raises ToolFailedError, ToolKilledError (a signal, or past the time limit), NoSpaceError and SetupError.
        Whatever interrupts the wait, an exception of `feed` included, the child is gone before it is passed on.
        """
        child = self._start(arguments, "info" if heed else "warning", fed=feed is not None)
        lines: deque[str] = deque(maxlen=None if heed else LAST_LINES)
        listener = Thread(target=_listen, args=(child.stderr, lines), daemon=True)
        late = Event()
        limit = Timer(self.timeout_s, _end, (child, late))
        limit.daemon = True
        try:
            listener.start()
            limit.start()
            _write(child.stdin, feed or ())
            code = child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
        finally:
            limit.cancel()
            if listener.ident is not None:
                listener.join()
        if code or late.is_set():
            raise _fault(_named(arguments), -1 if late.is_set() else code, tuple(lines)[-LAST_LINES:])
        return tuple(lines)

    def _start(self, arguments: Sequence[str], level: str, *, fed: bool) -> subprocess.Popen[bytes]:
        if not os.access(self.path, os.X_OK):
            said = message(
                "ffmpeg is not at {path}, or may not be run; correct MEDIA_SERVICE_FFMPEG.", path=str(self.path)
            )
            raise SetupError(said)
        command = [
            *_tether(),
            str(self.path),
            "-y",
            "-nostdin",
            "-hide_banner",
            "-loglevel",
            f"level+{level}",
            *arguments,
        ]
        try:
            return subprocess.Popen(  # noqa: S603  # our own argument list, never a shell
                command,
                stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except OSError as exc:
            said = message(
                "ffmpeg at {path} cannot be started ({reason}); name another in MEDIA_SERVICE_FFMPEG.",
                path=str(self.path),
                reason=str(exc),
            )
            raise SetupError(said) from exc


@cache
def _tether() -> tuple[str, ...]:
    """Return what to put before a command so that the child dies with us, even if we are killed (Linux only).

    Done by util-linux's setpriv, because `preexec_fn` is unsafe beside threads. Empty where setpriv is missing or is
    one that does not know the option: then a child of a killed parent works on until it is done.
    """
    program = shutil.which("setpriv") if sys.platform == "linux" else None
    if program is None:
        return ()
    tether = (program, "--pdeathsig", "KILL")
    tried = subprocess.run([*tether, "true"], check=False, capture_output=True)  # noqa: S603
    return tether if tried.returncode == 0 else ()


def _listen(stderr: IO[bytes] | None, lines: deque[str]) -> None:
    if stderr is not None:
        with stderr:
            lines.extend(line.decode(errors="replace").rstrip() for line in stderr)


def _write(stdin: IO[bytes] | None, feed: Iterable[bytes]) -> None:
    """Write all of `feed`; a child that ends early closes its side, and its exit code says why."""
    if stdin is None:
        return
    try:
        with stdin:
            for piece in feed:
                stdin.write(piece)
    except BrokenPipeError:
        pass


def _end(child: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    child.kill()


def _named(arguments: Sequence[str]) -> str:
    """Return the first input of a command, as people would name it."""
    first = arguments[arguments.index("-i") + 1] if "-i" in arguments else arguments[-1]
    return Path(first.removeprefix("file:")).name


def _fault(file: str, code: int, lines: Sequence[str]) -> MediaServiceError:
    if any("No space left on device" in line for line in lines):
        return NoSpaceError(message("The disk is full; make room, then run the same command again."))
    if code < 0 or (code == ENDED_BY_SIGNAL and not lines):
        said = message("ffmpeg was stopped, or ran past its time, while it worked on {file}; start again.", file=file)
        return ToolKilledError(said)
    complaints = [line.split("] ")[-1] for line in lines if "[error]" in line or "[fatal]" in line]
    reason = complaints[0] if complaints else f"exit code {code}"
    said = message(
        "ffmpeg could not use {file} ({reason}); replace that file and start again.", file=file, reason=reason
    )
    return ToolFailedError(said, "\n".join(lines))
