"""Staff's works: nobody sees drafts and films of others, no text becomes markup, no name a path, no upload too much."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

from media_service.domain.permissions import Role
from media_service.web.bench import arrive
from media_service.web.pages import drafts
from tests.web.conftest import Browser, Place, token

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
HOSTILE = ("../../etc/passwd", "..%2f..%2fx", "/etc/passwd", "....//x", "a\x00b", "%2e%2e", "x" * 400)


def apart(run: Callable[[], Awaitable[object]]) -> object:
    """Run what is asynchronous in a thread of its own: tests with a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as hand:
        return hand.submit(anyio.run, run).result()


def raw(browser: Browser, address: str, content: bytes) -> Any:
    """Send what a script of ours sends."""
    csrf = token(browser.get("/new").text)
    headers = {"X-CSRF-Token": csrf, "Content-Type": "application/octet-stream"}
    return browser.post(address, content=content, headers=headers)


def begun(place: Place, title: str = "Cây khế", text: str = "Ngày xưa có hai anh em.") -> Browser:
    """Have Lan begin a draft."""
    browser = place.browser(Role.STAFF)
    page = browser.do("/new", "/new", title=title)
    assert page.url.path.startswith("/drafts/"), page.text
    script = f"---\ntitle: {json.dumps(title)}\nkind: fairy-tale\nage: 6-10\n---\n\n{text}\n"
    raw(browser, f"{page.url.path}/script", script.encode())
    return browser


def handed_in(place: Place) -> Browser:
    browser = begun(place)
    assert browser.do("/drafts/cay-khe", "/drafts/cay-khe/hand-in").url.path == "/works/cay-khe"
    return browser


def test_a_draft_that_is_handed_in_lies_beside_the_other_jobs(place: Place) -> None:
    browser = handed_in(place)
    assert (place.settings.home / "jobs" / "cay-khe" / "script.md").is_file()
    assert "Cây khế" in browser.get("/works").text
    assert place.stores.works.status("cay-khe")[0].submitter == "lan"
    assert browser.get("/works/cay-khe/status").json()["moving"]


def test_a_draft_with_faults_is_not_handed_in_and_says_why(place: Place) -> None:
    browser = begun(place, text="![](thieu.png)\nNgày xưa.")
    page = browser.do("/drafts/cay-khe", "/drafts/cay-khe/hand-in")
    assert page.status_code == 422
    assert "thieu.png" in page.text
    assert place.stores.works.status() == ()


def test_what_is_answered_of_rights_is_written_into_the_script_and_owed_no_more(place: Place) -> None:
    browser = begun(place)
    given = {f"basis-{part}": "own-work" for part in ("text", "pictures", "music")}
    page = browser.do(
        "/drafts/cay-khe", "/drafts/cay-khe/answers", **given, **{"basis-voice": "synthetic", "kids": "no"}
    )
    assert page.status_code == 200
    script = (place.settings.state / "bench" / "lan" / "cay-khe" / "script.md").read_text("utf-8")
    assert "  voice: {basis: synthetic}\nmade_for_kids: false\n---" in script
    told = raw(browser, "/drafts/cay-khe/script", script.encode()).json()
    assert (told["owed"], told["answers"]["basis-text"]) == ([], "own-work")
    wrong = browser.do("/drafts/cay-khe", "/drafts/cay-khe/answers", **{"basis-text": "finders-keepers"})
    assert wrong.status_code == 422


def test_a_script_that_two_windows_write_is_not_overwritten_by_the_one_that_has_not_seen_it(place: Place) -> None:
    first, second = begun(place), place.browser(Role.STAFF)
    seen = re.findall(r'data-seen="([^"]+)"', second.get("/drafts/cay-khe").text)[0]
    text = '---\ntitle: "Cây khế"\nkind: fairy-tale\n---\n\nNgày xưa có ba anh em.\n'
    now = raw(first, f"/drafts/cay-khe/script?seen={seen}", text.encode()).json()["seen"]
    late = raw(second, f"/drafts/cay-khe/script?seen={seen}", b"---\ntitle: x\n---\n")
    assert late.status_code == 409
    assert "cửa sổ khác" in late.json()["message"]
    given = {"script": "của cửa sổ thứ hai", "seen": seen}
    page = second.do("/drafts/cay-khe", "/drafts/cay-khe/hand-in", **given)
    assert page.status_code == 409
    assert "của cửa sổ thứ hai" in page.text
    assert "ba anh em" in (place.settings.state / "bench" / "lan" / "cay-khe" / "script.md").read_text("utf-8")
    assert raw(first, f"/drafts/cay-khe/script?seen={now}", text.encode()).status_code == 200


def test_nobody_sees_drafts_of_others_and_only_reviewers_their_works(place: Place) -> None:
    handed_in(place)
    begun(place, "Tấm Cám")
    others = {Role.REVIEWER: 200, Role.ADMINISTRATOR: 200}
    for role, status in others.items():
        assert place.browser(role).get("/works/cay-khe").status_code == status
        assert place.browser(role).get("/drafts/tam-cam").status_code == 422
    stranger = place.browser(name="mai")
    for address in ("", "/status", "/live", "/1/storyboard"):
        assert stranger.get(f"/works/cay-khe{address}").status_code == 404
    for what in ("video", "sound", "mp3", "thumbnail", "captions", "clip/0", "picture/x"):
        assert stranger.get(f"/media/cay-khe/1/{what}").status_code == 404
    assert stranger.get("/drafts/tam-cam").status_code == 422
    assert place.browser(Role.REVIEWER).do("/works/cay-khe", "/works/cay-khe/want", will="cancelled").status_code == 422


