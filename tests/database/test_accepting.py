from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from media_service.database.connection import Database
from media_service.domain.service import Standing, Verdict, Will
from media_service.domain.stage import Queue, StageState
from media_service.errors import InputError
from media_service.stores import Decision, Stores
from tests.database.scene import LEASE, PIECE, Maker, accept, claim, ring, rows, submission


def test_an_accepted_work_is_due_in_pieces(stores: Stores, database: Database) -> None:
    taken = accept(stores, "Một.", "Hai.", pieces=3)
    assert (taken.revision, taken.changed, taken.kept) == (1, (1, 2), ())
    assert [(row.number, row.step, row.piece) for row in rows(database)] == [
        (number, "narrate", piece) for number in (1, 2) for piece in range(3)
    ]


def test_a_step_in_one_piece_is_due_itself(stores: Stores, database: Database) -> None:
    accept(stores, "Một.", pieces=1)
    assert [row.piece for row in rows(database)] == [-1]


def test_the_same_work_handed_in_again_changes_nothing(stores: Stores, database: Database, maker: Maker) -> None:
    accept(stores, "Một.", "Hai.")
    maker.work(stores)
    before = rows(database)
    taken = accept(stores, "Một.", "Hai.")
    assert (taken.revision, taken.changed, taken.kept) == (1, (), (1, 2))
    assert rows(database) == before
    assert stores.works.status("cay-khe")[0].standing == Standing.REVIEW


def test_only_the_changed_chapter_begins_anew(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", "Hai.")
    maker.work(stores)
    stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa", waiver="nghe thử"))
    taken = accept(stores, "Một.", "Hai khác.")
    assert (taken.revision, taken.changed, taken.kept) == (2, (2,), (1,))
    status = stores.works.status("cay-khe")[0]
    assert [one.state for one in status.episodes] == ["presented", "planned"]
    assert [one.verdict for one in status.episodes] == [Verdict.APPROVED, None]
    assert status.standing == Standing.WORKING
    assert maker.work(stores)[-2:] == ["present", "conclude"]


def test_whoever_works_on_a_changed_chapter_is_fenced_out(stores: Stores) -> None:
    accept(stores, "Một.", pieces=2)
    mine = claim(stores)
    accept(stores, "Một khác.", pieces=2)
    assert not stores.stages.beat(mine, LEASE)
    assert stores.stages.finish(mine, PIECE) is None


def test_a_ring_from_before_the_change_claims_nothing(stores: Stores) -> None:
    accept(stores, "Một.")
    (old,) = ring(stores, Queue.SPEECH)
    accept(stores, "Một khác.")
    assert stores.stages.claim(old.stage, old.attempt, "w1", LEASE) is None


def test_a_shorter_book_withdraws_its_last_chapters_and_a_longer_one_brings_them_back(
    stores: Stores, maker: Maker
) -> None:
    accept(stores, "Một.", "Hai.", "Ba.")
    maker.work(stores)
    taken = accept(stores, "Một.", "Hai.")
    assert taken.changed == (1, 2)
    assert len(stores.works.status("cay-khe")[0].episodes) == 2
    with pytest.raises(InputError):
        stores.reviews.show("cay-khe", 3)
    maker.work(stores)
    assert stores.works.status("cay-khe")[0].standing == Standing.REVIEW
    assert accept(stores, "Một.", "Hai.", "Ba.").changed == (1, 2, 3)
    maker.work(stores)
    assert [item.number for item in stores.reviews.show("cay-khe")] == [1, 2, 3]


def test_the_slug_of_another_job_is_refused_and_nothing_is_taken_in(stores: Stores) -> None:
    accept(stores, "Một.", job="Cây khế")
    with pytest.raises(InputError) as refusal:
        accept(stores, "Hai.", job="cay khe")
    assert "Cây khế" in str(refusal.value)
    assert stores.works.status("cay-khe")[0].revision == 1


def test_a_work_handed_in_twice_at_once_is_accepted_once(stores: Stores, database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: accept(stores, "Một.", "Hai.", pieces=2), range(8)))
    assert {one.revision for one in taken} == {1}
    assert sorted(len(one.changed) for one in taken) == [0] * 7 + [2]
    assert len(rows(database)) == 4


def test_handing_in_a_cancelled_work_revives_it_where_it_stood(stores: Stores, database: Database) -> None:
    accept(stores, "Một.", pieces=2)
    stores.stages.finish(claim(stores), PIECE)
    stores.works.want("cay-khe", Will.CANCELLED, "hoa")
    assert ring(stores, Queue.SPEECH) == []
    taken = accept(stores, "Một.", pieces=2)
    assert (taken.revision, taken.kept) == (2, (1,))
    assert stores.works.status("cay-khe")[0].standing == Standing.WORKING
    stores.stages.finish(claim(stores), PIECE)
    assert [row.piece for row in rows(database, state=StageState.DUE.value)] == [-1]


def test_the_same_content_made_again_keeps_its_approval(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.")
    maker.work(stores)
    stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa", waiver="nghe thử"))
    accept(stores, "Một.", tags=("thư viện",))  # in none of what is heard or seen on these fakes
    assert stores.works.status("cay-khe")[0].episodes[0].verdict is None
    maker.work(stores)
    assert stores.works.status("cay-khe")[0].standing == Standing.APPROVED


def test_other_content_waits_for_a_person_again(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.")
    maker.work(stores)
    stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa", waiver="nghe thử"))
    accept(stores, "Một hai ba.")
    maker.work(stores)
    assert stores.works.status("cay-khe")[0].standing == Standing.REVIEW


def test_pieces_that_do_not_fit_the_episodes_are_refused_whole(stores: Stores) -> None:
    with pytest.raises(ValueError, match="zip"):
        stores.works.accept(replace(submission("Một."), pieces=()))
    with pytest.raises(InputError):
        stores.works.status("cay-khe")
