"""What a voice is given for a written text, and the way back to the written characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.spoken import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("“Em chào anh!” Tí Xíu gọi.", "Em chào anh! Tí Xíu gọi."),
        ('«Dế Mèn», “sách” và "truyện"', "Dế Mèn, sách và truyện"),
        ("– Đi đâu đấy? – bà hỏi.", "Đi đâu đấy? bà hỏi."),
        ("Biển – nhà của rùa – rất rộng.", "Biển, nhà của rùa, rất rộng."),
        ("từ 5 – 7 ngày", "từ năm đến bảy ngày"),
        ("Nhóm tháp (Po Sah Inư) ở đồi.", "Nhóm tháp, Po Sah Inư, ở đồi."),
        ("Nhóm tháp (Po Sah Inư).", "Nhóm tháp, Po Sah Inư."),
        ("(Hết.)", "Hết."),
        ("Ri ri, ri ri…", "Ri ri, ri ri…"),
        ("Ri ri... tiếng gáy", "Ri ri… tiếng gáy"),
        ("Ơ… Ai đấy?!", "Ơ… Ai đấy?"),
        ("Thật chứ!!!", "Thật chứ!"),
        ("**Rùa** _con_ #1", "Rùa con một"),
        ("Tháp cổ[1] và gạch².", "Tháp cổ và gạch."),
        ("MÙA KATÊ trên đồi", "Mùa Katê trên đồi"),
        ("thế kỷ XIX, NXB Trẻ", "thế kỷ mười chín, nhà xuất bản Trẻ"),
        ("Cô bé nói:", "Cô bé nói:"),
        ("- Không ! - anh đáp.", "Không! anh đáp."),
        ("Biển   xanh\u00a0mênh mông", "Biển xanh mênh mông"),
        ("* * *", ""),
        ("", ""),
    ],
)
def test_marks_that_a_voice_would_name_or_stumble_over_are_gone(written: str, said: str) -> None:
    assert spoken(written).text == said


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("“Em chào anh!” Tí Xíu gọi.", "Xíu"),
        ("Biển – nhà của rùa – rất rộng.", "rộng"),
        ("Ri ri... tiếng gáy (rất to)...", "rất"),
        ("Tháp cổ[1] và GẠCH nung².", "nung"),
    ],
)
def test_a_spoken_word_is_found_again_in_the_written_text(written: str, word: str) -> None:
    said = spoken(written)
    place = said.text.index(word)
    first, last = said.written(place, place + len(word))
    assert written[first:last] == word


def test_a_word_in_capitals_is_found_again_as_it_is_written() -> None:
    said = spoken("Lễ hội (KATÊ)")
    place = said.text.index("Katê")
    assert said.written(place, place + 4) == (8, 12)


WORD = st.text(alphabet="abcđeêghiklmnoôơuưvxyáàạảãấầậéèẹóòọốồộúùụứừựíìị", min_size=1, max_size=6)


@given(st.lists(st.tuples(WORD, st.sampled_from([" ", ", "])), min_size=1, max_size=20))
def test_plain_prose_is_spoken_as_it_is_written(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces).rstrip(", ")
    assert spoken(text).text == text


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80)
    | st.text("aÁ1 .,–-…?!“”\"'()[]*VIX", max_size=60)
)
def test_every_spoken_character_has_an_origin_and_origins_never_go_backwards(text: str) -> None:
    said = spoken(text)
    assert "".join(said.text[span.first : span.last] for span in said.spans) == said.text
    before = (0, 0)
    for place in range(len(said.text)):
        first, last = said.written(place, place + 1)
        assert 0 <= first < last <= len(text)
        assert (first, last) >= before
        before = (first, last)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Nd"]), max_size=60))
def test_nothing_that_could_be_said_is_lost(text: str) -> None:
    """Without figures, beside which letters have another meaning (1tr1)."""
    letters = re.findall(r"[a-zđàáâ]+", text)
    said = spoken(text)
    assert all(word in said.text for word in letters)
