"""Numbers in Vietnamese words: cardinals, decimals, digits one by one; how the North and the South differ in them."""

from __future__ import annotations

import re
from enum import StrEnum


class Region(StrEnum):
    """Whose habits of reading are followed; voices of the Centre count as Southern ones."""

    NORTH = "north"
    SOUTH = "south"

    @classmethod
    def of(cls, region: str) -> Region:
        """Return the habits of a voice profile's region."""
        return cls.SOUTH if region.casefold() in {"nam", "trung"} else cls.NORTH


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSAND = {Region.NORTH: "nghìn", Region.SOUTH: "ngàn"}
_ODD = {Region.NORTH: "linh", Region.SOUTH: "lẻ"}
"""Said for the empty ten: một trăm linh năm, một trăm lẻ năm."""
_MOST_DIGITS = 18
"""Longer figures are no amounts any more; they are read digit by digit."""

FIGURE = r"\d+(?:[.,]\d+){0,6}"
"""A figure as it is written, with its separators; a run of digits is taken whole."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_GROUPED_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}|,000)(?:\.\d+)?")


def cardinal(number: int, region: Region) -> str:
    """Return a whole number below 10^18 in words."""
    if number >= 10**9:
        high, low = divmod(number, 10**9)
        return _joined(f"{cardinal(high, region)} tỷ", _groups(low, region, leading=False))
    return _groups(number, region, leading=True) or DIGITS[0]


def _groups(number: int, region: Region, *, leading: bool) -> str:
    parts = []
    for size, name in ((10**6, "triệu"), (10**3, _THOUSAND[region]), (1, "")):
        group = number // size % 1000
        if group:
            parts.append(_joined(_hundreds(group, region, leading=leading), name))
            leading = False
    return " ".join(parts)


def _hundreds(group: int, region: Region, *, leading: bool) -> str:
    hundreds, rest = divmod(group, 100)
    if leading and not hundreds:
        return _tens(rest)
    head = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return head
    return f"{head} {_ODD[region]} {_after_odd(rest)}" if rest < 10 else f"{head} {_tens(rest)}"


def _after_odd(unit: int) -> str:
    return "tư" if unit == 4 else DIGITS[unit]


def _tens(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return DIGITS[unit]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    last = {0: "", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(unit, DIGITS[unit])
    return _joined(head, last)


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def digits(text: str) -> str:
    """Return the digits of a text one by one; whatever else is in it is passed over."""
    return " ".join(DIGITS[int(character)] for character in text if character.isdecimal())


def whole(text: str, region: Region) -> str:
    """Return a run of digits as an amount; with two leading signs of a code (007), or very long, digit by digit."""
    is_code = len(text) > _MOST_DIGITS or (len(text) > 2 and text[0] == "0")
    return digits(text) if is_code else cardinal(int(text), region)


def figure(text: str, region: Region) -> str:
    """Return a written figure in words: 2.446.173 · 3,5 · 1.234,56 · 1,000,000 · 4.0 · 895.9223."""
    if _GROUPED_ENGLISH.fullmatch(text):
        text = text.replace(",", "").replace(".", ",")
    head, comma, tail = text.partition(",")
    if _GROUPED.fullmatch(head) and len(head) <= _MOST_DIGITS + 5:
        head = head.replace(".", "")
    if comma and head.isdecimal() and tail.isdecimal():
        return f"{whole(head, region)} phẩy {_fraction(tail, region)}"
    if head.isdecimal() and not comma:
        return whole(head, region)
    return _dotted(text, region)


def _fraction(tail: str, region: Region) -> str:
    return digits(tail) if tail[0] == "0" or len(tail) > 3 else cardinal(int(tail), region)


def _dotted(text: str, region: Region) -> str:
    """Say separators that make no amount by their names: sections, versions, class marks."""
    is_class_mark = re.fullmatch(r"\d{3}\.\d+", text) is not None
    parts = [part for part in re.split(r"([.,])", text) if part]
    if re.fullmatch(r"0\.\d+", text):
        return f"không phẩy {_fraction(text[2:], region)}"
    names = {".": "chấm", ",": "phẩy"}
    return " ".join(names.get(part) or (digits(part) if is_class_mark else whole(part, region)) for part in parts)
