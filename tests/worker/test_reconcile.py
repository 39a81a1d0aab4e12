"""What is rung for, and when it is rung for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from media_service.domain.service import WorkerSeen
from media_service.domain.stage import Queue, Ring
from media_service.errors import QueueAwayError
from media_service.worker.dispatch import dispatch, take_back, window
from media_service.worker.reconcile import MEND_EVERY_S, Reconciler
from tests.worker.state import FakeBell, FakeSchedule, stores


def ring(stage: int, queue: Queue = Queue.FILM) -> Ring:
    return Ring(stage, 1, queue, timedelta(minutes=5))


def workers(count: int, queue: str = "film") -> list[WorkerSeen]:
    return [WorkerSeen(f"w{number}", "here", queue, datetime.now(UTC)) for number in range(count)]


@pytest.mark.parametrize(("count", "rings"), [(0, 1), (1, 1), (2, 1), (8, 4)])
def test_rings_lie_ahead_for_half_of_the_workers(count: int, rings: int) -> None:
    schedule, bell = FakeSchedule(*(ring(number) for number in range(20))), FakeBell()
    state = stores(schedule=schedule, workers=workers(count))
    assert dispatch([Queue.FILM], state, bell) == rings == window(count)
    assert dispatch([Queue.FILM], state, bell) == 0
    assert [one.stage for one in bell.rung] == list(range(rings))


def test_what_came_since_goes_before_what_lies_unheard() -> None:
    schedule, bell = FakeSchedule(), FakeBell(ring(1))
    schedule.was_rung = [ring(1), ring(2)]  # of which the second is being taken up at this moment
    take_back([Queue.FILM], stores(schedule=schedule), bell)
    assert schedule.rung_again == [ring(1)]
    assert bell.rung == []


def test_rqs_own_limit_is_later_than_ours() -> None:
    bell = FakeBell()
    dispatch([Queue.FILM], stores(schedule=FakeSchedule(ring(1))), bell)
    assert bell.rung[0].limit > ring(1).limit


def test_nothing_counts_as_rung_where_redis_is_known_to_be_away() -> None:
    schedule, bell = FakeSchedule(ring(1)), FakeBell()
    bell.away = True
    with pytest.raises(QueueAwayError):
        dispatch([Queue.FILM], stores(schedule=schedule), bell)
    assert schedule.to_ring == [ring(1)]


def test_what_the_queue_has_lost_is_rung_for_again_and_nothing_else() -> None:
    schedule, bell = FakeSchedule(), FakeBell(ring(1))
    schedule.was_rung = [ring(1), ring(2), ring(3, Queue.MISC)]
    swept = Reconciler(stores(schedule=schedule), bell).sweep()
    assert schedule.rung_again == [ring(2), ring(3, Queue.MISC)]
    assert swept.redis_ok


def test_without_redis_the_dead_are_still_found_and_nothing_is_called_lost() -> None:
    schedule, bell = FakeSchedule(ring(5)), FakeBell()
    schedule.was_rung, bell.away = [ring(1)], True
    swept = Reconciler(stores(schedule=schedule), bell).sweep()
    assert not swept.redis_ok
    assert (schedule.reclaims, schedule.rung_again, schedule.to_ring) == (1, [], [ring(5)])


def test_productions_are_mended_at_once_and_then_now_and_again() -> None:
    schedule, now = FakeSchedule(), [0.0]
    reconciler = Reconciler(stores(schedule=schedule), FakeBell(), clock=lambda: now[0])
    for moment, mends in ((0.0, 1), (1.0, 1), (MEND_EVERY_S, 2)):
        now[0] = moment
        reconciler.sweep()
        assert schedule.mends == mends
