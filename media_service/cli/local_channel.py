"""The sandbox channel beside a service that publishes to it: started where nobody has, its owner's consent kept."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

from media_service import bootstrap
from media_service.channels import Consent
from media_service.ledgers import Ledgers
from media_service.settings import SANDBOX, Settings

_HERE = {"127.0.0.1", "localhost", "::1"}


@contextmanager
def local_channel(settings: Settings, ledgers: Ledgers) -> Iterator[str]:
    """Run the sandbox for the time of a block where the settings publish to one on this machine; yields its address.

    Empty for any other channel. One that somebody runs already is left to them; its owner consents as any other does.
    Raises SetupError where its address cannot be had.
    """
    address = urlsplit(settings.publishing.sandbox)
    if settings.publishing.channel != SANDBOX:
        yield ""
    elif address.hostname not in _HERE or answers(address.hostname, address.port or 80):
        yield settings.publishing.sandbox
    else:
        from media_service.youtube.sandbox.process import serve  # noqa: PLC0415  # its libraries are large
        from media_service.youtube.sandbox.sandbox import CHANNEL  # noqa: PLC0415

        options = bootstrap.channel_sandbox(settings)
        with serve(options, f"{address.hostname}:{address.port or 80}") as running:
            health = ledgers.consents.health()
            if health is None or health.paused:
                consent = Consent(CHANNEL, options.title, running.consent(), datetime.now(UTC))
                ledgers.consents.keep(consent, SANDBOX)
            yield running.url


def answers(host: str, port: int) -> bool:
    """Tell whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
