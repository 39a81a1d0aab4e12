"""Text without the signs that an engine would name aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.errors import NothingToSayError
from media_service.speech.plain import plain


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Hay quá!!!", "Hay quá!  "),
        ("Thật à?!", "Thật à? "),
        ("ri ri……", "ri ri… "),
        ("ri ri...", "ri ri…  "),
        ("tre-em", "tre em"),
        ("1990-1995", "1990-1995"),
        ("*một* [hai]", " một   hai "),
        ("a\x00b", "a b"),
        ("20°C 5% a&b", "20°C 5% a&b"),
    ],
)
def test_signs_an_engine_would_name_aloud_are_blanked(given: str, said: str) -> None:
    assert plain(given).text == said


def test_words_are_found_where_the_author_wrote_them() -> None:
    text = "Bé  😀 ru\u031bo\u031b\u0323u, 1.234,5 km"
    found = plain(text)
    assert [text[slice(*found.given(*word))] for word in found.words] == [
        "Bé",
        "ru\u031bo\u031b\u0323u",
        "1.234,5",
        "km",
    ]


@given(st.text())
def test_any_text_is_either_refused_or_every_word_points_into_it(text: str) -> None:
    try:
        found = plain(text)
    except NothingToSayError:
        return
    found.text.encode()
    assert "\x00" not in found.text
    assert len(found.origin) == len(found.text) + 1
    assert list(found.origin) == sorted(found.origin)
    assert all(text[slice(*found.given(*word))].strip() for word in found.words)
