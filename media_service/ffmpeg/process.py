"""Runs ffmpeg in the box by an argument list, and tells what its end and its complaints mean.

What the arguments are is the affair of `command`; what its lines mean is that of `loudness` and `measure`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from media_service.box.bounds import Bounds
from media_service.box.program import LAST_LINES, Ended, NotStartedError, ask, run
from media_service.errors import MediaServiceError, NoSpaceError, SetupError, ToolFailedError, ToolKilledError
from media_service.messages import message

TIMEOUT_S = 3600.0
"""Far beyond any chapter's longest run; only a program that hangs meets it."""
ENDED_BY_SIGNAL = 255
"""What ffmpeg returns when it was told to stop and tidied up first."""
CRASHES: Mapping[int, str] = {
    signal.SIGSEGV: "it crashed",
    signal.SIGBUS: "it crashed",
    signal.SIGILL: "it crashed",
    signal.SIGFPE: "it crashed",
    signal.SIGABRT: "it crashed",
    signal.SIGXFSZ: "what it wrote grew beyond all bounds",
}
"""Signals that a program brings upon itself: the same input would do it again."""


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
        said = ask([str(path), "-version"])
    except NotStartedError as exc:
        raise SetupError(
            message(
                "ffmpeg at {path} cannot be started ({reason}); name another in MEDIA_SERVICE_FFMPEG.",
                path=str(path),
                reason=str(exc),
            )
        ) from exc
    return said.split(" Copyright")[0].removeprefix("ffmpeg version ").strip()


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg program, and how long one run of it may take."""

    path: Path
    timeout_s: float = TIMEOUT_S

    def run(
        self, arguments: Sequence[str], feed: Iterable[bytes | memoryview] | None = None, heed: bool = False
    ) -> tuple[str, ...]:
        """Run to the end and return what was said: every line with `heed`, else the last lines of its warnings.

        `feed` is written to its standard input as it is asked for (`pipe:0`); without it the input is closed.
        Raises ToolFailedError, ToolKilledError (a signal, or past the time limit), NoSpaceError and SetupError.
        Whatever interrupts the wait, an exception of `feed` included, the child is gone before it is passed on.
        """
        if not os.access(self.path, os.X_OK):
            said = message(
                "ffmpeg is not at {path}, or may not be run; correct MEDIA_SERVICE_FFMPEG.", path=str(self.path)
            )
            raise SetupError(said)
        words = ["-y", "-nostdin", "-hide_banner", "-loglevel", f"level+{'info' if heed else 'warning'}"]
        bounds = Bounds(wall_s=self.timeout_s, cpu_s=int(self.timeout_s * (os.cpu_count() or 1)) + 1)
        try:
            ended = run([str(self.path), *words, *arguments], bounds, feed, None if heed else LAST_LINES)
        except NotStartedError as exc:
            said = message(
                "ffmpeg at {path} cannot be started ({reason}); name another in MEDIA_SERVICE_FFMPEG.",
                path=str(self.path),
                reason=str(exc),
            )
            raise SetupError(said) from exc
        if ended.code or ended.late:
            raise _fault(_named(arguments), ended)
        return ended.lines


def _named(arguments: Sequence[str]) -> str:
    """Return the first input of a command, as people would name it."""
    first = arguments[arguments.index("-i") + 1] if "-i" in arguments else arguments[-1]
    return Path(first.removeprefix("file:")).name


def _fault(file: str, ended: Ended) -> MediaServiceError:
    lines = ended.lines[-LAST_LINES:]
    if any("No space left on device" in line for line in lines):
        return NoSpaceError(message("The disk is full; make room, then run the same command again."))
    crash = None if ended.late else CRASHES.get(-ended.code)
    if crash is None and (ended.late or ended.code < 0 or (ended.code == ENDED_BY_SIGNAL and not lines)):
        said = message("ffmpeg was stopped, or ran past its time, while it worked on {file}; start again.", file=file)
        return ToolKilledError(said)
    complaints = [line.split("] ")[-1] for line in lines if "[error]" in line or "[fatal]" in line]
    reason = crash or (complaints[0] if complaints else f"exit code {ended.code}")
    said = message(
        "ffmpeg could not use {file} ({reason}); replace that file and start again.", file=file, reason=reason
    )
    return ToolFailedError(said, "\n".join(lines))
