"""Runs a sandbox as a process of its own beside us, which ends with us; for tests, `up` and `demo`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from socket import socket

from media_service import listening
from media_service.box.program import Child, start
from media_service.youtube.sandbox import tokens
from media_service.youtube.sandbox.clock import Clock
from media_service.youtube.sandbox.sandbox import Options
from media_service.youtube.sandbox.storage import Storage

_SETTING = "MEDIA_SERVICE_SANDBOX"


@dataclass(slots=True)
class Running:
    """A sandbox at work, or one that was ended and may be started again, under the same address."""

    options: Options
    url: str
    _child: Child | None = field(default=None, repr=False)

    @property
    def pid(self) -> int:
        """Its process."""
        return self._child.pid if self._child else 0

    def start(self, given: socket | None = None) -> None:
        """Start it; whoever connects is heard as soon as it is ready (under a second)."""
        with given or listening.listen(self.url.removeprefix("http://"), _SETTING) as door:
            self._child = start(
                [sys.executable, "-m", "media_service.youtube.sandbox", _written(self.options)],
                log=self.options.folder / "sandbox.log",
                stdin=door.fileno(),
            )

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        if self._child:
            self._child.kill()
            self._child.wait()
            self._child = None

    def consent(self) -> str:
        """Return a refresh token, as a channel's owner who consents would get it: whoever has the folder is that."""
        return owner_token(self.options)


@contextmanager
def serve(options: Options, listen: str = "127.0.0.1:0") -> Iterator[Running]:
    """Run a sandbox until left; port 0 takes any that is free. Raises SetupError where the address cannot be had.

    It ends with the thread that calls this (Linux), whatever ends that.
    """
    options.folder.mkdir(parents=True, exist_ok=True)
    door = listening.listen(listen, _SETTING)
    running = Running(options, listening.address(door))
    running.start(door)
    try:
        yield running
    finally:
        running.kill()


def owner_token(options: Options) -> str:
    """Return a new refresh token for the channel in a folder, whether it is being served or not."""
    storage = Storage(options.folder)
    try:
        grant = tokens.Grant((tokens.FORCE_SSL,), tokens.CLIENT)
        return tokens.issue(storage, Clock(storage), tokens.REFRESH, grant)
    finally:
        storage.close()


def _written(options: Options) -> str:
    return json.dumps(asdict(options), default=str)
