"""Finds passages that look damaged, for a person to compare with the book; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from media_service.domain.book import Damage, Place
from media_service.domain.syllables import is_vietnamese
from media_service.messages import Message, message

MOST = 500
"""Passages that are told."""
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){5,}[^\W\d_](?!\S)")
_RUN_ON = re.compile(r"[^\W\d_]{15,}")
_DIGIT_INSIDE = re.compile(r"(?<!\w)[a-zà-ỹ]{1,4}[01][a-zà-ỹ]{1,4}(?!\w)")
_GARBLED = re.compile(r"[¡-¿Ð×Þðþ÷][^\W\d_]|Ã[\u0080-\u00bf]|á[º»]")

_QUESTIONED = re.compile(r"(?<![\w/.])[^\W\d_]{0,6}\?+[a-zà-ỹđ]{1,5}(?![\w=&/.])")

_CHECKS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (_LOST, message("letters are lost here")),
    (_QUESTIONED, message("letters are lost here")),
    (_SPACED, message("the letters of words stand apart")),
    (_RUN_ON, message("words run together")),
    (_DIGIT_INSIDE, message("a digit stands in a word")),
    (_GARBLED, message("letters are garbled")),
)


def damages(passages: Iterable[tuple[str, Place]]) -> Iterator[Damage]:
    """Yield passages that look damaged, each with what is wrong with it."""
    told = 0
    for text, place in passages:
        if not text or (
            text.isascii() and "?" not in text and not _DIGIT_INSIDE.search(text) and not _RUN_ON.search(text)
        ):
            continue
        for pattern, why in _CHECKS:
            found = next((one for one in pattern.finditer(text) if _counts(one[0], pattern)), None)
            if found:
                yield Damage(_around(text, found), why, place)
                told += 1
                break
        if told >= MOST:
            return


def _counts(found: str, pattern: re.Pattern[str]) -> bool:
    """Tell damage from what only looks so: long words of other languages, chemical names."""
    if pattern is _RUN_ON:
        return not found.isascii() and not is_vietnamese(found)
    return True


def _around(text: str, found: re.Match[str]) -> str:
    begin, end = max(0, found.start() - 30), min(len(text), found.end() + 30)
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