def test_sounds_and_pictures_of_drafts_are_for_their_owner_alone(place: Place) -> None:
    browser = begun(place)
    raw(browser, "/drafts/cay-khe/pictures?name=a.png", b"x")
    heard = raw(browser, "/drafts/cay-khe/hear", b"").json()["clips"][0]["src"]
    for address in ("/drafts/cay-khe/pictures/a.png", heard):
        assert browser.get(address).status_code == 200
        for other in (place.browser(name="mai"), place.browser(Role.ADMINISTRATOR)):
            assert other.get(address).status_code == 422
        assert place.browser().get(address).url.path == "/sign-in"


def test_a_title_of_anothers_work_cannot_be_taken(place: Place) -> None:
    handed_in(place)
    other = place.browser(name="mai")
    other.do("/new", "/new", title="Cây khế")
    raw(other, "/drafts/cay-khe/script", b"---\ntitle: x\nkind: fairy-tale\nage: 6-10\n---\n\nKh\xc3\xa1c.\n")
    assert other.do("/drafts/cay-khe", "/drafts/cay-khe/hand-in").status_code == 422
    assert "hai anh em" in (place.settings.home / "jobs" / "cay-khe" / "script.md").read_text(encoding="utf-8")


def test_a_corrected_reading_goes_to_the_lexicon_and_makes_its_sentence_again(place: Place) -> None:
    browser = handed_in(place)
    before = place.stores.works.episode("cay-khe", 1)
    page = browser.do("/works/cay-khe/1/storyboard", "/works/cay-khe/1/reading", written="anh em", said="anh êm")
    assert page.status_code == 200
    assert "anh em = anh êm" in (place.settings.home / "jobs" / "cay-khe" / "lexicon.txt").read_text(encoding="utf-8")
    after = place.stores.works.episode("cay-khe", 1)
    changed = [old.text for old, new in zip(before.passages, after.passages, strict=True) if old != new]
    assert changed == ["Ngày xưa có hai anh em."]
    wrong = browser.do("/works/cay-khe/1/storyboard", "/works/cay-khe/1/reading", written="=", said="|")
    assert wrong.status_code == 422


def test_no_text_of_people_becomes_markup(place: Place) -> None:
    browser = begun(place, f"Cây {EVIL}", text=f"Ngày xưa {EVIL}.")
    (draft,) = (place.settings.state / "bench" / "lan").iterdir()
    pages = ["/works", f"/drafts/{draft.name}", "/account", f"/drafts/{EVIL}", f"/works/{EVIL}", f"/x/{EVIL}"]
    answers = [browser.get(page).text for page in pages]
    answers += [
        browser.do("/account", "/account/tokens", title=EVIL, scope="read").text,
        browser.do("/new", "/new", title=EVIL * 3, kind=EVIL, age=EVIL, narrator=EVIL, playlist=EVIL).text,
        place.browser().do("/sign-in", "/sign-in", name=EVIL, password=EVIL).text,
        browser.get("/sign-in", headers={"Cookie": f"said={EVIL}; language={EVIL}; theme={EVIL}"}).text,
    ]
    for page in answers:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_people_becomes_a_path(place: Place, name: str) -> None:
    browser = begun(place)
    before = {path for path in place.settings.home.rglob("*") if ".db" not in path.name}
    for address in (f"/drafts/{name}", f"/drafts/cay-khe/pictures/{name}", f"/works/{name}", f"/media/{name}/1/video"):
        assert browser.get(address.replace("\x00", "%00")).status_code in {404, 422}
    params = {"name": f"{name}.png"}
    csrf = token(browser.get("/new").text)
    headers = {"X-CSRF-Token": csrf, "Content-Type": "application/octet-stream"}
    sent = browser.post("/drafts/cay-khe/pictures", params=params, content=b"x", headers=headers)
    assert sent.status_code == 201
    new = {path for path in place.settings.home.rglob("*") if ".db" not in path.name} - before
    assert {path.parent.name for path in new} == {"cay-khe"}


def test_what_is_too_large_is_refused_before_it_arrives_and_leaves_nothing(open_place: Any) -> None:
    place = open_place(upload_bytes=1000)
    browser = place.browser(Role.STAFF)
    for content in (b"x" * 1001, b""):
        assert raw(browser, "/new/book?name=sach.epub", content).status_code == 422
    assert raw(browser, "/new/book?name=sach.exe", b"x").status_code == 422
    assert not [path for path in (place.settings.state / "bench").rglob("*") if path.is_file()]


def test_what_grows_beyond_its_limit_while_it_arrives_is_refused(tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 100_000

    async def run() -> None:
        with pytest.raises(Exception, match="larger"):
            await arrive(endless(), tmp_path / "book", 1_000_000)

    apart(run)


def test_an_upload_that_stalls_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "IDLE_S", 0.05)

    class Slow:
        def __init__(self) -> None:
            self.headers: dict[str, str] = {}

        async def stream(self) -> AsyncIterator[bytes]:
            yield b"x"
            await anyio.sleep(5)

    async def run() -> list[bytes]:
        return [part async for part in drafts.flowing(Slow(), 100)]  # type: ignore[arg-type]

    with pytest.raises(Exception, match="stalled"):
        apart(run)
