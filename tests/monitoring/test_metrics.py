"""What a scrape shows."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from media_service.domain.service import Standing
from media_service.domain.stage import QUEUES, StageState
from media_service.monitoring import glance
from media_service.monitoring.metrics import registry
from tests.monitoring.watching import Scene


def figures(scene: Scene) -> dict[tuple[str, ...], float]:
    """Return every sample as (name, label values in the order of the alphabet…) → value."""
    text = generate_latest(registry(scene.watch())).decode()
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_figures_of_the_database_are_told_as_they_are(scene: Scene) -> None:
    told = figures(scene)
    assert told["media_service_stages", "film", "quarantined"] == 1
    assert told["media_service_step_seconds_count", "narrate"] == 40
    assert told["media_service_step_seconds_sum", "narrate"] == 20.0
    assert told["media_service_queue_oldest_due_seconds", "film"] == 12.5
    assert told["media_service_workers", "film"] == 2
    assert told["media_service_productions", "review"] == 3
    assert told["media_service_shelf_bytes",] == 5_000_000
    assert told["media_service_sweep_age_seconds",] == 1.0
    assert told["media_service_reachable", "redis"] == 1


def test_a_queue_that_nobody_serves_is_told_though_its_work_was_just_rung_for(scene: Scene) -> None:
    scene.records.told = replace(scene.records.told, stages={("narrate", "rung"): 1}, queue_age_s={}, workers={})
    told = figures(scene)
    assert told["media_service_queue_unserved", "speech"] == 1
    assert told["media_service_queue_unserved", "film"] == 0


def test_the_real_time_factor_is_work_for_a_second_of_speech(scene: Scene) -> None:
    told = figures(scene)
    assert told["media_service_speech_real_time_factor", "espeak"] == pytest.approx(0.02)
    assert told["media_service_speech_work_seconds_total", "espeak"] == 20.0
    assert told["media_service_speech_made_seconds_total", "espeak"] == 1000.0


def test_an_engine_that_has_said_nothing_yet_has_no_factor(scene: Scene) -> None:
    scene.records.told = replace(scene.records.told, speech={"espeak": (3.0, 0.0)})
    assert ("media_service_speech_real_time_factor", "espeak") not in figures(scene)


def test_a_state_that_nothing_is_in_shows_as_nought(scene: Scene) -> None:
    told = figures(scene)
    assert all(("media_service_stages", *sorted((step, state))) in told for step in QUEUES for state in StageState)
    assert all(("media_service_step_seconds_count", step) in told for step in QUEUES)
    assert all(("media_service_productions", standing) in told for standing in Standing)
    assert all(("media_service_workers", queue) in told for queue in QUEUES.values())
    assert told["media_service_queue_oldest_due_seconds", "speech"] == 0


def test_without_its_database_the_service_still_tells_the_rest(scene: Scene) -> None:
    scene.records.away = True
    scene.feels(database_ok=False)
    told = figures(scene)
    assert told["media_service_reachable", "database"] == 0
    assert told["media_service_disk_free_bytes", "shelf"] > 0
    assert not [name for name, *_ in told if name in ("media_service_stages", "media_service_shelf_bytes")]


def test_disks_are_told_by_place_and_a_lost_one_is_missing(scene: Scene, tmp_path: Path) -> None:
    scene.places = {"shelf": tmp_path, "state": tmp_path / "gone"}
    told = figures(scene)
    assert told["media_service_disk_free_bytes", "shelf"] == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.2)
    assert ("media_service_disk_free_bytes", "state") not in told


def test_scrapes_do_not_load_the_database(scene: Scene) -> None:
    watch = scene.watch()
    for scene.now in (0.0, 0.5, 1.9):
        generate_latest(registry(watch))
    assert scene.records.asked == 1
    scene.now = 2.1
    watch.look()
    assert scene.records.asked == 2


def test_a_database_that_is_away_is_not_asked_more_often(scene: Scene) -> None:
    scene.records.away = True
    watch = scene.watch()
    assert [watch.look().gauge for _ in range(5)] == [None] * 5
    assert scene.records.asked == 1


def test_who_asks_while_the_database_hangs_is_answered(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glance, "PATIENCE_S", 0.05)
    watch, asked, answers = scene.watch(), threading.Event(), threading.Event()
    scene.records.before = lambda: (asked.set(), answers.wait(10))
    hanging = threading.Thread(target=watch.look)
    hanging.start()
    try:
        assert asked.wait(10)
        assert watch.look() == glance.Glance()
    finally:
        answers.set()
        hanging.join()
    assert watch.look().gauge == scene.records.told


def test_one_scrape_stays_small(scene: Scene) -> None:
    assert len(generate_latest(registry(scene.watch()))) < 20_000
