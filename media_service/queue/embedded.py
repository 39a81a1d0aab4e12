"""The Redis that we run ourselves: started once for a folder, kept alive, taken over after a crash of ours.

The server holds an inherited lock on its folder for as long as it lives, whoever started it; so there are never two on
one folder, and whoever finds the lock taken knows which process to ask, or to end. What it keeps is only a convenience:
data that it cannot read again is put aside.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from redis.exceptions import RedisError

from media_service.errors import SetupError
from media_service.messages import message
from media_service.queue.client import probing
from media_service.queue.ending import end, tells_of_processes, until, works_in
from media_service.queue.external import answers, unfit_for_us
from media_service.queue.folder_lock import FolderLock
from media_service.queue.private_folder import make_private, socket_in
from media_service.queue.server_program import find_server, serving

_READY_S = 30.0
_SILENT_S = 10.0
_RELEASED_S = 5.0


class Started(Protocol):
    """A program that was started."""

    @property
    def pid(self) -> int:
        """Its process."""

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""


class StartProgram(Protocol):
    """Starts a program that outlives us, with a file of ours as its standard input and its words added to `log`."""

    def __call__(self, command: Sequence[str], *, log: Path, stdin: int) -> Started:
        """Start it; raises OSError where it cannot be started."""


@dataclass(frozen=True, slots=True)
class RedisSettings:
    """Which Redis: the one at `url`, else one of our own in `folder`, run by `program` or whatever server is found."""

    folder: Path
    url: str = field(default="", repr=False)
    program: Path | None = None
    forgetful: bool = False
    runtime: Path | None = None
    """The user's runtime folder, for the socket of a folder whose path is too long."""


def socket_url(settings: RedisSettings) -> str:
    """Return where our own server answers, or will."""
    return f"unix://{quote(str(socket_in(settings.folder, settings.runtime)))}"


class EmbeddedRedis:
    """A server of our own. Only one process at a time may be its master; see `open`."""

    def __init__(self, settings: RedisSettings, start: StartProgram) -> None:
        self.url = socket_url(settings)
        self.pid: int | None = None
        self.adopted = False
        self._settings = settings
        self._folder = settings.folder.resolve()
        self._start = start
        self._socket = socket_in(settings.folder, settings.runtime)
        self._mastery = FolderLock(self._folder / "master.lock")
        self._life = FolderLock(self._folder / "server.lock")
        self._child: Started | None = None
        self._last_heard = time.monotonic()

    def open(self) -> None:
        """Become the server's master: take over the one that runs, else start one.

        Raises SetupError where another process is its master or no server can be started, NotWritableError.
        """
        self._master()
        try:
            if self._life.take():
                self._launch()
            elif not self._adopt():
                self._replace()
        except BaseException:
            self.let_go()
            raise

    def ping(self) -> bool:
        """Tell whether it answers at this moment."""
        return answers(self.url)

    def tend(self) -> bool:
        """Start the server again if it died, lost its folder or has been silent for ten seconds; returns whether so.

        To be called about once a second. Raises as `open` does; the next call tries again.
        """
        self._master()
        died = self._life.take() or (self._child is not None and self._child.poll() is not None)
        if not died and answers(self.url, 1.0):
            self._last_heard = time.monotonic()
        if not died and time.monotonic() - self._last_heard < _SILENT_S:
            return False
        self._replace()
        return True

    def stop(self) -> None:
        """End the server after it has written everything down; at worst it is killed after five seconds."""
        self._end_server()
        if self._socket.parent != self._folder:
            with suppress(OSError):
                self._socket.parent.rmdir()
        self.let_go()

    def let_go(self) -> None:
        """Cease to be its master; the server goes on and can be taken over."""
        self._life.let_go()
        self._mastery.let_go()

    def _master(self) -> None:
        """See that the folders are there and ours alone; somebody may have deleted them."""
        make_private(self._folder)
        make_private(self._socket.parent)
        if not self._mastery.take():
            raise SetupError(
                message("Another service already runs on {folder}; stop that one first.", folder=self._folder)
            )

    def _adopt(self) -> bool:
        """Take over the running server if it is the one that holds our folder and works as we would have it."""
        with suppress(RedisError, OSError), probing(self.url, 2.0) as client:
            pid = int(client.info("server")["process_id"])
            kept: dict[Any, Any] = client.config_get("dir", "appendonly", "maxmemory-policy")
            holders = self._life.holders()
            self.adopted = (not holders or pid in holders) and kept == {
                "dir": str(self._folder),
                "appendonly": "yes",
                "maxmemory-policy": "noeviction",
            }
            self.pid = pid if self.adopted else None
        return self.adopted

    def _replace(self) -> None:
        self._end_server()
        if not until(self._life.take, _RELEASED_S):  # its threads may end later than itself
            raise SetupError(
                message("A Redis that does not answer holds {folder}; end it and start again.", folder=self._folder)
            )
        self._launch()

    def _launch(self) -> None:
        """Start a server under our lock and hand the lock over to it."""
        end(self._stray(), self._runs)
        program = find_server(self._settings.program)
        if not self._started(program):
            self._put_aside()
            if not self._started(program):
                log = self._folder / "redis.log"
                raise SetupError(
                    message("The Redis server {program} does not start; read {log}.", program=program, log=log)
                )
        self._life.let_go()  # from here on the server alone holds it
        self.adopted = False
        self._last_heard = time.monotonic()

    def _started(self, program: Path) -> bool:
        self._socket.unlink(missing_ok=True)
        try:
            self._child = self._start(
                serving(program, self._folder, self._socket), log=self._folder / "redis.log", stdin=self._life.fd
            )
        except OSError as error:
            raise SetupError(
                message("{program} cannot be started as a Redis server; correct its path.", program=program)
            ) from error
        self.pid = self._child.pid
        try:
            ready = until(self._ready, _READY_S) and self._runs()
        except SetupError:
            end({self.pid}, self._runs)
            raise
        if not ready:
            end({self.pid}, self._runs)
        return ready

    def _ready(self) -> bool:
        """Tell whether there is nothing to wait for (any more): it answers, or it has ended."""
        if not self._runs():
            return True
        if not self._socket.exists():
            return False
        with suppress(RedisError, OSError), probing(self.url, 1.0) as client:
            info = dict(client.info())
            unfit = None if info.get("loading") else unfit_for_us(info)
            if unfit:
                raise SetupError(message("The Redis on this machine is not fit: {why}", why=unfit))
            return not info.get("loading")
        return False

    def _put_aside(self) -> None:
        """Move data that the server does not start with out of its way; the database will ring for everything again."""
        aside = self._folder / "damaged"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        for name in ("appendonlydir", "appendonly.aof", "dump.rdb"):
            with suppress(FileNotFoundError):
                (self._folder / name).rename(aside / name)

    def _stray(self) -> set[int]:
        """Return the server of our folder that answers without holding the lock: somebody removed the lock's file."""
        with suppress(RedisError, OSError), probing(self.url, 1.0) as client:
            pid = int(client.info("server")["process_id"])
            return {pid} if works_in(pid, self._folder) or not tells_of_processes() else set()
        return set()

    def _end_server(self) -> None:
        known = {self.pid} if self.pid and (self._runs() or works_in(self.pid, self._folder)) else set()
        end(known | (self._life.holders() or self._stray()), self._runs)
        self._child = None
        self.pid = None

    def _runs(self) -> bool:
        """Tell whether a server that we started ourselves runs; asking lets the system forget one that has ended."""
        return self._child is not None and self._child.poll() is None
