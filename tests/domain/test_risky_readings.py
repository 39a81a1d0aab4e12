"""Which readings a native listener is asked about, and what follows from the answers."""

from __future__ import annotations

from dataclasses import replace

from media_service.domain.episode import Narrated
from media_service.domain.lexicon import Entry
from media_service.domain.passages import Passage
from media_service.domain.product import Key, Product
from media_service.domain.reading_sheet import Answer, Answers, outcome
from media_service.domain.risky_readings import Risk, riskiest
from media_service.domain.timeline import lay_out
from media_service.domain.workload import syllables
from tests import make

PLAIN = ("Con cò trắng bay về tổ.", "Gió thổi rì rào trên đồng.", "Trăng lên rồi đó mẹ ơi.", "Bé ngủ rất ngon.") * 3


def narrated(*passages: Passage, lengths: dict[int, float] | None = None, number: int = 1) -> Narrated:
    """An episode whose clips take 0.3 s a syllable, some of them so many times as long."""
    clips = [
        make.clip(one.text, 0.3 * syllables(one.spoken().text) * (lengths or {}).get(place, 1))
        for place, one in enumerate(passages)
    ]
    products = tuple(Product(Key("clip", f"{place:020d}", ".flac"), clip) for place, clip in enumerate(clips))
    timeline = lay_out(passages, clips)
    return Narrated(make.facts(), make.cast(), number, 1, "", passages, "script.md", {}, products, timeline)


def said(*texts: str, lengths: dict[int, float] | None = None, count: int = 100) -> list[tuple[Risk, str]]:
    passages = [make.passage(text) for text in texts]
    found = riskiest([narrated(*passages, lengths=lengths)], count)
    return [
        (one.risk, passages[one.passage].text[one.first : one.last]) for one in found if one.risk is not Risk.ORDINARY
    ]


def test_what_may_be_misread_is_named_with_its_reason() -> None:
    assert said("Ông Andersen tới ngày 2/9.", "Thế kỷ XIX có 3/4 dân làng.", *PLAIN) == [
        (Risk.FOREIGN, "Andersen"),
        (Risk.FIGURES, "2/9"),
        (Risk.AMBIGUOUS, "XIX"),
        (Risk.AMBIGUOUS, "3/4"),
    ]


def test_a_clip_of_an_odd_length_is_asked_about_as_a_whole() -> None:
    assert said(*PLAIN[:4], "Thuyền ra khơi từ sáng sớm.", *PLAIN, lengths={4: 0.4}) == [
        (Risk.ODD_LENGTH, "Thuyền ra khơi từ sáng sớm.")
    ]


def test_a_word_is_asked_about_once_however_often_it_is_said() -> None:
    assert said(*(f"Andersen kể chuyện thứ {word}." for word in ("nhất", "nhì", "ba"))) == [(Risk.FOREIGN, "Andersen")]


def test_a_lexicons_entry_is_asked_about_until_somebody_has_heard_it() -> None:
    heard, unheard = Entry("Malot", "Ma lô", reviewer="Lan"), Entry("Hector", "Hét to")
    passage = make.passage("Hector và Malot.", readings=(heard, unheard))
    found = riskiest([narrated(passage)], 100)
    assert [passage.text[one.first : one.last] for one in found if one.risk is Risk.UNREVIEWED] == ["Hector"]


def test_many_words_of_one_kind_leave_room_for_others() -> None:
    names = [f"Zw{chr(97 + number)}rk đi qua." for number in range(26)]
    found = said(*names, "Ngày 2/9 vui lắm.", *PLAIN, count=12)
    assert (Risk.FIGURES, "2/9") in found
    assert sum(risk is Risk.FOREIGN for risk, _ in found) >= 8


def test_ordinary_sentences_fill_the_page_and_the_order_is_that_of_the_work() -> None:
    first = narrated(*(make.passage(text) for text in PLAIN[:4]))
    second = narrated(make.passage("Andersen cười."), number=2)
    found = riskiest([second, first], 100)
    assert [(one.episode, one.passage) for one in found] == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (2, 0)]
    assert len(riskiest([second, first], 2)) == 2


RIGHT = Answer("2/9", "mùng hai tháng chín", right=True, word=True, line=3)
WRONG = Answer("Andersen", "an-de-xen", right=False, word=True, better="An đéc xen.", note="nhà văn | Đan Mạch", line=4)


def test_answers_become_lines_of_a_lexicon() -> None:
    lines = outcome(Answers("cay-khe", "Cô Lan", (RIGHT, WRONG, WRONG))).lines
    assert lines == ("2/9 = mùng hai tháng chín |  | Cô Lan", "Andersen = An đéc xen | nhà văn / Đan Mạch | Cô Lan")


def test_what_no_lexicon_mends_stays_open() -> None:
    whole = Answer("Bé\nngủ.", "bé ngủ", right=False, word=False, note="đọc vội quá", line=7)
    no_better = replace(WRONG, better="", note="")
    answers = outcome(Answers("cay-khe", "Cô Lan", (whole, no_better)))
    assert answers.lines == ()
    assert [str(said) for said in answers.open] == [
        "line 7: “Bé ngủ.”: đọc vội quá",
        "line 4: “Andersen”: to be spoken anew",
    ]
