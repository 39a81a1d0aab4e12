"""The API's files, uploads and figures: what pages do with them, programs do too, as far as their scopes reach."""

from __future__ import annotations

import time
from typing import Any

from media_service.database.connection import Database
from media_service.domain.permissions import Role, Scope
from tests.jobs import png
from tests.web.conftest import WHO, Browser, Place
from tests.web.scene import approve, furnish

BOOK = "Con cò trắng đứng giữa đồng.\n\nChiều xuống, cò bay về tổ.\n".encode()


def bearing(place: Place, role: Role, *scopes: Scope) -> dict[str, str]:
    token = place.stores.people.tokens.make(WHO[role], "test", frozenset(scopes or Scope))
    return {"Authorization": f"Bearer {token}"}


def sent(client: Browser, address: str, content: bytes, headers: dict[str, str]) -> Any:
    return client.post(address, content=content, headers={**headers, "Content-Type": "application/octet-stream"})


def test_a_book_is_imported_and_gets_a_picture(place: Place) -> None:
    client, headers = place.browser(), bearing(place, Role.STAFF)
    ticket = sent(client, "/api/imports?name=Cò trắng.txt&kind=fairy-tale", BOOK, headers).json()["ticket"]
    while not (told := client.get(f"/api/imports/{ticket}", headers=headers).json())["done"]:
        time.sleep(0.1)
    assert told == {"done": True, "draft": "co-trang", "faults": []}
    assert "title: Cò trắng" in client.get("/api/drafts/co-trang", headers=headers).json()["script"]
    kept = sent(client, "/api/drafts/co-trang/pictures?name=Tranh 1.PNG", png(64, 36), headers)
    assert (kept.status_code, kept.json()) == (201, {"name": "tranh-1.png"})
    assert client.get(f"/api/imports/{ticket}", headers=bearing(place, Role.REVIEWER)).status_code == 422


def test_a_file_that_is_no_book_and_one_that_is_sent_as_a_form_are_refused(place: Place) -> None:
    client, headers = place.browser(), bearing(place, Role.STAFF)
    assert sent(client, "/api/imports?name=a.exe", BOOK, headers).status_code == 422
    assert sent(client, "/api/imports?name=a.txt", b"", headers).status_code == 422
    form = client.post("/api/imports?name=a.txt", data={"a": "b"}, headers=headers)
    assert form.status_code == 415
    assert sent(client, "/api/imports?name=a.txt", BOOK, bearing(place, Role.STAFF, Scope.READ)).status_code == 403


def test_what_is_made_is_had_in_parts_by_whoever_may_see_it(place: Place) -> None:
    furnish(place)
    client, headers = place.browser(), bearing(place, Role.STAFF, Scope.READ)
    film = client.get("/api/works/cay-khe/1/video", headers=headers)
    part = client.get("/api/works/cay-khe/1/video", headers={**headers, "Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, film.content[1:4])
    assert client.get("/api/works/cay-khe/1/captions", headers=headers).text.startswith("WEBVTT")
    others = {"Authorization": f"Bearer {place.stores.people.tokens.make('mai', 'test', frozenset(Scope))}"}
    for what in ("video", "captions", "sound", "mp3", "thumbnail"):
        assert client.get(f"/api/works/cay-khe/1/{what}", headers=others).status_code == 404
    assert client.get("/api/works/cay-khe/1/script.md", headers=headers).status_code == 422


def test_uploads_are_ordered_timed_and_held(house: tuple[Place, Database]) -> None:
    place, _ = house
    for slug in ("mot", "hai"):
        furnish(place, f"Chuyện {slug}.", slug=slug)
    for slug in ("mot", "hai"):
        approve(place.stores, slug)
    client, headers = place.browser(), bearing(place, Role.ADMINISTRATOR)
    seen = [one["id"] for one in client.get("/api/uploads", headers=headers).json()]
    turned = client.post("/api/uploads/order", json={"seen": seen, "wanted": seen[::-1]}, headers=headers)
    assert [one["slug"] for one in turned.json()] == ["hai", "mot"]
    assert client.post("/api/uploads/mot/1/hold", headers=headers).json()["held"]
    timed = client.post(
        "/api/uploads/mot/1/showing", json={"shown_from": "2099-01-01T19:00:00+07:00"}, headers=headers
    ).json()
    assert (timed["held"], timed["shown_from"]) == (False, "2099-01-01T12:00:00Z")
    past = client.post("/api/uploads/mot/1/showing", json={"shown_from": "2020-01-01T19:00:00Z"}, headers=headers)
    assert past.status_code == 422
    assert client.get("/api/uploads", headers=bearing(place, Role.REVIEWER)).status_code == 403


def test_figures_the_log_and_the_service_are_told(house: tuple[Place, Database]) -> None:
    place, _ = house
    furnish(place)
    approve(place.stores)
    client, headers = place.browser(), bearing(place, Role.ADMINISTRATOR)
    assert client.get("/api/figures/2026", headers=headers).json() == []
    lines = client.get("/api/log?what=approved", headers=headers).json()["lines"]
    assert [(one["who"], one["slug"]) for one in lines] == [("hoa", "cay-khe")]
    assert client.get("/api/service", headers=headers).json()["productions"] == {"approved": 1}
    assert client.get("/api/log", headers=bearing(place, Role.ADMINISTRATOR, Scope.READ)).status_code == 403
