from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from media_service.database.connection import Database
from media_service.domain.conclusion import finished
from media_service.domain.episode import Presented
from media_service.domain.product import Key
from media_service.domain.service import Made, Standing, Verdict, Will
from media_service.domain.stage import CONCLUDE, MOST_TRIES, Queue, StageState
from media_service.messages import message
from media_service.stores import Stores
from tests.database.scene import (
    LAPSED,
    LEASE,
    PIECE,
    SAID,
    Maker,
    accept,
    claim,
    let_time_pass,
    planned,
    ring,
    rows,
)

MINUTE = timedelta(minutes=1)


def test_a_work_goes_from_its_plan_to_its_review_and_no_further(stores: Stores, maker: Maker) -> None:
    accept(stores)
    steps = maker.work(stores)
    assert steps == ["narrate", "assemble", "film", "describe", "bind", "inspect", "present", CONCLUDE]
    (status,) = stores.works.status("cay-khe")
    assert status.standing == Standing.REVIEW
    assert [(one.state, one.step, one.verdict) for one in status.episodes] == [("presented", "", Verdict.WAITING)]
    assert status.left is None


def test_an_episode_is_loaded_as_it_was_saved(stores: Stores, maker: Maker) -> None:
    accept(stores)
    (plan,) = planned("Ngày xưa có hai anh em.")
    for queue in (Queue.SPEECH, Queue.FILM, Queue.FILM, Queue.MISC, Queue.FILM, Queue.FILM, Queue.MISC):
        mine = claim(stores, queue)
        assert stores.stages.episode(mine) == plan
        stores.stages.finish(mine, maker.outcome(stores, mine))
        plan = maker.grown(plan)
    conclusion = stores.stages.conclusion(claim(stores, Queue.MISC))
    assert isinstance(plan, Presented)
    assert conclusion.episodes == (finished(plan),)
    assert conclusion.facts == plan.facts


def test_only_one_of_many_claims_a_stage(stores: Stores) -> None:
    accept(stores)
    (one,) = ring(stores, Queue.SPEECH)
    with ThreadPoolExecutor(8) as pool:
        owners = pool.map(lambda n: stores.stages.claim(one.stage, one.attempt, f"w{n}", LEASE), range(8))
    assert len([owner for owner in owners if owner]) == 1


def test_a_stage_is_claimed_only_with_the_attempt_it_was_rung_with(stores: Stores) -> None:
    accept(stores)
    (one,) = ring(stores, Queue.SPEECH)
    for attempt in (one.attempt - 1, one.attempt + 1):
        assert stores.stages.claim(one.stage, attempt, "w1", LEASE) is None
    assert stores.stages.claim(one.stage + 1, one.attempt, "w1", LEASE) is None


def test_a_beat_keeps_a_stage_and_a_stranger_cannot_give_one(stores: Stores) -> None:
    accept(stores)
    mine = claim(stores, lease=LAPSED)
    assert stores.stages.beat(mine, LEASE)
    assert stores.schedule.reclaim() == ()
    assert not stores.stages.beat(replace(mine, owner="w2"), LEASE)
    assert not stores.stages.beat(replace(mine, attempt=mine.attempt + 1), LEASE)


def test_the_step_itself_is_due_after_the_last_of_its_pieces(stores: Stores, database: Database) -> None:
    accept(stores, pieces=3)
    first, second, third = (claim(stores) for _ in range(3))
    assert [one.piece for one in (first, second, third)] == [0, 1, 2]
    assert stores.stages.finish(second, PIECE) == ()
    assert stores.stages.finish(third, PIECE) == ()
    assert stores.stages.finish(first, PIECE) == (Queue.SPEECH,)
    assert claim(stores).piece is None


def test_pieces_that_end_at_the_same_moment_make_the_step_due_once(stores: Stores, database: Database) -> None:
    accept(stores, pieces=6)
    mine = [claim(stores, owner=f"w{number}") for number in range(6)]
    ready = Barrier(6)

    def end(number: int) -> tuple[Queue, ...] | None:
        ready.wait(20)
        return stores.stages.finish(mine[number], PIECE)

    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(end, range(6)))
    assert sorted(ends) == [()] * 5 + [(Queue.SPEECH,)]
    assert [row.piece for row in rows(database, state="due")] == [-1]


