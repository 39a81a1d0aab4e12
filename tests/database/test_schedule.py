from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from media_service.database.connection import Database
from media_service.database.tables import productions, stages
from media_service.domain.service import Standing, Will
from media_service.domain.stage import MOST_LAPSES, MOST_TRIES, Queue, StageState
from media_service.stores import Stores
from tests.database.scene import LAPSED, LEASE, PIECE, SAID, Maker, accept, claim, let_time_pass, ring, rows

SPEECH = Queue.SPEECH


def slugs(stores: Stores, most: int, queue: Queue = SPEECH) -> list[str]:
    """Ring and claim, and tell of which work each stage is."""
    claimed = [stores.stages.claim(one.stage, one.attempt, "w1", LEASE) for one in ring(stores, queue, most)]
    return [mine.slug for mine in claimed if mine]


def test_a_short_work_goes_before_a_long_one_that_came_first(stores: Stores) -> None:
    accept(stores, slug="dai", work_s=70_000.0, pieces=8)
    accept(stores, slug="ngan", work_s=60.0, pieces=2)
    assert slugs(stores, 4) == ["ngan", "ngan", "dai", "dai"]


def test_a_long_work_is_not_put_off_for_ever(stores: Stores, database: Database) -> None:
    accept(stores, slug="dai", work_s=700.0)
    with database.write() as run:  # handed in two hours ago
        run.execute(update(stages).values(deadline=stages.c.deadline - 7_200))
    accept(stores, slug="ngan", work_s=60.0)
    assert slugs(stores, 1) == ["dai"]


def test_each_submitter_has_a_share_however_much_another_hands_in(stores: Stores) -> None:
    for number in range(6):
        accept(stores, slug=f"lan-{number}", who="lan", work_s=10.0)
    accept(stores, slug="hoa-1", who="hoa", work_s=5_000.0, pieces=4)
    assert Counter(slug.split("-")[0] for slug in slugs(stores, 4)) == {"lan": 2, "hoa": 2}
    accept(stores, slug="mai-1", who="mai", work_s=9_000.0, pieces=4)
    assert slugs(stores, 2) == ["mai-1", "mai-1"]


def test_chapters_and_pieces_come_in_their_order(stores: Stores, database: Database) -> None:
    accept(stores, "Một.", "Hai.", pieces=2)
    rung = [next(row for row in rows(database) if row.id == one.stage) for one in ring(stores, SPEECH, 4)]
    assert [(row.number, row.piece) for row in rung] == [(1, 0), (1, 1), (2, 0), (2, 1)]


def test_no_more_are_rung_than_asked_for(stores: Stores) -> None:
    accept(stores, pieces=5)
    assert ring(stores, SPEECH, 0) == []
    assert len(ring(stores, SPEECH, 3)) == 3
    assert len(ring(stores, SPEECH, 9)) == 2
    assert ring(stores, Queue.FILM, 9) == []


def test_many_who_ring_at_once_ring_each_stage_once(stores: Stores) -> None:
    for number in range(4):
        accept(stores, slug=f"work-{number}", who=f"n{number % 2}", pieces=10)
    found: list[int] = []

    def sweep(_: int) -> None:
        while rings := stores.schedule.due(SPEECH, 3):
            found.extend(one.stage for one in rings)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(sweep, range(6)))
    found.extend(one.stage for one in stores.schedule.due(SPEECH, 40))  # what all six were at when they met
    assert sorted(found) == sorted(set(found))
    assert len(found) == 40


def test_a_paused_work_is_passed_over(stores: Stores) -> None:
    accept(stores, slug="mot")
    accept(stores, slug="hai", work_s=900.0)
    stores.works.want("mot", Will.PAUSED, "hoa")
    assert slugs(stores, 5) == ["hai"]


def test_what_waits_after_a_failure_lets_others_go_first(stores: Stores, database: Database) -> None:
    accept(stores, pieces=2)
    stores.stages.postpone(claim(stores), SAID, "", None)
    assert claim(stores).piece == 1
    let_time_pass(database)
    stores.schedule.reclaim()
    assert [mine.piece for mine in (claim(stores), claim(stores))] == [1, 0]


def test_what_a_dead_worker_held_comes_before_all_else(stores: Stores, database: Database) -> None:
    accept(stores, slug="dai", work_s=70_000.0)
    lost = claim(stores, lease=LAPSED)
    accept(stores, slug="ngan", who="hoa", work_s=1.0)
    (was,) = stores.schedule.reclaim()
    assert (was.stage, was.attempt) == (lost.stage, lost.attempt)
    again = claim(stores, owner="w2")
    assert (again.slug, again.attempt) == ("dai", lost.attempt + 2)
    assert (rows(database, id=lost.stage)[0].tries, rows(database, id=lost.stage)[0].lapses) == (0, 1)


def test_a_living_worker_keeps_what_it_holds(stores: Stores) -> None:
    accept(stores)
    claim(stores)
    assert stores.schedule.reclaim() == ()


