"""Whether the service lives and can do its work, with a reason for each thing that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from media_service.domain.service import Gauge, Pulse
from media_service.domain.stage import QUEUES, StageState
from media_service.monitoring.glance import Watch

OLDEST_SWEEP = timedelta(seconds=10)
"""A supervisor whose last round is longer ago hangs: rounds begin every second."""


class Reason(StrEnum):
    """What may be wrong; docs/operations.md says of each what to do."""

    NO_SWEEP = "no-sweep"
    DATABASE_AWAY = "database-away"
    REDIS_AWAY = "redis-away"
    DISK_FULL = "disk-full"
    DISK_AWAY = "disk-away"
    NO_WORKER = "no-worker"


@dataclass(frozen=True, slots=True)
class Health:
    """The answer to one question after the service's health."""

    reasons: tuple[str, ...]
    """What is wrong, each a Reason and, after a colon, where: `no-worker:film`. Empty where nothing is."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.reasons


def alive(pulse: Pulse) -> Health:
    """Say whether the supervisor lives. Nothing outside the process matters here: starting it again would not help."""
    return Health(tuple(_hangs(pulse)))


def ready(watch: Watch) -> Health:
    """Say whether work that is handed in now would be done."""
    pulse, glance = watch.pulse(), watch.look()
    reasons = list(_hangs(pulse))
    if not pulse.database_ok or glance.gauge is None:
        reasons.append(Reason.DATABASE_AWAY)
    if not pulse.redis_ok:
        reasons.append(Reason.REDIS_AWAY)
    for place in sorted(watch.watched.places):
        if place not in glance.free:
            reasons.append(f"{Reason.DISK_AWAY}:{place}")
        elif glance.free[place] < watch.watched.least_free:
            reasons.append(f"{Reason.DISK_FULL}:{place}")
    if glance.gauge:
        reasons += [f"{Reason.NO_WORKER}:{queue}" for queue in sorted(unserved(glance.gauge))]
    return Health(tuple(reasons))


def unserved(gauge: Gauge) -> set[str]:
    """Return the queues with work that could be done now and no worker: what is rung waits for nothing else."""
    rung = {QUEUES[step] for (step, state), count in gauge.stages.items() if state == StageState.RUNG and count}
    due = {queue for queue, age_s in gauge.queue_age_s.items() if age_s > 0}
    return {str(queue) for queue in rung | due if not gauge.workers.get(queue, 0)}


def _hangs(pulse: Pulse) -> Iterator[str]:
    if pulse.since_sweep is None or pulse.since_sweep > OLDEST_SWEEP:
        yield Reason.NO_SWEEP
