"""Knows titles by their words: “Chương 1”, “Hồi thứ ba”, “Lời nói đầu”; and titles of what is not read aloud."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from media_service.domain.book import Role
from media_service.domain.nearest import without_marks

LONGEST = 160
"""Characters of a title."""
PART, CHAPTER, SECTION = 1, 2, 3
"""Ranks of numbered titles: a part holds chapters, a chapter holds sections."""

_RANKS = {
    **dict.fromkeys(("phần", "quyển", "tập", "part", "book", "volume"), PART),
    **dict.fromkeys(("chương", "hồi", "truyện", "bài", "chapter"), CHAPTER),
    **dict.fromkeys(("mục", "tiết", "section"), SECTION),
}
_SPELLED = (
    "không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|nhất|nhì|trăm|linh|lẻ|cuối|kết"
    "|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
_NUMBER = rf"(?:\d{{1,4}}[a-z]?|[ivxlcdm]+|(?:{_SPELLED})(?:\s+(?:{_SPELLED}))*)"
_NUMBERED = re.compile(
    rf"(?P<word>{'|'.join(_RANKS)})(?P<joint>\s+(?:thứ|số)\s+|\s+)(?P<number>{_NUMBER})"
    r"(?P<rest>\s*(?:[.:)–—\-/|,…].*)?|\s+.+)",
    re.IGNORECASE | re.DOTALL,
)
_BARE_NUMBER = re.compile(r"[\[(*–—-]?\s*(\d{1,3}|[IVXLC]{1,8})\s*[\])*.–—-]?")
_LEADING_NUMBER = re.compile(r"(\d{1,3}|[IVXLC]{1,7})\s*[.)–—-]\s+(?=\S)")
_NAMED = frozenset(
    (
        *("loi noi dau", "loi gioi thieu", "loi mo dau", "mo dau", "loi tua", "tua", "thay loi tua", "dan nhap"),
        *("loi dan", "loi ket", "ket", "ket luan", "doan ket", "loi bat", "vi thanh", "loi cuoi"),
        *("loi cuoi sach", "phu luc", "khai tu", "loi nha xuat ban", "loi tac gia", "loi nguoi dich"),
        *("loi cam on", "de tu", "prologue", "epilogue", "introduction", "preface", "foreword", "afterword"),
        *("mao dau", "chuong ket", "hoi ket", "loi ngo", "phan mo dau", "phan ket"),
    )
)
_NOT_READ = {
    Role.CONTENTS: ("muc luc", "table of contents", "contents", "danh muc hinh", "danh muc bang", "muc luc sach"),
    Role.INDEX: ("bang tra cuu", "chi muc", "index", "bang chi dan", "bang tra", "sach dan", "tra cuu"),
    Role.BIBLIOGRAPHY: (
        "tai lieu tham khao",
        "thu muc tham khao",
        "thu muc",
        "bibliography",
        "references",
        "sach tham khao",
    ),
    Role.NOTE: ("chu thich", "ghi chu", "cuoc chu", "chu giai", "notes", "footnotes", "endnotes"),
    Role.COPYRIGHT: ("ban quyen", "copyright", "thong tin xuat ban", "thong tin ban quyen"),
}
_LONGEST_NAME = 60
"""Characters of such a title."""
_ROLE_OF = {title: role for role, titles in _NOT_READ.items() for title in titles}
_COPYRIGHT = re.compile(
    r"©|\bisbn\b|bản quyền|copyright|all rights reserved|chịu trách nhiệm (?:xuất bản|nội dung)|nộp lưu chiểu|in xong"
    r"|giấy phép xuất bản|quyết định xuất bản|số xuất bản|đăng k[ýí] (?:kế hoạch )?xuất bản|qđxb|khổ sách|khuôn khổ"
    r"|in \d[\d.]* (?:bản|cuốn)|nhà xuất bản|\bnxb\b|biên tập viên|sửa bản in|trình bày bìa|vẽ bìa",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A title with its number: its rank, and whether it is nothing but that."""

    rank: int
    bare: bool


def numbered(text: str) -> Numbered | None:
    """Return what a line is as a numbered title (“Chương 1. …”), None where it reads as prose."""
    if len(text) > LONGEST or not text:
        return None
    match = _NUMBERED.fullmatch(text.strip())
    if not match:
        return None
    rest = match["rest"].strip()
    word = match["word"]
    if rest and not re.match(r"[.:)–—\-/|,…]", rest) and not _reads_on_as_title(text, word, rest, match["number"]):
        return None
    if not word[0].isupper() or (
        rest[:1] == "," or (len(rest) > 60 and rest[-1:] in ".!?…" and rest[0] not in ".:–—-")
    ):
        return None
    return Numbered(_RANKS[unicodedata.normalize("NFC", word.lower())], not rest.strip(" .:)–—-/|"))


def is_bare_number(text: str) -> bool:
    """Tell whether a line is a number alone: `1`, `IV.`, `* 2 *`."""
    return _BARE_NUMBER.fullmatch(text.strip()) is not None


def number_in(text: str) -> int | None:
    """Return the number that a line is, or begins with (`3. Con cò`); None where there is none."""
    match = _BARE_NUMBER.fullmatch(text.strip()) or _LEADING_NUMBER.match(text.strip())
    return None if match is None else int(match[1]) if match[1].isdigit() else _roman(match[1])


def is_named_title(text: str) -> bool:
    """Tell whether a line is a usual title without a number: “Lời nói đầu”, “Vĩ thanh”."""
    return len(text) < _LONGEST_NAME and folded(text) in _NAMED


def role_of_title(text: str) -> Role | None:
    """Return the part of a book that a title announces where that part is not read aloud; None for all others."""
    return _ROLE_OF.get(folded(text)) if len(text) < _LONGEST_NAME else None


def is_capitals(text: str) -> bool:
    """Tell whether a line is written in capitals throughout, with at least three letters."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 3 and len(text) <= LONGEST and all(char.isupper() for char in letters)


def imprint_signs(text: str) -> int:
    """Count the different signs by which pages of copyright are known."""
    return len({found.lower() for found in _COPYRIGHT.findall(text)})


def _reads_on_as_title(text: str, word: str, rest: str, number: str) -> bool:
    """Tell `Chương 1 Con cò` and `PHẦN HAI MÙA HÈ` from `Phần hai người` and `Tập một thói quen`."""
    if is_capitals(text):
        return True
    plain_number = number.isdigit() or (number.isupper() and _roman(number) > 0)
    chapter = _RANKS[word.lower()] == CHAPTER and word.lower() not in {"bài", "truyện"}
    return rest[0].isupper() and rest[-1] not in ".,;" and (plain_number or chapter)


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for at, char in enumerate(text.upper()):
        value = values.get(char, 0)
        after = values.get(text[at + 1 : at + 2].upper(), 0)
        total += -value if value < after else value
    return total


def folded(text: str) -> str:
    """Return the bare words of a text, for comparing titles."""
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", without_marks(text).lower()).split())
