"""What a viewer sees when: cards over pictures, the book of an introduction, the mark that ends every film."""

from __future__ import annotations

from dataclasses import replace

import pytest

from media_service.domain.look import Look, look_of, unknown_theme
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Passage
from media_service.domain.script import Borrow, Card, Cue, Focus, Kind, Paragraph, Words
from media_service.domain.slide import CoverSlide, LabelledSlide, OutroSlide, PictureSlide, QuoteSlide, TextSlide
from media_service.domain.splitting import passages
from media_service.domain.timeline import lay_out, seconds
from tests import make

ONE = make.picture("a.png", "1" * 64)


def split(*parts: object, **facts: object) -> tuple[Passage, ...]:
    chapter = make.chapter(Paragraph(tuple(parts), 1))  # type: ignore[arg-type]  # parts of a paragraph
    script = replace(make.script(chapter, **facts), pictures=(ONE,))
    return passages(script, chapter, make.cast(), PACES[Age.YOUNG])


def shown(parts: tuple[Passage, ...]) -> list[tuple[str, object]]:
    return [(part.text, part.slide) for part in parts if part.role.value == "sentence"]


def test_a_card_stands_while_its_words_are_said_and_then_the_picture_comes_back() -> None:
    card = Card("Hai. Ba.", 2)
    parts = split(Cue("a.png", "", 1), Words("Một.", 1), card, Words("Hai. Ba.", 2), Words("Bốn. Năm.", 3))
    assert shown(parts) == [
        ("Một.", PictureSlide(ONE)),
        ("Hai.", TextSlide("Hai. Ba.", ONE)),
        ("Ba.", None),
        ("Bốn.", PictureSlide(ONE)),
        ("Năm.", None),
    ]


def test_a_quote_keeps_its_source_and_the_point_that_matters_behind_it() -> None:
    focus = Focus(0.2, 0.8)
    cue, card = Cue("a.png", "", 1, focus), Card("Hai.", 2, quote=True, source="Bà")
    parts = split(cue, Words("Một.", 1), card, Words("Hai.", 2))
    assert shown(parts)[1] == ("Hai.", QuoteSlide("Hai.", "Bà", ONE, focus))


def test_a_picture_called_before_a_card_comes_after_it() -> None:
    parts = split(Cue("a.png", "", 1, label="Đồi"), Card("Một.", 1), Words("Một.", 1), Words("Hai.", 1))
    assert [slide for _, slide in shown(parts)] == [TextSlide("Một.", ONE), LabelledSlide(ONE, "Đồi")]


@pytest.mark.parametrize("kind", Kind)
def test_every_film_ends_with_the_librarys_mark_long_enough_to_be_seen(kind: Kind) -> None:
    parts = split(Words("Một.", 1), kind=kind, contact="0252 123 456")
    timeline = lay_out(parts, [make.clip(part.text) for part in parts])
    last = timeline.slides[-1]
    assert isinstance(last.slide, OutroSlide)
    assert last.slide.contact == "0252 123 456"
    assert [part.after for part in parts[:-1]] == [None] * (len(parts) - 1)
    assert seconds(timeline.length - last.start) >= PACES[Age.YOUNG].shortest_shot.total_seconds()
    assert 1 <= seconds(timeline.length - timeline.utterances[-1].end) <= 5


def test_an_introduction_shows_the_book_with_what_the_catalogue_says() -> None:
    borrow = Borrow("895.9223", "https://thuvien.example/1", "978-604-2-12345-6")
    parts = split(Words("Một.", 1), kind=Kind.BOOK_INTRODUCTION, author="Tô Hoài", borrow=borrow, cover="a.png")
    book = next(part.slide for part in parts if isinstance(part.slide, CoverSlide))
    assert (book.title, book.author, book.link, book.background) == ("Cây khế", "Tô Hoài", borrow.link, ONE)
    assert book.entries == (("Ký hiệu xếp giá", "895.9223"), ("ISBN", "978-604-2-12345-6"))


def test_other_works_show_no_book() -> None:
    assert not any(isinstance(part.slide, CoverSlide) for part in split(Words("Một.", 1)))


def test_a_theme_that_its_kind_lacks_is_told_with_its_line() -> None:
    themes = {"fairy-tale": ("hoa-sen", "dem-trang")}
    ((line, said),) = unknown_theme(make.facts(theme="bien"), {"theme": 7}, themes)
    assert line == 7
    assert said.values["known"] == "hoa-sen, dem-trang"
    assert list(unknown_theme(make.facts(theme="dem-trang"), {}, themes)) == []
    assert look_of(make.facts(theme="dem-trang")) == Look("fairy-tale", "dem-trang")
