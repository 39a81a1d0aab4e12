"""A stage: one piece of work as the service keeps track of it, and how long it waits after something went wrong.

The steps themselves know nothing of stages; `pipeline` says which steps there are and into how many pieces they part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from media_service.domain.publication import Errand

CONCLUDE = "conclude"
"""The one stage that belongs to a production, not to an episode: its manifest."""


class StageState(StrEnum):
    """Where a stage stands. Only `running` has an owner and a lease."""

    DUE = "due"
    """To be done; not before the time that its row may name."""
    RUNG = "rung"
    """The queue has been told."""
    RUNNING = "running"
    DONE = "done"
    QUARANTINED = "quarantined"
    """Tried in vain; a person is asked to look."""
    CANCELLED = "cancelled"
    """Not wanted any more."""


OPEN = (StageState.DUE, StageState.RUNG, StageState.RUNNING)
"""The states of work that is still to be done."""


class Queue(StrEnum):
    """The queues; a worker serves one."""

    SPEECH = "speech"
    FILM = "film"
    PUBLISH = "publish"
    MISC = "misc"


QUEUES: dict[str, Queue] = {
    "narrate": Queue.SPEECH,
    "assemble": Queue.FILM,
    "film": Queue.FILM,
    "describe": Queue.MISC,
    "bind": Queue.FILM,
    "inspect": Queue.FILM,
    "present": Queue.MISC,
    CONCLUDE: Queue.MISC,
    **dict.fromkeys(Errand, Queue.PUBLISH),
}
"""Which queue carries the stages of a step."""

LIMITS: dict[str, timedelta] = {
    "narrate": timedelta(minutes=30),
    "assemble": timedelta(minutes=30),
    "film": timedelta(minutes=60),
    "describe": timedelta(minutes=5),
    "bind": timedelta(minutes=30),
    "inspect": timedelta(minutes=30),
    "present": timedelta(minutes=10),
    CONCLUDE: timedelta(minutes=10),
    **dict.fromkeys(Errand, timedelta(minutes=30)),
    Errand.PUBLISH: timedelta(hours=12),  # a film of hours over a thin line
}
"""How long one stage of a step may take: many times what its longest piece needs; only what hangs meets it."""


def limit_of(step: str) -> timedelta:
    """Return how long a stage of a step may take; of one that this program does not know, until that is found out."""
    return LIMITS.get(step, min(LIMITS.values()))


MOST_TRIES = 6
"""After so many tries that ended badly a stage is put aside for a person."""
MOST_LAPSES = 30
"""After so many workers that vanished while they held it, too. Most of them were killed for another reason."""
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)


def wait_after(tries: int) -> timedelta:
    """Return how long a stage waits after its `tries`-th failure (from 1): twice as long each time."""
    return min(FIRST_WAIT * (1 << tries - 1), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Ring:
    """What the queue carries of a stage: which one, which attempt (nobody else may claim it), and for which queue."""

    stage: int
    attempt: int
    queue: Queue
    limit: timedelta


@dataclass(frozen=True, slots=True)
class Assignment:
    """A claimed stage: all that its worker needs to know. `owner` and `attempt` fence everybody else out."""

    stage: int
    attempt: int
    owner: str
    production: int
    slug: str
    step: str
    episode: int | None
    """Row of the episode; None for a stage of the whole production, and for an errand."""
    number: int
    """The episode's number, from 1; 0 for a stage of the whole production."""
    piece: int | None
    """Which piece of the step is to be made ahead, from 0; None for the step itself."""
    publication: int | None = None
    """Row of the publication that it is an errand for; its `step` is the errand then. None for all other work."""
