from __future__ import annotations

from collections.abc import Callable

import pytest

from media_service.domain.permissions import Role
from media_service.domain.service import Verdict
from media_service.stores import Decision
from tests.web.conftest import Place, token
from tests.web.scene import furnish, seen

HOSTILE = "</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


@pytest.fixture
def desk(place: Place) -> Place:
    furnish(place)
    return place


def test_the_queue_shows_what_waits_and_what_speaks_against_it(place: Place) -> None:
    browser = place.browser(Role.REVIEWER)
    assert "Không có gì chờ duyệt" in browser.get("/review").text
    furnish(place, made_for_kids=None)
    page = browser.get("/review").text
    assert "Cây khế" in page
    assert "chưa trả lời có dành cho trẻ em không" in page
    assert "Cây khế" not in browser.get("/review?kind=heritage").text
    assert "Cây khế" in browser.get("/review?text=khế&by=lan").text
    assert browser.get("/review?after=x").status_code == 422


def test_an_episode_is_shown_with_all_that_is_known_of_it(desk: Place) -> None:
    page = desk.browser(Role.REVIEWER).get("/review/cay-khe/1").text
    for part in (
        "media/cay-khe/1/video",
        "media/cay-khe/1/captions",
        "review/cay-khe/1/waveform",
        "review/cay-khe/1/strip",
    ):
        assert f"/{part}?v=" in page
    assert "Như kênh sẽ hiện" in page
    assert "Ngày xưa có hai anh em." in page
    assert desk.browser(Role.REVIEWER).get("/review/cay-khe/2").status_code == 422


def test_the_player_gets_parts_of_the_film_and_the_outline(desk: Place) -> None:
    browser = desk.browser(Role.REVIEWER)
    film = browser.get("/media/cay-khe/1/video")
    part = browser.get("/media/cay-khe/1/video", headers={"Range": "bytes=2-5"})
    assert part.status_code == 206
    assert part.content == film.content[2:6]
    assert browser.get("/review/cay-khe/1/waveform").content == bytes(range(100))
    assert browser.get("/media/cay-khe/1/captions").text.startswith("WEBVTT")
    for strange in ("master", "..%2f..%2fetc%2fpasswd", "film%00"):
        assert browser.get(f"/review/cay-khe/1/{strange}").status_code == 404


def test_staff_see_none_of_it(desk: Place) -> None:
    browser = desk.browser(Role.STAFF)
    for address in ("/review", "/review/cay-khe/1", "/review/cay-khe/1/waveform"):
        assert browser.get(address).status_code == 403


def test_a_reviewer_approves_and_is_led_to_the_next(desk: Place) -> None:
    furnish(desk, "Hai.", slug="hai")
    browser = desk.browser(Role.REVIEWER)
    given = {"verdict": "approved", "waiver": "để thử", **seen(desk)}
    page = browser.do("/review/cay-khe/1", "/review/cay-khe/1", **given)
    assert page.url.path == "/review/hai/1"
    assert "Đã duyệt “Cây khế”" in page.text
    assert desk.stores.reviews.show("cay-khe", 1)[0].verdict is Verdict.APPROVED
    (event, *_) = desk.stores.records.events("cay-khe")
    assert (event.what, event.who) == ("approved", "hoa")


def test_what_speaks_against_it_needs_a_reason(place: Place) -> None:
    furnish(place, "Câu này dài hơn một chút để phụ đề đọc kịp.")
    browser = place.browser(Role.REVIEWER)
    (item,) = place.stores.reviews.show("cay-khe", 1)
    assert item.failed_gates or item.draft_voice, "the scene has nothing against it"
    answer = browser.do("/review/cay-khe/1", "/review/cay-khe/1", verdict="approved", **seen(place))
    assert answer.status_code == 422
    assert "ghi lý do" in answer.text
    assert place.stores.reviews.show("cay-khe", 1)[0].verdict is Verdict.WAITING


def test_rights_are_outweighed_by_no_reason(place: Place) -> None:
    furnish(place, made_for_kids=None)
    browser = place.browser(Role.REVIEWER)
    given = {"verdict": "approved", "waiver": "để thử", **seen(place)}
    assert 'value="approved"' not in browser.get("/review/cay-khe/1").text
    assert browser.do("/review/cay-khe/1", "/review/cay-khe/1", **given).status_code == 422
    assert place.stores.reviews.show("cay-khe", 1)[0].verdict is Verdict.WAITING


