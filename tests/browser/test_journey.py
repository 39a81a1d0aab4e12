"""From a book file to the channel: every page that lies on the way, on the service as `up` runs it.

In a short run it is gone once, in Vietnamese with a mouse; in a long one also in English, on a phone and by keys alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.journey import TEXT, Manner, Somebody, watched
from tests.browser.service import House

pytestmark = pytest.mark.enable_socket

FEW = {
    "add somebody": 5,
    "make a work of a book": 13,
    "correct a reading": 6,
    "send back with a note": 5,
    "give it a time": 3,
}
"""Five tasks, and how often a new user clicks, chooses or goes into a field for each."""
MANNERS = {"vi": Manner("vi", 1280, 800)}
if os.environ.get("HYPOTHESIS_PROFILE") == "prove":
    MANNERS |= {"en, phone": Manner("en", 390, 844), "en, keys": Manner("en", 1280, 800, keys=True)}


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_book_becomes_a_video_that_the_channel_plays(
    manner: Manner, chromium: Any, place: House, minh: Somebody, tmp_path: Path
) -> None:
    mark = f"{manner.language}{manner.width}{'k' if manner.keys else ''}"
    title = f"Cò trắng {mark}"
    book = tmp_path / f"{title}.txt"
    book.write_text(TEXT, encoding="utf-8")
    lan, hoa, chief = (Somebody(chromium, place, manner) for _ in range(3))
    minh.steps()
    first = minh.invite(f"lan{mark}", "staff")
    steps = {"add somebody": minh.steps()}
    lan.by_link(first)
    hoa.by_link(minh.invite(f"hoa{mark}", "reviewer"))
    chief.by_link(minh.invite(f"chief{mark}", "administrator"))

    for one in (lan, hoa, chief):
        one.steps()

    address = lan.begin_from_book(book)
    slug = address.rpartition("/")[2]
    steps["make a work of a book"] = lan.steps()
    lan.see_it_made()
    lan.correct(address, ("Phan Thiết", "Phan Thiệt"))
    steps["correct a reading"] = lan.steps()
    hoa.send_back(slug, "Kết hơi vội")
    steps["send back with a note"] = hoa.steps()
    lan.read_note(address, "Kết hơi vội")
    hoa.approve(slug)
    chief.schedule(slug)
    steps["give it a time"] = chief.steps()

    assert watched(chromium, place, title) > 1.5
    for one in (lan, hoa, chief):
        one.leave()
    assert steps == FEW
