"""Web and mail addresses, telephone numbers, and numbers that name a thing: ISBN, accounts, cards."""

from __future__ import annotations

import re

from media_service.domain.reading.letters import spelt
from media_service.domain.reading.numbers import Region, digits, whole
from media_service.domain.reading.rule import WORD, Rule, before, words
from media_service.domain.reading.syllable import is_syllable, syllables_in

_KNOWN = words("gmail yahoo hotmail outlook facebook youtube google zalo tiktok opac com org net edu gov info asia")
"""Parts of addresses that every engine says rightly."""
_SAID = {
    "vn": "vê nờ",
    "io": "i o",
    "tv": "ti vi",
    "www": "vê kép vê kép vê kép",
}
"""Parts that people say in a way of their own."""
_SIGNS = {
    ".": "chấm",
    "/": "gạch chéo",
    "-": "gạch ngang",
    "_": "gạch dưới",
    "@": "a còng",
    "=": "bằng",
    "?": "hỏi chấm",
    "&": "và",
    "+": "cộng",
}
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})"
_MAIL = re.compile(rf"(?<![\w.%+@-])[A-Za-z0-9][\w.%+-]{{0,63}}@{_LABEL}(?:\.{_LABEL}){{1,4}}", re.ASCII)
_PATH = r"(?:/[A-Za-z0-9_/.?=&%#+~-]{0,200}(?<![.?&]))?"
_WEB = re.compile(
    rf"(?<![\w.@/-])(?:https?://{_LABEL}(?:\.{_LABEL}){{0,6}}"
    rf"|www\.{_LABEL}(?:\.{_LABEL}){{0,6}}"
    rf"|(?:{_LABEL}\.){{1,6}}(?:vn|com|org|net|edu|gov|info|io|asia|tv|eu|fr|uk|jp))(?![\w@]){_PATH}",
)
_PART = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d]")

_PHONE = re.compile(
    r"(?<![\w.,/+(-])(?:\(\+?84(?:[ .-]\d{2,3})?\)|\+?84(?=[ .-]?[2-9])|\(0\d{1,3}\)|0\d{1,3}) ?"
    r"[.-]?\d{1,4}(?:[ .-]?\d{1,4}){1,4}"
    r"(?![\d/]|[.,-]\d)"
)
_SERVICE = re.compile(r"(?<![\w.,/-])1[89]00[ .]?\d{2,4}(?:[ .]?\d{2,4})?(?![\w/]|[.,-]\d)")
_LOCAL = re.compile(r"(?<![\w.,/-])\d{2,4}(?:[ .-]?\d{2,4}){0,3}(?![\w/]|[.,-]\d)")
_CALLED = re.compile(
    r"(?:điện thoại|đt|đtdđ|sđt|tel|fax|hotline|đường dây nóng|tổng đài|gọi|gọi số|liên hệ|zalo|số máy)"
    r"(?: số)?[ :.(]{1,3}(?:[\d ]{3,10}(?:, | hoặc | và | hay )){0,4}$"
)
_NAMED = re.compile(
    r"(?:tài khoản|stk|cccd|cmnd|hộ chiếu|mã số|mã vạch|mã sách|mã thẻ|số thẻ|thẻ số|đăng ký cá biệt|đkcb"
    r"|ký hiệu|kí hiệu|phân loại|xếp giá|ddc|mã số thuế|mst)(?: số| là| bạn đọc)?[ :]{1,2}$"
)
_CODE = re.compile(r"(?<![\w.,/-])\d{2,20}(?:\.\d{1,12})?(?![\w/]|[.,-]\d)")
_PLATE = re.compile(r"(?<![\w.,/-])(\d\d[A-ZĐ]{1,2}\d?)[- ]?(\d{3}\.?\d{2})(?![\w/]|[.,-]\d)")
_ISBN = re.compile(r"(?<!\w)IS[BS]N(?:-1[03])?[ :]{0,2}\d[\dXx -]{6,18}[\dXx](?!\w)")


def _address(match: re.Match[str], _: Region) -> str:
    """Say an address part by part; the scheme goes unsaid, nobody types it."""
    text = re.sub(r"^https?://", "", match[0]).rstrip("/")
    return " ".join(_part(part) for part in _PART.findall(text))


def _part(part: str) -> str:
    small = part.lower()
    if small in _SAID or small in _SIGNS:
        return _SAID.get(small) or _SIGNS[small]
    if part.isdecimal():
        return digits(part)
    return _word(small) if part.isalpha() else ""


def _word(small: str) -> str:
    """Say a run of letters: as it is where it is a word, in syllables where it was run together, else by letters."""
    if small in _KNOWN or (is_syllable(small) and len(small) > 1):
        return small
    cut = " ".join(syllables_in(small))
    is_unsayable = len(small) < 4 or not set(small) & set("aeiouy")
    return cut or (spelt(small) if is_unsayable else small)


def _in_groups(text: str) -> str:
    """Say digits one by one, with a breath where the writer left one; a long bare run is parted as people part it."""
    groups = re.findall(r"\d+", text)
    if len(groups) == 1 and len(groups[0]) >= 9:
        groups = [groups[0][:4], groups[0][4:7], groups[0][7:]]
    said = ", ".join(digits(group) for group in groups)
    return f"cộng {said}" if "+" in text else said


def _phone(match: re.Match[str], _: Region) -> str | None:
    count = sum(character.isdecimal() for character in match[0])
    at_home = match[0].lstrip("(")[0] == "0"
    return _in_groups(match[0]) if 9 <= count <= (11 if at_home else 12) else None


def _service(match: re.Match[str], _: Region) -> str | None:
    count = sum(character.isdecimal() for character in match[0])
    return _in_groups(match[0]) if count in {8, 10} or (count > 5 and _CALLED.search(before(match, 60))) else None


def _when_called(match: re.Match[str], _: Region) -> str | None:
    return _in_groups(match[0]) if _CALLED.search(before(match, 60)) else None


def _when_named(match: re.Match[str], _: Region) -> str | None:
    if not _NAMED.search(before(match)):
        return None
    return " chấm ".join(digits(part) for part in match[0].split("."))


def _isbn(match: re.Match[str], _: Region) -> str:
    name, number = match[0][:4], re.sub(r"^IS[BS]N(?:-1[03])?", "", match[0])
    said = ", ".join(digits(group) for group in re.findall(r"\d+", number))
    return f"{spelt(name)} {said}" + (" ích" if number[-1] in "Xx" else "")


def _plate(match: re.Match[str], region: Region) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", match[1])
    head = " ".join(whole(part, region) if part.isdecimal() else spelt(part) for part in parts)
    return f"{head}, {digits(match[2])}"


RULES = (
    Rule("mail", _MAIL, _address, WORD, needs="@"),
    Rule("web", _WEB, _address, WORD, needs="."),
    Rule("isbn", _ISBN, _isbn, WORD, needs="N"),
    Rule("code", _CODE, _when_named, WORD, needs="0123456789"),
    Rule("code", _PLATE, _plate, WORD, needs="0123456789"),
    Rule("phone", _PHONE, _phone, WORD, needs="084"),
    Rule("phone", _SERVICE, _service, WORD, needs="1"),
    Rule("phone", _LOCAL, _when_called, WORD, needs="0123456789"),
)