def test_what_was_taken_over_leaves_nothing_behind(stores: Stores, database: Database, maker: Maker) -> None:
    accept(stores)
    late = claim(stores, lease=LAPSED)
    outcome = maker.outcome(stores, late, [Made(Key("clip", "a" * 20, ".flac"), 1.0, 10)])
    stores.schedule.reclaim()
    now = claim(stores, owner="w2")
    assert stores.stages.finish(late, outcome) is None
    for refused in (
        stores.stages.postpone(late, SAID, "", None),
        stores.stages.quarantine(late, SAID, ""),
        stores.stages.hand_back(late),
        stores.stages.start_over(late),
    ):
        assert refused is False
    assert [row.owner for row in rows(database)] == ["w2"]
    assert [key.product for key in stores.upkeep.wanted()] == ["picture"]
    assert stores.stages.finish(now, outcome) == (Queue.FILM,)


def test_a_wait_for_something_that_passes_counts_as_no_try(stores: Stores, database: Database) -> None:
    accept(stores)
    for _ in range(MOST_TRIES + 2):
        assert stores.stages.postpone(claim(stores), SAID, "last lines", MINUTE)
        assert ring(stores, Queue.SPEECH) == []
        (trouble,) = stores.records.troubles()
        assert (trouble.said, trouble.lines, trouble.tries) == (SAID, "last lines", 0)
        assert trouble.again_at is not None
        assert MINUTE * 0.9 < trouble.again_at - stores.turns.moment() <= MINUTE
        let_time_pass(database)


def test_a_stage_that_fails_too_often_is_put_aside_with_its_reason(stores: Stores, database: Database) -> None:
    accept(stores)
    for _ in range(MOST_TRIES):
        stores.stages.postpone(claim(stores), SAID, "last lines", None)
        let_time_pass(database)
    assert ring(stores, Queue.SPEECH) == []
    (status,) = stores.works.status("cay-khe")
    assert status.standing == Standing.STUCK
    (trouble,) = status.troubles
    assert (trouble.state, trouble.said, trouble.tries) == (StageState.QUARANTINED, SAID, MOST_TRIES)


def test_each_failure_waits_longer_than_the_one_before(stores: Stores, database: Database) -> None:
    accept(stores)
    waits = []
    for _ in range(3):
        stores.stages.postpone(claim(stores), SAID, "", None)
        waits.append(rows(database)[0].not_before - stores.turns.moment().timestamp())
        let_time_pass(database)
    assert [round(wait) for wait in waits] == [2, 4, 8]


def test_what_is_put_aside_leaves_the_rest_at_work_and_comes_back_when_a_person_says_so(stores: Stores) -> None:
    accept(stores, "Một.", "Hai.")
    assert stores.stages.quarantine(claim(stores), SAID, "")
    assert claim(stores).number == 2
    assert stores.works.retry("cay-khe", "hoa") == 1
    assert stores.works.status("cay-khe")[0].standing == Standing.WORKING
    again = claim(stores)
    assert (again.number, stores.records.troubles()) == (1, ())


def test_what_a_worker_hands_back_is_due_at_once_and_counts_as_nothing(stores: Stores, database: Database) -> None:
    accept(stores, pieces=3)
    assert stores.stages.hand_back(claim(stores))
    assert claim(stores, owner="w2").piece == 0
    assert rows(database)[0].tries == 0


def test_an_episode_whose_product_is_gone_starts_over_from_its_plan(stores: Stores, maker: Maker) -> None:
    accept(stores)
    (plan,) = planned("Ngày xưa có hai anh em.")
    lost = []
    maker.work(stores, until=lambda mine: mine.step == "bind" and not lost.append(mine))
    assert stores.stages.start_over(lost[0])
    assert not stores.stages.beat(lost[0], LEASE)
    again = claim(stores)
    assert stores.stages.episode(again) == plan
    stores.stages.finish(again, maker.outcome(stores, again))
    maker.work(stores)
    assert stores.works.status("cay-khe")[0].standing == Standing.REVIEW


