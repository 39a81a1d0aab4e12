from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from media_service.domain.account import Purpose
from media_service.domain.permissions import Role
from tests.web.conftest import PASSWORD, Place, token


def test_who_knows_the_password_comes_in_and_sees_their_works(place: Place) -> None:
    browser = place.browser()
    assert browser.get("/works").url.path == "/sign-in"
    page = browser.do("/sign-in", "/sign-in", name="Lan", password=PASSWORD)
    assert page.url.path == "/works"
    assert "Tác phẩm của tôi" in page.text


def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(place: Place) -> None:
    browser = place.browser()
    wrong = browser.do("/sign-in", "/sign-in", name="lan", password="x" * 12)
    unknown = browser.do("/sign-in", "/sign-in", name="lam", password="x" * 12)
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace('"lan"', "") == unknown.text.replace('"lam"', "")


def test_signing_in_gives_a_new_cookie_and_ends_the_visit_before(place: Place) -> None:
    planted = place.browser(Role.STAFF)
    before = planted.cookies["visit"]
    browser = place.browser()
    browser.cookies.set("visit", "planted-by-somebody")
    browser.do("/sign-in", "/sign-in", name="lan", password=PASSWORD)
    assert browser.cookies.get("visit", domain="studio.test") not in {None, before, "planted-by-somebody"}
    assert place.stores.people.visits.find("planted-by-somebody") is None
    planted.post("/sign-in", data={"csrf": token(planted.get("/works").text), "name": "lan", "password": PASSWORD})
    assert place.stores.people.visits.find(before) is None


def test_a_guesser_must_wait_and_others_need_not(place: Place) -> None:
    browser = place.browser()
    for _ in range(5):
        assert browser.do("/sign-in", "/sign-in", name="lan", password="wrong wrong").status_code == 422
    refused = browser.do("/sign-in", "/sign-in", name="lan", password=PASSWORD)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 60
    assert browser.do("/sign-in", "/sign-in", name="hoa", password=PASSWORD).url.path == "/works"


def test_the_first_administrator_names_themselves_by_a_link_that_works_once(place: Place) -> None:
    secret = place.stores.people.links.make(Purpose.FIRST, "", timedelta(hours=1), "system")
    browser = place.browser()
    page = browser.do(f"/link/{secret}", f"/link/{secret}", name="Thu", display="Đỗ Thu", password=PASSWORD)
    assert page.url.path == "/works"
    assert "Đỗ Thu" in page.text
    account = place.stores.people.accounts.find("thu")
    assert account is not None
    assert account.role is Role.ADMINISTRATOR
    assert place.browser().get(f"/link/{secret}").status_code == 404


def test_a_chosen_password_ends_every_visit_of_before(place: Place) -> None:
    elsewhere = place.browser(Role.STAFF)
    secret = place.stores.people.links.make(Purpose.PASSWORD, "lan", timedelta(hours=1), "minh")
    assert "dễ đoán" in place.browser().do(f"/link/{secret}", f"/link/{secret}", password="1234567890").text
    place.browser().do(f"/link/{secret}", f"/link/{secret}", password="mưa nắng gió bão")
    assert elsewhere.get("/works").url.path == "/sign-in"
    again = place.browser().do("/sign-in", "/sign-in", name="lan", password="mưa nắng gió bão")
    assert again.url.path == "/works"


def test_cookies_are_for_us_alone_and_over_tls_where_there_is_tls(open_place: Callable[..., Place]) -> None:
    secure = open_place(address="https://studio.test").browser()
    secure.base_url = "https://studio.test"
    answer = secure.post(
        "/sign-in",
        data={"csrf": token(secure.get("/sign-in").text), "name": "lan", "password": PASSWORD},
        follow_redirects=False,
    )
    visit = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("visit="))
    assert {"HttpOnly", "Secure", "SameSite=lax"} <= {part.strip() for part in visit.split(";")}
    assert answer.headers["strict-transport-security"]


def test_language_and_light_are_kept(place: Place) -> None:
    browser = place.browser(Role.STAFF)
    assert "Tác phẩm của tôi" in browser.get("/works").text
    browser.do("/works", "/look", language="en")
    browser.do("/works", "/look", theme="dark")
    page = browser.get("/works").text
    assert "My works" in page
    assert 'data-theme="dark"' in page
