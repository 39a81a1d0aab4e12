"""Every address has a guard for one action, and lets in exactly whom the matrix names."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.routing import BaseRoute

from media_service.domain.permissions import MATRIX, OPEN, Action, Role, may
from media_service.web.app import API, GROUPS
from media_service.web.guard import Guard
from tests.web.conftest import WHO, Place, token

ROUTES = [route for group in (*API, *GROUPS) for route in group.routes]


def guard_of(route: Any) -> Guard:
    guards = [one.dependency for one in route.dependencies if isinstance(one.dependency, Guard)]
    assert len(guards) == 1, route.path
    return guards[0]


def filled(route: Any) -> str:
    """Return an address that leads nowhere in particular."""
    return str(route.path_format).format_map(Nowhere())


class Nowhere(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "1" if name in {"number", "index"} else "nowhere"


def test_the_matrix_names_every_action() -> None:
    assert set(MATRIX) == set(Action)


def test_no_address_is_without_a_guard(place: Place) -> None:
    served = [
        route for one in place.app.routes if hasattr(one, "original_router") for route in one.original_router.routes
    ]
    beside = {one.path for one in place.app.routes if not hasattr(one, "original_router")}
    assert beside == {"/api/openapi.json"}
    assert len(served) > len(ROUTES)
    assert all(guard_of(route) for route in served)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{min(route.methods)} {route.path}")
def test_an_address_lets_in_whom_the_matrix_names(route: BaseRoute, shared: Place) -> None:
    for role in (None, *WHO):
        admitted(route, role, shared)


def admitted(route: BaseRoute, role: Any, shared: Place) -> None:
    guard, browser = guard_of(route), shared.browser(role)
    method = min(route.methods)  # type: ignore[attr-defined]
    csrf = token(browser.get("/nowhere/at/all").text)
    address = filled(route)
    given: dict[str, Any] = {"data": {"csrf": csrf}} if method == "POST" else {}
    answer = browser.request(method, address, follow_redirects=False, **given)
    refused = answer.status_code in {401, 403} or answer.headers.get("location") == "/sign-in"
    if guard.action in OPEN:
        assert answer.status_code not in {401, 403}
    else:
        assert refused == (not may(role, guard.action)), (answer.status_code, answer.text[:300])


@pytest.mark.parametrize("route", [one for one in ROUTES if guard_of(one).changes], ids=lambda route: str(route.path))
def test_no_deed_is_done_for_a_page_that_is_not_ours(route: BaseRoute, shared: Place) -> None:
    browser, address = shared.browser(Role.ADMINISTRATOR), filled(route)
    csrf = token(browser.get("/nowhere/at/all").text)
    strange = [
        {"data": {}},
        {"data": {"csrf": "x" * 43}},
        {"data": {"csrf": csrf}, "headers": {"Origin": "https://elsewhere.test"}},
        {"data": {"csrf": csrf}, "headers": {"Sec-Fetch-Site": "cross-site"}},
    ]
    for given in strange:
        answer = browser.post(address, follow_redirects=False, **given)
        assert answer.status_code in {401, 403} or answer.headers.get("location") == "/sign-in", given
