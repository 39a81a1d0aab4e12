"""Many workers and reconcilers at once, in processes of their own: nothing is lost and nothing is done twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from media_service.database import finishing
from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.tables import episodes
from media_service.domain.service import Accepted, Outcome, Standing, Will
from media_service.domain.stage import Assignment, Queue, StageState
from media_service.errors import DatabaseAwayError
from media_service.stores import Stores
from tests.database.conftest import hasty
from tests.database.scene import LEASE, PIECE, SAID, accept, claim, let_time_pass, rows

WORKERS, WORKS, PIECES = 4, 6, 5
FORK = multiprocessing.get_context("fork")


def look_busy(url: str, seed: int) -> None:
    """Work as a worker and as a reconciler, forgetting now and then what was claimed."""
    chance, stores = random.Random(seed), doors(hasty(url))  # noqa: S311  # the same dice for every run
    idle = 0
    while idle < 40:
        try:
            busy = round_of(stores, f"w{seed}", chance)
        except DatabaseAwayError:  # PostgreSQL broke a knot: the transaction is as if it had never been
            busy = True
        idle = 0 if busy else idle + 1
    os._exit(0)


def round_of(stores: Stores, owner: str, chance: random.Random) -> bool:
    """Do one round; tells whether there was anything to do."""
    stores.schedule.reclaim()
    stores.schedule.ring_again(stores.schedule.rung(Queue.SPEECH, timedelta(seconds=0.3)))
    rings = stores.schedule.due(Queue.SPEECH, 2)
    for one in rings:
        lease = timedelta(milliseconds=20) if chance.random() < 0.1 else LEASE
        mine = stores.stages.claim(one.stage, one.attempt, owner, lease)
        if mine and lease == LEASE:
            deal_with(stores, mine, chance.random())
    return bool(rings)


def deal_with(stores: Stores, mine: Assignment, dice: float) -> None:
    if dice < 0.1:
        stores.stages.hand_back(mine)
    elif dice < 0.15:
        stores.stages.postpone(mine, SAID, "", timedelta(milliseconds=5))
    else:
        stores.stages.finish(mine, PIECE if mine.piece is not None else last(stores, mine))


def last(stores: Stores, mine: Assignment) -> Outcome:
    """The episode is left as it was: the queue that follows is nobody's here."""
    return Outcome(stores.stages.episode(mine), 0, None, (), 0.1)


def test_many_at_once_do_all_of_it_once(stores: Stores, database: Database, url: str) -> None:
    for number in range(WORKS):
        accept(stores, "Một.", "Hai.", slug=f"s{number}", who=f"n{number % 2}", pieces=PIECES)
    crowd = [FORK.Process(target=look_busy, args=(url, seed)) for seed in range(WORKERS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(90)
        assert one.exitcode == 0
    let_time_pass(database)
    while stores.schedule.reclaim() or stores.schedule.due(Queue.SPEECH, 1):  # what was forgotten last
        let_time_pass(database)
        stores.schedule.ring_again(stores.schedule.rung(Queue.SPEECH, timedelta()))
        round_of(stores, "w", random.Random(0))  # noqa: S311
    done = Counter((row.production, row.number, row.piece) for row in rows(database, state=StageState.DONE.value))
    pieces = {(work, number, piece) for work in range(1, WORKS + 1) for number in (1, 2) for piece in range(-1, PIECES)}
    assert set(done) >= pieces
    assert set(done.values()) == {1}
    with database.read() as run:
        assert set(run.execute(select(episodes.c.step)).scalars()) == {""}


def test_a_forked_child_goes_on_over_connections_of_its_own(stores: Stores, database: Database) -> None:
    accept(stores)

    def child() -> None:
        stores.works.want("cay-khe", Will.PAUSED, "hoa")
        os._exit(0 if stores.works.status()[0].standing == Standing.PAUSED else 1)

    with database.read():  # the parent is in the midst of something
        one = FORK.Process(target=child)
        one.start()
        one.join(30)
        assert one.exitcode == 0
    assert stores.works.status()[0].standing == Standing.PAUSED
    assert accept(stores, slug="nua").revision == 1


def test_works_change_while_they_are_worked_on(stores: Stores, database: Database, url: str) -> None:
    crowd = [FORK.Process(target=look_busy, args=(url, seed)) for seed in range(3)]
    accept(stores, "Một.", "Hai.", pieces=PIECES)
    for one in crowd:
        one.start()
    for turn in range(8):
        accept(stores, "Một.", f"Hai {turn}.", pieces=PIECES)
        if turn % 3 == 2:
            stores.works.want("cay-khe", Will.CANCELLED, "hoa")
    accept(stores, "Một.", "Hai rồi.", pieces=PIECES)
    for one in crowd:
        one.join(90)
        assert one.exitcode == 0
    with database.read() as run:
        numbers = {row.number: row for row in run.execute(select(episodes))}
    assert numbers[2].revision >= 9
    live = [row for row in rows(database) if row.state in {"due", "rung", "running"}]
    assert all(row.revision == numbers[row.number].revision for row in live if row.episode)


def in_the_midst(
    database: Database, monkeypatch: pytest.MonkeyPatch, moment: str, happens: Callable[[], object]
) -> Future[object]:
    """At that moment of the next finish, let something else begin; it waits for a lock before the finish goes on."""
    real, result = getattr(finishing, moment), Future[object]()

    def run() -> None:
        try:
            result.set_result(happens())
        except Exception as fault:  # noqa: BLE001  # the test looks at it
            result.set_exception(fault)

    def meanwhile(*given: object) -> object:
        threading.Thread(target=run).start()
        until_somebody_waits(database)
        return real(*given)

    monkeypatch.setattr(finishing, moment, meanwhile)
    return result


def until_somebody_waits(database: Database) -> None:
    """Wait for a lock to be waited for; in SQLite one writer lets nobody else begin."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    deadline = time.monotonic() + 20
    while not database.sqlite:
        with database.read() as run:
            if run.execute(waits).scalar_one():
                return
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("will", [Will.PAUSED, Will.CANCELLED])
def test_what_the_last_piece_leads_to_is_not_begun_in_a_work_that_is_stopped_meanwhile(
    will: Will, stores: Stores, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(stores, pieces=2)
    first, second = claim(stores), claim(stores, owner="w2")
    stores.stages.finish(first, PIECE)
    stopped = in_the_midst(database, monkeypatch, "record", lambda: stores.works.want("cay-khe", will, "hoa"))
    assert stores.stages.finish(second, PIECE) is not None
    assert stopped.result(30) == 1
    assert stores.schedule.due(Queue.SPEECH, 9) == ()
    stores.works.want("cay-khe", Will.GO, "hoa")
    assert [one.limit for one in stores.schedule.due(Queue.SPEECH, 9)]


def test_a_work_handed_in_anew_while_a_piece_is_finished_meets_no_knot(
    stores: Stores, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(stores, "Một.", pieces=2)
    mine = claim(stores)
    again = in_the_midst(database, monkeypatch, "_close", lambda: accept(stores, "Hai.", pieces=2))
    assert stores.stages.finish(mine, PIECE) == ()
    assert again.result(30) == Accepted("cay-khe", 2, (1,), ())
