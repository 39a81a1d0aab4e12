"""How somebody uses a page: by mouse or finger, or by keys alone. Counts what their hands do."""

from __future__ import annotations

import time
from typing import Any

_MOST_TABS = 150


def until(page: Any, script: str, seconds: float = 60) -> None:
    """Wait until a script says true; the pages' policy lets no waiting script in."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < deadline, f"waited in vain for {script}"
        time.sleep(0.05)


class Mouse:
    """Points and clicks; on a phone, taps."""

    def __init__(self, page: Any, *, touch: bool = False) -> None:
        self.page = page
        self.done = 0
        self._touch = touch

    def press(self, what: str) -> None:
        """Press a button, follow a link, tick a box."""
        self.done += 1
        place = self.page.locator(what).first
        if self._touch:
            place.tap()
        else:
            place.click()

    def write(self, what: str, text: str) -> None:
        """Write into a field."""
        self.done += 1
        self.page.locator(what).first.fill(text)

    def choose(self, what: str, value: str) -> None:
        """Choose from a list."""
        self.done += 1
        self.page.locator(what).first.select_option(value)

    def enter(self, what: str) -> None:
        """Go into a field, to type there."""
        self.done += 1
        self.page.locator(what).first.focus()


class Keys:
    """Uses nothing but the keyboard; what the Tab key does not reach, and show, is out of reach."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.done = 0

    def press(self, what: str) -> None:
        """Press a button, follow a link, tick a box."""
        self.enter(what)
        box = self.page.evaluate("document.activeElement.matches('input[type=radio], input[type=checkbox], summary')")
        self.page.keyboard.press("Space" if box else "Enter")

    def write(self, what: str, text: str) -> None:
        """Write into a field."""
        self.enter(what)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, what: str, value: str) -> None:
        """Choose from a list."""
        self.enter(what)
        steps = "value => [...document.activeElement.options].findIndex(one => one.value === value)"
        wanted = self.page.evaluate(steps, value)
        at = self.page.evaluate("document.activeElement.selectedIndex")
        for _ in range(abs(wanted - at)):
            self.page.keyboard.press("ArrowDown" if wanted > at else "ArrowUp")
        assert self.page.evaluate("document.activeElement.value") == value

    def enter(self, what: str) -> None:
        """Press Tab until that has the focus, and see that it shows."""
        self.done += 1
        wanted = self.page.locator(what).first.element_handle()
        for _ in range(_MOST_TABS):
            if self.page.evaluate("one => document.activeElement === one", wanted):
                outline = self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"{what} does not show that it has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab key leads to {what}")
