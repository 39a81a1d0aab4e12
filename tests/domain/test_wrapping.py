"""Where Vietnamese lines may end, and how texts are laid into lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.wrapping import breaks, lay


def cost_before(text: str, word: str) -> float:
    index = text.index(word)
    return next(place.cost for place in breaks(text) if place.index == index)


@pytest.mark.parametrize(
    ("together", "apart"),
    [
        ("Trong làng xóm vắng lặng", "vắng"),  # a word of two syllables
        ("Sóng nước lấp lánh dưới trăng", "dưới"),  # an echo
        ("Cha con mừng mừng tủi tủi trở về", "trở"),
        ("Chị Cốc tìm quanh tìm quất khắp nơi", "khắp"),
        ("Chàng là Mai An Tiêm con nuôi vua", "con"),  # a name
        ("Ngày ấy nàng Tấm đi hội", "đi"),  # a title and a name
        ("Ngày ấy ông Bụt hiện ra", "hiện"),
        ("Vua và công chúa Po Sah Inư lên tháp", "lên"),
    ],
)
def test_a_line_end_inside_a_word_or_a_name_is_dearer_than_one_beside_it(together: str, apart: str) -> None:
    places = breaks(together)
    split = next(number for number, place in enumerate(places) if together[place.index :].startswith(apart))
    assert places[split].cost < places[split - 1].cost
    assert places[split - 1].cost >= 30


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ngoài sân một con chim hót", "chim"),
        ("Ngoài sân một con chim hót", "con"),
        ("Choắt chẳng hề không oán trách ai", "oán"),
        ("Đàn chim đã bay đi xa", "bay"),
        ("Mèn sẽ gặp chị Cốc", "gặp"),
        ("Bài học này rất hay", "này"),
        ("Biển ở đâu nhỉ?", "nhỉ"),
    ],
)
def test_what_leans_on_its_neighbour_is_dear_to_part(text: str, word: str) -> None:
    assert cost_before(text, word) >= 30


def test_the_best_line_end_is_behind_a_mark_then_before_a_link_word_then_elsewhere() -> None:
    text = "Mèn nhìn trời, mây bay qua sông rộng và gió thổi qua đồng"
    assert cost_before(text, "mây") < cost_before(text, "và") < cost_before(text, "sông rộng")
    assert cost_before(text, "gió") > cost_before(text, "và")


@pytest.mark.parametrize("text", ["2 446 173", "5 – 7", "3 km", "– Đi"])
def test_no_line_ends_inside_a_number_or_behind_the_dash_that_opens_speech(text: str) -> None:
    assert breaks(text) == ()


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("Sự tích dưa hấu", 20, ("Sự tích dưa hấu",)),
        ("Dế Mèn phiêu lưu ký", 14, ("Dế Mèn", "phiêu lưu ký")),
        ("Tháp Chăm Po Sah Inư", 16, ("Tháp Chăm", "Po Sah Inư")),
        ("Chương 1. Quả trứng trong cát ấm", 26, ("Chương 1.", "Quả trứng trong cát ấm")),
        ("MÙA KATÊ TRÊN ĐỒI BÀ NÀI", 18, ("MÙA KATÊ", "TRÊN ĐỒI BÀ NÀI")),
        ("TP. HCM và TS. Nguyễn Văn An", 20, ("TP. HCM", "và TS. Nguyễn Văn An")),
        ("Giống dưa quý theo An Tiêm toả đi", 20, ("Giống dưa quý", "theo An Tiêm toả đi")),
        ("", 20, ()),
    ],
)
def test_titles_are_laid_as_a_reader_would(text: str, limit: int, lines: tuple[str, ...]) -> None:
    assert lay(text, len, limit) == lines


def test_both_spellings_of_a_tone_are_one_word() -> None:
    old, new = "Cả nhà hoà thuận vui vầy", "Cả nhà hòa thuận vui vầy"
    assert cost_before(old, "thuận") == cost_before(new, "thuận") == 100


def test_lines_are_measured_as_the_caller_measures() -> None:
    assert lay("một hai ba bốn", lambda line: 10.0 * len(line), 80) == ("một hai", "ba bốn")


WORDS = "biển xanh, và một con chim Mai An Tiêm lấp lánh 5 – 7 không đi."


@given(st.lists(st.sampled_from(WORDS.split()), max_size=30), st.integers(8, 60))
def test_joined_lines_give_the_text_back(words: list[str], limit: int) -> None:
    assert " ".join(lay(" ".join(words), len, limit)) == " ".join(words)


@given(st.lists(st.text("bcdeghu", min_size=1, max_size=8), min_size=1, max_size=25), st.integers(8, 40))
def test_no_line_is_wider_than_the_limit_where_words_are_not(words: list[str], limit: int) -> None:
    assert max(len(line) for line in lay(" ".join(words), len, limit)) <= limit


@given(st.text(max_size=60))
def test_any_text_is_laid_without_losing_a_letter(text: str) -> None:
    assert re.sub(r"\s", "", "".join(lay(text, len, 12))) == re.sub(r"\s", "", text)
