"""What readers do at their limits: no word is left out in silence, no time grows with the square."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from media_service.books.door import read_book
from media_service.books.drafting import BookFiles
from media_service.domain.book import Place
from media_service.domain.damage import damages
from media_service.domain.draft import Wishes
from media_service.errors import InputError


def test_a_deep_quotation_is_read_and_a_deeper_one_refused_with_its_line(tmp_path: Path) -> None:
    book = tmp_path / "trich-dan.md"
    book.write_text("Mở đầu.\n\n" + "> " * 90 + "Lời ở trong cùng.\n", "utf-8")
    assert any("trong cùng" in getattr(block, "text", "") for block in read_book(book).blocks)
    book.write_text("Mở đầu.\n\n" + "> " * 91 + "Lời ở trong cùng.\n", "utf-8")
    with pytest.raises(InputError, match="90 times") as refusal:
        read_book(book)
    assert refusal.value.faults[0].line == 3


@pytest.mark.parametrize("piece", ["a", "ệ", "Ð", "1", "¡"])
def test_looking_for_damage_takes_no_longer_for_one_endless_word(piece: str) -> None:
    begun = time.process_time()
    list(damages([(piece * 200_000 + " à", Place())]))
    assert time.process_time() - begun < 2


def test_a_damaged_title_is_told_as_damage(tmp_path: Path) -> None:
    book = tmp_path / "mui-da.md"
    book.write_text("# Chương 1: Mũi đ\ufffd\n\nÔng Tư đã sống một mình trên mũi đá.\n", "utf-8")
    draft = BookFiles().draft(book, tmp_path, Wishes())
    assert [one.text for one in draft.report.damaged] == ["Chương 1: Mũi đ\ufffd"]


def test_letters_that_became_question_marks_are_told_as_damage() -> None:
    assert list(damages([("V?n thương nhau như th? tay chân.", Place())]))
    assert not list(damages([("Con đi đâu? Về nhà chứ?", Place())]))
