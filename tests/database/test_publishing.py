"""Publications, their errands, the quota's ledger, consents and playlists, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from media_service.channels import Consent, VideoSeen
from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.outlet import Outlet
from media_service.database.publishing_tables import consents, publications
from media_service.database.tables import stages
from media_service.domain import uploading
from media_service.domain.publication import Airing, Errand, UploadState, VideoFile, Visibility
from media_service.domain.quota import Bucket, Limits
from media_service.domain.service import Outcome, Standing, Verdict, Will
from media_service.domain.stage import CONCLUDE, Assignment, Queue, StageState
from media_service.errors import FencedError, InputError, QuotaSpentError, SetupError
from media_service.sealing import Sealing
from media_service.stores import Decision, Stores
from tests import fakes
from tests.database.scene import IN_ORDER, LEASE, SAID, Maker, accept, claim, let_time_pass

ADDRESS = "https://kenh.example/upload?id=bi-mat"
DONE = Outcome(None, 0, None, (), 0.1)
FILE = VideoFile("cay-khe-01.mp4", 5 << 30, "ab" * 32)
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet("UCthuvien", Limits(uploads=3, units=1000), Sealing(tmp_path / "key", ours=True))


@pytest.fixture
def shop(database: Database, outlet: Outlet) -> Stores:
    return doors(database, outlet)


def made(stores: Stores, maker: Maker, *texts: str, slug: str = "cay-khe") -> None:
    accept(stores, *texts, slug=slug, **IN_ORDER)
    maker.work(stores)


def approve(stores: Stores, *numbers: int, slug: str = "cay-khe") -> None:
    for number in numbers or (1,):
        stores.reviews.decide(slug, number, Decision(Verdict.APPROVED, "hoa", waiver="để thử"))


def errands(database: Database, *of: StageState) -> list[tuple[int, str]]:
    """Return the errands in these states."""
    mine = (stages.c.publication.is_not(None), stages.c.state.in_(list(of)))
    with database.read() as run:
        return [(row.number, row.step) for row in run.execute(select(stages).where(*mine).order_by(stages.c.id))]


def due(database: Database) -> list[tuple[int, str]]:
    return errands(database, StageState.DUE)


def mine(stores: Stores) -> Assignment:
    return claim(stores, Queue.PUBLISH)


def work(stores: Stores, *, until: Errand | None = None) -> list[str]:
    """Do errands, all well, until that one is next; returns which."""
    done = []
    while rings := stores.schedule.due(Queue.PUBLISH, 1):
        one = stores.stages.claim(rings[0].stage, rings[0].attempt, "w1", LEASE)
        assert one is not None
        if one.step == until:
            stores.stages.hand_back(one)
            break
        stores.stages.finish(one, DONE)
        done.append(one.step)
    return done


def test_an_approval_makes_the_sending_due_and_nothing_else(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.")
    assert due(database) == []
    approve(shop, 2)
    assert due(database) == [(2, "publish")]
    (one,) = shop.ledgers.publications.find("cay-khe")
    assert (one.number, one.approved_by, one.waiver, one.upload.state) == (2, "hoa", "để thử", UploadState.PLANNED)
    assert one.marker == uploading.marker("cay-khe", 2, one.content, "UCthuvien")


def test_without_a_channel_approved_works_rest_until_there_is_one(
    database: Database, stores: Stores, outlet: Outlet, maker: Maker
) -> None:
    made(stores, maker)
    approve(stores)
    assert due(database) == []
    shop = doors(database, outlet)
    assert shop.schedule.mend() == 1
    assert due(database) == [(1, "publish")]
    assert shop.schedule.mend() == 0


def test_errands_follow_one_another_and_captions_keep_nobody_waiting(
    database: Database, shop: Stores, maker: Maker
) -> None:
    made(shop, maker)
    approve(shop)
    assert shop.stages.finish(mine(shop), DONE) == (Queue.PUBLISH,)
    assert due(database) == [(1, "thumbnail"), (1, "place"), (1, "caption")]
    assert work(shop, until=Errand.CAPTION) == ["thumbnail", "place"]
    assert due(database) == [(1, "caption"), (1, "reveal")]
    work(shop)
    (one,) = shop.ledgers.publications.find()
    assert one.done == frozenset(Errand)
    assert shop.ledgers.quota.waiting() == ()
    assert shop.schedule.mend() == 0


@pytest.mark.parametrize("how", ["waits", "put aside"])
def test_a_thumbnail_that_fails_does_not_keep_the_video_from_being_shown(
    how: str, database: Database, shop: Stores, maker: Maker
) -> None:
    made(shop, maker)
    approve(shop)
    shop.stages.finish(mine(shop), DONE)
    thumbnail, place = mine(shop), mine(shop)
    shop.stages.finish(place, DONE)
    assert (1, "reveal") not in due(database)
    if how == "waits":
        shop.stages.postpone(thumbnail, SAID, "", timedelta(hours=1))
    else:
        shop.stages.quarantine(thumbnail, SAID, "")
    assert (1, "reveal") in due(database)


def test_a_thumbnail_that_waits_for_the_quota_has_not_failed(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    shop.stages.finish(mine(shop), DONE)
    thumbnail, place = mine(shop), mine(shop)
    shop.stages.finish(place, DONE)
    assert shop.stages.park(thumbnail, SAID, timedelta(hours=9))
    assert due(database) == [(1, "thumbnail"), (1, "caption")]
    assert shop.works.status("cay-khe")[0].troubles == ()
    (waiting, *_) = shop.ledgers.quota.waiting()
    assert (waiting.errand, waiting.tried, waiting.not_before) == (Errand.THUMBNAIL, False, None)


def test_what_is_sent_back_is_not_sent_on_and_goes_on_when_it_is_approved_again(
    database: Database, shop: Stores, maker: Maker
) -> None:
    made(shop, maker)
    approve(shop)
    sending = mine(shop)
    shop.reviews.decide("cay-khe", 1, Decision(Verdict.SENT_BACK, "hoa", note="Đọc lại."))
    assert not shop.stages.beat(sending, LEASE)
    assert due(database) == []
    assert shop.schedule.mend() == 0
    approve(shop)
    assert due(database) == [(1, "publish")]
    assert len(shop.ledgers.publications.find()) == 1


def test_a_cancelled_work_stops_and_a_resumed_one_goes_on(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    sending = mine(shop)
    shop.works.want("cay-khe", Will.CANCELLED, "lan")
    assert not shop.stages.beat(sending, LEASE)
    shop.works.want("cay-khe", Will.GO, "lan")
    assert due(database) == [(1, "publish")]


def test_other_content_is_another_publication_and_the_older_video_stays_for_a_person(
    database: Database, shop: Stores, maker: Maker
) -> None:
    made(shop, maker)
    approve(shop)
    arrive(shop, "video-cu")
    made(shop, maker, "Ngày xưa có ba anh em.")
    assert [one.current for one in shop.ledgers.publications.status()] == [False]
    approve(shop)
    old, new = sorted(shop.ledgers.publications.status(), key=lambda one: one.publication.id)
    assert (old.current, old.publication.upload.video, new.current) == (False, "video-cu", True)
    assert shop.ledgers.publications.retire("cay-khe", 1, "hoa") == ("video-cu",)
    assert shop.ledgers.publications.status()[0].retired or shop.ledgers.publications.status()[1].retired
    assert "video-cu" not in shop.ledgers.playlists.find("Kể chuyện", "UCthuvien").videos


def arrive(stores: Stores, video: str) -> None:
    """Do the sending of the next publication that is due."""
    one = mine(stores)
    upload = stores.ledgers.publications.of(one).upload
    upload = uploading.opened(upload, FILE, ADDRESS, NOW)
    stores.ledgers.publications.keep(one, upload)
    stores.ledgers.publications.keep(one, uploading.arrived(upload, video, NOW))
    stores.stages.finish(one, DONE)


def test_the_address_of_a_session_is_kept_sealed_and_only_by_who_holds_the_stage(
    database: Database, shop: Stores, maker: Maker
) -> None:
    made(shop, maker)
    approve(shop)
    one = mine(shop)
    upload = uploading.opened(shop.ledgers.publications.of(one).upload, FILE, ADDRESS, NOW)
    shop.ledgers.publications.keep(one, upload)
    assert shop.ledgers.publications.of(one).upload == upload
    with database.read() as run:
        assert ADDRESS not in str(run.execute(select(publications)).all())
    assert shop.ledgers.publications.find()[0].upload == replace(upload, session="")
    shop.stages.hand_back(one)
    with pytest.raises(FencedError):
        shop.ledgers.publications.keep(one, uploading.gone(upload, NOW))


def test_a_person_settles_an_undecided_upload_and_only_that(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    with pytest.raises(InputError):
        shop.ledgers.publications.settle("cay-khe", 1, "v1", "hoa")
    one = mine(shop)
    upload = uploading.gone(uploading.opened(shop.ledgers.publications.of(one).upload, FILE, ADDRESS, NOW), NOW)
    shop.ledgers.publications.keep(one, uploading.searched(upload, {"v1", "v2"}, NOW))
    shop.stages.quarantine(one, SAID, "")
    assert shop.works.status("cay-khe")[0].standing is Standing.STUCK
    assert shop.ledgers.quota.waiting() == ()
    shop.ledgers.publications.settle("cay-khe", 1, "v2", "hoa")
    assert due(database) == [(1, "publish")]
    assert shop.ledgers.publications.find()[0].upload.video == "v2"


def test_another_time_shows_a_video_again(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    work(shop)
    shop.ledgers.publications.air("cay-khe", 1, Airing(Visibility.PUBLIC, NOW), "hoa")
    assert due(database) == [(1, "reveal")]
    assert shop.ledgers.publications.find()[0].airing.at == NOW
    with pytest.raises(InputError):
        shop.ledgers.publications.air("cay-khe", 2, Airing(), "hoa")


def test_what_is_held_back_waits_until_it_is_let_go(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    shop.ledgers.publications.hold("cay-khe", 1, "hoa", held=True)
    assert shop.schedule.due(Queue.PUBLISH, 5) == ()
    shop.ledgers.publications.hold("cay-khe", 1, "hoa", held=False)
    assert len(shop.schedule.due(Queue.PUBLISH, 5)) == 1


def test_many_who_take_from_the_quota_at_once_never_overdraw_it(shop: Stores) -> None:
    refusals: list[QuotaSpentError] = []

    def take(_: int) -> None:
        try:
            shop.ledgers.quota.take("captions.insert")
        except QuotaSpentError as fault:
            refusals.append(fault)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(8)))
    assert len(refusals) == 6  # of 1000 units, 400 each
    assert all(one.after and timedelta() < one.after <= timedelta(hours=25) for one in refusals)
    assert shop.ledgers.quota.spent().units == 800
    shop.ledgers.quota.take("videos.insert")
    shop.ledgers.quota.emptied(Bucket.UPLOADS)
    assert shop.ledgers.quota.spent().emptied == {Bucket.UPLOADS}
    with pytest.raises(QuotaSpentError):
        shop.ledgers.quota.take("videos.insert")
    shop.ledgers.quota.take("videos.list")


def test_a_consent_is_kept_sealed_and_wakes_what_waited_for_it(database: Database, shop: Stores, maker: Maker) -> None:
    given = Consent("UCthuvien", "Thư viện", "1//bi-mat", NOW)
    shop.ledgers.consents.keep(given, "hoa")
    with database.read() as run:
        assert "bi-mat" not in str(run.execute(select(consents)).all())
    assert shop.ledgers.consents.consent() == given
    made(shop, maker)
    approve(shop)
    shop.ledgers.consents.lost("Kênh thôi cho phép.")
    assert shop.ledgers.consents.consent() is None
    health = shop.ledgers.consents.health()
    assert health is not None
    assert health.paused == "Kênh thôi cho phép."
    shop.stages.park(mine(shop), SAID, timedelta(hours=1))
    assert shop.schedule.due(Queue.PUBLISH, 5) == ()
    shop.ledgers.consents.keep(given, "hoa")
    assert len(shop.schedule.due(Queue.PUBLISH, 5)) == 1
    assert "bi-mat" not in str(shop.records.events())


def test_a_playlist_is_changed_by_one_at_a_time(shop: Stores, database: Database) -> None:
    book = shop.ledgers.playlists
    assert book.hold("Kể chuyện", "a", LEASE)
    assert book.hold("Kể chuyện", "a", LEASE)
    assert not book.hold("Kể chuyện", "b", LEASE)
    book.release("Kể chuyện", "b")
    assert not book.hold("Kể chuyện", "b", LEASE)
    book.release("Kể chuyện", "a")
    assert book.hold("Kể chuyện", "b", timedelta(seconds=-1))
    assert book.hold("Kể chuyện", "a", LEASE)


def test_a_playlist_knows_its_videos_in_order(shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 2, 1)
    arrive(shop, "v2")
    assert shop.ledgers.playlists.find("Kể chuyện", "UCthuvien").videos == ("v2",)
    shop.ledgers.playlists.made("Kể chuyện", "UCthuvien", "PL1")
    work(shop, until=Errand.PUBLISH)
    arrive(shop, "v1")
    found = shop.ledgers.playlists.find("Kể chuyện", "UCthuvien")
    assert (found.playlist, found.videos) == ("PL1", ("v1", "v2"))


def test_what_the_channel_says_of_a_video_is_shown(shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    arrive(shop, "v1")
    seen = VideoSeen("v1", "Cây khế", Visibility.PRIVATE, None, "succeeded", "rejected", "duplicate", 7, 1)
    shop.ledgers.publications.seen([seen])
    shop.ledgers.publications.seen([replace(seen, views=9)])
    (one,) = shop.ledgers.publications.status("cay-khe")
    assert (one.upload_status, one.reason, one.views) == ("rejected", "duplicate", 9)


def test_a_backup_carries_publishing_and_whatever_was_unsent_is_sought_before_it_is_sent(
    shop: Stores, other: Database, outlet: Outlet, maker: Maker, tmp_path: Path
) -> None:
    shop.ledgers.consents.keep(Consent("UCthuvien", "Thư viện", "1//bi-mat", NOW), "hoa")
    made(shop, maker, "Một.", "Hai.", "Ba.")
    approve(shop, 1, 2)
    arrive(shop, "v1")
    parts = list(shop.upkeep.dump())
    assert b"bi-mat" not in b"".join(lines for _, lines in parts)
    there = doors(other, outlet)
    there.upkeep.restore(iter(parts), shop.upkeep.revision())
    there.records.note(event_what="restored", who="hoa")
    maker.work(there)
    first, second = sorted(there.ledgers.publications.find(), key=lambda one: one.number)
    assert (first.upload.state, first.upload.video) == (UploadState.ARRIVED, "v1")
    assert (second.upload.state, second.upload.session) == (UploadState.UNKNOWN, "")
    approve(there, 3)
    assert there.ledgers.publications.find()[-1].upload.state is UploadState.UNKNOWN
    assert (kept := there.ledgers.consents.consent())
    assert kept == Consent("UCthuvien", "Thư viện", "1//bi-mat", NOW)
    stranger = doors(other, Outlet("UCthuvien", Limits(), Sealing(tmp_path / "another", ours=True)))
    with pytest.raises(SetupError, match="cannot be read"):  # the key did not come along
        stranger.ledgers.consents.consent()
    assert stranger.ledgers.consents.health() is not None


def test_a_film_that_is_gone_from_the_shelf_is_made_again_and_its_approval_holds(
    database: Database, shop: Stores, maker: Maker
) -> None:
    made(shop, maker)
    approve(shop)
    assert shop.stages.start_over(mine(shop))
    assert due(database) == []
    maker.work(shop, until=lambda one: one.publication is not None)
    assert shop.reviews.show("cay-khe")[0].verdict is Verdict.APPROVED
    let_time_pass(database)
    shop.schedule.reclaim()
    shop.schedule.mend()
    assert (1, "publish") in errands(database, StageState.DUE, StageState.RUNG, StageState.RUNNING)


def test_a_conclusion_waits_for_an_episode_that_is_made_anew_meanwhile(shop: Stores, maker: Maker) -> None:
    accept(shop, "Một.", "Hai.", **IN_ORDER)
    concluding: list[Assignment] = []

    def concludes(one: Assignment) -> bool:
        return one.step == CONCLUDE and not concluding.append(one)

    maker.work(shop, until=concludes)
    approve(shop)
    assert len(shop.stages.conclusion(concluding[0]).episodes) == 2
    assert shop.stages.start_over(mine(shop))
    with pytest.raises(FencedError):
        shop.stages.conclusion(concluding[0])
    assert shop.stages.finish(concluding[0], maker.outcome(shop, concluding[0])) is None
    assert maker.work(shop, until=concludes)[-1] == "present"
    assert len(shop.stages.conclusion(concluding[1]).episodes) == 2


def test_the_plan_of_the_day_counts_all_that_waits(shop: Stores, maker: Maker) -> None:
    made(shop, maker, "Một.", "Hai.")
    approve(shop, 1, 2)
    waiting = shop.ledgers.quota.waiting()
    assert [(one.errand) for one in waiting] == [*Errand, *Errand]
    assert {one.entries for one in waiting} == {None}
    arrive(shop, "v1")
    shop.ledgers.playlists.made("Kể chuyện", "UCthuvien", "PL1")
    assert {one.entries for one in shop.ledgers.quota.waiting()} == {0}  # it is there, not yet in the playlist
    work(shop, until=Errand.REVEAL)
    placed = sum(Errand.PLACE in one.done for one in shop.ledgers.publications.find())
    assert placed > 0
    assert {one.entries for one in shop.ledgers.quota.waiting()} == {placed}


def test_nothing_is_laid_twice_however_many_mend(
    database: Database, stores: Stores, outlet: Outlet, maker: Maker
) -> None:
    made(stores, maker, "Một.", "Hai.")
    approve(stores, 1, 2)
    shops = [doors(database, outlet) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda one: one.schedule.mend(), shops))
    assert due(database) == [(1, "publish"), (2, "publish")]


def test_an_errand_of_a_channel_is_never_due_twice(database: Database, shop: Stores, maker: Maker) -> None:
    made(shop, maker)
    approve(shop)
    approve(shop)
    shop.schedule.mend()
    assert due(database) == [(1, "publish")]
    assert len(shop.ledgers.publications.find()) == 1


class OtherWords(fakes.FakeDescriptions):
    """Says something else of the same film."""

    words = "Lời khác."


def test_other_words_for_the_same_film_wait_for_a_person_who_may_correct_the_video(
    database: Database, shop: Stores, maker: Maker, tmp_path: Path
) -> None:
    made(shop, maker)
    approve(shop)
    assert shop.ledgers.publications.correction("cay-khe", 1) is None
    arrive(shop, "v1")
    work(shop)
    again = Maker(tmp_path)
    again.tools = replace(again.tools, descriptions=OtherWords())
    accept(shop, **IN_ORDER, summary="Một lời khác.")
    again.work(shop)
    approve(shop)
    assert due(database) == [(1, "publish")]
    assert shop.schedule.due(Queue.PUBLISH, 5) == ()
    found = shop.ledgers.publications.correction("cay-khe", 1)
    assert found
    assert (found.video, found.episode.listing.description) == ("v1", "Lời khác.")
    shop.ledgers.publications.adopt("cay-khe", 1, "v1", "hoa")
    assert work(shop) == ["publish", "thumbnail", "place", "caption", "reveal"]
    now = [one for one in shop.ledgers.publications.status() if one.current]
    assert [(one.publication.upload.video, one.held, one.retired) for one in now] == [("v1", False, False)]
    assert shop.ledgers.playlists.find("Kể chuyện", "UCthuvien").withdrawn == ()


def test_a_session_that_no_key_opens_any_more_is_sought_on_the_channel(
    database: Database, shop: Stores, maker: Maker, tmp_path: Path
) -> None:
    made(shop, maker)
    approve(shop)
    one = mine(shop)
    upload = uploading.opened(shop.ledgers.publications.of(one).upload, FILE, ADDRESS, NOW)
    shop.ledgers.publications.keep(one, upload)
    other = Sealing(tmp_path / "new", ours=True)
    other.seal("x")
    found = doors(database, Outlet("UCthuvien", Limits(), other)).ledgers.publications.of(one).upload
    assert found == replace(upload, state=UploadState.UNKNOWN, session="")
