"""From a script to its planned episodes."""

from __future__ import annotations

from media_service.domain.pace import PACES, Age
from media_service.domain.planning import episodes
from tests import make


def test_each_chapter_is_an_episode_that_knows_its_place() -> None:
    book = make.script(*(make.chapter(title=title) for title in ("Một", "Hai", "Ba")))
    planned = episodes(book, make.cast(), {})
    assert [(one.number, one.count, one.title) for one in planned] == [(1, 3, "Một"), (2, 3, "Hai"), (3, 3, "Ba")]


def test_an_episode_says_its_own_chapter_and_no_other() -> None:
    book = make.script(make.chapter(make.words("Biển xanh.")), make.chapter(make.words("Cát trắng.")))
    said = [{passage.text for passage in one.passages} for one in episodes(book, make.cast(), {})]
    assert ["Biển xanh." in texts for texts in said] == [True, False]
    assert ["Cát trắng." in texts for texts in said] == [False, True]


def test_a_work_in_one_piece_is_called_by_its_own_title() -> None:
    (only,) = episodes(make.script(title="Cây khế"), make.cast(), {})
    assert (only.title, only.name) == ("", "Cây khế")


def test_pauses_are_those_of_the_works_age() -> None:
    for age in Age:
        (only,) = episodes(make.script(make.chapter(make.words("Biển xanh. Cát trắng.")), age=age), make.cast(), {})
        assert only.pace == PACES[age]
        (sentence,) = (one for one in only.passages if one.text == "Biển xanh.")
        assert sentence.pause == PACES[age].sentence


def test_every_episode_has_the_cast_and_the_pictures_of_the_work() -> None:
    cast = make.cast(Bụt=make.voice("ong-cu"))
    pictures = {"a" * 64: object()}
    for one in episodes(make.script(make.chapter(), make.chapter()), cast, pictures):
        assert one.cast == cast
        assert one.pictures == pictures