def test_an_episode_that_loses_products_for_ever_is_put_aside(stores: Stores) -> None:
    accept(stores)
    for _ in range(MOST_TRIES + 1):
        stores.stages.start_over(claim(stores))
    assert stores.works.status("cay-khe")[0].standing == Standing.STUCK


def test_a_cancelled_stage_is_lost_to_its_worker_at_once(stores: Stores) -> None:
    accept(stores, pieces=2)
    mine = claim(stores)
    (rung,) = ring(stores, Queue.SPEECH)
    assert stores.works.want("cay-khe", Will.CANCELLED, "hoa") == 2
    assert not stores.stages.beat(mine, LEASE)
    assert stores.stages.claim(rung.stage, rung.attempt, "w2", LEASE) is None
    assert stores.works.status("cay-khe")[0].standing == Standing.CANCELLED


def test_a_paused_work_ends_what_is_begun_and_begins_nothing(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", "Hai.")
    mine = claim(stores)
    (rung,) = ring(stores, Queue.SPEECH)
    stores.works.want("cay-khe", Will.PAUSED, "hoa")
    assert stores.stages.claim(rung.stage, rung.attempt, "w2", LEASE) is None
    assert stores.stages.finish(mine, maker.outcome(stores, mine)) == ()
    assert maker.work(stores) == []
    stores.works.want("cay-khe", Will.GO, "hoa")
    assert len(maker.work(stores)) == 2 * 7
    assert stores.works.status("cay-khe")[0].standing == Standing.REVIEW


def test_a_conclusion_tells_what_was_made_and_what_was_found(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", "Hai.")
    clip, master = Key("clip", "a" * 20, ".flac"), Key("master", "b" * 20, ".flac")
    last = []

    def work() -> None:
        while not last:
            for queue in (Queue.SPEECH, Queue.FILM, Queue.MISC):
                for one in stores.schedule.due(queue, 1):
                    mine = stores.stages.claim(one.stage, one.attempt, "w1", LEASE)
                    assert mine is not None
                    if mine.step == CONCLUDE:
                        last.append(mine)
                        return
                    made = [Made(clip, 1.0 if mine.step == "narrate" else None, 10), Made(master, None, 20)]
                    stores.stages.finish(mine, maker.outcome(stores, mine, made))

    work()
    done = stores.stages.conclusion(last[0]).work
    assert done.made == {"clip": 2}  # found again later, it is still made
    assert done.reused == {"master": 2}
    assert done.seconds["narrate"] == 2.0


def test_a_step_that_leaves_no_episode_is_a_fault_of_ours(stores: Stores) -> None:
    accept(stores)
    mine = claim(stores)
    with pytest.raises(ValueError, match="leaves an episode"):
        stores.stages.finish(mine, PIECE)
    assert stores.stages.beat(mine, LEASE)


@pytest.mark.parametrize("odd", ["a\0b", "a\udce9b", float("nan")], ids=["nul", "half a character", "no number"])
def test_whatever_a_program_says_can_be_kept(odd: object, stores: Stores) -> None:
    accept(stores, "Một.", "Hai.")
    said = message("{file} makes the program break off.", file=odd)
    assert stores.stages.quarantine(claim(stores), said, f"last {odd}")
    assert stores.stages.postpone(claim(stores), said, f"last {odd}", MINUTE)
    told = stores.records.troubles()
    assert len(told) == 2
    assert all(one.lines.startswith("last ") for one in told)


def test_what_begins_anew_is_stuck_no_more(stores: Stores) -> None:
    accept(stores, pieces=2)
    lost = claim(stores)
    stores.stages.quarantine(claim(stores), SAID, "")
    assert stores.works.status()[0].standing == Standing.STUCK
    assert stores.stages.start_over(lost)
    assert stores.works.status()[0].standing == Standing.WORKING


def test_a_product_may_be_larger_than_two_gigabytes(stores: Stores, maker: Maker) -> None:
    accept(stores)
    mine = claim(stores)
    film = Made(Key("film", "f" * 20, ".mp4"), 900.0, 3 << 30)
    assert stores.stages.finish(mine, maker.outcome(stores, mine, [film])) is not None
    assert stores.records.gauge().shelf_bytes == 3 << 30