def test_two_who_reclaim_at_once_take_a_stage_back_once(stores: Stores, database: Database) -> None:
    accept(stores, pieces=4)
    for number in range(4):
        claim(stores, owner=f"w{number}", lease=LAPSED)
    with ThreadPoolExecutor(4) as pool:
        taken = [one for some in pool.map(lambda _: stores.schedule.reclaim(), range(4)) for one in some]
    assert sorted(one.stage for one in taken) == sorted({row.id for row in rows(database)})
    assert {row.lapses for row in rows(database)} == {1}


@pytest.mark.parametrize(("who", "often"), [("child", MOST_TRIES), ("worker", MOST_LAPSES)])
def test_what_kills_its_workers_is_put_aside_with_a_reason(stores: Stores, who: str, often: int) -> None:
    accept(stores, "Một.", "Hai.")
    for _ in range(often):
        mine = claim(stores, lease=LAPSED)
        assert mine.number == 1
        if who == "child":
            assert not stores.stages.died("another")
            assert stores.stages.died(mine.owner)
            assert not stores.stages.died(mine.owner)
        stores.schedule.reclaim()
    (trouble,) = stores.works.status("cay-khe")[0].troubles
    assert trouble.state == StageState.QUARANTINED
    assert f"stopped its worker {often} times" in str(trouble.said)
    assert stores.works.status("cay-khe")[0].standing == Standing.STUCK
    assert claim(stores).number == 2


def test_what_the_queue_has_lost_is_rung_again(stores: Stores, database: Database) -> None:
    accept(stores)
    (lost,) = ring(stores, SPEECH)
    assert stores.schedule.rung(SPEECH, timedelta(minutes=1)) == ()
    let_time_pass(database)
    assert stores.schedule.rung(SPEECH, timedelta(minutes=1)) == (lost,)
    assert stores.schedule.ring_again([lost, lost]) == 1
    assert stores.schedule.ring_again([lost]) == 0
    assert stores.stages.claim(lost.stage, lost.attempt, "w1", LEASE) is None
    (again,) = ring(stores, SPEECH)
    assert again.attempt > lost.attempt


def test_what_is_claimed_meanwhile_is_not_rung_again(stores: Stores) -> None:
    accept(stores)
    (one,) = ring(stores, SPEECH)
    mine = stores.stages.claim(one.stage, one.attempt, "w1", LEASE)
    assert mine is not None
    assert stores.schedule.ring_again([one]) == 0
    assert stores.stages.beat(mine, LEASE)


def test_a_whole_state_has_nothing_to_mend(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", "Hai.", pieces=2)
    stores.stages.quarantine(claim(stores), SAID, "")
    stores.stages.finish(claim(stores), PIECE)
    accept(stores, slug="khac")
    assert stores.schedule.mend() == 0


def test_stages_that_are_missing_are_laid_again(stores: Stores, database: Database, maker: Maker) -> None:
    accept(stores, "Một.", pieces=3)
    accept(stores, "Hai.", slug="khac", work_s=9e9)
    done = claim(stores)
    stores.stages.finish(done, PIECE)
    with database.write() as run:
        run.execute(delete(stages).where(stages.c.id != done.stage))
    assert stores.schedule.mend() == 2
    assert stores.schedule.mend() == 0
    assert [(row.production, row.piece) for row in rows(database, state="due")] == [(1, 1), (1, 2), (2, -1)]


def test_a_missing_conclusion_is_laid_again(stores: Stores, database: Database, maker: Maker) -> None:
    accept(stores)
    maker.work(stores, until=lambda mine: mine.step == "conclude")
    with database.write() as run:
        run.execute(delete(stages).where(stages.c.step == "conclude"))
    assert stores.schedule.mend() == 1
    assert maker.work(stores) == ["conclude"]


def test_a_cancelled_work_is_not_mended(stores: Stores, database: Database) -> None:
    accept(stores)
    stores.works.want("cay-khe", Will.CANCELLED, "hoa")
    with database.write() as run:
        run.execute(update(productions).values(resting=False))
    assert stores.schedule.mend() == 0


def test_a_row_of_a_program_of_tomorrow_keeps_nobody_from_work(stores: Stores, database: Database) -> None:
    for slug in ("mot", "hai", "ba"):
        accept(stores, slug=slug)
    for odd in ({"step": "dance"}, {"queue": "dance", "state": StageState.RUNNING.value, "lease_until": 1.0}):
        with database.write() as run:
            first = stages.c.id == rows(database, queue=SPEECH.value, step="narrate")[0].id
            run.execute(update(stages).where(first).values(odd))
    assert len(ring(stores, SPEECH, 3)) == 2
    for one in rows(database, state=StageState.RUNG.value):
        stores.stages.claim(one.id, one.attempt, "w1", LAPSED)
    assert len(stores.schedule.reclaim()) == 2
