"""A storm over a theatre, the same for the same seed: somebody is killed every one to three seconds, and worse."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.chaos.theatre import Theatre

KINDS = ("worker", "horse", "supervisor", "redis")
RESTART_S = 3.0
"""An init system waits so long between two starts (`deploy/systemd`)."""
_LOOK_S = 0.2


@dataclass
class Storm:
    """What has been done to a theatre so far, and when the last of it was."""

    theatre: Theatre
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    last: float = 0.0
    pending: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    _up_again: float = 0.0

    def rage(self, seconds: float, *disasters: tuple[float, Callable[[], None]]) -> None:
        """Kill somebody every one to three seconds; each disaster happens after its share of the time.

        Fails as soon as a process outlives its supervisor by two seconds.
        """
        begun = time.monotonic()
        self.pending += [(begun + seconds * share, happen) for share, happen in disasters]
        while time.monotonic() < begun + seconds or self.pending:
            self.calm(self.chance.uniform(1, 3))
            self._strike(self.chance.choice(KINDS))

    def calm(self, seconds: float) -> None:
        """Look for orphans, and let happen what is due, for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert not (left := self.theatre.orphans()), left
            self._keep_up()
            for one in [one for one in self.pending if time.monotonic() >= one[0]]:
                self.pending.remove(one)
                one[1]()
            time.sleep(_LOOK_S)

    def lose_redis(self) -> None:
        """Kill Redis and delete all it kept, before its supervisor can start it again."""
        assert self.theatre.supervisor
        os.kill(self.theatre.supervisor.pid, signal.SIGSTOP)
        self.theatre.kill("redis")
        shutil.rmtree(self.theatre.settings.state / "redis" / "appendonlydir")
        os.kill(self.theatre.supervisor.pid, signal.SIGCONT)
        self._note("redis with its data")

    def _strike(self, kind: str) -> None:
        """Kill one of a kind, or a worker where there is none of it."""
        there = self.theatre.of_kind(kind) or self.theatre.of_kind(kind := "worker")
        if there:
            os.kill(self.chance.choice(there).pid, signal.SIGKILL)
            self._note(kind)
        if kind == "supervisor" and self.theatre.supervisor:
            self.theatre.supervisor.wait()
            self.theatre.up()

    def _keep_up(self) -> None:
        """Start a supervisor again that has ended by itself, as an init system would."""
        if self.theatre.supervisor and self.theatre.supervisor.poll() is not None and time.monotonic() > self._up_again:
            self.kills["supervisor by itself"] += 1
            self._up_again = time.monotonic() + RESTART_S
            self.theatre.up()

    def _note(self, what: str) -> None:
        self.kills[what] += 1
        self.last = time.time()


class Disk:
    """The disk under a theatre's output: one of our own that can be filled, or where that is forbidden, the guard."""

    def __init__(self, output: Path, size: int) -> None:
        output.mkdir()
        self._output = output
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", output],  # noqa: S607  # util-linux
            check=False,
            capture_output=True,
        )
        self.own = made.returncode == 0
        self.freed = 0.0

    def fill(self, storm: Storm, seconds: float) -> None:
        """Take all room; give it back some seconds later, while the storm goes on."""
        if self.own:
            _write_until_full(self._output / "filler")
            storm.pending.append((time.monotonic() + seconds, self._empty))
            return
        theatre = storm.theatre
        theatre.kill("supervisor")
        theatre.up(replace(theatre.settings, service=replace(theatre.settings.service, free_bytes=1 << 60)))

        def enough_again() -> None:
            self.freed = time.time()
            theatre.kill("supervisor")
            theatre.up()

        storm.pending.append((time.monotonic() + seconds, enough_again))

    def _empty(self) -> None:
        (self._output / "filler").unlink()
        self.freed = time.time()

    def free(self) -> None:
        if self.own:
            subprocess.run(["umount", "--lazy", self._output], check=True)  # noqa: S607


@contextmanager
def disk(output: Path, size: int) -> Iterator[Disk]:
    """Lay a disk of its own under a folder."""
    laid = Disk(output, size)
    try:
        yield laid
    finally:
        laid.free()


def _write_until_full(path: Path) -> None:
    with path.open("wb") as file:
        for size in (1 << 26, 1 << 20, 1 << 12):
            with contextlib.suppress(OSError):
                while True:
                    os.posix_fallocate(file.fileno(), path.stat().st_size, size)
