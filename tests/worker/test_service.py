"""The whole service on a real Redis, a real database and real processes, with stand-in tools."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_service.domain.service import Standing, Will
from media_service.domain.stage import StageState
from tests.worker.scene import Scene, eventually, parent, scene, there

TALE = "Ngày xưa có hai anh em. Người em hiền lành. "


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One service for all tests that leave it running."""
    with scene(tmp_path_factory.mktemp("running")) as one:
        one.up()
        yield one


def asleep(one: Scene) -> int:
    """Wait until a piece waits for its program; return that program."""
    eventually(one.sleepers)
    return one.sleepers()[0]


def wake(one: Scene, name: str) -> None:
    (one.settings.output / f"awake-{name}").touch()


def test_what_is_handed_in_is_made_to_the_end(running: Scene) -> None:
    running.submit("cay-khe", TALE * 15, TALE)
    eventually(lambda: running.finished("cay-khe"))
    assert [episode.state for episode in running.status("cay-khe").episodes] == ["presented", "presented"]
    assert running.stores.records.gauge().speech["hum"][1] > 0


def test_a_refused_piece_is_put_aside_with_its_reason_while_the_rest_is_finished(running: Scene) -> None:
    running.submit("mute", "Con cò mute bay.")
    running.submit("con-co", TALE)
    eventually(lambda: running.finished("con-co"))
    eventually(lambda: running.status("mute").standing is Standing.STUCK)
    (trouble,) = running.status("mute").troubles
    assert trouble.state is StageState.QUARANTINED
    assert "Nothing is heard." in str(trouble.said)


def test_a_cancelled_work_stops_its_program_within_two_seconds(running: Scene) -> None:
    running.submit("cancelled", "Con cò sleeps-cancelled.")
    program = asleep(running)
    running.stores.works.want("cancelled", Will.CANCELLED, "lan")
    eventually(lambda: not there(program), 2)


@pytest.mark.parametrize("who", ["horse", "worker", "supervisor"])
def test_whoever_is_killed_the_work_is_finished_after_the_lease(who: str, running: Scene) -> None:
    running.submit(who, f"Con cò sleeps-{who}. {TALE}")
    program = asleep(running)
    horse, top = parent(program), running.supervisors[-1]
    victim = {"horse": horse, "worker": parent(horse), "supervisor": top.pid}[who]
    wake(running, who)
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: not there(program) and not there(horse), 2)
    if who == "supervisor":
        top.wait()
        eventually(lambda: not running.workers(), 2)
        running.up()
    eventually(lambda: running.finished(who))


def test_a_killed_redis_is_started_again_and_the_work_goes_on(running: Scene) -> None:
    eventually(lambda: running.processes("redis.sock"))
    for server in running.processes("redis.sock"):
        os.kill(server, signal.SIGKILL)
    running.submit("redis", TALE)
    eventually(lambda: running.finished("redis"))


def test_a_graceful_end_hands_everything_back_and_the_next_start_goes_on_at_once(tmp_path: Path) -> None:
    with scene(tmp_path) as one:
        one.submit("cay-khe", f"Con cò sleeps-now. {TALE}")
        up = one.up()
        asleep(one)
        begun = time.monotonic()
        up.send_signal(signal.SIGTERM)
        assert up.wait(10) == 0
        assert time.monotonic() - begun < 5
        eventually(lambda: not one.sleepers() + one.workers() + one.processes("redis.sock"), 1)
        assert one.stores.records.troubles() == ()
        wake(one, "now")
        one.up()
        eventually(lambda: one.finished("cay-khe"))
        assert "reclaimed" not in one.log()


def test_a_second_signal_does_not_wait_for_a_worker_that_hangs(tmp_path: Path) -> None:
    with scene(tmp_path) as one:
        one.submit("cay-khe", "Con cò sleeps-always.")
        up = one.up()
        asleep(one)
        for worker in one.workers():
            os.kill(worker, signal.SIGSTOP)
        up.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            up.wait(0.5)
        up.send_signal(signal.SIGINT)
        assert up.wait(6) == 0  # at the first it waits eight
        eventually(lambda: not one.workers() + one.sleepers(), 6)
