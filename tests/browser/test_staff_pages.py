"""Staff's pages in a real browser: nothing axe-core finds, no complaint, no other host; used by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from media_service.domain.account import Purpose
from tests.browser.conftest import Site, violations
from tests.worker.scene import eventually

pytestmark = pytest.mark.enable_socket

PAGES = ("/works", "/new", "/drafts/cay-khe", "/works/cay-khe", "/works/cay-khe/1/storyboard", "/account", "/nowhere")
TEXT = "Ngày xưa có hai anh em nhà nọ. Người em hiền lành."
PICTURE = Path(__file__).parents[2] / "jobs" / "rua-con-ve-bien" / "hon-cau.svg"


@pytest.fixture(scope="module")
def page(chromium: Any, site: Site) -> Iterator[Any]:
    """A page of Lan's, who has handed a work in and has it on her bench again."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    site.enter(page, "lan")
    page.goto(f"{site.url}/new")
    page.fill("#title", "Cây khế")
    page.click("form[action='/new'] button.main")
    page.wait_for_url("**/drafts/cay-khe")
    page.fill("#script", f"{page.input_value('#script')}\n{TEXT}\n")
    page.wait_for_selector(".good-line")
    page.click("form[action$='hand-in'] button.main")
    page.wait_for_url("**/works/cay-khe")
    page.click("form[action$='take-up'] button")
    page.wait_for_url("**/drafts/cay-khe")
    yield page
    context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing(page: Any, site: Site, language: str) -> None:
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: hosts.add(asked.url.split("/")[2]))
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    for address in PAGES:
        page.goto(site.url + address)
        for theme in ("light", "dark"):
            assert violations(page, theme) == [], (address, theme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert [one for one in complaints if "404" not in one] == []
    assert hosts == {site.url.split("/")[2]}


def test_who_is_not_signed_in_finds_every_page_open_too(chromium: Any, site: Site) -> None:
    page = chromium.new_page()
    secret = site.stores.people.links.make(Purpose.PASSWORD, "hoa", timedelta(hours=1), "minh")
    for language in ("vi", "en"):
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        for address in ("/sign-in", f"/link/{secret}", "/link/none"):
            page.goto(site.url + address)
            for theme in ("light", "dark"):
                assert violations(page, theme) == [], (address, language, theme)
    page.close()


def test_pages_fit_a_phone(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for address in PAGES:
        page.goto(site.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert violations(page) == [], address
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_fault_is_told_at_its_line_and_a_picture_mends_it(page: Any, site: Site) -> None:
    page.context.add_cookies([{"name": "language", "value": "vi", "url": site.url}])
    page.goto(f"{site.url}/drafts/cay-khe")
    page.wait_for_selector(".good-line")
    page.fill("#script", page.input_value("#script") + "\n![Đảo nhỏ](hon-cau.svg)\nHai anh em ra đảo.\n")
    page.wait_for_selector("#faults .fault button")
    page.click("#faults .fault button")
    marked = page.evaluate(
        "() => { const s = document.getElementById('script'); return s.value.slice(s.selectionStart, s.selectionEnd) }"
    )
    assert marked == "![Đảo nhỏ](hon-cau.svg)"
    page.set_input_files("#picture", PICTURE)
    page.wait_for_selector("#faults .good-line")
    page.click("#hear")
    page.wait_for_selector("#hear[aria-pressed='true']")


def test_a_draft_is_there_as_it_was_left_when_the_browser_is_opened_again(chromium: Any, site: Site) -> None:
    before = chromium.new_context()
    page = before.new_page()
    site.enter(page, "mai")
    page.goto(f"{site.url}/new")
    page.fill("#title", "Bỏ dở")
    page.click("form[action='/new'] button.main")
    page.wait_for_url("**/drafts/bo-do")
    page.wait_for_selector("#kept:not(:empty)")
    page.fill("#script", f"{page.input_value('#script')}\nCâu cuối trước khi đóng máy.\n")
    page.goto(f"{site.url}/works")  # at once: sooner than what is typed is kept by itself
    draft = f"{site.url}/drafts/bo-do"  # a context that is closed takes along what its pages are still sending
    eventually(lambda: "Câu cuối trước khi đóng máy." in before.request.get(draft).text(), 20)
    before.close()
    after = chromium.new_context()
    page = after.new_page()
    site.enter(page, "mai")
    page.click("a[href='/drafts/bo-do']")
    page.wait_for_url("**/drafts/bo-do")
    assert "Câu cuối trước khi đóng máy." in page.input_value("#script")
    after.close()


def test_all_is_reached_by_keys_alone(chromium: Any, site: Site) -> None:
    page = chromium.new_page()
    page.goto(f"{site.url}/sign-in")
    assert reached(page, "a.skip")
    assert reached(page, "#name")
    page.keyboard.type("mai")
    page.keyboard.press("Tab")
    page.keyboard.type("bốn từ chẳng ai biết")
    page.keyboard.press("Enter")
    page.wait_for_url("**/works")
    assert reached(page, "a[href='/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new")
    assert reached(page, "#title")
    page.keyboard.type("Tấm Cám")
    assert reached(page, "form[action='/new'] button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/tam-cam")
    assert reached(page, "#script")
    page.keyboard.press("Control+End")
    page.keyboard.type("Ngày xưa có cô Tấm.")
    page.wait_for_selector(".good-line")
    assert reached(page, "form[action$='hand-in'] button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/works/tam-cam")
    page.close()


def reached(page: Any, selector: str) -> bool:
    """Press Tab until that has the focus, and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            return bool(page.evaluate(f"{outline} !== 'none'"))
    return False
