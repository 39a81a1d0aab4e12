"""Which words a lexicon finds, and which words of a work it should be asked for."""

from __future__ import annotations

import pytest

from media_service.domain.lexicon import Entry, Lexicon
from media_service.domain.spoken import spoken
from media_service.domain.suspects import Suspect, suspects
from tests import make

KNOWN = Lexicon(
    [
        Entry("Andersen", "An đéc xen"),
        Entry("H. C. Andersen", "Han Crít xti an An đéc xen"),
        Entry("linga", "lin ga"),
        Entry("TV", "ti vi"),
        Entry("TP. Huế", "thành phố Huế thương"),
        Entry("Andersen", "Khác"),
    ]
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Andersen kể.", "An đéc xen kể."),
        ("ANDERSEN KỂ", "An đéc xen Kể"),
        ("Ông H. C. Andersen kể.", "Ông Han Crít xti an An đéc xen kể."),
        ("Linga và linga", "Lin ga và lin ga"),
        ("Xem TV, xem tv", "Xem ti vi, xem tv"),
        ("Andersens", "Andersens"),
        ("TVX", "Tê vê ích"),
        ("PGS.TS. Andersen ở TP. Andersen", "Phó giáo sư tiến sĩ An đéc xen ở thành phố An đéc xen"),
        ("Số 12/TV-NV", "Số mười hai tê vê nờ vê"),
        ("Ở TP. Huế.", "Ở thành phố Huế thương."),
        ("Ở TP.\u00a0 Huế", "Ở thành phố Huế thương"),
    ],
)
def test_whole_words_are_found_in_every_way_of_writing_that_an_entry_stands_for(written: str, said: str) -> None:
    assert spoken(written, KNOWN).text == said


def test_the_lexicon_wins_over_every_rule() -> None:
    known = Lexicon([Entry("24/7", "suốt ngày đêm"), Entry("UBND", "ủy ban")])
    assert spoken("UBND mở 24/7.", known).text == "Ủy ban mở suốt ngày đêm."


def test_a_passage_takes_along_only_what_it_needs() -> None:
    assert [entry.written for entry in KNOWN.entries_in("Andersen xem TV, Andersen cười.")] == ["Andersen", "TV"]


def test_foreign_names_and_spelt_words_are_suspects_the_frequent_first() -> None:
    passages = [
        make.passage("Hector Malot viết truyện này, Rô-bin-xơn thì không.", line=4),
        make.passage("Tháp Shiva của FPT, tháng 5 năm 1990, ở TP.HCM.", line=9),
        make.passage("Tháp Shiva cổ kính, tĩnh lặng quá chừng!", line=12),
    ]
    assert suspects(passages) == (
        Suspect("Shiva", 2, 9, is_spelt=False),
        Suspect("Hector Malot", 1, 4, is_spelt=False),
        Suspect("FPT", 1, 9, is_spelt=True),
    )


def test_what_a_lexicon_knows_is_no_suspect() -> None:
    assert suspects([make.passage("Andersen kể chuyện.", readings=(Entry("Andersen", "An đéc xen"),))]) == ()
