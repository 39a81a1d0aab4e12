"""Tells the old Vietnamese encodings by the words they make: TCVN3 (ABC), VNI, Windows-1258, UTF-8 read as Latin-1.

It names an encoding and never converts: a wrong guess must not reach a listener.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

TCVN3 = "TCVN3 (ABC, .VnTime)"
VNI = "VNI (VNI-Times)"
WINDOWS_1258 = "Windows-1258"
TWICE = "UTF-8 read as Windows-1252"

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_LETTERS = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
_STRESSES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_HATS = dict(zip("âáàåãä", ("\u0302" + tone for tone in _STRESSES), strict=True)) | dict(
    zip("êéèúüë", ("\u0306" + tone for tone in _STRESSES), strict=True)
)
"""Circumflex, then breve, each alone and with the five tones."""

_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph|qu|r|s|th?|tr|v|x)?"
    "(?:uyê|yêu|iêu|uôi|ươi|ươu|oai|oay|oeo|uây|uya|uyu|oa|oă|oe|uâ|uê|uy|uơ|iê|yê|uô|ươ|ia|ua|ưa|ai|ao|au|ay|âu|ây"
    "|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])"
    "(?:ch|c|m|ng|nh|n|p|t)?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\xa1-\xbf\xd7\xf7])*|[\xa1-\xbf]+[^\W\d_](?:[^\W\d_]|[\xa1-\xbf\xd7\xf7])*")
_TCVN3_HALLMARK = re.compile("[¡-\xbf]")
_VNI_HALLMARK = re.compile("[aeoyuôö][ùøûõï]|öô|^ñ[aeiouy]")
_TWICE_HALLMARK = re.compile("á»[^\\s\\w]|áº[^\\s\\w]|Æ°|Æ¡|Ä‘|Ä\x91|á»\\w|áº\\w")
_ENOUGH = 3
"""Different garbled words that make it certain; fewer may be foreign names."""


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding that makes Vietnamese words of bytes, empty where none clearly does."""
    text = data.decode("latin-1")
    readings: dict[str, Callable[[str], str]] = {TCVN3: _from_tcvn3, VNI: _from_vni, WINDOWS_1258: _from_windows_1258}
    shares = {name: _share(text, reading) for name, reading in readings.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= 0.6 else ""


def find_garbled(text: str) -> tuple[int, str] | None:
    """Return the first line, and the encoding, of text that was garbled before it was saved as UTF-8.

    None for right Vietnamese and for foreign words: a word counts only if it carries a mark of that encoding, reads as
    a Vietnamese syllable in it, and as none without it.
    """
    for name, hallmark, reading in ((TCVN3, _TCVN3_HALLMARK, _from_tcvn3), (VNI, _VNI_HALLMARK, _from_vni)):
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
    return not _is_vietnamese(word) and _is_vietnamese(reading(word))


def _share(text: str, reading: Callable[[str], str]) -> float:
    words = [word for word in re.split(r"[\x00-@\[-`{-\x7f]+", text[:200_000]) if not word.isascii()]
    good = sum(_is_vietnamese(reading(word)) for word in words)
    return good / len(words) if words else 0


def _is_vietnamese(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bare = _TONES.sub("", parts)
    return len(parts) - len(bare) <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def _from_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(char, char) for char in word)


def _from_vni(word: str) -> str:
    read: list[str] = []
    for char, before in zip(word.lower(), " " + word.lower(), strict=False):
        if before in "aeoyuôö" and char in _VNI_TONES:
            read.append(_VNI_TONES[char])
        elif before in "aeo" and char in _VNI_HATS:
            read.append(_VNI_HATS[char])
        else:
            read.append(_VNI_LETTERS.get(char, char))
    return unicodedata.normalize("NFC", "".join(read))


def _from_windows_1258(word: str) -> str:
    return word.encode("latin-1").decode("cp1258", errors="replace")
