"""When the service calls itself well, and what it says when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from media_service.domain.service import Pulse
from media_service.monitoring.health import alive, ready
from tests.monitoring.watching import WELL, Scene


@pytest.mark.parametrize(
    ("pulse", "reasons"),
    [
        (WELL, ()),
        (Pulse(timedelta(seconds=10), redis_ok=True, database_ok=True), ()),
        (Pulse(timedelta(seconds=11), redis_ok=True, database_ok=True), ("no-sweep",)),
        (Pulse(None, redis_ok=True, database_ok=True), ("no-sweep",)),
    ],
)
def test_a_supervisor_lives_while_its_rounds_go_on(pulse: Pulse, reasons: tuple[str, ...]) -> None:
    assert alive(pulse).reasons == reasons


def test_a_service_is_not_started_again_because_its_database_is_away() -> None:
    assert alive(Pulse(timedelta(seconds=1), redis_ok=False, database_ok=False)).ok


def test_a_service_that_has_all_it_needs_is_ready(scene: Scene) -> None:
    assert ready(scene.watch()).ok


def test_a_database_that_is_away_is_named_however_it_is_found_out(scene: Scene) -> None:
    scene.feels(database_ok=False)
    assert ready(scene.watch()).reasons == ("database-away",)
    scene.feels(database_ok=True)
    scene.records.away = True
    assert ready(scene.watch()).reasons == ("database-away",)


def test_everything_that_is_wrong_is_named(scene: Scene, tmp_path: Path) -> None:
    scene.feels(redis_ok=False, since_sweep=timedelta(minutes=1))
    scene.places = {"shelf": tmp_path, "state": tmp_path / "gone"}
    scene.least_free = 1 << 60
    assert set(ready(scene.watch()).reasons) == {"no-sweep", "redis-away", "disk-full:shelf", "disk-away:state"}


@pytest.mark.parametrize("work", [{"queue_age_s": {"speech": 0.1}}, {"stages": {("narrate", "rung"): 1}}])
def test_work_without_a_worker_for_it_is_named_by_its_queue(scene: Scene, work: dict[str, object]) -> None:
    scene.records.told = replace(scene.records.told, workers={"film": 1}, **work)  # type: ignore[arg-type]
    assert ready(scene.watch()).reasons == ("no-worker:speech",)


def test_a_queue_without_work_needs_no_worker(scene: Scene) -> None:
    scene.records.told = replace(
        scene.records.told,
        workers={},
        queue_age_s={"film": 0.0},
        stages={("film", "done"): 3, ("narrate", "rung"): 0, ("bind", "quarantined"): 2},
    )
    assert ready(scene.watch()).ok
