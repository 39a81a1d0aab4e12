"""What an episode says, shows and keeps silent, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from media_service.domain.casting import Cast
from media_service.domain.credits import LIBRARY
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Passage, Role
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script import Chapter, Cue, Kind, Paragraph, Pause, Script, Section, Words
from media_service.domain.slide import ChapterSlide, CreditsSlide, PictureSlide, TitleSlide
from media_service.domain.splitting import passages
from tests import make

PACE = PACES[Age.CHILD]
BEACH, TREE = make.picture("bai-cat.png", "b" * 64), make.picture("cay.png", "c" * 64)


def split(
    *items: Paragraph | Section, title: str = "", cast: Cast | None = None, **facts: object
) -> tuple[Passage, ...]:
    chapter = Chapter(title, items, 1)
    script = Script(make.facts(**facts), (chapter,), (BEACH, TREE))
    return passages(script, chapter, cast or make.cast(), PACE)


def said(parts: tuple[Passage, ...]) -> list[str]:
    return [part.text for part in parts if part.role not in {Role.TITLE, Role.CREDIT}]


def rest(seconds: float) -> Paragraph:
    return Paragraph((Pause(timedelta(seconds=seconds), 1),), 1)


def slides(parts: tuple[Passage, ...]) -> list[tuple[str, str]]:
    return [(part.text, type(part.slide).__name__) for part in parts if part.slide]


def test_an_episode_opens_with_its_title_and_waits() -> None:
    first = split(make.words("Ngày xưa."), author="Tô Hoài")[0]
    assert (first.text, first.role, first.pause) == ("Cây khế", Role.TITLE, PACE.after_title)
    assert first.slide == TitleSlide("Cây khế", byline="Tô Hoài")


def test_a_chapter_of_a_book_is_announced_behind_the_books_title_over_one_slide() -> None:
    book, chapter, *_ = split(make.shown(BEACH), make.words("Ngày xưa."), title="Chương 1. Hòn đảo")
    assert (book.text, chapter.text) == ("Cây khế", "Chương 1. Hòn đảo")
    assert book.pause == timedelta(seconds=0.6)
    assert chapter.pause == PACE.after_title
    assert book.slide == TitleSlide("Cây khế", "Chương 1. Hòn đảo", background=BEACH)
    assert chapter.slide is None
    assert book.mark == "Chương 1. Hòn đảo"


def test_sentences_and_paragraphs_pause_as_the_pace_says() -> None:
    parts = split(make.words("Một. Hai."), make.words("Ba."))
    assert [(part.text, part.pause) for part in parts[1:3]] == [("Một.", PACE.sentence), ("Hai.", PACE.paragraph)]


def test_a_picture_goes_up_with_the_sentence_behind_its_cue() -> None:
    middle = Paragraph((Words("Một. Hai.", 3), Cue(TREE.name, "cây khế", 3), Words("Ba. Bốn.", 3)), 3)
    parts = split(make.shown(BEACH), middle)
    assert slides(parts)[1:3] == [("Một.", "PictureSlide"), ("Ba.", "PictureSlide")]
    assert next(part.slide for part in parts if part.text == "Ba.") == PictureSlide(TREE)


def test_a_section_is_spoken_marked_and_set_apart() -> None:
    parts = split(make.words("Một."), Section("Trên bờ", 5), make.shown(TREE), make.words("Hai."))
    before, section = parts[1], parts[2]
    assert before.pause == PACE.scene
    assert (section.text, section.role, section.mark) == ("Trên bờ", Role.TITLE, "Trên bờ")
    assert section.pause == PACE.after_title
    assert section.slide == ChapterSlide("Trên bờ", TREE)


def test_a_section_before_any_words_gives_its_name_to_the_opening_mark() -> None:
    parts = split(
        make.shown(BEACH), Section("Lời nói thật", 2), make.words("Một."), Section("Đảo", 3), make.words("Hai.")
    )
    assert [part.mark for part in parts if part.mark] == ["Lời nói thật", "Đảo"]
    assert parts[0].mark == "Lời nói thật"


def test_without_such_a_section_the_opening_mark_is_the_works_title() -> None:
    parts = split(make.words("Một."), Section("Đảo", 3), make.words("Hai."))
    assert [part.mark for part in parts if part.mark] == ["Cây khế", "Đảo"]


def test_behind_a_card_comes_the_sections_own_picture_even_where_somebody_speaks_first() -> None:
    parts = split(
        make.shown(BEACH),
        make.words("Một."),
        Section("Đảo", 3),
        make.words("Hai."),
        make.shown(TREE),
        make.words("Ba."),
    )
    assert [part.slide for part in parts if isinstance(part.slide, PictureSlide)] == [
        PictureSlide(BEACH),
        PictureSlide(TREE),
    ]
    assert next(part.slide for part in parts if part.text == "Hai.") == PictureSlide(TREE)


def test_a_section_without_a_picture_brings_the_last_one_back_behind_its_card() -> None:
    parts = split(make.shown(BEACH), make.words("Một."), Section("Đảo", 3), make.words("Hai."))
    assert next(part.slide for part in parts if part.text == "Đảo") == ChapterSlide("Đảo", BEACH)
    assert next(part.slide for part in parts if part.text == "Hai.") == PictureSlide(BEACH)


@pytest.mark.parametrize(("asked", "heard"), [([2.0], 2.0), ([1.5, 1.0], 2.5), ([3.0, 3.0], 3.5), ([0.3], 1.1)])
def test_a_pause_that_is_asked_for_is_never_shorter_than_the_usual_one_nor_too_long(
    asked: list[float], heard: float
) -> None:
    parts = split(make.words("Một."), *map(rest, asked), make.words("Hai."))
    assert parts[1].pause == timedelta(seconds=heard)


def test_a_pause_before_a_section_is_at_least_that_of_a_scene() -> None:
    parts = split(make.words("Một."), rest(1.0), Section("Đảo", 3), make.words("Hai."))
    assert parts[1].pause == PACE.scene


def test_verse_is_spoken_line_by_line_with_lighter_pauses_inside_a_sentence() -> None:
    verse = Paragraph((Words("Biển khơi sóng vỗ,\nChim bay về đâu?\nBàn tay chăm chỉ,\nQuả ngọt.", 7),), 7, verse=True)
    parts = split(verse, make.words("Hết."))[1:5]
    assert [(part.role, part.line) for part in parts] == [(Role.VERSE, line) for line in (7, 8, 9, 10)]
    assert [part.pause for part in parts] == [PACE.sentence * 0.75, PACE.sentence, PACE.sentence * 0.75, PACE.paragraph]
    assert abs(parts[0].pause / PACE.sentence - 1) <= 0.3


def test_a_piece_of_a_long_sentence_pauses_like_a_comma() -> None:
    half = " ".join(["biển"] * 30)
    parts = split(make.words(f"Một {half}; hai {half}."))
    assert parts[1].text.endswith(";")
    assert parts[1].pause == PACE.comma


def test_each_speaker_has_the_voice_the_cast_gives() -> None:
    king = make.voice("ong-cu")
    line = Paragraph((Words("Được! Ra đảo!", 4),), 4, speaker="Vua Hùng")
    parts = split(make.words("Vua nói."), line, cast=Cast(make.voice(), (("Vua Hùng", king),)))
    assert [(part.text, part.voice.name, part.speaker) for part in parts[1:4]] == [
        ("Vua nói.", "lan", None),
        ("Được!", "ong-cu", "Vua Hùng"),
        ("Ra đảo!", "ong-cu", "Vua Hùng"),
    ]


def test_what_nobody_can_say_is_no_passage() -> None:
    assert said(split(make.words("…"), make.words("Một."))) == ["Một."]


def test_an_episode_closes_with_its_makers_and_what_voices_these_are_and_no_pause_behind() -> None:
    parts = split(make.words("Hết."), make.shown(TREE), author="Tô Hoài", translator="Lan")
    closing = [part for part in parts if part.role is Role.CREDIT]
    assert [part.text for part in closing] == [
        "Tác phẩm do Tô Hoài viết.",
        "Tác phẩm do Lan dịch.",
        "Thư viện tỉnh Bình Thuận thực hiện.",
        "Giọng máy.",
    ]
    assert isinstance(closing[0].slide, CreditsSlide)
    assert [part.slide for part in closing[1:]] == [None, None, None]
    assert parts[-len(closing) - 1].pause == PACE.scene
    assert parts[-1].pause == timedelta()


def test_a_library_that_retold_the_work_itself_is_named_once() -> None:
    parts = split(make.words("Hết."), reteller=LIBRARY)
    assert parts[-2].text == f"{LIBRARY} kể lại và thực hiện."
    assert parts[0].slide == TitleSlide("Cây khế", byline=f"{LIBRARY} kể lại")


def test_a_disclosure_shared_by_several_voices_is_said_once() -> None:
    cast = Cast(
        make.voice("lan"), (("Vua", make.voice("hung")), ("Bé", make.voice("bi", disclosure="Giọng trẻ em máy.")))
    )
    parts = split(make.words("Hết."), cast=cast)
    assert [part.text for part in parts[-2:]] == ["Giọng máy.", "Giọng trẻ em máy."]


def test_the_last_slide_names_every_maker_and_the_rights() -> None:
    free = Right(Basis.OWN_WORK, licence="CC0-1.0")
    rights = Rights(
        text=Right(Basis.PUBLIC_DOMAIN), pictures=free, music=Right(Basis.NONE), voice=Right(Basis.SYNTHETIC)
    )
    parts = split(make.words("Hết."), author="Nguyễn Văn Ngọc", illustrator="Mai", rights=rights)
    slide = next(part.slide for part in parts if isinstance(part.slide, CreditsSlide))
    assert slide.credits == (
        ("Tác giả", "Nguyễn Văn Ngọc"),
        ("Minh họa", "Mai"),
        ("Giọng đọc", "tổng hợp bằng máy"),
        ("Thực hiện", "Thư viện tỉnh Bình Thuận"),
    )
    assert slide.notices == ("Lời: tác phẩm thuộc về công chúng.", "Tranh: được dùng tự do (CC0 1.0).", "Giọng máy.")


def closing(**facts: object) -> CreditsSlide:
    cast = facts.pop("cast", None)
    parts = split(make.words("Hết."), cast=cast, **facts)  # type: ignore[arg-type]  # a builder
    return next(part.slide for part in parts if isinstance(part.slide, CreditsSlide))


def test_whoever_did_much_is_named_once_with_all_of_it() -> None:
    assert closing(reteller=LIBRARY, illustrator=LIBRARY).credits == (
        ("Kể lại, minh họa, thực hiện", LIBRARY),
        ("Giọng đọc", "tổng hợp bằng máy"),
    )


def test_voices_are_named_where_one_of_them_is_a_person_s() -> None:
    cast = Cast(make.voice("lan", disclosure=""), (("Vua", make.voice("hung")),))
    assert ("Giọng đọc", "lan, hung") in closing(cast=cast).credits


def test_an_introduction_names_the_books_author_and_its_own() -> None:
    facts = {"kind": Kind.BOOK_INTRODUCTION, "author": "Tô Hoài", "illustrator": LIBRARY}
    parts = split(make.words("Hết."), **facts)
    assert parts[0].slide == TitleSlide("Cây khế", "Giới thiệu sách", "Tác giả: Tô Hoài")
    assert "Giới thiệu sách" not in [part.text for part in parts]
    assert [part.text for part in parts if part.role is Role.CREDIT] == [
        f"Mời bạn tìm đọc Cây khế tại {LIBRARY}.",
        f"Lời giới thiệu do {LIBRARY} viết và thực hiện.",
        "Giọng máy.",
    ]
    assert closing(**facts).credits[:2] == (
        ("Tác giả cuốn sách", "Tô Hoài"),
        ("Lời giới thiệu, minh họa, thực hiện", LIBRARY),
    )


def test_an_introduction_by_somebody_else_names_both() -> None:
    parts = split(make.words("Hết."), kind=Kind.BOOK_INTRODUCTION, author="Tô Hoài", presenter="Lan")
    assert [part.text for part in parts if part.role is Role.CREDIT] == [
        f"Mời bạn tìm đọc Cây khế tại {LIBRARY}.",
        "Lời giới thiệu do Lan viết.",
        f"{LIBRARY} thực hiện.",
        "Giọng máy.",
    ]


@pytest.mark.parametrize(
    ("right", "said"),
    [
        (Right(Basis.LICENCE, licence="CC-BY-SA-4.0"), "giấy phép CC BY-SA 4.0"),
        (Right(Basis.LICENCE, "Hợp đồng 12", holder="Hòa"), "dùng theo giấy phép của Hòa"),
        (Right(Basis.PERMISSION, "Hợp đồng 12", "Riêng", "Hòa"), "dùng với sự đồng ý của Hòa"),
        (Right(Basis.PERMISSION, "Hợp đồng 12"), "dùng với sự đồng ý của người giữ quyền"),
        (Right(Basis.OWN_WORK), f"bản quyền của {LIBRARY}"),
    ],
)
def test_a_notice_tells_the_ground_and_never_its_papers(right: Right, said: str) -> None:
    assert closing(rights=Rights(text=right)).notices[0] == f"Lời: {said}."


def test_parts_under_one_licence_share_a_notice() -> None:
    free = Right(Basis.LICENCE, licence="CC BY 4.0", holder="Nhóm Vẽ")
    parts = split(make.words("Hết."), rights=Rights(text=free, pictures=free))
    slide = next(part.slide for part in parts if isinstance(part.slide, CreditsSlide))
    assert slide.notices[0] == "Lời và tranh: giấy phép CC BY 4.0, Nhóm Vẽ."


def test_an_english_work_is_credited_in_english() -> None:
    narrator = replace(make.voice(), disclosure="This voice is machine-made.")
    parts = split(make.words("The end."), cast=Cast(narrator), language="en", author="Ann Lee")
    assert [part.text for part in parts[-3:]] == [
        "Written by Ann Lee.",
        "Produced by Thư viện tỉnh Bình Thuận.",
        "This voice is machine-made.",
    ]


def test_a_cover_stands_behind_the_title_of_a_single_work() -> None:
    one, two = make.picture("a.png", "1" * 64), make.picture("b.png", "2" * 64)
    tale = make.chapter(make.shown(one), make.words("Ngày xưa."))
    script = replace(make.script(tale, cover="b.png"), pictures=(one, two))
    first = passages(script, tale, make.cast(), PACES[Age.CHILD])[0]
    assert isinstance(first.slide, TitleSlide)
    assert first.slide.background == two
