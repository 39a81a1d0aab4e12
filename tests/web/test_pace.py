"""Nobody asks for more than the machine can give: uploads, speech, calls of programs."""

from __future__ import annotations

from typing import Any

import pytest

from media_service.domain.permissions import Role, Scope
from media_service.web.pace import Pace, Paces
from tests.web.conftest import WHO, Place, token


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_so_many_one_waits_and_others_need_not() -> None:
    clock = Clock()
    paces = Paces(clock)
    most, within = Pace.HEAR.value
    assert [paces.wait(Pace.HEAR, "lan") for _ in range(most)] == [0.0] * most
    clock.now = 10.0
    assert paces.wait(Pace.HEAR, "lan") == within - 10.0
    assert paces.wait(Pace.HEAR, "hoa") == paces.wait(Pace.UPLOAD, "lan") == 0.0
    clock.now = within
    assert paces.wait(Pace.HEAR, "lan") == 0.0


@pytest.mark.parametrize(
    ("pace", "address"),
    [
        (Pace.HEAR, "/drafts/cay-khe/hear"),
        (Pace.HEAR, "/voices/nu-mien-bac/sample"),
        (Pace.HEAR, "/works/cay-khe/1/passages/0/hear"),
        (Pace.UPLOAD, "/new/book?name=a.epub"),
        (Pace.UPLOAD, "/drafts/cay-khe/pictures?name=a.png"),
        (Pace.UPLOAD, "/works/cay-khe/1/picture?name=a.png"),
    ],
)
def test_a_page_that_asks_too_often_is_told_to_wait(pace: Pace, address: str, place: Place) -> None:
    browser = place.browser(Role.STAFF)
    headers = {"X-CSRF-Token": token(browser.get("/new").text)}
    spend(place, pace, "lan")
    answer = browser.post(address, content=b"x", headers=headers)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "đợi một phút" in answer.json()["message"] or "chờ một phút" in answer.json()["message"]


def test_a_program_that_asks_too_often_is_told_to_wait_and_pages_answer_still(place: Place) -> None:
    secret = place.stores.people.tokens.make(WHO[Role.STAFF], "test", frozenset({Scope.READ}))
    client: Any = place.browser()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/works", headers=headers).status_code == 200
    spend(place, Pace.CALL, "lan")
    assert client.get("/api/works", headers=headers).status_code == 429
    assert place.browser(Role.STAFF).get("/works").status_code == 200


def spend(place: Place, pace: Pace, who: str) -> None:
    """Let somebody have asked as often as they may."""
    while not place.app.state.studio.paces.wait(pace, who):
        pass
