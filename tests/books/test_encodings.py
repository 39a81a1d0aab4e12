"""Files in the encodings of the years before Unicode are read to the letter; files in Unicode are left alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from media_service.books.door import read_book
from media_service.domain.book import Book
from media_service.domain.chaptering import Target, chapters
from tests.books.making import legacy
from tests.books.prose import paragraphs

OLD: dict[str, Callable[[str], bytes]] = {
    "TCVN3": legacy.tcvn3,
    "VNI": legacy.vni,
    "VPS": legacy.vps,
    "1258": legacy.cp1258,
}
RIGHT = 0.999


@cache
def prose() -> tuple[str, ...]:
    return tuple(paragraphs(20_000))


def read(folder: Path, data: bytes, name: str = "sach.txt") -> tuple[Book, list[str]]:
    path = folder / name
    path.write_bytes(data)
    book = read_book(path)
    made = chapters(book, Target(longest=10**9, shortest=0))
    return book, [
        part for chapter in made.chapters for part in f"{chapter.title}\n\n{chapter.text}".split("\n\n") if part
    ]


def letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFC", text) if char.isalpha())


def wrong_letters(wanted: str, got: str) -> Counter[str]:
    """Return the letters that are wrong or missing, by what they should be."""
    if wanted == got:
        return Counter()
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    return Counter(
        letter for what, i, j, _, _ in matcher.get_opcodes() if what != "equal" for letter in wanted[i:j] or "+"
    )


def test_the_prose_has_every_letter_in_every_tone_small_and_capital() -> None:
    found = Counter("".join(prose()))
    assert sum(len(text.split()) for text in prose()) >= 20_000
    assert not [letter for letter in legacy.ALL_LETTERS if found[letter] < 5]


def test_python_reads_what_is_written_in_windows_1258() -> None:
    text = " ".join(legacy.ALL_LETTERS)
    assert unicodedata.normalize("NFC", legacy.cp1258(text).decode("cp1258")) == text


@pytest.mark.parametrize("write", [legacy.vni, legacy.vps])
def test_each_letter_has_a_code_of_its_own(write: Callable[[str], bytes]) -> None:
    assert len({write(letter) for letter in legacy.ALL_LETTERS}) == len(legacy.ALL_LETTERS) == 146


@pytest.mark.parametrize("name", OLD)
def test_twenty_thousand_words_are_converted_to_the_letter(name: str, tmp_path: Path) -> None:
    """TCVN3 has no capitals with tones, so there they are compared as small letters."""
    book, got = read(tmp_path, b"\r\n\r\n".join(map(OLD[name], prose())))
    assert name in book.encoding.name
    assert 0.8 <= book.encoding.confidence <= 1
    assert len(got) == len(prose())
    wrong: Counter[str] = Counter()
    total = 0
    for wanted, text in zip(prose(), got, strict=True):
        pair = letters(wanted), letters(text)
        total += len(pair[0])
        wrong += wrong_letters(*(map(str.casefold, pair) if name == "TCVN3" else pair))
    assert wrong.total() <= (1 - RIGHT) * total, (wrong.total() / total, wrong.most_common(20))


@pytest.mark.parametrize("name", OLD)
def test_a_short_old_file_is_known_too(name: str, tmp_path: Path) -> None:
    text = "Ông lão ngồi vá lưới trước hiên nhà. Con thuyền nhỏ đã rời bến từ lúc mặt trời chưa mọc."
    book, got = read(tmp_path, OLD[name](text))
    assert name in book.encoding.name
    assert letters("".join(got)).casefold() == letters(text).casefold()


UNICODE = {
    "Vietnamese": "Ông lão ngồi vá lưới trước hiên nhà, “chờ con nước” – nghĩ ngợi…",
    "without marks": "Ong lao ngoi va luoi truoc hien nha, cho con nuoc.",
    "one word with a mark": "Cafe và trà.",
    "French": "« Où êtes-vous allé, mon frère ? » demanda-t-il à l’aînée, déçu, près de la forêt où naît l’été.",
    "German": "Über den Wölkchen müßte die Freiheit größer sein, sagte die Königin für und für.",
    "Portuguese": "São três irmãos à espera do avô, não é? Ação, razão, coração e mãe.",
    "Icelandic": "Það er góð þýðing á þessu ævintýri, sagði Þórður við Ásdísi í búðinni.",
    "Russian": "Старик сидел у моря и чинил сети.",
    "Chinese": "老人坐在海邊修補漁網。",
    "signs": "Giá: 5 £, 7 ¥, 3 µm, ½ chén, § 4, ±2 °C, © 2019, ®.",
    "names in Vietnamese": "Ông François Müller gặp bà Zoë Brontë ở Besançon, rồi cả hai về Phan Rí.",
    "a page on old letters": (
        "Chữ “Ngµy x­a” là “Ngày xưa” trong TCVN3, "
        "còn “ngöôøi” là “người” trong VNI; máy nào không có phông thì đọc không ra."
    ),
}
WAYS = {
    "UTF-8": lambda text: text.encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", UNICODE)
@pytest.mark.parametrize("times", [1, 60])
def test_what_is_unicode_already_is_not_converted(kind: str, way: str, times: int, tmp_path: Path) -> None:
    text = UNICODE[kind]
    book, got = read(tmp_path, WAYS[way]("\n\n".join([text] * times)))
    assert {letters(part) for part in got} == {letters(text.replace("\xad", ""))}
    assert "UTF" in book.encoding.name


def test_whole_prose_in_unicode_is_not_converted(tmp_path: Path) -> None:
    book, got = read(tmp_path, "\n\n".join(prose()).encode())
    assert [letters(text) for text in got] == [letters(text) for text in prose()]
    assert "UTF-8" in book.encoding.name
