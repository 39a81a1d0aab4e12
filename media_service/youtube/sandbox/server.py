"""Runs a sandbox on a listening socket until the process is told to stop."""

from __future__ import annotations

import socket

import uvicorn

from media_service.youtube.sandbox.app import application
from media_service.youtube.sandbox.arriving import Arrivals
from media_service.youtube.sandbox.clock import Clock
from media_service.youtube.sandbox.protocol import protocol
from media_service.youtube.sandbox.sandbox import Options, Sandbox
from media_service.youtube.sandbox.sessions import KIND
from media_service.youtube.sandbox.storage import Storage


def run(options: Options, listening: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; what is kept lies in the options' folder."""
    storage = Storage(options.folder)
    try:
        sandbox = Sandbox(options, storage, Clock(storage), protocol(), Arrivals(options.folder / "arriving"))
        _sweep(storage)
        config = uvicorn.Config(
            application(sandbox),
            http=sandbox.lines.listening(),
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        storage.close()


def _sweep(storage: Storage) -> None:
    """Take away what has been arriving for nobody: leftovers of a process that was killed."""
    waiting = {f"session-{thing.id}" for thing in storage.all_of(KIND) if thing.body["answer"] is None}
    for path in (storage.folder / "arriving").iterdir():
        if path.name not in waiting:
            path.unlink()
