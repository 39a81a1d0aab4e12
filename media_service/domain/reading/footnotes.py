"""Footnote marks, which nobody reads out: [1] · [2, 3] · ¹ · word(2)."""

from __future__ import annotations

import re

from media_service.domain.reading.letters import spelt
from media_service.domain.reading.numbers import Region, whole
from media_service.domain.reading.rule import AMOUNT, WORD, Rule, before, last_word, literally, words

_IN_BRACKETS = re.compile(r" ?\[\d{1,3}(?:(?: ?[,;–-] ?)\d{1,3}){0,9}\]|\[\*{1,3}\]")
_RAISED = re.compile(r"(?<!(?<!\w)10)(?<=[\w.,;:!?”\"’)])(?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,6}(?!\w)")
_IN_ROUND_ONES = re.compile(r"(?<=[^\W\d_])\(\d{1,2}\)(?=[\s.,;:!?…”\"’)]|$)|(?<=[^\W\d_][.,;:!?…”\"’])\(\d{1,2}\)")

_BEFORE_A_STOP = re.compile(r"(?<=[^\W\d_]) \(\d{1,2}\)(?=[.,;:!?…])")
_REFERRED = words("mục khoản điều câu ý thích hình bảng bài phần số điểm tập quyển cột dòng bước")
"""Words whose number in brackets is meant to be read: xem mục (2)."""


def _unless_referred(match: re.Match[str], _: Region) -> str | None:
    return None if last_word(before(match)) in _REFERRED else ""


_SQUARED = re.compile(r"(?<!\w)([a-zA-Z])([²³])(?= ?[-+=<>)×·−–]|$|[,.;:?!])")
_SUM_SQUARED = re.compile(r"(?<=\))([²³])(?= ?[-+=<>×])|(?<== )([a-zA-Z]{2})([²³])(?!\w)")
"""(a + b)² = … and E = mc²."""
_FIGURE_SQUARED = re.compile(r"(?<![\w.,/-])(?!10[²³])(\d{1,2}|\d{3,6}(?=[²³] ?[-+=<>×·−)]))([²³])(?!\w)")
"""A longer figure may be a year with a note: only what is reckoned with is squared."""
_SQUARES = {"²": "bình phương", "³": "lập phương"}


def _sum_squared(match: re.Match[str], _: Region) -> str:
    return f" {_SQUARES[match[1]]}" if match[1] else f"{spelt(match[2])} {_SQUARES[match[3]]}"


_UNSURE = re.compile(r"(?<=\d)\?(?= ?[-–—)])")
"""A year that nobody is sure of (1765?–1820) is still the year."""
_UNKNOWN = re.compile(r"(?<=\()\?(?= ?[-–—] ?\d)|(?<=\d[-–—])\?(?=\))|(?<=\d [-–—] )\?(?=\))")


RULES = (
    Rule("power", _SQUARED, lambda match, _: f"{spelt(match[1])} {_SQUARES[match[2]]}", WORD, needs="²³"),
    Rule("power", _FIGURE_SQUARED, lambda match, region: f"{whole(match[1], region)} {_SQUARES[match[2]]}", needs="²³"),
    Rule("power", _SUM_SQUARED, _sum_squared, WORD, needs="²³"),
    Rule("date", _UNSURE, literally(""), AMOUNT, needs="?"),
    Rule("date", _UNKNOWN, literally("không rõ"), AMOUNT, needs="?"),
    *(Rule("footnote", pattern, literally(""), WORD) for pattern in (_IN_BRACKETS, _RAISED, _IN_ROUND_ONES)),
    Rule("footnote", _BEFORE_A_STOP, _unless_referred, WORD, needs="("),
)
