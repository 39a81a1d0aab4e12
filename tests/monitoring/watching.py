"""A service to watch: what it would tell is set by the test."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from media_service.domain.service import Event, Gauge, Pulse, Trouble, WorkerSeen
from media_service.errors import DatabaseAwayError
from media_service.messages import message
from media_service.monitoring.glance import Watch, Watched

WELL = Pulse(since_sweep=timedelta(seconds=1), redis_ok=True, database_ok=True)
BUSY = Gauge(
    stages={("narrate", "done"): 40, ("film", "rung"): 2, ("film", "quarantined"): 1},
    queue_age_s={"film": 12.5},
    step_seconds={"narrate": (40, 20.0)},
    speech={"espeak": (20.0, 1000.0)},
    productions={"working": 1, "review": 3},
    workers={"film": 2, "speech": 2},
    shelf_bytes=5_000_000,
    uploads={"arrived": 7, "open": 1},
    quota={"uploads": (8, 100), "units": (3200, 10_000)},
    channel_paused=False,
)


class FakeRecords:
    """Tells one gauge, or that the database is away; counts how often it was asked."""

    def __init__(self, gauge: Gauge = BUSY) -> None:
        self.told = gauge
        self.away = False
        self.asked = 0
        self.before: Callable[[], object] = lambda: None

    def gauge(self) -> Gauge:
        self.asked += 1
        self.before()
        if self.away:
            raise DatabaseAwayError(message("Stopped; run the same command again to go on from here."))
        return self.told

    def events(self, slug: str | None = None, *, limit: int = 100) -> tuple[Event, ...]:
        return ()

    def note(self, event_what: str, who: str, slug: str = "", details: Mapping[str, str] | None = None) -> None:
        raise AssertionError("who watches changes nothing")

    def seen(self, workers: Collection[WorkerSeen]) -> None:
        raise AssertionError("who watches changes nothing")

    def workers(self, within: timedelta) -> tuple[WorkerSeen, ...]:
        return ()

    def troubles(self) -> tuple[Trouble, ...]:
        return ()


class Scene:
    """A watch over fakes, with a clock that the test turns."""

    def __init__(self, folder: Path) -> None:
        self.records = FakeRecords()
        self.pulse = WELL
        self.now = 0.0
        self.places = {"shelf": folder, "state": folder}
        self.least_free = 1

    def watch(self) -> Watch:
        return Watch(Watched(self.records, lambda: self.pulse, self.places, self.least_free), clock=lambda: self.now)

    def feels(self, **changed: object) -> None:
        self.pulse = replace(self.pulse, **changed)  # type: ignore[arg-type]
