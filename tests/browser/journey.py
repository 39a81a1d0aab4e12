"""A work's way from a book file to the channel's page, as a librarian, a reviewer and an administrator go it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.hands import Keys, Mouse, until
from tests.browser.service import House

PASSWORD = "bốn từ chẳng ai biết"
TEXT = "Con cò trắng đứng giữa đồng.\n\nChiều xuống, cò bay về Phan Thiết.\n"
MADE_MS = 300_000
"""So long a film of some seconds may take on a machine that has much else to do."""


@dataclass(frozen=True)
class Manner:
    """In which language somebody reads, on how large a screen, and with what they use it."""

    language: str
    width: int
    height: int
    keys: bool = False

    @property
    def phone(self) -> bool:
        return self.width < 600


class Somebody:
    """A person at a browser of their own."""

    def __init__(self, browser: Any, house: House, manner: Manner) -> None:
        phone = {"is_mobile": True, "has_touch": True} if manner.phone else {}
        context = browser.new_context(viewport={"width": manner.width, "height": manner.height}, **phone)
        context.add_cookies([{"name": "language", "value": manner.language, "url": house.url}])
        self.house = house
        self.page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.hands: Any = Keys(self.page) if manner.keys else Mouse(self.page, touch=manner.phone)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def steps(self) -> int:
        """Return how often they have clicked, chosen or gone into a field since this was asked last."""
        done, self.hands.done = self.hands.done, 0
        return int(done)

    def by_link(self, link: str, name: str = "") -> None:
        """Choose a password by a one-time link; the first administrator chooses a name too."""
        self.page.goto(link)
        if name:
            self.hands.write("#name", name)
            self.hands.write("#display", name.title())
        self.hands.write("#password", PASSWORD)
        self.hands.press("form.stack button.main")
        self.page.wait_for_url("**/works")

    def to(self, address: str) -> None:
        """Open a page by its address, as from a bookmark."""
        self.page.goto(self.house.url + address)

    def leave(self) -> None:
        self.page.context.close()
        assert self.complaints == []

    def invite(self, name: str, role: str) -> str:
        """Add somebody; returns the link for them."""
        self.hands.press("nav a[href='/people']")
        self.page.wait_for_url("**/people")
        self.hands.write("#name", name)
        self.hands.write("#display", name.title())
        self.hands.choose("#role", role)
        self.hands.press("form[action='/people'] button.main")
        return str(self.page.locator("input[value*='/link/']").input_value())

    def begin_from_book(self, book: Path) -> str:
        """Import a book file, hear its beginning, answer for its rights, hand it in; returns the work's address."""
        page, hands = self.page, self.hands
        hands.press("nav a[href='/new']")
        page.wait_for_url("**/new")
        hands.choose("#book-kind", "fairy-tale")
        hands.enter("#book-file")  # the window in which a file is chosen is the system's own
        page.set_input_files("#book-file", book)
        hands.press("#book button.main")
        page.wait_for_url("**/drafts/*")
        page.wait_for_selector("#faults .good-line")
        with page.expect_response("**/heard/*") as sound:
            hands.press("#hear")
        assert len(sound.value.body()) > 10_000
        page.wait_for_selector("#hear[aria-pressed='true']")
        self._answer()
        self._still()
        hands.press("form[action$='hand-in'] button.main")
        page.wait_for_url("**/works/*")
        return str(page.url.removeprefix(self.house.url))

    def _answer(self) -> None:
        for part, basis in {"text": "own-work", "pictures": "none", "music": "none", "voice": "synthetic"}.items():
            self.hands.choose(f"#basis-{part}", basis)
        self.hands.press("input[name='kids'][value='yes']")
        self.hands.press("#answers button")
        self.page.wait_for_selector("#said p")
        self.page.wait_for_selector("#owed:empty", state="attached")
        assert "made_for_kids: true" in self.page.input_value("#script")

    def _still(self) -> None:
        """Want a film without motion, and no other beside it: it is made in a moment."""
        self.hands.enter("#script")
        self.page.keyboard.press("Control+Home")
        self.page.keyboard.press("End")
        with self.page.expect_response("**/script*"):
            self.page.keyboard.type("\nmotion: still\neditions: []")
        self.page.wait_for_selector("#faults .good-line")

    def see_it_made(self) -> None:
        """Watch a work's page until it waits for review; the page shows the film by itself."""
        self.page.wait_for_selector("#standing .badge.wait", timeout=MADE_MS)
        self.page.wait_for_selector("video")

    def correct(self, address: str, words: tuple[str, str]) -> None:
        """Hear the sentence that has a word, correct how it is read, and see that it stands."""
        page, row = self.page, f"li.passage:has-text('{words[0]}')"
        self.hands.press("a[href$='/1/storyboard']")
        page.wait_for_url("**/storyboard")
        with page.expect_response("**/clip/*") as sound:
            self.hands.press(f"{row} .sentence")
        assert sound.value.ok
        page.wait_for_selector(f"{row} .sentence[aria-pressed='true']")
        self.hands.press(f"{row} summary")
        self.hands.write(f"{row} input[name='written']", words[0])
        self.hands.write(f"{row} input[name='said']", words[1])
        self.hands.press(f"{row} .mend button")
        page.wait_for_selector("#said p")
        assert words[1] in page.inner_text(row)
        self.to(address)
        self.see_it_made()

    def send_back(self, slug: str, said: str) -> None:
        """Play the film, pin a note to a second, send the work back."""
        page = self.page
        self._open(slug)
        page.evaluate("document.getElementById('film').play()")
        until(page, "document.getElementById('film').currentTime > 1")
        page.evaluate("document.getElementById('film').pause()")
        self.hands.write("#note-text", said)
        self.hands.press("#note button")
        page.wait_for_selector("#notes [data-at]")
        self.hands.press("#send-back")
        page.wait_for_selector("#said p")

    def approve(self, slug: str) -> None:
        """Approve a work, to be shown at a time that an administrator sets."""
        self._open(slug)
        if self.page.locator("#waiver").count():
            self.hands.write("#waiver", "nghe ổn")
        self.hands.choose("#showing", "later")
        self.hands.press("#approve")
        self.page.wait_for_selector("#said p")

    def _open(self, slug: str) -> None:
        self.hands.press("nav a[href='/review']")
        self.page.wait_for_url("**/review")
        self.hands.press(f"#queue a[href='/review/{slug}/1']")
        self.page.wait_for_url(f"**/review/{slug}/1")
        until(self.page, "document.getElementById('film').readyState > 0")

    def read_note(self, address: str, said: str) -> None:
        """Find what the reviewer said, go to its second, and hand a changed script in."""
        page = self.page
        self.to(address)
        assert said in page.inner_text(".notes")
        self.hands.press(".notes [data-seek]")
        until(page, "document.querySelector('video').currentTime > 0.5")
        self.hands.press("form[action$='take-up'] button")
        page.wait_for_url("**/drafts/*")
        page.wait_for_selector("#faults .good-line")
        self.hands.enter("#script")
        page.keyboard.press("Control+End")
        with page.expect_response("**/script*"):
            page.keyboard.type("\nHết chuyện.\n")
        self.hands.press("form[action$='hand-in'] button.main")
        page.wait_for_url("**/works/*")
        self.see_it_made()

    def schedule(self, slug: str) -> None:
        """Give an approved work its time: tomorrow evening, as the page proposes; see all sent until then."""
        self.hands.press("nav a[href='/uploads']")
        self.page.wait_for_url("**/uploads")
        self.hands.press(f"#order a[href='/uploads/{slug}/1']")
        self.page.wait_for_url(f"**/uploads/{slug}/1")
        self.hands.press("form[action$='/time'] button")
        self.page.wait_for_selector("#said p")
        done = "document.querySelectorAll('section li .badge.good').length >= 3"
        loaded_until(
            lambda: self.page.evaluate(f"{done} && !document.querySelector('section li .badge:not(.good)')"), self
        )
        self.to("/uploads")
        assert self.page.locator(f".month a[href='/uploads/{slug}/1']").count() == 1


def loaded_until(true: Callable[[], bool], somebody: Somebody) -> None:
    """Load a page again until something holds there."""
    for _ in range(120):
        if true():
            return
        somebody.page.wait_for_timeout(1_000)
        somebody.page.reload()
    raise AssertionError(somebody.page.inner_text("main"))


def watched(browser: Any, house: House, title: str) -> float:
    """Open the channel's page as anybody does and play the video of that title; returns how far it played."""
    page = browser.new_page()
    page.goto(house.channel)
    assert title not in page.inner_text("body"), "it is shown before its time"
    house.days_pass(2)
    page.reload()
    page.locator(f"a[href*='watch']:has-text('{title}')").first.click()
    page.wait_for_url("**/watch*")
    until(page, "document.querySelector('video')?.readyState > 1")
    page.evaluate("document.querySelector('video').play()")
    until(page, "document.querySelector('video').currentTime > 1.5")
    far = float(page.evaluate("document.querySelector('video').currentTime"))
    page.close()
    house.days_pass(-2)
    return far
