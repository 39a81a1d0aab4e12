"""A whole service in a folder, to do things to: start it, hand works in, kill parts of it, see what becomes of them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from media_service import bootstrap, pipeline, values
from media_service.domain.episode import Production
from media_service.domain.planning import episodes
from media_service.domain.service import Standing, Submission, WorkStatus
from media_service.domain.stage import Queue
from media_service.settings import Publishing, Service, Settings
from media_service.stores import Stores
from tests import make

ROOT = Path(__file__).parents[2]
ONE_OF_EACH = (Queue.SPEECH, Queue.FILM, Queue.MISC)


def eventually(true: Callable[[], object], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.1)  # asking costs what the asked needs


class Scene:
    """A service whose lease is short; `module` is the program that supervises, with the tools of its choice."""

    def __init__(self, folder: Path, stores: Stores, settings: Settings, module: str) -> None:
        self.folder = folder
        self.stores = stores
        self.settings = settings
        self._module = module
        self.supervisors: list[subprocess.Popen[bytes]] = []

    def up(self, queues: Sequence[Queue] = ONE_OF_EACH) -> subprocess.Popen[bytes]:
        """Start a supervisor with its workers; returns when they have been seen."""
        with (self.folder / "log").open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", self._module, "up", *queues],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )
        assert started.stdin
        with started.stdin as told:
            told.write(values.dump(self.settings))
        self.supervisors.append(started)
        return started

    def submit(self, slug: str, *chapters: str, **facts: object) -> None:
        """Hand in a production of these chapters."""
        script = make.script(*(make.chapter(make.words(text)) for text in chapters), slug=slug, **facts)
        planned = episodes(script, make.cast(), {})
        pieces = tuple(pipeline.pieces(episode) for episode in planned)
        lengths = (timedelta(seconds=10),) * len(planned)
        self.stores.works.accept(Submission(Production(slug, script.facts, planned), "lan", 10.0, pieces, lengths))

    def status(self, slug: str) -> WorkStatus:
        return self.stores.works.status(slug)[0]

    def finished(self, slug: str) -> bool:
        """Tell whether all of it is made and shown."""
        standing = self.status(slug).standing
        assert standing in {Standing.WORKING, Standing.REVIEW}, standing
        return standing is Standing.REVIEW and (self.settings.output / slug / "production.json").exists()

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def processes(self, *words: str) -> list[int]:
        """Return the processes of this scene whose command holds all of these words."""
        found = []
        for process in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if all(word in command for word in words) and self._ours(int(process.name)):
                    found.append(int(process.name))
        return found

    def workers(self, queue: Queue | str = "") -> list[int]:
        """Return the worker processes and their horses."""
        return [pid for pid in self.processes(self._module, queue) if pid not in self._tops()]

    def horses(self) -> list[int]:
        return [pid for pid in self.workers() if parent(pid) not in self._tops()]

    def sleepers(self) -> list[int]:
        return self.processes("sleep", "1000")

    def _tops(self) -> set[int]:
        return {one.pid for one in self.supervisors}

    def _ours(self, pid: int) -> bool:
        """What belongs to a scene was started, however far back, from its folder's log."""
        with contextlib.suppress(OSError):
            return any(str(self.folder) in str(Path(f"/proc/{one}/fd/2").readlink()) for one in (pid, parent(pid)))
        return False

    def end(self) -> None:
        for one in self.supervisors:
            one.kill()
            one.wait()
        for pid in self.processes("valkey") + self.processes("redis"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def parent(pid: int) -> int:
    """Return a process's parent, 0 where there is none."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def there(pid: int) -> bool:
    """Tell whether a process runs."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


@contextmanager
def scene(
    folder: Path,
    module: str = "tests.worker.service",
    publishing: Publishing | None = None,
    **service: object,
) -> Iterator[Scene]:
    """Set a scene in a folder and clear it away afterwards, whatever is left of it."""
    given = {"cores": 2, "lease": timedelta(seconds=2), "free_bytes": 1, "listen": "", **service}
    settings = Settings(
        folder, folder / "output", None, "vi", service=Service(**given), publishing=publishing or Publishing()
    )
    settings.state.mkdir(parents=True, exist_ok=True)
    with bootstrap.stores(settings) as stores:
        made = Scene(folder, stores, settings, module)
        try:
            yield made
        finally:
            made.end()
