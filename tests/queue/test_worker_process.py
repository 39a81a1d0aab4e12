"""A worker process on a real server: what becomes of a stage when somebody dies or stops."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from media_service.domain.stage import Queue
from media_service.queue.bell import Bell
from media_service.queue.embedded import EmbeddedRedis, RedisSettings
from media_service.queue.opening import running_redis
from tests.queue.conftest import START, Crew, alive, eventually, kill, ring
from tests.queue.stand_in import LONG, POLITE, STUBBORN, StandInJob


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    """A server of this test's own, which it may kill."""
    with running_redis(RedisSettings(tmp_path / "mortal"), START) as opened:
        assert isinstance(opened, EmbeddedRedis)
        yield opened


@pytest.fixture
def mortals_crew(mortal: EmbeddedRedis, tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(mortal.url, tmp_path / "notes")
    yield crew
    crew.dismiss()


def test_a_stage_that_was_rung_is_done_and_leaves_nothing_behind(client: Redis, bell: Bell, crew: Crew) -> None:
    bell.ring([ring(101), ring(102)])
    crew.hire()
    crew.wait_for("done 101-1")
    crew.wait_for("done 102-1")
    eventually(lambda: client.keys("rq:*job*") == [] and client.zcard("rq:wip:speech") == 0)
    assert bell.waiting(Queue.SPEECH) == set()


def test_a_killed_horse_is_reported_and_its_worker_goes_on(bell: Bell, crew: Crew) -> None:
    worker = crew.hire()
    bell.ring([ring(STUBBORN), ring(101)])
    os.kill(crew.horse(STUBBORN), signal.SIGKILL)
    crew.wait_for("died 9")
    crew.wait_for("done 101-1")
    assert worker.poll() is None


def test_a_killed_horse_is_reported_though_redis_forgot_its_job(client: Redis, bell: Bell, crew: Crew) -> None:
    crew.hire()
    bell.ring([ring(STUBBORN)])
    horse = crew.horse(STUBBORN)
    client.flushall()
    os.kill(horse, signal.SIGKILL)
    crew.wait_for("died 9")


def test_a_horse_dies_with_its_worker(bell: Bell, crew: Crew) -> None:
    worker = crew.hire()
    bell.ring([ring(STUBBORN)])
    horse = crew.horse(STUBBORN)
    worker.kill()
    worker.wait()
    eventually(lambda: not alive(horse), 2.0)


def test_a_stage_whose_worker_was_killed_is_soon_missing(server: EmbeddedRedis, crew: Crew) -> None:
    now = [0.0]
    bell = Bell(server.url, StandInJob, lambda: now[0])
    worker = crew.hire()
    bell.ring([ring(STUBBORN)])
    crew.wait_for(f"ready {STUBBORN}-1")
    worker.kill()
    worker.wait()
    assert bell.waiting(Queue.SPEECH) == {(STUBBORN, 1)}
    now[0] += 6.0
    assert bell.waiting(Queue.SPEECH) == set()
    bell.close()


def test_sigterm_lets_the_horse_hand_its_stage_back_and_ends_the_worker(bell: Bell, crew: Crew) -> None:
    worker = crew.hire()
    bell.ring([ring(POLITE), ring(101)])
    crew.wait_for(f"ready {POLITE}-1")
    asked = time.monotonic()
    worker.terminate()
    worker.wait(10)
    assert crew.lines("handed back") == ["handed back"]
    assert time.monotonic() - asked < 4.0
    assert not crew.lines("begun 101")
    assert bell.waiting(Queue.SPEECH) >= {(101, 1)}


def test_a_horse_that_does_not_stop_is_killed_when_its_grace_is_over(bell: Bell, crew: Crew) -> None:
    worker = crew.hire(grace_s=1.0)
    bell.ring([ring(STUBBORN)])
    crew.wait_for(f"ready {STUBBORN}-1")
    worker.terminate()
    worker.wait(10)
    assert not alive(crew.horse(STUBBORN))


def test_an_idle_worker_stops_at_once(client: Redis, crew: Crew) -> None:
    worker = crew.hire()
    eventually(lambda: [client.hget(name, "state") for name in client.smembers("rq:workers:speech")] == [b"idle"])
    asked = time.monotonic()
    worker.terminate()
    worker.wait(10)
    assert time.monotonic() - asked < 4.0
    assert client.scard("rq:workers:speech") == 0


def test_a_worker_stops_though_redis_is_away(mortal: EmbeddedRedis, mortals_crew: Crew) -> None:
    worker = mortals_crew.hire()
    with Redis.from_url(mortal.url) as client:
        eventually(lambda: client.scard("rq:workers:speech") == 1)
    kill(mortal.pid)
    asked = time.monotonic()
    worker.terminate()
    worker.wait(10)
    assert time.monotonic() - asked < 5.0


@pytest.mark.parametrize("away_s", [2, 5])
def test_a_worker_outlives_a_server_that_is_away_at_a_beat_and_at_the_end_of_its_work(
    away_s: int, mortal: EmbeddedRedis, mortals_crew: Crew
) -> None:
    worker = mortals_crew.hire()
    bell = Bell(mortal.url, StandInJob)
    bell.ring([ring(LONG)])  # beats each second, ends after 1.5 s
    mortals_crew.wait_for(f"begun {LONG}-1")
    kill(mortal.pid)
    time.sleep(away_s)  # the fault itself, not a wait for anything
    assert mortal.tend()
    mortals_crew.wait_for(f"done {LONG}-1")
    bell.ring([ring(101)])
    mortals_crew.wait_for("done 101-1")
    assert worker.poll() is None
    assert len(mortals_crew.lines("begun")) == 2
    bell.close()


def test_an_idle_worker_hears_again_soon_after_the_server_is_back(mortal: EmbeddedRedis, mortals_crew: Crew) -> None:
    worker = mortals_crew.hire()
    with Redis.from_url(mortal.url) as client:
        eventually(lambda: client.scard("rq:workers:speech") == 1)
    kill(mortal.pid)
    eventually(mortal.tend)
    bell = Bell(mortal.url, StandInJob)
    bell.ring([ring(101)])
    mortals_crew.wait_for("done 101-1", 8.0)
    assert worker.poll() is None
    bell.close()


def test_two_workers_share_a_queue_and_nothing_is_done_twice(bell: Bell, crew: Crew) -> None:
    for _ in range(2):
        crew.hire()
    bell.ring([ring(100, attempt) for attempt in range(1, 21)])
    for attempt in range(1, 21):
        crew.wait_for(f"done 100-{attempt}")
    assert len(crew.lines("begun")) == 20
