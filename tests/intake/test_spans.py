"""Spans of a script that are said in a manner of their own, and notes of sounds: what is read, shown and said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.casting import Cast
from media_service.domain.manner import FAST, SLOW, Manner
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Passage, Role
from media_service.domain.script import Chapter, Paragraph, Words
from media_service.domain.script_text import escaped
from media_service.domain.splitting import passages
from media_service.intake.faults import Faults
from media_service.intake.folder import read_script
from tests import make
from tests.intake.conftest import tale

NARRATOR, BOY, OLD_MAN = make.voice("nu-mien-bac"), make.voice("nam"), make.voice("ong-cu")
ENGLISH = make.voice("nu-tieng-anh", language="en")
CAST = Cast(NARRATOR, (("An Tiêm", BOY),), (("ong-cu", OLD_MAN), ("en", ENGLISH)))


def chapter(body: str) -> Chapter:
    faults = Faults("script.md")
    _, (one,) = read_script(tale(body), "script.md", "cay-khe", faults)
    assert not faults, faults.error()
    return one


def words(body: str) -> list[tuple[str, Manner]]:
    """What is marked in a body, as it is shown."""
    found = [part for item in chapter(body).items if isinstance(item, Paragraph) for part in item.words()]
    return [(part.text[span.first : span.last], span.manner) for part in found for span in part.marked]


def said(body: str) -> list[Passage]:
    spoken = passages(make.script(chapter(body)), chapter(body), CAST, PACES[Age.CHILD])
    return [passage for passage in spoken if passage.role in (Role.SENTENCE, Role.VERSE)]


@pytest.mark.parametrize(
    ("written", "shown", "manner"),
    [
        ("Rùa [chậm: bò] đi.", "bò", Manner(rate=SLOW)),
        ("Rùa [slow: bò] đi.", "bò", Manner(rate=SLOW)),
        ("Rùa [ Nhanh : bò nhanh ] đi.", "bò nhanh", Manner(rate=FAST)),
        ("Rùa [nhấn: rất] nhỏ.", "rất", Manner(stressed=True)),
        ("Đài [đánh vần: VTV] đưa tin.", "VTV", Manner(spelt=True)),
        ("Hát [en: Happy birthday] vang.", "Happy birthday", Manner(language="en")),
        ("Hát [tiếng Anh: Happy birthday] vang.", "Happy birthday", Manner(language="en")),
        ("Bảo: [An Tiêm: Đừng lo!]", "Đừng lo!", Manner(speaker="An Tiêm")),
        ("Bảo: [an tiêm: Đừng lo!]", "Đừng lo!", Manner(speaker="An Tiêm")),
        ("Bảo: [giọng ong-cu: Đừng lo!]", "Đừng lo!", Manner(voice="ong-cu")),
        ("Sóng. [tiếng sóng vỗ] Gió.", "[tiếng sóng vỗ]", Manner(shown_only=True)),
        ("Sóng. [âm thanh: cười vang] Gió.", "[cười vang]", Manner(shown_only=True)),
        ("Rùa [chậm: bò\nra biển] xanh.", "bò ra biển", Manner(rate=SLOW)),
        ("Rùa **[chậm: bò]** đi.", "bò", Manner(rate=SLOW)),
    ],
)
def test_a_span_is_shown_without_its_marks_and_keeps_its_manner(written: str, shown: str, manner: Manner) -> None:
    assert words(written + "\n") == [(shown, manner)]


def test_spans_stand_inside_each_other() -> None:
    slow = Manner(rate=SLOW)
    inner = Manner(rate=SLOW, stressed=True)
    assert words("Rùa [chậm: bò [nhấn: rất] lâu].\n") == [("bò", slow), ("rất", inner), ("lâu", slow)]


def test_a_sentence_with_spans_is_one_passage_of_several_phrases() -> None:
    (passage,) = said("Chàng bảo: [An Tiêm: “Đừng lo!”] rồi [chậm: đi].\n")
    assert passage.text == "Chàng bảo: “Đừng lo!” rồi đi."
    assert [(phrase.voice.name, phrase.manner.rate, one.text.strip()) for phrase, one in passage.said()] == [
        ("nu-mien-bac", 1, "Chàng bảo:"),
        ("nam", 1, "Đừng lo!"),
        ("nu-mien-bac", 1, "rồi"),
        ("nu-mien-bac", SLOW, "đi."),
    ]


def test_a_span_over_two_sentences_is_in_both() -> None:
    first, second = said("Trời [chậm: tối. Gió] thổi.\n")
    assert [first.text[one.first : one.last] for one in first.phrases if one.manner.rate == SLOW] == ["tối."]
    assert [second.text[one.first : one.last] for one in second.phrases if one.manner.rate == SLOW] == ["Gió"]


def test_between_two_phrases_the_marks_decide_the_pause() -> None:
    (passage,) = said("Một, [An Tiêm: hai] ba [nhấn: bốn].\n")
    pace = PACES[Age.CHILD]
    assert [phrase.pause for phrase in passage.phrases] == [
        pace.comma,
        timedelta(seconds=0.12),
        timedelta(),
        timedelta(),
    ]


def test_a_note_of_a_sound_is_shown_and_not_said_and_ends_no_sentence() -> None:
    (passage,) = said("Nghe [tiếng sóng] rì rào.\n")
    assert passage.text == "Nghe [tiếng sóng] rì rào."
    assert "".join(one.text for _, one in passage.said()).split() == ["Nghe", "rì", "rào."]


def test_a_note_that_stands_alone_is_shown_with_the_next_sentence() -> None:
    first, second = said("Trời tối.\n\n[tiếng sóng vỗ]\n\nRùa con bò.\n")
    assert (first.text, second.text, second.line) == ("Trời tối.", "[tiếng sóng vỗ] Rùa con bò.", 10)


def test_a_speaker_may_stand_behind_a_note_of_a_sound() -> None:
    (passage,) = said("[tiếng gõ cửa] An Tiêm: Ai đó?\n")
    assert (passage.speaker, passage.voice, passage.text) == ("An Tiêm", BOY, "[tiếng gõ cửa] Ai đó?")


def test_rules_of_reading_see_over_the_edge_of_a_span() -> None:
    (passage,) = said("Vào thế kỷ [nhấn: XV] xưa.\n")
    assert passage.spoken().text.split() == ["Vào", "thế", "kỷ", "mười", "lăm", "xưa."]


def test_what_is_spelt_goes_back_to_its_letters() -> None:
    (passage,) = said("Đài [đánh vần: VT1] đưa tin.\n")
    ((_, spelt),) = [(phrase, one) for phrase, one in passage.said() if phrase.manner.spelt]
    assert spelt.text == "vê tê một "
    assert [passage.text[slice(*spelt.written(at, at + 1))] for at in (0, 3, 6)] == ["V", "T", "1"]


def test_english_is_given_to_its_voice_as_it_is_written() -> None:
    (passage,) = said("Hát [en: 2 birds & 1 cat] vang.\n")
    ((phrase, one),) = [(phrase, one) for phrase, one in passage.said() if phrase.manner.language]
    assert (phrase.voice, one.text) == (ENGLISH, "2 birds & 1 cat")


def test_verse_keeps_its_lines_within_a_span() -> None:
    first, second = said("> [chậm: Biển khơi sóng vỗ\n> bốn bề]\n")
    assert [(one.text, one.phrases[0].manner.rate) for one in (first, second)] == [
        ("Biển khơi sóng vỗ", SLOW),
        ("bốn bề", SLOW),
    ]


PIECES = [*"ab ăđ.,:;[]()*_~`\\<>#-12", "[chậm: ", "[en: ", "]", "[nghỉ 1s]", "[tiếng sóng]"]
BOOK_WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)


@given(BOOK_WORDS)
def test_whatever_a_book_says_is_no_mark_once_it_is_written_down(text: str) -> None:
    line = " ".join(text.split())
    faults = Faults("script.md")
    _, chapters = read_script(tale(f"Lời. {escaped(line)}\n"), "script.md", "cay-khe", faults)
    found = [part for item in chapters[0].items if isinstance(item, Paragraph) for part in item.parts]
    assert [part.text for part in found if isinstance(part, Words)] == [f"Lời. {line}".strip()]
    assert all(isinstance(part, Words) and not part.marked for part in found)
