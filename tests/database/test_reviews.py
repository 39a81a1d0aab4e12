from __future__ import annotations

import pytest

from media_service.domain.service import Standing, Verdict, Will
from media_service.errors import InputError
from media_service.stores import Decision, Stores
from tests.database.scene import Maker, accept

APPROVED = Decision(Verdict.APPROVED, "hoa", waiver="chỉ nghe thử")


def reviewed(stores: Stores, maker: Maker, *texts: str, **more: object) -> None:
    accept(stores, *texts, **more)
    maker.work(stores)


def test_what_waits_longest_is_shown_first(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker, "Một.", slug="mot")
    reviewed(stores, maker, "Hai.", slug="hai", who="mai")
    items = stores.reviews.waiting()
    assert [(item.slug, item.submitter) for item in items] == [("mot", "lan"), ("hai", "mai")]
    assert items[0].files["video"] == "01/video.mp4"
    assert items[0].length_s > 1


def test_what_is_not_finished_cannot_be_decided(stores: Stores) -> None:
    accept(stores)
    assert stores.reviews.waiting() == ()
    for slug, number in (("cay-khe", 1), ("cay-khe", 9), ("khong-co", 1)):
        with pytest.raises(InputError):
            stores.reviews.decide(slug, number, APPROVED)
    with pytest.raises(InputError):
        stores.reviews.show("cay-khe")


def test_what_has_something_against_it_needs_a_reason(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker)
    with pytest.raises(InputError):
        stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa", waiver="  "))
    with pytest.raises(InputError) as refusal:
        stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa"))
    said = [str(fault.said) for fault in refusal.value.faults]
    assert any("rights" in one for one in said)
    assert stores.reviews.waiting()[0].notes == ()
    stores.reviews.decide("cay-khe", 1, APPROVED)
    assert stores.reviews.waiting() == ()
    (item,) = stores.reviews.waiting(Verdict.APPROVED)
    assert [(note.who, note.text, note.verdict) for note in item.notes] == [("hoa", "chỉ nghe thử", Verdict.APPROVED)]


def test_the_work_is_approved_with_its_last_episode(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker, "Một.", "Hai.")
    stores.reviews.decide("cay-khe", 1, APPROVED)
    assert stores.works.status("cay-khe")[0].standing == Standing.REVIEW
    stores.reviews.decide("cay-khe", 2, APPROVED)
    assert stores.works.status("cay-khe")[0].standing == Standing.APPROVED
    assert [item.verdict for item in stores.reviews.waiting(None)] == [Verdict.APPROVED] * 2


def test_what_is_sent_back_says_why_and_where(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker, "Một.", "Hai.")
    stores.reviews.decide("cay-khe", 2, Decision(Verdict.SENT_BACK, "hoa", "đọc nhầm tên", 83.5))
    assert stores.works.status("cay-khe")[0].standing == Standing.SENT_BACK
    (item,) = stores.reviews.show("cay-khe", 2)
    assert [(note.text, note.at_s) for note in item.notes] == [("đọc nhầm tên", 83.5)]
    (event, *_) = stores.records.events("cay-khe")
    assert (event.what, event.who, event.number, event.details) == ("sent-back", "hoa", 2, {"note": "đọc nhầm tên"})


def test_the_newest_decision_about_the_same_content_counts(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker)
    stores.reviews.decide("cay-khe", 1, APPROVED)
    stores.reviews.decide("cay-khe", 1, Decision(Verdict.SENT_BACK, "hoa", "nghe lại: sai"))
    accept(stores, contact="thư viện")
    maker.work(stores)
    assert stores.works.status("cay-khe")[0].standing == Standing.SENT_BACK


def test_a_cancelled_work_waits_for_nobody(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker)
    stores.works.want("cay-khe", Will.CANCELLED, "hoa")
    assert stores.reviews.waiting() == ()
