from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from media_service.domain.measured import SoundFacts
from media_service.domain.rights import Rights
from media_service.domain.service import Standing, Verdict, Will
from media_service.domain.stage import CONCLUDE, Assignment
from media_service.errors import InputError
from media_service.stores import Decision, Stores
from tests.database.scene import Maker, accept
from tests.fakes import FakeInspector

APPROVED = Decision(Verdict.APPROVED, "hoa", waiver="chỉ nghe thử")


class TooLoud(FakeInspector):
    """Finds every sound louder than the standards want it."""

    def sound(self, path: Path) -> SoundFacts:
        return replace(super().sound(path), loudness_lufs=-3.0)


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
    maker.tools = replace(maker.tools, inspector=TooLoud())
    reviewed(stores, maker)
    with pytest.raises(InputError):
        stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa", waiver="  "))
    with pytest.raises(InputError) as refusal:
        stores.reviews.decide("cay-khe", 1, Decision(Verdict.APPROVED, "hoa"))
    assert all("Not as the standards want it" in str(fault.said) for fault in refusal.value.faults)
    assert stores.reviews.waiting()[0].notes == ()
    stores.reviews.decide("cay-khe", 1, APPROVED)
    assert stores.reviews.waiting() == ()
    (item,) = stores.reviews.waiting(Verdict.APPROVED)
    assert [(note.who, note.text, note.verdict) for note in item.notes] == [("hoa", "chỉ nghe thử", Verdict.APPROVED)]


@pytest.mark.parametrize(
    ("missing", "said"), [({"rights": Rights()}, "rights"), ({"made_for_kids": None}, "made_for_kids")]
)
def test_no_reason_outweighs_rights_and_the_answer_about_children(
    missing: dict[str, object], said: str, stores: Stores, maker: Maker
) -> None:
    reviewed(stores, maker, **missing)
    with pytest.raises(InputError) as refusal:
        stores.reviews.decide("cay-khe", 1, APPROVED)
    assert [said in str(fault.said) for fault in refusal.value.faults] == [True]
    assert stores.reviews.waiting()[0].notes == ()


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
    accept(stores, tags=("thư viện",))
    maker.work(stores)
    assert stores.works.status("cay-khe")[0].standing == Standing.SENT_BACK


def test_a_cancelled_work_waits_for_nobody(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker)
    stores.works.want("cay-khe", Will.CANCELLED, "hoa")
    assert stores.reviews.waiting() == ()


def test_another_thumbnail_is_shown_once_it_is_chosen(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker)
    before = stores.reviews.show("cay-khe", 1)[0]
    stores.reviews.choose_thumbnail("cay-khe", 1, 3, "hoa")
    maker.kept.clear()  # what was chosen is no part of the name under which a maker keeps things
    maker.work(stores)
    maker.kept.clear()
    (item,) = stores.reviews.waiting()
    assert item.content != before.content
    shown = {name: (maker.tools.display.read(f"cay-khe/{path}") or b"") for name, path in item.files.items()}
    assert shown["thumbnail"] == shown["thumbnail_3"] != shown["thumbnail_1"]
    assert any(event.what == "thumbnail-chosen" for event in stores.records.events())


def test_another_thumbnail_takes_the_conclusion_from_whoever_is_at_it(stores: Stores, maker: Maker) -> None:
    accept(stores)
    concluding: list[Assignment] = []
    maker.work(stores, until=lambda one: one.step == CONCLUDE and not concluding.append(one))
    stores.reviews.choose_thumbnail("cay-khe", 1, 3, "hoa")
    assert stores.stages.finish(concluding[0], maker.outcome(stores, concluding[0])) is None
    maker.kept.clear()  # as above
    assert maker.work(stores) == ["present", CONCLUDE]
    maker.kept.clear()


def test_a_thumbnail_that_is_not_there_or_comes_too_late_is_refused(stores: Stores, maker: Maker) -> None:
    reviewed(stores, maker)
    for choice in (0, 4):
        with pytest.raises(InputError, match="3 thumbnails to choose from"):
            stores.reviews.choose_thumbnail("cay-khe", 1, choice, "hoa")
    stores.reviews.decide("cay-khe", 1, APPROVED)
    with pytest.raises(InputError, match="decided on already"):
        stores.reviews.choose_thumbnail("cay-khe", 1, 2, "hoa")
