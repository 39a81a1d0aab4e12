"""What the platform takes: chapter marks, clean text, titles, tags, and the last check of them all."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.listing import (
    Listing,
    chapter_times,
    clean,
    faults,
    fit_marks,
    fit_tags,
    fit_title,
    shortened,
    tags_length,
    timecode,
)
from media_service.domain.timeline import SAMPLE_RATE, Mark

GOOD = Listing(
    title="Rùa con về biển",
    description="Một câu.\n\n0:00 Mở đầu\n0:10 Giữa\n1:00:00 Cuối",
    tags=("sách nói", "rùa"),
    playlist="",
    language="vi",
    category=27,
    made_for_kids=True,
    synthetic_media=True,
)


def marks(*seconds: float) -> tuple[Mark, ...]:
    return tuple(Mark(f"Phần {number}", round(second * SAMPLE_RATE)) for number, second in enumerate(seconds, 1))


@pytest.mark.parametrize(
    ("at", "length", "kept"),
    [
        ((0, 10, 20), 30, (0, 10, 20)),
        ((0, 60, 65, 120), 200, (0, 60, 120)),
        ((0, 60, 120), 129, ()),
        ((0, 60), 200, ()),
        ((), 200, ()),
        ((1, 60, 120), 200, ()),
        ((0, 5, 9.9, 10, 30), 60, (0, 10, 30)),
    ],
    ids=["just long enough", "too close", "the last too short", "two", "none", "late first", "a crowd at the start"],
)
def test_marks_are_shown_only_as_players_accept_them(
    at: tuple[float, ...], length: int, kept: tuple[float, ...]
) -> None:
    found = fit_marks(marks(*at), length * SAMPLE_RATE)
    assert tuple(mark.start / SAMPLE_RATE for mark in found) == kept


@given(st.lists(st.integers(0, 10**9)).map(sorted), st.integers(0, 10**9))
def test_marks_that_are_kept_keep_every_rule_of_the_platform(starts: list[int], length: int) -> None:
    kept = fit_marks([Mark("x", start) for start in starts], length)
    times = chapter_times("\n".join(f"{timecode(mark.start)} x" for mark in kept))
    assert not kept or len(kept) >= 3
    assert not kept or times[0] == 0
    assert all(late - early >= 10 for early, late in pairwise(times))
    assert not kept or length - kept[-1].start >= 10 * SAMPLE_RATE


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (9.99, "0:09"), (600, "10:00"), (3599.9, "59:59"), (3600, "1:00:00"), (36_061, "10:01:01")],
)
def test_a_time_is_read_as_on_a_clock(seconds: float, shown: str) -> None:
    assert timecode(int(seconds * SAMPLE_RATE)) == shown


@pytest.mark.parametrize(
    ("given", "clean_text"),
    [
        ("a <b> c", "a ‹b› c"),
        ("a  \n\n\n\nb \r\n", "a\n\nb"),
        ("ru\u031bo\u031b\u0323u", "rượu"),
        ("a\x00\u0301", "á"),
        ("a\u202eb\ud800", "ab"),
        (" \n ", ""),
    ],
)
def test_text_is_cleaned(given: str, clean_text: str) -> None:
    assert clean(given) == clean_text


@given(st.text())
def test_clean_text_is_clean_for_good(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {"<", ">"} & set(cleaned)
    assert "\n\n\n" not in cleaned
    cleaned.encode()


def test_a_long_title_ends_behind_a_word() -> None:
    assert shortened("Một chú rùa con", 12) == "Một chú rùa…"
    assert shortened("Một chú rùa con", 11) == "Một chú…"
    assert shortened("Một chú, rùa con", 9) == "Một chú…"
    assert shortened("abcdefgh", 4) == "abc…"
    assert shortened("vừa", 3) == "vừa"


def test_a_short_title_stays_as_it_is() -> None:
    assert fit_title("Rùa con về biển – Chương 1. Quả trứng", "Chương 1. Quả trứng") == (
        "Rùa con về biển – Chương 1. Quả trứng"
    )


@pytest.mark.parametrize("chapter", ["Chương 12. " + "Biển xanh " * 20, "Chương 12", "12. " + "Biển " * 40, "XII. Hết"])
def test_a_chapter_s_number_outlives_long_names(chapter: str) -> None:
    number = chapter.split(". ", maxsplit=1)[0]
    for work in ("Rùa con về biển", "Một câu chuyện rất dài " * 8):
        title = fit_title(f"{work} – {chapter}", chapter)
        assert len(title) <= 100
        assert f"– {number}" in title
        assert title.startswith(work[:20].strip()[:15])
        assert "…" in title or len(work) < 20


@given(st.text(), st.text())
def test_any_title_ends_within_the_limit(work: str, chapter: str) -> None:
    title = fit_title(f"{work} – {chapter}", chapter)
    assert len(title) <= 100
    assert "\n" not in title
    assert not {"<", ">"} & set(title)


@pytest.mark.parametrize(
    ("tags", "length"), [((), 0), (("rùa",), 3), (("rùa", "cá"), 6), (("sách nói",), 10), (("sách nói", "cá"), 13)]
)
def test_tags_are_counted_as_the_platform_counts(tags: tuple[str, ...], length: int) -> None:
    assert tags_length(tags) == length


def test_tags_are_cleaned_and_said_once() -> None:
    given = ["Sách nói", "sách  nói", "#rùa", "a, b", "", " <x> ", "SÁCH NÓI", "\u0301"]
    assert fit_tags(given)[:4] == ("Sách nói", "rùa", "a b", "x")


def test_the_first_tags_stay_and_a_short_one_still_finds_room() -> None:
    long = [f"từ khóa rất là dài số {number:03}" for number in range(300)]
    kept = fit_tags([*long, "rùa"])
    assert kept[0] == long[0]
    assert kept[-1] == "rùa"
    assert 470 < tags_length(kept) <= 500


@given(st.lists(st.text()))
def test_any_tags_end_within_the_limit(tags: list[str]) -> None:
    kept = fit_tags(tags)
    assert tags_length(kept) <= 500
    assert len({tag.casefold() for tag in kept}) == len(kept)
    assert all(tag and "," not in tag and tag == tag.strip() for tag in kept)


def test_a_good_listing_has_no_faults() -> None:
    assert faults(GOOD) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " "}, "title is empty"),
        ({"title": "x" * 101}, "101 characters"),
        ({"title": "a<b"}, "title has “<”"),
        ({"description": "ữ" * 1700}, "5100 bytes"),
        ({"description": "a > b"}, "description has “<”"),
        ({"description": "e\u0301"}, "description is not in composed letters"),
        ({"tags": ("a b",) * 100}, "599 characters"),
        ({"tags": ("a,b",)}, "tag is empty or has a comma"),
        ({"tags": ("",)}, "tag is empty or has a comma"),
        ({"description": "0:00 a\n0:10 b"}, "three at least"),
        ({"description": "0:00 a\n0:09 b\n0:20 c"}, "10 seconds"),
        ({"description": "0:01 a\n0:11 b\n0:21 c"}, "begin at 0:00"),
    ],
)
def test_what_the_platform_refuses_is_said(changed: dict[str, object], said: str) -> None:
    found = faults(replace(GOOD, **changed))  # type: ignore[arg-type]  # a table of cases
    assert [said in str(fault) for fault in found] == [True]
