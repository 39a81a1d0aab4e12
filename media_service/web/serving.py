"""Serves the studio: alone until it is told to stop, or beside the workers in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import uvicorn
from fastapi import FastAPI

from media_service.domain.account import Purpose
from media_service.listening import address, listen
from media_service.people import People
from media_service.settings import Settings

_FIRST_LINK = timedelta(days=2)
_START_S = 20.0


class _Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs it in a thread."""

    def install_signal_handlers(self) -> None:
        """Do nothing."""


@contextmanager
def serve(app: FastAPI, settings: Settings) -> Iterator[str]:
    """Serve for the time of a block and yield the address; raises SetupError where it cannot be had."""
    with listen(settings.studio.listen, "MEDIA_SERVICE_STUDIO") as listening:
        server = _Server(_config(app, settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="studio", daemon=True)
        thread.start()
        try:
            yield settings.studio.address or address(listening)
        finally:
            server.should_exit = True
            thread.join(_START_S)


def first_link(people: People, url: str) -> str:
    """Return a one-time link for the first administrator; empty where there is somebody already."""
    if any(account.has_password for account in people.accounts.all()):
        return ""
    return f"{url}/link/{people.links.make(Purpose.FIRST, '', _FIRST_LINK, 'system')}"


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    proxied = bool(settings.studio.address)
    return uvicorn.Config(
        app,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxied,
        forwarded_allow_ips="127.0.0.1" if proxied else "",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=20,
        limit_concurrency=400,
        h11_max_incomplete_event_size=32_768,
    )
