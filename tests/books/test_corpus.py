"""A hundred files of many makers: their chapters, their words, what is left out of them and what is said of it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from media_service.books.door import read_book
from media_service.domain.book import Book
from media_service.domain.chaptering import Chaptered, Target, chapters
from media_service.errors import MediaServiceError
from tests.books.likeness import compare, heard, position, titles_match, without, words

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in (CORPUS / "accept").iterdir() if path.suffix != ".json")
REFUSED = sorted(path for path in (CORPUS / "reject").glob("*") if path.suffix != ".json")
AS_IT_IS = Target(longest=10**9, shortest=1)
"""Neither split nor join, but for headings without a word below them: the corpus is of short chapters."""
KEPT = 0.999


@dataclass(frozen=True, slots=True)
class Case:
    """A file as it was read, and what was expected of it."""

    book: Book
    made: Chaptered
    expected: dict[str, Any]

    def run(self) -> list[str]:
        """Return the words that are heard."""
        return self.fair([word for chapter in self.made.chapters for word in words(chapter.text)])

    def wanted(self) -> list[str]:
        """Return the words that should be."""
        return self.fair(
            [word for chapter in self.expected["chapters"] for word in words("\n".join(chapter["paragraphs"]))]
        )

    def fair(self, run: list[str]) -> list[str]:
        """Return a run without what may be heard or not, headings of parts too; TCVN3 has no capitals with tones."""
        parts = dict.fromkeys(chapter["part"] for chapter in self.expected["chapters"] if "part" in chapter)
        run = without(run, (*parts, *self.expected.get("either", ())))
        return [word.casefold() for word in run] if self.expected.get("encoding") == "TCVN3" else run


@cache
def case(path: Path) -> Case:
    book = read_book(path)
    expected = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    return Case(book, chapters(book, AS_IT_IS), expected)


each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def test_the_corpus_is_large_and_of_every_format() -> None:
    kinds = {path.suffix for path in FILES}
    assert len(FILES) >= 60
    assert kinds >= {".epub", ".docx", ".pdf", ".html", ".txt", ".md"}


@each
def test_chapters_have_their_titles_in_order(path: Path) -> None:
    read = case(path)
    got = [chapter.title for chapter in read.made.chapters]
    assert titles_match(read.expected["chapters"], got), got


@each
def test_no_part_of_a_book_is_dropped_silently(path: Path) -> None:
    read = case(path)
    told = " ".join(
        [*(f"{chapter.title} {chapter.text}" for chapter in read.made.chapters), *map(str, read.made.decisions)]
    )
    for chapter in read.expected["chapters"]:
        assert position(heard(told), heard(chapter.get("part", ""))) is not None, chapter["part"]


@each
def test_words_are_kept_and_none_invented(path: Path) -> None:
    read = case(path)
    found = compare(read.wanted(), read.run())
    assert found.kept >= KEPT, found
    assert not found.invented, found


@each
def test_each_chapter_has_its_own_words(path: Path) -> None:
    read = case(path)
    assert len(read.made.chapters) == len(read.expected["chapters"])
    for got, wanted in zip(read.made.chapters, read.expected["chapters"], strict=True):
        found = compare(read.fair(words("\n".join(wanted["paragraphs"]))), read.fair(words(got.text)))
        assert found.kept >= 0.97, (wanted["title"], found)


@each
def test_what_is_left_out_is_listed_and_not_heard(path: Path) -> None:
    read = case(path)
    run = [word for chapter in read.made.chapters for word in words(f"{chapter.title} {chapter.text}")]
    for passage in (*chain(*read.expected.get("left_out", {}).values()), *read.expected.get("unheard", ())):
        if len(words(passage)) > 1:
            assert position(run, words(passage)) is None, passage
    for kind, passages in read.expected.get("left_out", {}).items():
        listed = [omission for omission in read.made.omitted if omission.why == kind]
        assert listed, kind
        assert sum(omission.words for omission in listed) >= 0.9 * sum(len(words(passage)) for passage in passages), (
            kind
        )


@each
def test_paragraphs_stay_apart_and_whole(path: Path) -> None:
    """So that the voice breathes where the author did; a couplet may be read as two lines of prose, and a printed page
    tells paragraphs by looks alone.
    """
    read = case(path)
    got = {tuple(words(text)) for chapter in read.made.chapters for text in chapter.text.split("\n\n")}
    got |= {run[1:] for run in got if run[:1] and run[0].isdigit()}  # a list's own number may be heard
    wanted = [tuple(words(text)) for chapter in read.expected["chapters"] for text in chapter["paragraphs"]]
    if read.expected.get("encoding") == "TCVN3":
        got = {tuple(map(str.casefold, run)) for run in got}
        wanted = [tuple(map(str.casefold, run)) for run in wanted]
    whole = sum(run in got for run in wanted) / len(wanted)
    assert whole >= 0.8, [" ".join(run) for run in wanted if run not in got]


@each
def test_the_text_is_clean(path: Path) -> None:
    """NFC, and no sign that is there for the page alone: private use, soft hyphens, zero width, control characters."""
    read = case(path)
    for chapter in read.made.chapters:
        text = f"{chapter.title}\n{chapter.text}"
        assert unicodedata.is_normalized("NFC", text)
        assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs")]
        assert "  " not in text
        assert not re.search(r" [,.;:!?…”](?!\.)", text), re.findall(r".{9} [,.;:!?…”].{3}", text)


@each
def test_metadata_is_read(path: Path) -> None:
    read = case(path)
    got = {name: getattr(read.book.metadata, name) for name in read.expected["metadata"]}
    assert got == read.expected["metadata"]


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".txt"], ids=lambda path: path.name)
def test_the_encoding_is_named(path: Path) -> None:
    read = case(path)
    if "encoding" in read.expected:
        named, wanted = (re_simple(text) for text in (read.book.encoding.name, read.expected["encoding"]))
        assert wanted in named


def re_simple(text: str) -> str:
    return "".join(heard(text))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_what_cannot_be_read_is_refused_by_a_sentence_that_says_why(path: Path) -> None:
    says = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))["says"]
    with pytest.raises(MediaServiceError) as refusal:
        chapters(read_book(path))
    assert any(word in str(refusal.value).lower() for word in says), str(refusal.value)
