"""Tells the old Vietnamese encodings by the words they make: TCVN3 (ABC), VNI, Windows-1258, UTF-8 read as Latin-1.

It names an encoding and never converts: a wrong guess must not reach a listener.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from media_service.domain.old_letters import (
    READINGS,
    TCVN3,
    TWICE,
    VNI,
    WINDOWS_1258,
    from_tcvn3,
    from_vni,
)
from media_service.domain.syllables import is_vietnamese

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\xa1-\xbf\xd7\xf7])*|[\xa1-\xbf]+[^\W\d_](?:[^\W\d_]|[\xa1-\xbf\xd7\xf7])*")
_TCVN3_HALLMARK = re.compile("[¡-\xbf]")
_VNI_HALLMARK = re.compile("[aeoyuôö][ùøûõï]|öô|^ñ[aeiouy]")
_TWICE_HALLMARK = re.compile("á»[^\\s\\w]|áº[^\\s\\w]|Æ°|Æ¡|Ä‘|Ä\x91|á»\\w|áº\\w")
_ENOUGH = 3
"""Different garbled words that make it certain; fewer may be foreign names."""


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding that makes Vietnamese words of bytes, empty where none clearly does."""
    text = data.decode("latin-1")
    shares = {name: _share(text, READINGS[name]) for name in (TCVN3, VNI, WINDOWS_1258)}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= 0.6 else ""


def find_garbled(text: str) -> tuple[int, str] | None:
    """Return the first line, and the encoding, of text that was garbled before it was saved as UTF-8.

    None for right Vietnamese and for foreign words: a word counts only if it carries a mark of that encoding, reads as
    a Vietnamese syllable in it, and as none without it.
    """
    for name, hallmark, reading in ((TCVN3, _TCVN3_HALLMARK, from_tcvn3), (VNI, _VNI_HALLMARK, from_vni)):
        if not hallmark.search(text.lower()):
            continue
        found: dict[str, int] = {}
        for word in _WORD.finditer(text):
            bare = word.group().strip("«»")  # more often quotation marks than letters of TCVN3
            if len(bare) > 1 and hallmark.search(bare.lower()) and _is_garbled(bare, reading):
                found.setdefault(bare.lower(), word.start())
        if len(found) >= _ENOUGH:
            return text.count("\n", 0, min(found.values())) + 1, name
    twice = [match.start() for match in _TWICE_HALLMARK.finditer(text)]
    return (text.count("\n", 0, twice[0]) + 1, TWICE) if len(twice) >= _ENOUGH else None


def _is_garbled(word: str, reading: Callable[[str], str]) -> bool:
    return not is_vietnamese(word) and is_vietnamese(reading(word))


def _share(text: str, reading: Callable[[str], str]) -> float:
    words = [word for word in re.split(r"[\x00-@\[-`{-\x7f]+", text[:200_000]) if not word.isascii()]
    good = sum(is_vietnamese(reading(word)) for word in words)
    return good / len(words) if words else 0
