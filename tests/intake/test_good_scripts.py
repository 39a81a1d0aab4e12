"""What scripts say, compared as whole values."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest

from media_service.domain.pace import Age
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script import (
    Borrow,
    Chapter,
    Cue,
    English,
    Facts,
    Kind,
    Paragraph,
    Pause,
    Section,
    Words,
)
from media_service.errors import InputError
from tests.intake.conftest import Write, book, head, read, tale


def said(text: str, line: int, speaker: str | None = None) -> Paragraph:
    return Paragraph((Words(text, line),), line, speaker)


def pause(seconds: float, line: int) -> Pause:
    return Pause(timedelta(seconds=seconds), line)


def body(write: Write, text: str) -> tuple[Paragraph | Section, ...]:
    (chapter,) = read(write(tale(text))).chapters
    return chapter.items


def words(write: Write, text: str) -> list[str]:
    return [run.text for item in body(write, text) if isinstance(item, Paragraph) for run in item.words()]


def test_a_full_front_matter_is_read_whole(write: Write) -> None:
    script = """---
title: 1984
kind: book-introduction
short_title: "Dế: Mèn"
language: en
age: 10+
author: Tô Hoài
year: 1941
summary: >
  Một câu
  gập đôi.
playlist: no
tags: [dế, 2024, 'a: b']
narrator: nu-mien-bac
cast:
  Nàng Ba: nu
  Bé: tre-em
rights:
  text: {basis: public-domain, evidence: mất năm 1941, licence: CC0-1.0, holder: Thư viện}
  music:
