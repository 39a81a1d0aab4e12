"""Words on the screen and what matters in a picture, as scripts say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.script import Card, Cue, Focus, Words
from media_service.intake.cards import MOST, cards
from media_service.intake.faults import Faults
from media_service.intake.marks import read_marks


def read(text: str) -> tuple[tuple[object, ...], tuple[int, ...]]:
    faults = Faults("script.md")
    parts = read_marks(text, 5, faults)
    found = faults.error().faults if faults else ()
    return parts, tuple(fault.line for fault in found)


def test_shown_words_are_read_too() -> None:
    parts, lines = read("Trước.\n[hiện: Một. Hai.]\nSau.")
    assert parts == (Words("Trước.", 5), Card("Một. Hai.", 6), Words("Một. Hai.", 6), Words("Sau.", 7))
    assert lines == ()


def test_who_is_quoted_is_shown_and_not_read() -> None:
    parts, _ = read("[trích: Đừng oán – hãy thương. — Dế Choắt]")
    assert parts == (
        Card("Đừng oán – hãy thương.", 5, quote=True, source="Dế Choắt"),
        Words("Đừng oán – hãy thương.", 5),
    )


@pytest.mark.parametrize("empty", ["[hiện: ]", "[trích:]"])
def test_nothing_to_show_is_told_with_its_line(empty: str) -> None:
    assert read(f"Một.\n{empty}")[1] == (6,)


@given(st.lists(st.text(st.sampled_from("aăbếư .,?—"), min_size=1, max_size=90), min_size=1, max_size=12))
def test_long_words_are_cut_into_cards_that_fit_and_none_is_lost(said: list[str]) -> None:
    text = " ".join(" ".join(said).split())
    found = list(cards("hiện", text, 1))
    assert all(len(card.text) <= MOST for card in found)
    assert "".join("".join(card.text for card in found).split()) == "".join(text.split())


def test_the_point_that_matters_and_words_on_a_picture_are_read() -> None:
    parts, lines = read('![Đồi](doi ba nai.jpg "tâm: 30% 40,5%; chữ: Đồi  Bà Nài") Một.')
    assert parts[0] == Cue("doi ba nai.jpg", "Đồi", 5, Focus(0.3, 0.405), "Đồi Bà Nài")
    assert lines == ()


def test_a_title_that_is_no_note_of_ours_is_left_alone() -> None:
    parts, lines = read('![Đồi](a.jpg "Đồi Bà Nài") Một.')
    assert (parts[0], lines) == (Cue("a.jpg", "Đồi", 5), ())


@pytest.mark.parametrize("note", ["tâm: giữa", "tâm: 130% 20%", "tâm: 30%", "chữ: " + "a" * 61])
def test_a_note_that_cannot_be_understood_is_told_with_its_line(note: str) -> None:
    assert read(f'Một.\n![Đồi](a.jpg "{note}") Hai.')[1] == (6,)
