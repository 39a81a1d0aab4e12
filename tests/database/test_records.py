from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from media_service.database.connection import Database
from media_service.database.tables import audit, workers
from media_service.domain.product import Key
from media_service.domain.service import Made, Outcome, Standing, Verdict, Will, WorkerSeen
from media_service.domain.stage import Queue
from media_service.errors import DatabaseAwayError, InputError
from media_service.stores import Decision, Stores
from tests.database.scene import SAID, Maker, accept, claim

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def worker(name: str, host: str = "may-1", queue: str = "film") -> WorkerSeen:
    return WorkerSeen(name, host, queue, LONG_AGO)


def test_what_people_do_is_told_in_the_audit_log(stores: Stores, maker: Maker) -> None:
    accept(stores)
    stores.works.want("cay-khe", Will.PAUSED, "hoa")
    stores.works.want("cay-khe", Will.GO, "hoa")
    stores.works.retry("cay-khe", "mai")
    maker.work(stores)
    stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "mai", waiver="nghe thử"))
    stores.records.note("restored", "quản trị", details={"file": "bản-sao.tar"})
    events = stores.records.events()
    assert [event.what for event in events][::-1] == [
        *("submitted", "paused", "resumed", "retried", "approved", "restored")
    ]
    assert events[0].details == {"file": "bản-sao.tar"}
    assert len(stores.records.events("cay-khe", limit=2)) == 2
    assert abs(events[0].when - stores.turns.moment()) < MINUTE


def test_nobody_changes_the_audit_log(stores: Stores, database: Database) -> None:
    accept(stores)
    for change in (update(audit).values(who="ai khác"), delete(audit)):
        with pytest.raises((DBAPIError, DatabaseAwayError)), database.write() as run:
            run.execute(change)
    assert [event.who for event in stores.records.events()] == ["lan"]


def test_what_a_refused_wish_would_have_told_is_not_told(stores: Stores) -> None:
    for wish in (lambda: stores.works.want("la", Will.PAUSED, "hoa"), lambda: stores.works.retry("la", "hoa")):
        with pytest.raises(InputError) as refusal:
            wish()
        assert "“la”" in str(refusal.value)
    assert stores.records.events() == ()


def test_a_worker_lives_as_long_as_it_is_seen(stores: Stores, database: Database) -> None:
    stores.records.seen([worker("a"), worker("b"), worker("c", "may-2")])
    stores.records.seen([worker("b")])
    assert [one.name for one in stores.records.workers(MINUTE)] == ["b", "c"]
    assert abs(stores.records.workers(MINUTE)[0].seen_at - stores.turns.moment()) < MINUTE
    with database.write() as run:
        run.execute(update(workers).where(workers.c.name == "c").values(seen_at=1.0))
    assert [one.name for one in stores.records.workers(MINUTE)] == ["b"]
    stores.records.seen([])
    assert [one.name for one in stores.records.workers(MINUTE)] == ["b"]


def test_the_gauge_counts_what_there_is(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", slug="mot")
    mine = claim(stores)
    spoken = maker.outcome(stores, mine, [Made(Key("clip", "a" * 20, ".flac"), 2.0, 700)])
    after = Outcome(spoken.episode, 0, spoken.next_step, spoken.products, 2.0, 10.0, "piper")
    stores.stages.finish(mine, after)
    accept(stores, "Hai.", slug="hai", pieces=3)
    stores.stages.quarantine(claim(stores), SAID, "")
    stores.records.seen([worker("a")])
    gauge = stores.records.gauge()
    assert gauge.stages == {
        ("narrate", "done"): 1,
        ("assemble", "due"): 1,
        ("narrate", "due"): 2,
        ("narrate", "quarantined"): 1,
    }
    assert set(gauge.queue_age_s) == {"film", "speech"}
    assert all(0 <= age < 60 for age in gauge.queue_age_s.values())
    assert gauge.step_seconds == {"narrate": (1, 2.0)}
    assert gauge.speech == {"piper": (2.0, 10.0)}
    assert gauge.productions == {"working": 1, "stuck": 1}
    assert gauge.workers == {"film": 1}
    assert gauge.shelf_bytes == 700


def test_the_newest_works_at_work_are_told_before_those_at_rest(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", slug="xong")
    maker.work(stores)
    for slug in ("mot", "hai", "ba"):
        accept(stores, "Hai.", slug=slug)
    assert [one.slug for one in stores.works.status()] == ["ba", "hai", "mot", "xong"]
    assert [one.slug for one in stores.works.status(limit=2)] == ["ba", "hai"]
    with pytest.raises(InputError):
        stores.works.status("la")


def test_the_time_that_is_left_follows_the_workers(stores: Stores) -> None:
    accept(stores, "Một.", "Hai.", pieces=2)
    (alone,) = stores.works.status("cay-khe")
    assert (alone.left, alone.standing) == (None, Standing.WORKING)
    stores.records.seen([worker("a")])
    one = stores.works.status("cay-khe")[0].left
    stores.records.seen([worker("a"), worker("b")])
    two = stores.works.status("cay-khe")[0].left
    stores.records.seen([worker("a"), worker("b", queue="misc")])
    beside = stores.works.status("cay-khe")[0].left
    assert one is not None
    assert two is not None
    assert two < one == beside  # those of another queue work on the same cores


def test_turns_are_given_one_after_another_to_all(stores: Stores) -> None:
    waits = [stores.turns.take("gtts", timedelta(seconds=10)) for _ in range(3)]
    assert [round(wait.total_seconds(), -1) for wait in waits] == [0, 10, 20]
    assert stores.turns.take("edge", timedelta(seconds=10)) == timedelta(0)


def test_the_database_tells_the_time(stores: Stores) -> None:
    assert abs(stores.turns.moment() - datetime.now(UTC)) < MINUTE


def test_a_short_lease_is_past_when_its_time_is_over(stores: Stores) -> None:
    accept(stores)
    mine = claim(stores, Queue.SPEECH, lease=timedelta(milliseconds=30))
    begun = stores.turns.moment()
    while not (taken := stores.schedule.reclaim()):
        assert stores.turns.moment() - begun < timedelta(seconds=10)
    assert taken[0].stage == mine.stage
    assert stores.turns.moment() - begun > timedelta(milliseconds=20)
