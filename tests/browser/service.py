"""The whole service as `up` runs it, on a machine of its own, publishing to a channel whose clock can be moved."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from media_service import bootstrap
from media_service.channels import Consent
from media_service.database.connection import Database
from media_service.database.migrating import bring_up_to_date
from media_service.settings import SANDBOX, Settings, read
from media_service.youtube.sandbox import process
from media_service.youtube.sandbox.sandbox import CHANNEL
from tests.whole.conftest import in_haste


@dataclass(frozen=True)
class House:
    """A service that runs: its studio, its channel, and the link for its first administrator."""

    url: str
    channel: str
    first_link: str
    settings: Settings
    log: Path
    supervisor: subprocess.Popen[bytes]

    def days_pass(self, days: float) -> None:
        """Let it be later on the channel."""
        body = json.dumps({"by": days * 86_400}).encode()
        urllib.request.urlopen(f"{self.channel}/sandbox/clock", body).close()  # noqa: S310  # our own channel


@contextmanager
def house(folder: Path, **more: str) -> Iterator[House]:
    """Run a service in a folder until left."""
    settings = _settings(folder, more)
    options = replace(bootstrap.channel_sandbox(settings), faults=True)
    with process.serve(options, settings.publishing.sandbox.removeprefix("http://")) as channel:
        _consent(settings, channel.consent(), options.title)
        log = folder / "up.log"
        with log.open("wb") as out:
            started = subprocess.Popen(
                [sys.executable, "-m", "media_service", "up", "--cores", "2"],
                env=in_haste(**_environment(folder, settings), **more),
                cwd=folder,
                stdout=out,
                stderr=out,
            )
        try:
            url, link = _said(log, started)
            yield House(url, channel.url, link, settings, log, started)
        finally:
            started.send_signal(signal.SIGTERM)
            started.wait(30)


def _settings(folder: Path, more: dict[str, str]) -> Settings:
    chosen = {
        "MEDIA_SERVICE_CHANNEL": SANDBOX,
        "MEDIA_SERVICE_SANDBOX": f"http://127.0.0.1:{_free()}",
        "MEDIA_SERVICE_STUDIO": f"127.0.0.1:{_free()}",
        "MEDIA_SERVICE_LISTEN": "",
    }
    return read(chosen | more, folder)


def _environment(folder: Path, settings: Settings) -> dict[str, str]:
    return {
        "MEDIA_SERVICE_HOME": str(folder),
        "MEDIA_SERVICE_CHANNEL": SANDBOX,
        "MEDIA_SERVICE_SANDBOX": settings.publishing.sandbox,
        "MEDIA_SERVICE_STUDIO": settings.studio.listen,
        "MEDIA_SERVICE_LISTEN": "",
    }


def _consent(settings: Settings, token: str, title: str) -> None:
    """Have the channel's owner consent, as they do before the service begins."""
    settings.state.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    bring_up_to_date(database)
    database.close()
    with bootstrap.stores(settings) as stores:
        stores.ledgers.consents.keep(Consent(CHANNEL, title, token, datetime.now(UTC)), SANDBOX)


def _said(log: Path, started: subprocess.Popen[bytes]) -> tuple[str, str]:
    """Return the studio's address and the first link, once `up` has said them."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and started.poll() is None:
        said = log.read_text("utf-8", errors="replace")
        if found := re.search(r"(http://\S+)/link/\S+", said):
            return found[1], found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", errors="replace"))


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
