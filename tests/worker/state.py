"""A fake of the durable state for one stage, and a bell that only remembers: what a worker tells them can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from media_service.domain.conclusion import Conclusion
from media_service.domain.episode import Planned
from media_service.domain.service import WorkerSeen
from media_service.domain.stage import Assignment, Queue, Ring
from media_service.errors import DatabaseAwayError, QueueAwayError
from media_service.messages import message
from media_service.settings import Service, Settings
from media_service.worker.post import OpenTools, Post

AWAY = DatabaseAwayError(message("away"))
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


def assignment(**given: object) -> Assignment:
    return replace(Assignment(7, 1, "me", 1, "cay-khe", "narrate", 3, 1, 0), **given)


class FakeStages:
    """One stage. `told` lists what was told of it, in order; `away` says how often the database answers by `fault`."""

    def __init__(self, claimed: Assignment | None, episode: Planned | None = None) -> None:
        self.claimed = claimed
        self.value = episode
        self.ours = True
        self.away = 0
        self.fault: Exception = AWAY
        self.beats = 0
        self.told: list[tuple[Any, ...]] = []
        self.follows: tuple[Queue, ...] = ()
        self.concludes: Conclusion | None = None

    def claim(self, stage: int, attempt: int, owner: str, lease: timedelta) -> Assignment | None:
        return self.claimed

    def beat(self, assignment: Assignment, lease: timedelta) -> bool:
        self.beats += 1
        if self.away:
            raise self.fault
        return self.ours

    def episode(self, assignment: Assignment) -> Planned:
        assert self.value
        return self.value

    def conclusion(self, assignment: Assignment) -> Conclusion:
        assert self.concludes
        return self.concludes

    def finish(self, assignment: Assignment, outcome: object) -> tuple[Queue, ...] | None:
        return self.follows if self._tell("finish", outcome) else None

    def postpone(self, assignment: Assignment, said: object, lines: str, after: timedelta | None) -> bool:
        return self._tell("postpone", str(said), lines, after)

    def quarantine(self, assignment: Assignment, said: object, lines: str) -> bool:
        return self._tell("quarantine", str(said), lines)

    def hand_back(self, assignment: Assignment) -> bool:
        return self._tell("hand back")

    def start_over(self, assignment: Assignment) -> bool:
        return self._tell("start over")

    def _tell(self, *what: object) -> bool:
        if self.away:
            self.away -= 1
            raise self.fault
        if self.ours:
            self.told.append(what)
        return self.ours


class FakeSchedule:
    """Hands out what a test made due; notes what was asked."""

    def __init__(self, *due: Ring) -> None:
        self.to_ring = list(due)
        self.was_rung: list[Ring] = []
        self.rung_again: list[Ring] = []
        self.reclaims = self.mends = 0

    def due(self, queue: Queue, most: int) -> tuple[Ring, ...]:
        found = [ring for ring in self.to_ring if ring.queue is queue][:most]
        for ring in found:
            self.to_ring.remove(ring)
        return tuple(found)

    def rung(self, queue: Queue, older: timedelta) -> tuple[Ring, ...]:
        return tuple(ring for ring in self.was_rung if ring.queue is queue)

    def ring_again(self, rings: Iterable[Ring]) -> int:
        self.rung_again.extend(rings)
        return len(self.rung_again)

    def reclaim(self) -> tuple[Ring, ...]:
        self.reclaims += 1
        return ()

    def mend(self) -> int:
        self.mends += 1
        return 0


class FakeTurns:
    """Every turn is so long after the one before; sleeping is remembered by whoever sleeps."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, timedelta]] = []

    def take(self, name: str, interval: timedelta) -> timedelta:
        self.taken.append((name, interval))
        return interval * (len(self.taken) - 1)

    def moment(self) -> datetime:
        return NOON


class FakeBell:
    """Remembers what it rang for; `away` makes it a Redis that does not answer."""

    def __init__(self, *waiting: Ring) -> None:
        self.rung: list[Ring] = list(waiting)
        self.away = False

    def ring(self, rings: Iterable[Ring]) -> None:
        self._answer()
        self.rung.extend(rings)

    def waiting(self, queue: Queue) -> set[tuple[int, int]]:
        self._answer()
        return {(ring.stage, ring.attempt) for ring in self.rung if ring.queue is queue}

    def forget(self, rings: Iterable[Ring]) -> None:
        self._answer()
        for ring in rings:
            self.rung.remove(ring)

    def take(self, queue: Queue, wait_s: int) -> tuple[int, int] | None:
        self._answer()
        first = next((ring for ring in self.rung if ring.queue is queue), None)
        if first is None:
            return None
        self.rung.remove(first)
        return first.stage, first.attempt

    def length(self, queue: Queue) -> int:
        self._answer()
        return len(self.waiting(queue))

    def _answer(self) -> None:
        if self.away:
            raise QueueAwayError(message("away"))


def stores(stages: object = None, schedule: object = None, workers: Iterable[WorkerSeen] = (), **more: object) -> Any:
    """Those doors of the state that a worker uses."""
    seen = tuple(workers)
    records = SimpleNamespace(workers=lambda within: seen)
    made = {"stages": stages, "schedule": schedule or FakeSchedule(), "records": records, "turns": FakeTurns()}
    return SimpleNamespace(**{**made, **more})


def settings(folder: Path, **service: object) -> Settings:
    """Settings of a service in `folder` that gives up a lease soon."""
    given = {"cores": 2, "lease": timedelta(seconds=0.3), "free_bytes": 1, **service}
    return Settings(home=folder, output=folder / "output", ffmpeg=None, language="vi", service=Service(**given))


def post(folder: Path, stages: FakeStages, open_tools: OpenTools, **given: Any) -> Post:
    """A post whose process can be left without ending the tests: `left` is called then."""
    facts: dict[str, Any] = {
        "settings": settings(folder),
        "stores": stores(stages),
        "bell": FakeBell(),
        "open_tools": open_tools,
        "queue": Queue.SPEECH,
        "owner": "me",
        "halt": lambda: None,
        "leave": lambda code: None,
    }
    return Post(**{**facts, **given})
