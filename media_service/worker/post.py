"""What a worker has at hand when a ring comes in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from media_service import bootstrap
from media_service.box.living import halt_all
from media_service.channels import Channel
from media_service.domain.stage import Queue, Ring
from media_service.ledgers import Ledgers
from media_service.ports import Progress, Tools
from media_service.queue.bell import Call
from media_service.settings import Settings
from media_service.stores import Stores

OpenTools = Callable[[Settings, Progress], AbstractContextManager[Tools]]
"""As `bootstrap.tools` does."""


OpenChannel = Callable[[Settings, Ledgers], Channel]
"""As `bootstrap.channel` does."""


class Doorbell(Protocol):
    """What workers and reconcilers need of `queue.bell.Bell`; each method raises QueueAwayError."""

    def ring(self, rings: Iterable[Ring]) -> None:
        """Tell the workers that stages are due, in this order."""

    def waiting(self, queue: Queue) -> set[Call]:
        """Return what really waits."""

    def forget(self, rings: Iterable[Ring]) -> None:
        """Take rings back that nobody has heard yet."""

    def take(self, queue: Queue, wait_s: int) -> Call | None:
        """Take the next ring out of the queue; None where none comes so soon."""

    def length(self, queue: Queue) -> int:
        """Return how many rings lie in the queue."""


@dataclass(frozen=True, slots=True)
class Post:
    """One worker's place: the queue it serves, and by which name the database knows it."""

    settings: Settings
    stores: Stores
    bell: Doorbell
    open_tools: OpenTools
    queue: Queue
    owner: str
    open_channel: OpenChannel = bootstrap.channel
    halt: Callable[[], None] = halt_all
    """Ends every child of this process, from any thread."""
    leave: Callable[[int], object] = os._exit
    """Ends this process on the spot."""
