"""What people look through, on both databases: pages in order, filters, notes, the order of uploads, gains."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import insert, text

from media_service.channels import VideoSeen
from media_service.database import migrating, tallying
from media_service.database.connection import Database
from media_service.database.publishing_tables import publications, samples
from media_service.domain.publication import Airing, Visibility
from media_service.domain.service import Verdict, Will
from media_service.domain.stage import Queue
from media_service.errors import InputError, OvertakenError
from media_service.overviews import Page, ReviewWish, TrailWish
from media_service.stores import Decision, Seen, Stores
from tests.database.scene import Maker
from tests.database.test_publishing import accept, approve, made, outlet, shop, work

__all__ = ["outlet", "shop"]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def waiting(stores: Stores, **wish: object) -> list[tuple[str, int]]:
    return [(one.slug, one.number) for one in stores.overviews.reviews.page(ReviewWish(**wish)).entries]


def pages(stores: Stores, most: int) -> Iterator[Page]:
    after = None
    while after != "":
        page = stores.overviews.reviews.page(ReviewWish(after=after or "", most=most))
        yield page
        after = page.after


def test_the_queue_is_read_page_by_page_without_losing_or_repeating_any(stores: Stores, maker: Maker) -> None:
    for number in range(1, 6):
        made(stores, maker, "Một.", "Hai.", slug=f"sach-{number}")
    read = [(one.slug, one.number) for page in pages(stores, 3) for one in page.entries]
    assert read == [(one.slug, one.number) for one in stores.reviews.waiting()]
    assert len(read) == len(set(read)) == 10


def test_the_queue_shows_what_was_asked_for(stores: Stores, maker: Maker) -> None:
    accept(stores, "Một.", slug="mot")
    accept(stores, "Hai.", slug="hai-100%", who="mai")
    maker.work(stores)
    assert waiting(stores, submitter="mai") == [("hai-100%", 1)]
    assert waiting(stores, text="00%") == [("hai-100%", 1)]
    assert waiting(stores, text="%") == [("hai-100%", 1)]
    assert waiting(stores, kind="heritage") == []
    assert stores.overviews.reviews.counts().submitters == ("lan", "mai")
    approve(stores, slug="mot")
    assert waiting(stores, verdict=Verdict.APPROVED) == [("mot", 1)]
    assert stores.overviews.reviews.counts().verdicts[Verdict.WAITING] == 1


@pytest.mark.parametrize(
    "after", ["", "x", "1.0", "1.0_", "nan_x", "1_99999999999999999999", "1_²", "'; DROP TABLE episodes; --_1"]
)
def test_a_broken_address_of_a_page_is_said_in_a_sentence(after: str, stores: Stores) -> None:
    if after:
        with pytest.raises(InputError):
            stores.overviews.reviews.page(ReviewWish(after=after))
        with pytest.raises(InputError):
            stores.overviews.trail.page(TrailWish(after=after))
    assert stores.overviews.reviews.page(ReviewWish()).entries == ()


def test_a_note_stays_at_its_second_and_decides_nothing(stores: Stores, maker: Maker) -> None:
    made(stores, maker)
    desk = stores.overviews.reviews
    desk.pin("cay-khe", 1, 1.25, "đọc nhầm tên", "hoa")
    (item,) = desk.page(ReviewWish()).entries
    assert [(one.at_s, one.text, one.who, one.verdict) for one in item.notes] == [(1.25, "đọc nhầm tên", "hoa", None)]
    assert item.notes[0].content == item.content
    assert item.verdict is Verdict.WAITING
    for at_s, said in ((1e9, "quá cuối"), (-1.0, "trước đầu"), (1.0, "  ")):
        with pytest.raises(InputError):
            desk.pin("cay-khe", 1, at_s, said, "hoa")
    with pytest.raises(InputError):
        desk.pin("cay-khe", 2, None, "không có tập này", "hoa")


def test_whoever_decides_second_is_told_and_changes_nothing(stores: Stores, maker: Maker) -> None:
    made(stores, maker)
    (item,) = stores.reviews.waiting()
    seen = Seen(item.content, item.verdict)
    stores.reviews.decide("cay-khe", 1, Decision(Verdict.SENT_BACK, "hoa", "sai tên", seen=seen))
    with pytest.raises(OvertakenError) as refusal:
        stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "mai", waiver="để thử", seen=seen))
    assert "hoa has sent" in str(refusal.value)
    (item,) = stores.reviews.show("cay-khe", 1)
    assert (item.verdict, [note.who for note in item.notes]) == (Verdict.SENT_BACK, ["hoa"])


def test_a_decision_on_what_was_made_again_meanwhile_is_refused(stores: Stores, maker: Maker) -> None:
    made(stores, maker)
    seen = Seen("another", Verdict.WAITING)
    with pytest.raises(OvertakenError) as refusal:
        stores.reviews.decide("cay-khe", 1, Decision(Verdict.SENT_BACK, "hoa", "sai", seen=seen))
    assert "made again" in str(refusal.value)


def test_of_many_who_decide_at_the_same_moment_one_does(stores: Stores, maker: Maker) -> None:
    made(stores, maker)
    (item,) = stores.reviews.waiting()
    seen = Seen(item.content, item.verdict)

    def decide(who: str) -> bool:
        try:
            stores.reviews.decide("cay-khe", 1, Decision(Verdict.SENT_BACK, who, "sai", seen=seen))
        except OvertakenError:
            return False
        return True

    with ThreadPoolExecutor(4) as several:
        decided = list(several.map(decide, ["hoa", "mai", "lan", "cúc"]))
    assert sum(decided) == 1
    assert len(stores.reviews.show("cay-khe", 1)[0].notes) == 1


def coming(stores: Stores) -> list[int]:
    return [one.publication.number for one in stores.overviews.uploads.coming()]


def ids(stores: Stores) -> list[int]:
    return [one.publication.id for one in stores.overviews.uploads.coming()]


def test_what_is_moved_is_sent_and_forecast_in_the_new_order(shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.", "Ba.")
    approve(shop, 1, 2, 3)
    seen = ids(shop)
    shop.overviews.uploads.reorder(seen, seen[::-1], "hoa")
    assert coming(shop) == [3, 2, 1]
    waiting = [one.publication for one in shop.ledgers.quota.waiting()]
    assert [one for one, after in pairwise([*waiting, 0]) if one != after] == seen[::-1]
    assert [one.number for one in shop.ledgers.publications.find()] == [3, 2, 1]
    (event, *_) = shop.records.events()
    assert (event.what, event.who) == ("reordered", "hoa")


def test_whoever_moves_what_has_moved_meanwhile_is_told(shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 1, 2)
    seen = ids(shop)
    shop.overviews.uploads.reorder(seen, seen[::-1], "hoa")
    for wrong, wanted in ((seen, seen[::-1]), (seen[::-1], seen[:1]), (seen[::-1], [7, 8])):
        with pytest.raises(InputError):
            shop.overviews.uploads.reorder(wrong, wanted, "mai")
    assert coming(shop) == [2, 1]


def test_a_time_that_is_set_counts_more_than_an_old_turn(shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 1, 2)
    shop.overviews.uploads.reorder(ids(shop), ids(shop)[::-1], "hoa")
    later = shop.turns.moment() + timedelta(days=2)
    shop.ledgers.publications.air("cay-khe", 2, Airing(Visibility.PUBLIC, later), "hoa")
    assert coming(shop) == [1, 2]
    assert [one.publication.number for one in shop.overviews.uploads.between(later, later)] == [2]


def test_what_is_done_leaves_the_queue_and_what_airs_later_stays(shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 1, 2)
    later = shop.turns.moment() + timedelta(days=2)
    shop.ledgers.publications.air("cay-khe", 2, Airing(Visibility.PUBLIC, later), "hoa")
    work(shop)
    assert coming(shop) == [2]
    assert shop.schedule.due(Queue.PUBLISH, 9) == ()


def test_a_work_that_is_paused_keeps_its_place_in_the_queue(shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    shop.works.want("cay-khe", Will.PAUSED, "hoa")
    assert coming(shop) == [1]
    shop.ledgers.publications.hold("cay-khe", 1, "hoa", held=True)
    assert coming(shop) == [1]


def seen(video: str, views: int | None) -> VideoSeen:
    return VideoSeen(video, "", Visibility.PUBLIC, None, "succeeded", "processed", "", views, 1)


def test_a_playlist_gains_what_its_videos_gain(shop: Stores, maker: Maker, database: Database) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 1, 2)
    first, second = ids(shop)
    told = [(first, "2026-01-30", 10), (first, "2026-01-31", 25), (second, "2026-01-31", 5),
            (first, "2026-02-01", None), (first, "2026-02-02", 30), (first, "2026-02-02", 31)]  # fmt: skip
    with database.write() as run:
        for publication, day, views in told:
            tallying.note(database, run, publication, day, seen("x", views))
    months = [(one.playlist, one.period, one.views) for one in shop.overviews.figures.months(*YEAR)]
    assert months == [("Kể chuyện", "2026-01", 30), ("Kể chuyện", "2026-02", 6)]
    days = [(one.period, one.views) for one in shop.overviews.figures.days(*YEAR)]
    assert days == [("2026-01-30", 10), ("2026-01-31", 20), ("2026-02-01", 0), ("2026-02-02", 6)]


def test_what_was_sampled_before_there_were_tallies_is_counted_together(
    shop: Stores, maker: Maker, database: Database
) -> None:
    made(shop, maker)
    approve(shop)
    (mine,) = ids(shop)
    rows = [{"publication": mine, "day": f"2026-01-0{day}", "views": day * day, "likes": day} for day in range(1, 6)]
    with database.write() as run:
        run.execute(insert(samples), rows)
        for undo in (
            "DROP TABLE tallies",
            "DROP INDEX audit_of_person",
            "DROP INDEX audit_of_verb",
            "DROP INDEX stages_of_publication",
            "ALTER TABLE publications DROP COLUMN turn",
            "ALTER TABLE notes DROP COLUMN content",
            "UPDATE alembic_version SET version_num = '0004'",
        ):
            run.execute(text(undo))
        migrating.upgrade(run, "0005")
    assert [one.views for one in shop.overviews.figures.days(*YEAR)] == [1, 3, 5, 7, 9]
    assert sum(one.likes for one in shop.overviews.figures.months(*YEAR)) == 5


def test_videos_and_playlists_are_listed_by_how_often_they_are_seen(
    shop: Stores, maker: Maker, database: Database
) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 1, 2)
    with database.write() as run:
        run.execute(publications.update().values(state="arrived"))
        for publication, views in zip(ids(shop), (3, 8), strict=True):
            run.execute(publications.update().where(publications.c.id == publication).values(video=f"v{publication}"))
            for day in (1, 2):
                tallying.note(database, run, publication, f"2026-01-0{day}", seen("", views * day))
    (one,) = shop.overviews.figures.playlists()
    assert (one.title, one.videos, one.views) == ("Kể chuyện", 2, 22)
    assert [(video.number, video.views) for video in shop.overviews.figures.videos("Kể chuyện")] == [(2, 16), (1, 6)]
    page = shop.overviews.uploads.shown(most=1)
    assert [one.views for one in (*page.entries, *shop.overviews.uploads.shown(page.after).entries)] == [16, 6]


def test_the_audit_log_is_read_as_asked_newest_first(stores: Stores, maker: Maker) -> None:
    made(stores, maker)
    stores.works.want("cay-khe", Will.PAUSED, "hoa")
    stores.works.want("cay-khe", Will.GO, "mai")
    read = stores.overviews.trail.page
    assert [one.what for one in read(TrailWish()).entries] == ["resumed", "paused", "submitted"]
    assert [one.what for one in read(TrailWish(who="hoa")).entries] == ["paused"]
    assert [one.who for one in read(TrailWish(what="resumed", slug="cay-khe")).entries] == ["mai"]
    first = read(TrailWish(most=2))
    assert [one.what for one in read(TrailWish(after=first.after)).entries] == ["submitted"]
    past = datetime(2020, 1, 1, tzinfo=UTC)
    assert read(TrailWish(until=past)).entries == ()
    assert len(read(TrailWish(since=past)).entries) == 3
    assert stores.overviews.trail.verbs() == ("paused", "resumed", "submitted")
