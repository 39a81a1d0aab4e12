"""The reviewers' and administrators' desks in a real browser: by keys, on a phone, in both languages and lights."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import av
import numpy as np
import pytest

from media_service.database.engine import stores as doors
from media_service.database.outlet import Outlet
from media_service.domain.permissions import Role
from media_service.domain.service import Verdict
from media_service.sealing import Sealing
from media_service.settings import Publishing, Settings, Studio
from media_service.stores import Stores
from media_service.web.app import application
from media_service.web.serving import serve
from media_service.web.studio import studio
from tests.browser.conftest import violations
from tests.browser.hands import until
from tests.database.conftest import hasty
from tests.database.scene import IN_ORDER, Maker, accept
from tests.fakes import FakeFilm, FakeInspector
from tests.web.conftest import CHEAP, WHO, furnished
from tests.web.scene import approve

__all__ = ["furnished"]

pytestmark = pytest.mark.enable_socket

DESKS = (
    "/review",
    "/review/mot/1",
    "/review?verdict=approved",
    "/uploads",
    "/uploads/hai/1",
    "/channel",
    "/channel/report",
    "/channel/playlist?title=",
    "/people",
    "/log",
    "/system",
)
LOOKS = {"vi, desktop": ("vi", 1280), "en, phone": ("en", 390)}
FIRST_KB = 150


class RealFilm(FakeFilm):
    """Joins into a film that players play: some seconds of a colour."""

    def join(self, shots: Any, sound: Path, language: str, path: Path) -> None:
        with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as file:
            stream = file.add_stream("libx264", rate=5, options={"preset": "ultrafast", "g": "5"})
            stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
            for number in range(60):
                colour = np.full((180, 320, 3), (number * 4, 90, 160), np.uint8)
                file.mux(stream.encode(av.VideoFrame.from_ndarray(colour, format="rgb24")))
            file.mux(stream.encode(None))


@dataclass(frozen=True)
class Served:
    """A studio that is served, and its doors."""

    address: str
    stores: Stores


@contextmanager
def opened(folder: Path) -> Iterator[Stores]:
    """Open the doors to what lies in a folder."""
    database = hasty(f"sqlite:///{folder / 'studio.db'}")
    yield doors(database, Outlet("sandbox", sealing=Sealing(folder / "key", ours=True)))
    database.close()


@pytest.fixture(scope="module")
def made(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four works: two wait for review, two are approved."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copy(furnished, folder / "studio.db")
    with opened(folder) as stores:
        make(folder, stores)
    return folder


def make(folder: Path, stores: Stores) -> None:
    maker = Maker(folder)
    maker.tools = replace(maker.tools, film=RealFilm(), inspector=FakeInspector())
    for slug in ("mot", "hai", "ba", "bon"):
        accept(stores, " ".join(f"Câu thứ {n} của chuyện {slug}." for n in range(6)), slug=slug, **IN_ORDER)
    maker.work(stores)
    approve(stores, "hai")
    approve(stores, "ba")


@pytest.fixture
def served(made: Path, tmp_path: Path) -> Iterator[Served]:
    """A studio over a copy of these works."""
    folder = shutil.copytree(made, tmp_path / "house")
    publishing = Publishing(channel="sandbox", sandbox="http://127.0.0.1:9")
    chosen = replace(Studio(), listen="127.0.0.1:0")
    settings = Settings(folder, folder / "output", None, "vi", publishing=publishing, studio=chosen)
    with (
        opened(folder) as stores,
        studio(settings, stores, CHEAP) as one,
        serve(application(one), settings) as address,
    ):
        yield Served(address, stores)


@contextmanager
def page_of(
    browser: Any,
    served: Served,
    role: Role,
    look: tuple[str, int] = LOOKS["vi, desktop"],
    *,
    expected: str = "-",
) -> Iterator[Any]:
    """Yield a page on which somebody is signed in; what the browser complains of beyond `expected` fails the test."""
    language, width = look
    phone = {"is_mobile": True, "has_touch": True} if width < 600 else {}
    context = browser.new_context(viewport={"width": width, "height": 844}, **phone)
    cookies = {"visit": served.stores.people.visits.begin(WHO[role], timedelta(hours=1)), "language": language}
    context.add_cookies([{"name": name, "value": value, "url": served.address} for name, value in cookies.items()])
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    context.close()
    assert [said for said in complaints if expected not in said] == []


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_desk_is_open_to_everybody_fits_and_asks_no_other_host(
    look: tuple[str, int], chromium: Any, served: Served
) -> None:
    with page_of(chromium, served, Role.ADMINISTRATOR, look) as page:
        hosts: set[str] = set()
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
        for desk in DESKS:
            page.goto(served.address + desk)
            for theme in ("light", "dark"):
                assert violations(page, theme) == [], (desk, theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= look[1], desk
        assert hosts == {urlsplit(served.address).netloc}


def test_a_first_look_needs_little(chromium: Any, served: Served) -> None:
    with page_of(chromium, served, Role.REVIEWER) as page:
        sizes: list[int] = []
        page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]))
        page.goto(served.address + "/review", wait_until="networkidle")
        assert 10_000 < sum(sizes) < FIRST_KB * 1_000


def test_by_keys_alone_a_reviewer_notes_a_second_and_sends_the_work_back(chromium: Any, served: Served) -> None:
    with page_of(chromium, served, Role.REVIEWER) as page:
        page.goto(served.address + "/review")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/mot/1", wait_until="commit")
        until(page, "document.getElementById('film').readyState > 0")
        page.locator("#wave").focus()
        page.keyboard.press("ArrowRight")
        assert page.locator("#wave").get_attribute("aria-valuetext") == "0:05"
        page.keyboard.press("n")
        page.keyboard.type("đọc nhầm tên")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#notes [data-at='5']")
        page.locator("#notes [data-at='5'] .jump").focus()
        page.keyboard.press("s")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/bon/1", wait_until="commit")
        (item,) = served.stores.reviews.show("mot", 1)
        assert item.verdict is Verdict.SENT_BACK
        assert [(one.at_s, one.text) for one in item.notes][:1] == [(5.0, "đọc nhầm tên")]


def test_single_keys_can_be_turned_off(chromium: Any, served: Served) -> None:
    with page_of(chromium, served, Role.REVIEWER) as page:
        page.goto(served.address + "/review")
        page.keyboard.press("?")
        page.locator("#keys-on").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.tagName") != "A"


def test_the_order_changes_by_keys_and_by_dragging_and_stays(chromium: Any, served: Served) -> None:
    def order() -> list[str]:
        return [one.publication.slug for one in served.stores.overviews.uploads.coming()]

    with page_of(chromium, served, Role.ADMINISTRATOR) as page:
        page.goto(served.address + "/uploads")
        assert order() == ["hai", "ba"]
        page.locator(".handle").nth(1).focus()
        with page.expect_response("**/uploads/order"):
            page.keyboard.press("ArrowUp")
        assert order() == ["ba", "hai"]
        page.reload()
        with page.expect_response("**/uploads/order"):
            page.locator(".entry").nth(0).drag_to(page.locator(".entry").nth(1), target_position={"x": 20, "y": 50})
        assert order() == ["hai", "ba"]


def test_two_reviewers_at_the_same_moment_see_the_same_state(chromium: Any, served: Served) -> None:
    with page_of(chromium, served, Role.REVIEWER, expected="409") as first:
        first.goto(served.address + "/review/mot/1")
        with page_of(chromium, served, Role.ADMINISTRATOR) as second:
            second.goto(served.address + "/review/mot/1")
            second.locator("#decide-note").fill("sai tên nhân vật")
            second.locator("#send-back").click()
            second.wait_for_url("**/review/bon/1", wait_until="commit")
        first.locator("#waiver").fill("nghe ổn")
        with first.expect_response("**/review/mot/1") as answer:
            first.locator("#approve").click()
        assert answer.value.status == 409
        assert "minh vừa trả lại" in first.locator("[role=alert]").inner_text()
        assert "sai tên nhân vật" in first.locator("#notes").inner_text()
    assert served.stores.reviews.show("mot", 1)[0].verdict is Verdict.SENT_BACK


def test_a_page_says_so_when_the_studio_goes_and_shows_the_state_when_it_is_back(chromium: Any, served: Served) -> None:
    with page_of(chromium, served, Role.ADMINISTRATOR, expected="ERR_FAILED") as page:
        page.goto(served.address + "/system")
        page.route("**/system", lambda route: route.abort())
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_selector("#fresh[role=alert]")
        assert "không mất gì" in page.locator("#fresh").inner_text()
        page.unroute("**/system")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_selector("#fresh.hint")
