"""The studio in a real Chromium, driven by Playwright: a server in this process, one browser for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from media_service.database.engine import stores as doors
from media_service.settings import Settings, Studio
from media_service.stores import Stores
from media_service.web.app import application
from media_service.web.serving import serve
from media_service.web.studio import studio
from tests.browser.journey import Manner, Somebody
from tests.browser.service import House, house
from tests.database.conftest import hasty
from tests.web.conftest import CHEAP, PASSWORD, furnished

__all__ = ["furnished"]

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
HOW = "needs Chromium: install it with apt-get install chromium, or leave these tests to the CI"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; without one the tests are passed over, but not in the CI."""
    if PROGRAM is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW)
        pytest.skip(HOW)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playing:
        options = ["--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"]
        browser = playing.chromium.launch(executable_path=PROGRAM, args=options)
        yield browser
        browser.close()


class Site:
    """A studio that is served, and how one comes in."""

    def __init__(self, url: str, stores: Stores, settings: Settings) -> None:
        self.url, self.stores, self.settings = url, stores, settings

    def enter(self, page: Any, name: str) -> None:
        """Sign in as a person does."""
        page.goto(f"{self.url}/sign-in")
        page.fill("#name", name)
        page.fill("#password", PASSWORD)
        page.click("button.main")
        page.wait_for_url("**/works")


@pytest.fixture(scope="module")
def site(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(furnished, folder / "studio.db")
    database = hasty(f"sqlite:///{folder / 'studio.db'}")
    chosen = replace(Studio(), listen="127.0.0.1:0")
    settings = Settings(folder, folder / "output", None, "vi", studio=chosen)
    stores = doors(database)
    with studio(settings, stores, CHEAP) as one, serve(application(one), settings) as url:
        yield Site(url, stores, settings)
    database.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole service as `up` runs it, on an empty folder."""
    with house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="module")
def minh(chromium: Any, place: House) -> Iterator[Somebody]:
    """The first administrator, who has come in by the link that `up` printed."""
    somebody = Somebody(chromium, place, Manner("vi", 1280, 800))
    somebody.by_link(place.first_link, "minh")
    yield somebody
    somebody.leave()


def violations(page: Any, theme: str = "light") -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA on a page in a light; in the dark only colours are others."""
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    wanted = {"type": "rule", "values": ["color-contrast"]} if theme == "dark" else {"type": "tag", "values": tags}
    found = page.evaluate("wanted => axe.run(document, {runOnly: wanted, resultTypes: ['violations']})", wanted)
    return [
        f"{one['id']}: {one['help']} ({node['target']}: {node.get('failureSummary', '')})"
        for one in found["violations"]
        for node in one["nodes"]
    ]
