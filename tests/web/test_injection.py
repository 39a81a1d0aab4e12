"""Whatever people write, into whichever field of whichever form, no page takes it for markup or for a template."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

from media_service.database.connection import Database
from media_service.domain.permissions import Role
from tests.web.conftest import Browser, Place, token
from tests.web.scene import approve, furnish

EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*1428571 }}"
PAGES = (
    "/works",
    "/works/cay-khe",
    "/works/cay-khe/1/storyboard",
    "/new",
    "/drafts/ban-thao",
    "/account",
    "/review",
    "/review/cay-khe/1",
    "/review?verdict=approved",
    "/uploads",
    "/uploads/hai/1",
    "/channel",
    "/channel/report",
    "/people",
    "/log",
    "/system",
)
ASKED = {
    "/review": ("verdict", "kind", "by", "text", "after"),
    "/uploads": ("month",),
    "/channel": ("year",),
    "/channel/report": ("year",),
    "/channel/playlist": ("title",),
    "/log": ("who", "what", "work", "since", "until", "after"),
    "/works/cay-khe/1/storyboard": ("page",),
    "/new/book/x": ("name",),
}
"""What pages read off their address."""
ENDS = ("/sign-out", "/account/sign-out-everywhere", "/drafts/ban-thao/drop")
"""After these there would be nothing to look at."""


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Finds the forms of a page that change something, with all their fields."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self._address = address
        self._inside: Form | None = None
        self._named: dict[str, Form] = {}
        self.found: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = Form(given.get("action", self._address))
            self._named[given.get("id", "")] = self._inside
            if given.get("method") == "post":
                self.found.append(self._inside)
        elif tag in {"input", "textarea", "select", "button"} and "name" in given:
            form = self._named.get(given["form"]) if "form" in given else self._inside
            if form:
                form.fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None


def test_no_field_of_any_form_and_no_part_of_an_address_becomes_markup(house: tuple[Place, Database]) -> None:
    place, _ = house
    browser = scene(place)
    filled: set[str] = set()
    for page in PAGES:
        for form in Forms(browser.get(page).text, page).found:
            if form.action in ENDS:
                continue
            hostile = {name: EVIL for name in form.fields if name not in {"csrf", "content", "seen"}}
            innocent(browser.post(form.action, data={**form.fields, **hostile}).text)
            filled |= {f"{form.action} {name}" for name in hostile}
    for address, names in ASKED.items():
        for name in names:
            innocent(browser.get(f"{address}?{urlencode({name: EVIL})}").text)
    for page in (*PAGES, "/sign-in", f"/drafts/{quote(EVIL, safe='')}", f"/works/{quote(EVIL, safe='')}"):
        innocent(browser.get(page).text)
    assert len(filled) > 45, sorted(filled)


def scene(place: Place) -> Browser:
    """Have works and drafts whose every text is hostile, and return an administrator's browser."""
    furnish(place, f"Ngày xưa {EVIL}.", title=f"Cây khế {EVIL}", playlist=f"Kể {EVIL}")
    furnish(place, "Hai.", slug="hai", title=f"Hai {EVIL}")
    approve(place.stores, "hai")
    browser = place.browser(Role.ADMINISTRATOR)
    browser.do("/new", "/new", title="Bản thảo")
    csrf = token(browser.get("/new").text)
    script = f"---\ntitle: {json.dumps(f'Bản thảo {EVIL}')}\nkind: fairy-tale\nage: 6-10\n---\n\n{EVIL}: Ngày xưa.\n"
    headers = {"X-CSRF-Token": csrf, "Content-Type": "application/octet-stream"}
    browser.post("/drafts/ban-thao/script", content=script.encode(), headers=headers)
    browser.do("/people", "/people", name="evil", display=EVIL[:80], role="staff")
    note = {"at": "1", "text": EVIL}
    browser.do("/review/cay-khe/1", "/review/cay-khe/1/note", **note)
    return browser


def innocent(page: str) -> None:
    for part in ("<script>alert", "<img src=x", "9999997"):
        assert part not in page, page[max(0, page.find(part) - 300) :][:600]
