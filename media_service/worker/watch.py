"""Looks after the channel once a day for the whole service: whether it still answers to us, and how our videos are.

In a thread of its own beside the crew; of many machines the first one whose day is over looks, under a lock.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Self
from uuid import uuid4

import structlog

from media_service import bootstrap
from media_service.channels import Channel
from media_service.domain.publication import UploadState
from media_service.errors import ConsentLostError, MediaServiceError
from media_service.ledgers import Ledgers
from media_service.settings import Settings

_log = structlog.stdlib.get_logger(__name__)

DAY = timedelta(days=1)
EVERY_S = 60.0
_LOCK, _LEASE = "channel watch", timedelta(minutes=10)


class Watch:
    """Looks for the time of a block, where a channel is set up; whatever goes wrong ends nothing."""

    def __init__(
        self,
        settings: Settings,
        ledgers: Ledgers,
        open_channel: Callable[[Settings, Ledgers], Channel] = bootstrap.channel,
    ) -> None:
        self._settings = settings
        self._ledgers = ledgers
        self._open_channel = open_channel
        self._owner = f"{socket.gethostname()}/{os.getpid()}"
        self._ended = Event()
        self._thread = Thread(target=self._go, name="watch", daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        if self._settings.publishing.channel:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Look no more; an answer that is on its way is not waited for."""
        self._ended.set()

    def look_if_due(self) -> bool:
        """Look where nobody has for a day; tells whether it did. Raises as the channel does."""
        health = self._ledgers.consents.health()
        if health is None or health.paused:
            return False
        if health.checked_at and datetime.now(UTC) - health.checked_at < DAY:
            return False
        if not self._ledgers.playlists.hold(_LOCK, f"{self._owner}/{uuid4().hex}", _LEASE):
            return False
        look(self._open_channel(self._settings, self._ledgers), self._ledgers)
        return True

    def _go(self) -> None:
        while not self._ended.wait(EVERY_S):
            try:
                self.look_if_due()
            except MediaServiceError as fault:
                _log.warning("channel not looked at", said=str(fault))
            except Exception:  # noqa: BLE001  # whatever it was, there is another day
                _log.exception("channel not looked at")


def look(channel: Channel, ledgers: Ledgers) -> None:
    """Ask the channel who it is and how our videos are, and keep the answers; raises as the channel does."""
    try:
        channel.identity.whoami()
    except ConsentLostError as fault:
        ledgers.consents.lost(str(fault))
        raise
    ledgers.consents.checked()
    there = ledgers.publications.status()
    videos = [one.publication.upload.video for one in there if one.publication.upload.state is UploadState.ARRIVED]
    if videos:
        ledgers.publications.seen(channel.videos.look(videos))
