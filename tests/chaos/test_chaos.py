"""The real program with its real tools in a storm; `HYPOTHESIS_PROFILE=prove` makes it last two minutes."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from media_service.domain.service import Standing
from media_service.domain.stage import MOST_TRIES, StageState
from media_service.errors import NoSpaceError
from tests.chaos import works
from tests.chaos.judging import everything_is_whole, log, nothing_was_done_twice, rows
from tests.chaos.storm import Storm, disk
from tests.chaos.theatre import Theatre, theatre
from tests.worker.scene import eventually

pytestmark = [
    pytest.mark.film,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]


@dataclass(frozen=True)
class Plan:
    """How much is made in how long a storm."""

    chapters: int
    tales: int
    storm_s: float
    patience_s: float
    disk: int
    """Bytes: twice what all of it takes."""
    seed: int = 20


LEASE_S = 6
START_S = 10
"""Within this workers are at work again; on a machine with much else to do, within what their first start took."""
CORES = 2
CREW = ("speech", "film", "film", "misc")
SHORT, LONG = Plan(3, 2, 16, 240, 1 << 29), Plan(30, 10, 120, 1800, 3 << 30)
PLAN = LONG if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else SHORT
SERVICE = ("tests.chaos.service", "up", *CREW)
POISON = {works.KILLER, works.SILENT}
TOLD = ("done", "fenced", "given up", "postponed", "failed", "lost", "started-over", "child died", "worker ended")
FULL_S = NoSpaceError.after.total_seconds()
"""After so long a full disk is looked at again."""


def handed_in(stage: Theatre) -> set[str]:
    """Hand in everything; returns the names of the works."""
    place = stage.folder / "jobs"
    tales = [works.tale(place, number) for number in range(PLAN.tales)]
    jobs = [works.killer(place), works.silent(place), works.short_book(place, PLAN.chapters), *tales]
    stage.run("submit", *jobs)
    return {job.name for job in jobs}


def finished(stage: Theatre, slugs: set[str]) -> bool:
    standings = stage.standings()
    return all(standings[slug] in {Standing.REVIEW, Standing.STUCK} for slug in slugs)


def work_since_s(stage: Theatre, moment: float) -> float:
    """Return how long what was finished after that moment takes on all cores."""
    return sum(row.seconds for row in rows(stage) if row.finished_at > moment and row.slug not in POISON) / CORES


def test_whatever_is_killed_everything_is_made_once_and_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"MEDIA_SERVICE_CORES": str(CORES), "MEDIA_SERVICE_LEASE_S": str(LEASE_S), "MEDIA_SERVICE_LOG": "json"}
    with (
        disk(tmp_path / "output", PLAN.disk) as ours,
        theatre(tmp_path, SERVICE, **environ, MEDIA_SERVICE_FREE_GB="0.001") as stage,
    ):
        slugs = handed_in(stage)
        begun = time.monotonic()
        stage.up()
        eventually(lambda: any(row.state == "done" for row in rows(stage)))
        start = max(START_S, time.monotonic() - begun)
        storm = Storm(stage, random.Random(PLAN.seed))  # noqa: S311  # the same storm each time
        storm.rage(PLAN.storm_s, (0.1, lambda: ours.fill(storm, 3)), (0.5, storm.lose_redis))
        over = max(storm.last, ours.freed + FULL_S)
        eventually(lambda: storm.calm(0.5) or finished(stage, slugs - POISON), PLAN.patience_s)
        took, work = time.time() - over, work_since_s(stage, over)
        with capsys.disabled():
            print(f"\n{figures(stage, storm)}; {took:.1f} s until all was made, work on {CORES} cores {work:.1f} s")
        eventually(lambda: storm.calm(0.5) or finished(stage, slugs), MOST_TRIES * (LEASE_S + 4))
        assert_the_poison_is_put_aside_with_its_reason(stage, slugs)
        assert_a_graceful_end_leaves_nothing(stage)
        nothing_was_done_twice(stage)
        with stage.stores() as stores:
            assert everything_is_whole(tmp_path / "output", stores) == PLAN.chapters + PLAN.tales
        assert took < LEASE_S + start + work


def assert_the_poison_is_put_aside_with_its_reason(stage: Theatre, slugs: set[str]) -> None:
    meant = {slug: Standing.STUCK if slug in POISON else Standing.REVIEW for slug in slugs}
    assert stage.standings() == meant
    with stage.stores() as stores:
        troubles = {trouble.slug: trouble for trouble in stores.records.troubles()}
    assert set(troubles) == POISON
    assert all(trouble.state is StageState.QUARANTINED and trouble.step == "narrate" for trouble in troubles.values())
    assert "Nothing is heard." in str(troubles[works.SILENT].said)
    assert f"stopped its worker {MOST_TRIES} times" in str(troubles[works.KILLER].said)


def assert_a_graceful_end_leaves_nothing(stage: Theatre) -> None:
    assert stage.supervisor
    stage.supervisor.send_signal(signal.SIGTERM)
    assert stage.supervisor.wait(10) == 0
    eventually(lambda: not stage.processes(), 2)
    assert list((stage.settings.output / ".shelf/unfinished").glob("*")) == []


def figures(stage: Theatre, storm: Storm) -> str:
    """Say what was done to the service, and how often it had to do something again."""
    there = rows(stage)
    done = [row for row in there if row.state == "done"]
    kills = ", ".join(f"{count} {kind}" for kind, count in sorted(storm.kills.items()))
    again = sum(row.attempt - 1 for row in done)
    ends = Counter(line["event"] for line in log(stage) if line.get("event") in TOLD)
    return (
        f"killed: {kills}; {len(done)} stages done, rung for again {again} times,"
        f" begun again after a death {sum(row.tries for row in done)} times; said: {dict(ends)}"
    )
