from __future__ import annotations

import re

from media_service.domain.permissions import Role
from tests.web.conftest import Place


def asked(place: Place, page: str) -> dict[str, bytes]:
    """Return all that a page asks for before it stands: what it names, and what that names in turn."""
    browser = place.browser(Role.ADMINISTRATOR)
    found: dict[str, bytes] = {page: browser.get(page).content}
    ahead = [page]
    while ahead:
        for address in re.findall(rb"""["(](/static/[^"')]+)""", found[ahead.pop()]):
            name = address.decode()
            if name not in found:
                answer = browser.get(name, headers={"Accept-Encoding": "gzip"})
                assert answer.status_code == 200, name
                found[name] = answer.content
                ahead.append(name)
    return found


def test_a_file_is_asked_for_under_one_address_that_names_its_content(place: Place) -> None:
    names = [name.partition("?")[0] for name in asked(place, "/new")]
    assert len(names) == len(set(names))
    assert {"/static/studio.js", "/static/text.ttf", "/static/listen.js"} <= set(names)
    answer = place.browser().get(next(name for name in asked(place, "/new") if "studio.js" in name))
    assert "immutable" in answer.headers["cache-control"]


def test_a_page_needs_less_than_150_kilobytes_to_show(place: Place) -> None:
    browser = place.browser(Role.ADMINISTRATOR)
    total = 0
    for name in asked(place, "/new"):
        with browser.stream("GET", name, headers={"Accept-Encoding": "gzip"}) as answer:
            total += sum(len(part) for part in answer.iter_raw())
    assert 10_000 < total < 150_000, total


def test_nothing_that_is_no_file_of_ours_is_served(place: Place) -> None:
    for name in ("..%2f..%2fsign-in.html.j2", "%2e%2e/studio.css", "base.html.j2", "studio.css%00"):
        assert place.browser().get(f"/static/{name}").status_code == 404