def test_nobody_approves_their_own_work_unless_the_house_allows_it(
    open_place: Callable[..., Place],
) -> None:
    for allowed, verdict in ((False, Verdict.WAITING), (True, Verdict.APPROVED)):
        place = open_place(own_approval=allowed)
        furnish(place, slug=f"cua-hoa-{allowed}".lower(), who="hoa")
        slug = f"cua-hoa-{allowed}".lower()
        given = {"verdict": "approved", "waiver": "để thử", **seen(place, slug)}
        place.browser(Role.REVIEWER).do(f"/review/{slug}/1", f"/review/{slug}/1", **given)
        assert place.stores.reviews.show(slug, 1)[0].verdict is verdict


def test_whoever_comes_second_is_told_who_was_first_and_sees_how_it_stands(desk: Place) -> None:
    browser, given = desk.browser(Role.REVIEWER), {"verdict": "approved", "waiver": "để thử", **seen(desk)}
    desk.stores.reviews.decide("cay-khe", 1, Decision(Verdict.SENT_BACK, "minh", "sai tên"))
    answer = browser.do("/review/cay-khe/1", "/review/cay-khe/1", **given)
    assert answer.status_code == 409
    assert "minh vừa trả lại" in answer.text
    assert "sai tên" in answer.text
    assert desk.stores.reviews.show("cay-khe", 1)[0].verdict is Verdict.SENT_BACK


def test_a_note_is_pinned_at_once_and_sending_back_takes_it_along(desk: Place) -> None:
    browser = desk.browser(Role.REVIEWER)
    nothing = browser.do("/review/cay-khe/1", "/review/cay-khe/1", verdict="sent-back", **seen(desk))
    assert nothing.status_code == 422
    csrf = token(browser.get("/review/cay-khe/1").text)
    told = browser.post(
        "/review/cay-khe/1/note", data={"at": "1.25", "text": HOSTILE}, headers={"X-CSRF-Token": csrf}
    ).json()
    assert told["at_s"] == 1.25
    page = browser.get("/review/cay-khe/1").text
    assert "<img src=x" not in page
    assert "{{ 7*7 }}" in page
    browser.do("/review/cay-khe/1", "/review/cay-khe/1", verdict="sent-back", **seen(desk))
    (item,) = desk.stores.reviews.show("cay-khe", 1)
    assert (item.verdict, [note.at_s for note in item.notes]) == (Verdict.SENT_BACK, [1.25, None])


@pytest.mark.parametrize("at", ["-1", "1e9", "x", "nan", "inf"])
def test_a_note_at_no_second_of_the_film_is_refused(at: str, desk: Place) -> None:
    answer = desk.browser(Role.REVIEWER).do("/review/cay-khe/1", "/review/cay-khe/1/note", at=at, text="chỗ này")
    assert answer.status_code == 422
    assert desk.stores.reviews.show("cay-khe", 1)[0].notes == ()


def test_what_was_typed_stays_when_a_decision_is_refused(desk: Place) -> None:
    browser = desk.browser(Role.REVIEWER)
    given = {"verdict": "approved", "note": f"hay {HOSTILE}", "content": "another", "seen": "waiting", "waiver": "vì"}
    answer = browser.do("/review/cay-khe/1", "/review/cay-khe/1", **given)
    assert answer.status_code == 409
    assert "hay &lt;/script&gt;" in answer.text
    assert "<img src=x" not in answer.text


def test_a_reviewer_chooses_among_the_thumbnails(desk: Place) -> None:
    made = desk.stores.overviews.reviews.episode("cay-khe", 1)
    browser = desk.browser(Role.REVIEWER)
    page = browser.get("/review/cay-khe/1").text
    for choice in range(1, len(made.candidates) + 1):
        assert f"/review/cay-khe/1/cover/{choice}?v=" in page
        assert browser.get(f"/review/cay-khe/1/cover/{choice}").status_code == 200
    assert browser.get("/review/cay-khe/1/cover/9").status_code == 404
    assert browser.do("/review/cay-khe/1", "/review/cay-khe/1/cover", choice="x").status_code == 422
    browser.do("/review/cay-khe/1", "/review/cay-khe/1/cover", choice="2")
    (event, *_) = desk.stores.records.events("cay-khe")
    assert (event.what, event.who, event.details) == ("thumbnail-chosen", "hoa", {"thumbnail": "2"})