cover: ./%61.png
borrow: {call_number: 895.9223, link: https://thuvien.example/1}
contact: 0252 123
music: none
made_for_kids: false
synthetic_media: true
english: {title: 1984, summary: "A book  about crickets."}
publisher:
---
Lời.
"""
    facts = read(write(script)).facts
    assert facts == Facts(
        title="1984",
        kind=Kind.BOOK_INTRODUCTION,
        age=Age.OLDER,
        slug="cay-khe",
        short_title="Dế: Mèn",
        language="en",
        author="Tô Hoài",
        year="1941",
        summary="Một câu gập đôi.",
        playlist="no",
        tags=("dế", "2024", "a: b"),
        narrator="nu-mien-bac",
        cast=(("Nàng Ba", "nu"), ("Bé", "tre-em")),
        rights=Rights(text=Right(Basis.PUBLIC_DOMAIN, "mất năm 1941", "CC0-1.0", "Thư viện")),
        borrow=Borrow("895.9223", "https://thuvien.example/1"),
        cover="a.png",
        contact="0252 123",
        music="none",
        made_for_kids=False,
        synthetic_media=True,
        english=English("1984", "A book about crickets."),
    )


@pytest.mark.parametrize(
    "title", ["1984", "0123", "12:30", "2024-01-01", "1e3", "1_000", "no", "on", "0x1F", ".5", "3-6"]
)
def test_a_title_that_yaml_would_change_stays_as_written(write: Write, title: str) -> None:
    assert read(write(f"---\ntitle: {title}\nkind: heritage\n---\nLời.\n")).facts.title == title


@pytest.mark.parametrize("age", list(Age))
def test_an_age_needs_no_quotation_marks(write: Write, age: Age) -> None:
    assert read(write(head(f"age: {age}"))).facts.age is age


def test_what_is_left_out_has_its_default(write: Write) -> None:
    facts = read(write(head(""))).facts
    assert (facts.age, facts.language, facts.made_for_kids, facts.rights) == (Age.CHILD, "vi", None, Rights())
    assert (facts.synthetic_media, facts.english) == (None, English())


def test_keys_know_their_lines(write: Write) -> None:
    script = read(write(head("narrator: lan\ncast:\n  An Tiêm: nam\n  Nàng Ba: nu")))
    lines = dict(script.lines)
    assert (lines["title"], lines["narrator"], lines["cast.An Tiêm"], lines["cast.Nàng Ba"]) == (2, 4, 6, 7)


def test_the_chapters_of_an_audiobook_are_episodes(write: Write) -> None:
    script = read(write(book("\n# Chương 1. Mưa #\n\nLời một.\n\n## Phần\nLời hai.\n\n# Chương 2\nLời ba.\n")))
    assert script.chapters == (
        Chapter("Chương 1. Mưa", (said("Lời một.", 9), Section("Phần", 11), said("Lời hai.", 12)), 7),
        Chapter("Chương 2", (said("Lời ba.", 15),), 14),
    )


def test_an_audiobook_without_headings_is_one_episode(write: Write) -> None:
    assert read(write(book("Lời.\n"))).chapters == (Chapter("", (said("Lời.", 6),), 6),)


def test_a_tale_is_one_episode_and_its_headings_are_sections(write: Write) -> None:
    script = read(write(tale("# Một\nLời.\n\n## Hai\nLời nữa.\n")))
    assert script.chapters == (
        Chapter("", (Section("Một", 6), said("Lời.", 7), Section("Hai", 9), said("Lời nữa.", 10)), 6),
    )


def test_lines_without_a_blank_one_between_are_one_paragraph(write: Write) -> None:
    assert body(write, "Một\n  hai,\nba.\n\n\nBốn.\n") == (said("Một hai, ba.", 6), said("Bốn.", 11))


def test_a_line_of_dialogue_is_a_paragraph_of_its_own(write: Write) -> None:
    text = "Mẹ hỏi:\n- Con đâu?\n– Con đây - bé đáp.\n—Ừ.\n-5 độ.\n"
    assert words(write, text) == ["Mẹ hỏi:", "- Con đâu?", "– Con đây - bé đáp.", "—Ừ. -5 độ."]


def test_who_is_in_the_cast_speaks(write: Write) -> None:
    text = "An Tiêm: Chào\nnàng.\nnàng ba : Chào chàng.\n\n**Nàng Ba:** Ừ.\n\n**An Tiêm**: *Thật* à?\n\nVua: Hừ.\n"
    assert body(write, text) == (
        said("Chào nàng.", 6, "An Tiêm"),
        said("Chào chàng.", 8, "Nàng Ba"),
        said("Ừ.", 10, "Nàng Ba"),
        said("Thật à?", 12, "An Tiêm"),
        said("Vua: Hừ.", 14),
    )


def test_a_name_speaks_in_either_form_of_unicode(write: Write) -> None:
    script = unicodedata.normalize("NFD", tale("An Tiêm: Chào nàng.\n"))
    assert read(write(script)).chapters[0].items == (said("Chào nàng.", 6, "An Tiêm"),)


def test_a_picture_stands_before_the_sentence_behind_it(write: Write) -> None:
    text = "![Một cây](a.png)\nLời. ![Hai cây](./b.png) Lời nữa.\n\n![Ba \\[cây\\]](<a.png>)\n\n![x](b.png 'y') Hết.\n"
    with pytest.raises(Exception, match=r"Nothing is said while a\.png"):
        body(write, text)
    text = "![Một cây](a.png)\nLời. ![Hai cây](./b.png) Lời nữa.\n\n![Ba \\[cây\\]](<a.png> 'y')\n\nHết.\n"
    assert body(write, text) == (
        Paragraph((Cue("a.png", "Một cây", 6), Words("Lời.", 7), Cue("b.png", "Hai cây", 7), Words("Lời nữa.", 7)), 6),
        Paragraph((Cue("a.png", "Ba [cây]", 9), Words("Hết.", 11)), 11),
    )


def test_a_picture_waits_across_a_heading_and_for_a_speaker(write: Write) -> None:
    assert body(write, "![Cây](a.png)\n\n# Một\n\nAn Tiêm: Chào.\n") == (
        Section("Một", 8),
        Paragraph((Cue("a.png", "Cây", 6), Words("Chào.", 10)), 10, "An Tiêm"),
    )


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("[nghỉ 2s]", 2),
        ("[nghỉ 1,5 giây]", 1.5),
        ("[nghỉ 800ms]", 0.8),
        ("[ Nghỉ 3.5 s ]", 3.5),
        ("[NGHỈ 0.2 GIÂY]", 0.2),
    ],
)
def test_pauses_are_written_in_several_ways(write: Write, mark: str, seconds: float) -> None:
    assert body(write, f"Lời {mark} nữa.\n") == (Paragraph((Words("Lời", 6), pause(seconds, 6), Words("nữa.", 6)), 6),)


def test_a_pause_or_a_rule_that_stands_alone_belongs_behind_the_paragraph_before_it(write: Write) -> None:
    assert body(write, "Một.\n\n[nghỉ 1s]\n\nHai.\n* * *\nBa.\n") == (
        Paragraph((Words("Một.", 6), pause(1, 8)), 6),
        Paragraph((Words("Hai.", 10), pause(2.5, 11)), 10),
        said("Ba.", 12),
    )


def test_verse_keeps_its_lines_and_its_stanzas(write: Write) -> None:
    assert body(write, "![Cây](a.png)\n> Một *dòng*,\n>hai dòng.\n>\n> Ba dòng.\n") == (
        Paragraph((Cue("a.png", "Cây", 6), Words("Một dòng,\nhai dòng.", 7)), 7, verse=True),
        Paragraph((Words("Ba dòng.", 10),), 10, verse=True),
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Lời *nghiêng* và **đậm**, _cả_ __hai__, ~~bỏ~~.", "Lời nghiêng và đậm, cả hai, bỏ."),
        ("Hai * ba, ten_tep_dai, 3 < 5, a > b.", "Hai * ba, ten_tep_dai, 3 < 5, a > b."),
        ("Xem [trang này](https://vi.wikipedia.org/wiki/Khế_(cây)) nhé.", "Xem trang này nhé."),
        (r"Sao \*, ngoặc \[1\], thăng \# và \<.", "Sao *, ngoặc [1], thăng # và <."),
        (r"\# không phải tên chương", "# không phải tên chương"),
        (r"1\. Không phải danh sách", "1. Không phải danh sách"),
        ("Lời <!-- nhớ\nhỏi lại --> nữa.", "Lời nữa."),
        ("Rồi […] hết.", "Rồi […] hết."),
        ("Ngày\u200b x\u00adưa\u2028nay\tmai.", "Ngày xưa nay mai."),
        ("1941. Năm ấy trời mưa.", "1941. Năm ấy trời mưa."),
        ("Tiếng “ri ri”… – dế ‘gáy’!", "Tiếng “ri ri”… – dế ‘gáy’!"),
    ],
)
def test_the_shown_text_has_no_marks_and_all_of_its_words(write: Write, written: str, shown: str) -> None:
    assert words(write, written + "\n") == [shown]


def test_lines_count_on_through_comments_and_windows_line_ends(write: Write) -> None:
    script = tale("<!-- một\nhai -->\nLời.\n\nLời nữa.\n").replace("\n", "\r\n")
    assert read(write(script)).chapters[0].items == (said("Lời.", 8), said("Lời nữa.", 10))


def test_a_very_long_line_is_one_paragraph(write: Write) -> None:
    text = "Ngày xưa có một cây khế. " * 4000
    assert words(write, text) == [text.strip()]


def test_a_plain_text_has_a_title_and_chapters(write: Write) -> None:
    text = (
        "\ufeffCây khế\n\nChương 1. Vườn cũ\n\nNgày xưa có\nhai anh em.\n"
        "- Anh ơi!\nHồi ba tuổi, *tôi* [1] vui.\n\nHồi thứ hai\nHết.\n"
    )
    script = read(write(text, name="script.txt"))
    assert script.facts == Facts("Cây khế", Kind.AUDIOBOOK, Age.CHILD, "cay-khe")
    assert script.chapters == (
        Chapter(
            "Chương 1. Vườn cũ",
            (said("Ngày xưa có hai anh em.", 5), said("- Anh ơi! Hồi ba tuổi, *tôi* [1] vui.", 7)),
            3,
        ),
        Chapter("Hồi thứ hai", (said("Hết.", 11),), 10),
    )


def test_in_a_plain_text_from_a_word_processor_each_line_is_a_paragraph(write: Write) -> None:
    script = read(write("Cây khế\n" + "Ngày xưa có hai anh em. " * 9 + "\nHết.\n", name="script.txt"))
    assert [item.line for item in script.chapters[0].items if isinstance(item, Paragraph)] == [2, 3]


def test_a_cover_may_be_a_picture_that_no_sentence_calls(write: Write) -> None:
    script = read(write(head("cover: b.png") + "![x](a.png)\nLời.\n"))
    assert [picture.name for picture in script.pictures] == ["b.png", "a.png"]


def test_a_cover_that_is_not_there_is_named_with_its_line(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        read(write(head("cover: bia.png")))
    (fault,) = caught.value.faults
    assert (fault.line, fault.said.values["picture"]) == (4, "bia.png")
