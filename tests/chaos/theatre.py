"""A whole service that things are done to: which processes it is made of, whose child each is, and who is an orphan."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from media_service import bootstrap, settings, values
from media_service.domain.service import Standing
from media_service.settings import Settings
from media_service.stores import Stores
from tests.whole.conftest import ROOT, command, in_haste

MARK = "STANDS_IN_THEATRE"
"""Every process of a theatre carries its folder under this name in its environment."""
ORPHANED_S, NURSERY_S = 2.0, 10.0
"""A nursery looks for its parent as soon as it has started, which takes its time where much else starts."""


@dataclass(frozen=True)
class Seen:
    """A process at one moment. Its number may be given to another later, its number and start together never are."""

    pid: int
    start: str
    parent: int
    words: str


class Theatre:
    """The service of one folder; `program` is what supervises it."""

    def __init__(self, folder: Path, environ: Mapping[str, str], program: Sequence[str]) -> None:
        self.folder = folder
        self.environ = {**in_haste(**environ), MARK: str(folder), "PYTHONPATH": str(ROOT)}
        self.settings: Settings = settings.read(self.environ, folder)
        self.supervisor: subprocess.Popen[bytes] | None = None
        self._program = program
        self._orphans: dict[tuple[int, str], float] = {}

    def up(self, told: Settings | None = None) -> None:
        """Start a supervisor, told its settings as it would be by the environment."""
        with (self.folder / "log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", *self._program],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=ROOT, env=self.environ,
            )  # fmt: skip
        with contextlib.suppress(BrokenPipeError), self.supervisor.stdin:
            self.supervisor.stdin.write(values.dump(told or self.settings))

    def run(self, *arguments: object) -> str:
        """Run a command of the program to its end; returns what it said."""
        run = subprocess.run(
            command(*arguments), env=self.environ, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    @contextmanager
    def stores(self) -> Iterator[Stores]:
        with bootstrap.stores(self.settings) as doors:
            yield doors

    def standings(self) -> dict[str, Standing]:
        with self.stores() as doors:
            return {one.slug: one.standing for one in doors.works.status(limit=1000)}

    def processes(self) -> dict[int, Seen]:
        """Return all of this theatre's that run, by their numbers."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self._ours(place):
                    fields = (place / "stat").read_text().rpartition(")")[2].split()
                    words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    if fields[0] not in "ZX":
                        found[int(place.name)] = Seen(int(place.name), fields[19], int(fields[1]), words)
        return found

    def _ours(self, place: Path) -> bool:
        """Redis writes its title over its environment; it is known by where it works."""
        if f"{MARK}={self.folder}".encode() in (place / "environ").read_bytes().split(b"\0"):
            return True
        return (place / "cwd").readlink() == self.settings.state / "redis"

    def of_kind(self, kind: str) -> list[Seen]:
        """Return the supervisor, workers, horses or Redis servers that run now."""
        there = self.processes()
        return [one for one in there.values() if self._kind(one, there) == kind]

    def orphans(self) -> list[Seen]:
        """Return who has been without a supervisor above it for too long; to be asked several times a second."""
        there, now = self.processes(), time.monotonic()
        lonely = [one for one in there.values() if not self._looked_after(one, there)]
        since = {(one.pid, one.start): self._orphans.get((one.pid, one.start), now) for one in lonely}
        self._orphans = since
        return [one for one in lonely if now - since[one.pid, one.start] > _patience_s(one)]

    def kill(self, *kinds: str) -> None:
        """Kill everybody of these kinds."""
        for kind in kinds:
            for one in self.of_kind(kind):
                _kill(one.pid)
        if self.supervisor and "supervisor" in kinds:
            self.supervisor.wait()

    def end(self) -> None:
        """Leave nobody behind."""
        self.kill("supervisor")
        while there := self.processes():
            for pid in there:
                _kill(pid)
            time.sleep(0.02)

    def _kind(self, one: Seen, there: Mapping[int, Seen]) -> str:
        if self.supervisor and one.pid == self.supervisor.pid:
            return "supervisor"
        if "redis.sock" in one.words or "unixsocket:" in one.words:
            return "redis"
        parent = there.get(one.parent)
        if parent is None or "box.nursery" in one.words:
            return ""
        if self.supervisor and parent.pid == self.supervisor.pid:
            return "worker"
        return "horse" if parent.words == one.words else ""

    def _looked_after(self, one: Seen, there: Mapping[int, Seen]) -> bool:
        above: Seen | None = one
        while above:
            if self._kind(above, there) in {"supervisor", "redis"}:
                return True
            above = there.get(above.parent)
        return False


def _patience_s(orphan: Seen) -> float:
    return NURSERY_S if "box.nursery" in orphan.words else ORPHANED_S


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def theatre(folder: Path, program: Sequence[str], **environ: str) -> Iterator[Theatre]:
    """Open a theatre in a folder and clear it away afterwards, whatever is left of it."""
    temporary = tempfile.mkdtemp(prefix="ms")  # short: sockets lie in it
    given = {
        "MEDIA_SERVICE_OUTPUT": str(folder / "output"),
        "MEDIA_SERVICE_LISTEN": "",
        "MEDIA_SERVICE_STUDIO": "",
        "MEDIA_SERVICE_WHO": "lan",
    }
    opened = Theatre(folder, {**given, "TMPDIR": temporary, **environ}, program)
    try:
        yield opened
    finally:
        opened.end()
        shutil.rmtree(temporary)
