"""Uploads, channel, people, log and machine room, over a real database with a channel set up."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from media_service.database import tallying
from media_service.database.connection import Database
from media_service.database.publishing_tables import publications
from media_service.database.tables import stages
from media_service.domain.permissions import Role
from media_service.domain.publication import Visibility
from media_service.settings import Publishing
from media_service.web.app import application
from media_service.web.studio import studio
from media_service.web.wording import HERE
from tests.database.test_overviews import seen as views
from tests.web.conftest import CHEAP, PASSWORD, Place, token
from tests.web.scene import approve, furnish
from tests.web.scene import seen as what_is_seen

YEAR = datetime.now(UTC).astimezone(HERE).year


@pytest.fixture
def place(house: tuple[Place, Database]) -> Place:
    return house[0]


def approved(place: Place, *slugs: str) -> list[int]:
    for slug in slugs:
        furnish(place, f"Chuyện {slug}.", slug=slug)
    for slug in slugs:  # only now: whoever makes the next work would do their errands
        approve(place.stores, slug)
    return [one.publication.id for one in place.stores.overviews.uploads.coming()]


def order(place: Place) -> list[str]:
    return [one.publication.slug for one in place.stores.overviews.uploads.coming()]


def test_an_administrator_changes_the_order(place: Place) -> None:
    ids = approved(place, "mot", "hai", "ba")
    browser = place.browser(Role.ADMINISTRATOR)
    csrf = token(browser.get("/uploads").text)
    given = {"seen": ",".join(map(str, ids)), "wanted": ",".join(map(str, ids[::-1]))}
    told = browser.post("/uploads/order", data=given, headers={"X-CSRF-Token": csrf})
    assert told.json() == {"message": "Đã lưu thứ tự."}
    assert order(place) == ["ba", "hai", "mot"]
    late = browser.post("/uploads/order", data=given, headers={"X-CSRF-Token": csrf})
    assert late.status_code == 422
    assert "vừa có người đổi" in late.json()["message"]


def test_works_are_shown_one_by_one_on_the_days_of_a_rhythm_in_their_order(place: Place) -> None:
    ids = approved(place, "mot", "hai")
    place.stores.overviews.uploads.reorder(ids, ids[::-1], "minh")
    place.browser(Role.ADMINISTRATOR).do("/uploads", "/uploads/rhythm", day=["0", "2", "4"], time="19:00")
    shown = place.stores.overviews.uploads.coming()
    times = [one.publication.airing.at for one in shown]
    here = [when.astimezone(HERE) for when in times if when]
    assert [one.publication.slug for one in shown] == ["hai", "mot"]
    assert [when.strftime("%H:%M") for when in here] == ["19:00", "19:00"]
    assert {when.weekday() for when in here} <= {0, 2, 4}
    assert here[0] < here[1]
    page = place.browser(Role.ADMINISTRATOR).get(f"/uploads?month={here[0]:%Y-%m}").text
    assert re.search(r'<span class="time">19:00</span> ', page)


def test_what_a_reviewer_keeps_for_its_time_waits_until_an_administrator_sets_it(place: Place) -> None:
    furnish(place, "Chuyện một.", slug="mot")
    given = {"verdict": "approved", "waiver": "để thử", "showing": "later", **what_is_seen(place, "mot")}
    place.browser(Role.REVIEWER).do("/review/mot/1", "/review/mot/1", **given)
    (one,) = place.stores.overviews.uploads.coming()
    assert one.held
    browser = place.browser(Role.ADMINISTRATOR)
    browser.do("/uploads", "/uploads/rhythm", day=["0"], time="19:00")
    assert place.stores.overviews.uploads.coming()[0].held, "nobody has chosen it"
    browser.do("/uploads", "/uploads/rhythm", day=["0"], time="19:00", id=str(one.publication.id))
    (timed,) = place.stores.overviews.uploads.coming()
    assert (timed.held, timed.publication.airing.at is None) == (False, False)


@pytest.mark.parametrize(
    "given", [{"time": "19:00"}, {"day": ["0"], "time": "25:00"}, {"day": ["7", "x"], "time": "19:00"}, {"day": ["1"]}]
)
def test_a_rhythm_that_says_no_time_is_refused(given: dict[str, object], place: Place) -> None:
    approved(place, "mot")
    assert place.browser(Role.ADMINISTRATOR).do("/uploads", "/uploads/rhythm", **given).status_code == 422
    assert place.stores.overviews.uploads.coming()[0].publication.airing.at is None


def test_one_video_is_timed_held_and_let_go(place: Place) -> None:
    approved(place, "mot")
    browser = place.browser(Role.ADMINISTRATOR)
    later = (place.stores.turns.moment() + timedelta(days=3)).astimezone(HERE)
    browser.do("/uploads/mot/1", "/uploads/mot/1/time", date=f"{later:%Y-%m-%d}", time="20:30")
    (one,) = place.stores.overviews.uploads.coming()
    assert one.publication.airing.at == later.replace(hour=20, minute=30, second=0, microsecond=0)
    past = browser.do("/uploads/mot/1", "/uploads/mot/1/time", date="2020-01-01", time="20:30")
    assert "đã qua" in past.text
    browser.do("/uploads/mot/1", "/uploads/mot/1/hold")
    assert place.stores.overviews.uploads.coming()[0].held
    browser.do("/uploads/mot/1", "/uploads/mot/1/go-on")
    assert not place.stores.overviews.uploads.coming()[0].held
    browser.do("/uploads/mot/1", "/uploads/mot/1/now", unlisted="1")
    airing = place.stores.overviews.uploads.coming()[0].publication.airing
    assert (airing.visibility, airing.at) == (Visibility.UNLISTED, None)
    assert browser.do("/uploads/mot/1", "/uploads/mot/1/explode").status_code == 422


def test_a_doubtful_upload_is_decided_by_a_person(house: tuple[Place, Database]) -> None:
    place, database = house
    approved(place, "mot")
    with database.write() as run:
        run.execute(update(publications).values(state="undecided"))
    browser = place.browser(Role.ADMINISTRATOR)
    assert "chưa rõ kết quả" in browser.get("/uploads").text
    page = browser.get("/uploads/mot/1").text
    assert "Video đã đến chưa?" in page
    assert browser.do("/uploads/mot/1", "/uploads/mot/1/settle").status_code == 422
    browser.do("/uploads/mot/1", "/uploads/mot/1/settle", video="none")
    (one,) = place.stores.overviews.uploads.coming()
    assert one.publication.upload.state.value == "planned"


def test_figures_are_shown_and_taken_away_as_a_table(house: tuple[Place, Database]) -> None:
    place, database = house
    (mine,) = approved(place, "mot")
    with database.write() as run:
        run.execute(update(publications).values(state="arrived", playlist="=cmd|' /C calc'!A0"))
        for day, count in (("01-05", 10), ("03-05", 25)):
            tallying.note(database, run, mine, f"{YEAR}-{day}", views("x", count))
    browser = place.browser(Role.REVIEWER)
    page = browser.get("/channel").text
    assert "<desc>1: 10, 2: 0, 3: 15" in page
    rows = list(csv.reader(io.StringIO(browser.get(f"/channel/months.csv?year={YEAR}").content.decode("utf-8-sig"))))
    assert rows[1] == ["'=cmd|' /C calc'!A0", "10", "0", "15", *["0"] * 9, "25"]
    assert "Lượt xem năm" in browser.get("/channel/report").text
    assert "25" in browser.get("/channel/playlist", params={"title": "=cmd|' /C calc'!A0"}).text
    assert browser.get("/channel?year=99999999999999999999").status_code == 200


def test_a_channel_that_does_not_answer_is_said_in_a_sentence(place: Place) -> None:
    answer = place.browser(Role.ADMINISTRATOR).do("/channel", "/channel/check")
    assert answer.url.path == "/channel"
    assert 'role="status"><p>' in answer.text


def test_an_administrator_adds_somebody_who_chooses_a_password_by_the_link(place: Place) -> None:
    browser = place.browser(Role.ADMINISTRATOR)
    page = browser.do("/people", "/people", name="Thu", display="Đỗ Thu", role="reviewer")
    found = re.search(r'value="http://studio.test(/link/[^"]+)"', page.text)
    assert found
    somebody = place.browser()
    somebody.do(found[1], found[1], password=PASSWORD)
    assert somebody.get("/review").status_code == 200
    assert browser.do("/people", "/people", name="thu", role="staff").status_code == 422
    assert browser.do("/people", "/people", name="có dấu", role="staff").status_code == 422
    assert browser.do("/people", "/people", name="tuan", role="emperor").status_code == 422


def test_roles_change_accounts_shut_and_the_last_administrator_stays(place: Place) -> None:
    browser = place.browser(Role.ADMINISTRATOR)
    theirs = place.browser(Role.STAFF)
    browser.do("/people", "/people/lan", role="reviewer")
    assert theirs.get("/review").status_code == 200
    browser.do("/people", "/people/lan/out")
    assert theirs.get("/review").url.path == "/sign-in"
    browser.do("/people", "/people/hoa", shut="yes")
    assert place.stores.people.accounts.find("hoa").disabled  # type: ignore[union-attr]
    assert browser.do("/people", "/people/minh", role="staff").status_code == 422
    assert browser.do("/people", "/people/nobody/link").status_code == 422


def test_the_log_is_filtered_and_taken_away_but_never_changed(place: Place) -> None:
    furnish(place)
    approve(place.stores)
    browser = place.browser(Role.ADMINISTRATOR)
    assert "để thử" in browser.get("/log?what=approved&who=hoa").text
    assert "để thử" not in browser.get("/log?what=submitted").text
    assert "Không có tác phẩm nào như vậy" in browser.get("/log?until=2020-01-01").text
    assert browser.get("/log?since=hôm qua").status_code == 422
    rows = list(csv.reader(io.StringIO(browser.get("/log.csv?who=hoa").content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Khi nào", "Ai", "Nội dung"]
    assert {row[1] for row in rows[1:]} == {"hoa"}
    assert browser.post("/log").status_code == 405


def test_the_machine_room_shows_what_failed_and_tries_it_again(house: tuple[Place, Database]) -> None:
    place, database = house
    furnish(place)
    with database.write() as run:
        id_ = run.execute(select(stages.c.id).limit(1)).scalar_one()
        broken = {
            "state": "quarantined",
            "lines": "<b>dòng cuối</b>",
            "said": '{"key":"The disk is full.","values":{}}',
        }
        run.execute(update(stages).where(stages.c.id == id_).values(broken))
    browser = place.browser(Role.ADMINISTRATOR)
    page = browser.get("/system").text
    assert "&lt;b&gt;dòng cuối" in page
    assert "Redis không trả lời" in page
    assert "Không có tiến trình làm việc nào" in page
    browser.do("/system", "/system/cay-khe/retry")
    assert place.stores.records.troubles() == ()
    assert "không có gì chờ thử lại" in browser.do("/system", "/system/cay-khe/retry").text


def test_without_a_channel_the_pages_say_how_to_have_one(place: Place, furnished: Path, tmp_path: Path) -> None:
    settings = replace(place.settings, publishing=Publishing())
    with studio(settings, place.stores, CHEAP) as one:
        bare = Place(settings, place.stores, application(one))
        for address in ("/uploads", "/channel"):
            assert "Chưa nối kênh nào" in bare.browser(Role.ADMINISTRATOR).get(address).text
