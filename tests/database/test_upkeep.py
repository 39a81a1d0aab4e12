from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.migrating import HEAD
from media_service.domain.product import Key
from media_service.domain.service import Made, Standing, Verdict, WorkStatus
from media_service.domain.stage import Queue
from media_service.errors import SetupError
from media_service.stores import Decision, Stores
from tests.database.scene import LEASE, PIECE, SAID, Maker, accept, claim, ring, rows

CLIP, OLD = Key("clip", "a" * 20, ".flac"), Key("clip", "b" * 20, ".flac")
PICTURE = Key("picture", "a" * 64, "")


def make(stores: Stores, maker: Maker, *keys: Key) -> None:
    """Finish the next narration, which made these."""
    mine = claim(stores)
    stores.stages.finish(mine, maker.outcome(stores, mine, [Made(key, 1.0, 10) for key in keys]))


def half_done(stores: Stores, maker: Maker) -> None:
    """Leave one work in review, one with a piece in work, one rung, one done and one put aside."""
    accept(stores, "Một.", slug="xong")
    make(stores, maker, CLIP)
    maker.work(stores)
    stores.reviews.decide("xong", 1, Decision(Verdict.APPROVED, "hoa", waiver="nghe thử"))
    accept(stores, "Hai.", slug="dang-do", pieces=4)
    stores.stages.finish(claim(stores), PIECE)
    stores.stages.quarantine(claim(stores), SAID, "dòng cuối")
    claim(stores)
    ring(stores, Queue.SPEECH)


def test_what_a_work_uses_is_wanted_until_it_is_made_anew_without_it(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.")
    make(stores, maker, CLIP, OLD)
    assert set(stores.upkeep.wanted()) == {CLIP, OLD, PICTURE}
    maker.work(stores)
    accept(stores, "Một khác.")
    make(stores, maker, CLIP)
    assert set(stores.upkeep.wanted()) == {CLIP, OLD, PICTURE}  # it may still be found again
    maker.work(stores)
    assert set(stores.upkeep.wanted()) == {CLIP, PICTURE}


def test_what_is_used_is_never_forgotten(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.")
    make(stores, maker, CLIP, OLD)
    maker.work(stores)
    accept(stores, "Một khác.")
    make(stores, maker, CLIP)
    maker.work(stores)
    assert stores.records.gauge().shelf_bytes == 20
    stores.upkeep.forget([CLIP, OLD, PICTURE, Key("clip", "f" * 20, ".flac")])
    assert set(stores.upkeep.wanted()) == {CLIP, PICTURE}
    assert stores.records.gauge().shelf_bytes == 10


def test_a_dump_restores_all_in_either_database(
    stores: Stores, maker: Maker, other: Database, database: Database
) -> None:
    half_done(stores, maker)
    again = doors(other)
    again.upkeep.restore(stores.upkeep.dump(), stores.upkeep.revision())
    assert set(map(known, again.works.status())) == set(map(known, stores.works.status()))
    assert again.records.events() == stores.records.events()
    assert set(again.upkeep.wanted()) == set(stores.upkeep.wanted())
    assert again.upkeep.revision() == HEAD
    fenced = {row.id: row.attempt for row in rows(database)}
    assert all(row.attempt > fenced[row.id] for row in rows(other))


def known(work: WorkStatus) -> tuple[object, ...]:
    return (work.slug, work.title, work.submitter, work.submitted_at, work.revision)


def test_what_was_finished_is_shown_again_after_a_restore_and_stays_decided(
    stores: Stores, maker: Maker, other: Database
) -> None:
    half_done(stores, maker)
    again = doors(other)
    again.upkeep.restore(stores.upkeep.dump(), stores.upkeep.revision())
    assert again.works.status("xong")[0].standing is Standing.WORKING
    maker.work(again)
    (before,), (after,) = stores.reviews.show("xong"), again.reviews.show("xong")
    assert replace(after, since=before.since) == before
    assert again.works.status("xong")[0].standing is Standing.APPROVED


def test_a_restored_database_fences_everybody_and_finishes_its_work(
    stores: Stores, maker: Maker, other: Database
) -> None:
    half_done(stores, maker)
    accept(stores, "Ba.", slug="ba", who="mai", work_s=9e9)
    before = claim(stores)
    again = doors(other)
    again.upkeep.restore(stores.upkeep.dump(), stores.upkeep.revision())
    assert not again.stages.beat(before, LEASE)
    again.works.retry("dang-do", "hoa")
    accept(again, "Bốn.", slug="bon")  # rows made from here on have numbers of their own
    maker.work(again)
    assert {one.slug: one.standing for one in again.works.status()} == {
        "xong": Standing.APPROVED,
        **dict.fromkeys(("dang-do", "ba", "bon"), Standing.REVIEW),
    }


def test_a_dump_is_of_one_moment_while_others_go_on_working(stores: Stores, other: Database) -> None:
    accept(stores, "Một.", slug="mot", pieces=3)
    parts: list[tuple[str, bytes]] = []
    dump = stores.upkeep.dump()
    parts.append(next(dump))
    accepted = threading.Thread(target=accept, args=(stores, "Hai."), kwargs={"slug": "hai", "pieces": 3})
    accepted.start()
    accepted.join(20)
    assert len(stores.works.status()) == 2
    parts.extend(dump)
    again = doors(other)
    again.upkeep.restore(iter(parts), HEAD)
    assert [one.slug for one in again.works.status()] == ["mot"]
    assert len(rows(other)) == 3


def test_a_database_that_holds_works_is_not_restored_over(stores: Stores, maker: Maker) -> None:
    accept(stores)
    parts = list(stores.upkeep.dump())
    with pytest.raises(SetupError):
        stores.upkeep.restore(iter(parts), HEAD)
    assert stores.works.status("cay-khe")[0].revision == 1


def broken(parts: list[tuple[str, bytes]], table: str, line: bytes) -> Iterator[tuple[str, bytes]]:
    yield from ((name, line if name == table else lines) for name, lines in parts)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("stages", b'{"id": 1}\n'),
        ("episodes", b'{"id": 1, "unheard": 2}\n'),
        ("episodes", b"{"),
        ("episode_values", b'{"episode": 1, "value": "*"}\n'),
        ("episode_values", b'{"episode": 99, "value": ""}\n'),
    ],
)
def test_a_damaged_dump_restores_nothing(stores: Stores, other: Database, table: str, line: bytes) -> None:
    accept(stores)
    again = doors(other)
    with pytest.raises(SetupError):
        again.upkeep.restore(broken(list(stores.upkeep.dump()), table, line), HEAD)
    assert again.works.status() == ()
    assert again.upkeep.revision() == HEAD
    assert accept(again).revision == 1


def test_a_dump_of_a_newer_program_is_refused(stores: Stores) -> None:
    with pytest.raises(SetupError) as refusal:
        stores.upkeep.restore(iter([]), "9999")
    assert "newer version" in str(refusal.value)


def test_a_dump_is_lines_of_json(stores: Stores) -> None:
    accept(stores, "Một.", pieces=1_200)
    parts = list(stores.upkeep.dump())
    assert len([name for name, _ in parts if name == "stages"]) == 3
    for _, lines in parts:
        assert all(isinstance(json.loads(line), dict) for line in lines.splitlines())
