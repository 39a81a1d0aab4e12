"""From a file's bytes to Unicode text: which encoding they are in, how sure that is, and what was lost.

A file that is Unicode already is never converted; one whose letters were garbled before it was saved as Unicode is.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from media_service.domain.old_letters import READINGS, TCVN3, VNI, VPS, WINDOWS_1258, encoding_of_font
from media_service.domain.syllables import is_vietnamese

UNICODE = "UTF-8"
WESTERN = "Windows-1252"

_BOMS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
)
_C1 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}
"""What Windows-1252 has where Latin-1 has controls: curly quotes, dashes, the ellipsis."""
_TO_LATIN = {ord(char): code for code, char in _C1.items()}
_WORD = re.compile(r"(?:[^\W\d_]|[\x02-\x06\x10-\x15\x19\x1c\x1d\x80-\x9f¡-¿×÷])+")
_GARBLED = re.compile(
    "[\x02-\x06\x10-\x15\x19\x1c\x1d\x80-\x9f¡-¿×÷]|[aeoyuôö][ùøûõïâáàåãäêéèúüë]|[ñöæ]", re.IGNORECASE
)
"""A letter of an old encoding that hardly stands in such a place in any text of its own."""
_ENOUGH = 0.6
"""Share of the words with marks that must read as Vietnamese."""
_FEWEST = 3
"""Different garbled words that make it certain in a file that says it is Unicode; fewer may be foreign names."""
_MOST = 400_000
"""Characters that are looked at."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a text was written in, and how sure that is, from 0 to 1."""

    name: str = UNICODE
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as it was read, not yet mended, and its encoding."""

    text: str
    encoding: Encoding


def decoded(data: bytes) -> Decoded:
    """Return bytes as text; what fits no encoding becomes U+FFFD, so that it can be found and named."""
    for bom, name, codec in _BOMS:
        if data.startswith(bom):
            return restored(data[len(bom) :].decode(codec, errors="replace"), Encoding(name))
    wide = _wide(data)
    if wide:
        return Decoded(data.decode(wide, errors="replace"), Encoding("UTF-16", 0.95))
    try:
        return restored(data.decode("utf-8"), Encoding())
    except UnicodeDecodeError:
        return _single_byte(data)


def as_declared(data: bytes) -> str:
    """Return text that says it is Unicode as it stands, garbled or not; what is none is read by its letters."""
    for bom, _, codec in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(codec, errors="replace")
    try:
        return data.decode(_wide(data) or "utf-8")
    except UnicodeDecodeError:
        return decoded(data).text


def restored(text: str, encoding: Encoding) -> Decoded:
    """Return Unicode text, its letters put right where they were garbled before it was saved."""
    words = _marked_words(unicodedata.normalize("NFC", text[:_MOST]))
    counts = {word: count for word, count in words.items() if any("a" <= char <= "z" for char in word.lower())}
    kept = sum(count for word, count in counts.items() if is_vietnamese(word))
    found = _best(counts) if kept * 2 <= sum(counts.values()) else None
    if found is None or found[1] < _ENOUGH:
        return Decoded(text, encoding)
    name, share = found
    garbled = [word for word in counts if _GARBLED.search(word) and _is_garbled(word, name)]
    if len(garbled) < _FEWEST:
        return Decoded(text, encoding)
    return Decoded(_read(text, name), Encoding(name, round(share, 3)))


def reading_of(text: str, name: str) -> str:
    """Return text whose code points are those of an old encoding as Unicode in NFC."""
    return _read(text, name)


def from_font(text: str, font: str) -> str:
    """Return text that was set in an old Vietnamese font as Unicode; other text as it is.

    The ABC fonts whose names end in H show small letters as capitals.
    """
    name = encoding_of_font(font)
    if not name:
        return text
    read = _read(text, name)
    return read.upper() if name == TCVN3 and re.fullmatch(r"\.Vn\w*H", font.strip("'\" ")) else read


def _single_byte(data: bytes) -> Decoded:
    """Return bytes that are no Unicode by the encoding that makes Vietnamese words of them."""
    broken = data.decode("utf-8", errors="replace")
    lost = broken.count("\ufffd")
    text = data.decode("latin-1")
    found = _best(_marked_words(text))
    if found and found[1] >= _ENOUGH:
        return Decoded(_read(text, found[0]), Encoding(found[0], round(found[1], 3)))
    read = sum(ord(char) > 0x7F for char in broken) - lost
    if read > 4 * lost:  # Unicode with some damage
        return Decoded(broken, Encoding(UNICODE, round(read / (read + lost), 3)))
    western = data.decode("cp1252", errors="replace")
    return Decoded(western, Encoding(WESTERN, 0.5 if found is None else round(1 - found[1], 3)))


def _wide(data: bytes) -> str:
    """Return the codec of text in two bytes a letter without a mark at its head, empty where it is none."""
    head = data[:4000]
    if len(head) < 4 or head.count(0) * 5 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _marked_words(text: str) -> Mapping[str, int]:
    """Count the words that hold more than plain letters, each in the code points of single bytes."""
    latin = text[:_MOST].translate(_TO_LATIN)
    return Counter(word for word in _WORD.findall(latin) if not word.isascii() or not word.isalpha())


def _best(counts: Mapping[str, int]) -> tuple[str, float] | None:
    """Return the old encoding that makes most words Vietnamese, and the share of them; None without such words."""
    total = sum(counts.values())
    if not total:
        return None
    shares = {name: _share(counts, name) / total for name in (TCVN3, VNI, WINDOWS_1258, VPS)}
    best = max(shares, key=shares.__getitem__)
    return best, shares[best]


def _share(counts: Mapping[str, int], name: str) -> int:
    reading = READINGS[name]
    return sum(count for word, count in counts.items() if _reads(reading(_bare(word))))


def _reads(word: str) -> bool:
    """Tell whether a word reads as Vietnamese; signs that are no letters may stand around it."""
    letters = "".join(char for char in unicodedata.normalize("NFC", word) if unicodedata.category(char)[0] in "LM")
    return bool(letters) and is_vietnamese(letters)


def _bare(word: str) -> str:
    return word.strip("\x93\x94\x91\x92\x85\x96\x97")


def _is_garbled(word: str, name: str) -> bool:
    return not is_vietnamese(word) and _reads(READINGS[name](_bare(word)))


def _read(text: str, name: str) -> str:
    """Return text by an encoding; quotation marks and dashes of Windows-1252 stay what they are where it has none."""
    if name == WINDOWS_1258:
        return READINGS[name](text)
    if name != VPS:
        read = unicodedata.normalize("NFC", READINGS[name](text.translate(_C1)))
        return _HYPHENED.sub(_with_u, read) if name == TCVN3 else read
    read = unicodedata.normalize("NFC", READINGS[name](text.translate(_TO_LATIN)))
    return _LETTERS.sub(_without_signs, read).translate(_C1)


_HYPHENED = re.compile(r"(?<![\w-])(?:[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+)(?![\w-])")


def _with_u(found: re.Match[str]) -> str:
    """Return a word with ư for a hyphen, where only so it is one: TCVN3 has that letter at the soft hyphen's place."""
    word = found[0].replace("-", "ư")
    return word if is_vietnamese(word) else found[0]


_SIGNS = dict(zip("ỀỂẨỐỒ", "“”…–—", strict=True))
"""Capitals of VPS that lie where Windows-1252 has quotation marks and dashes, which people typed all the same."""
_NO_WORDS = frozenset("ỐỀỂẨ")
_LETTERS = re.compile(r"[^\W\d_]+")


def _without_signs(found: re.Match[str]) -> str:
    """Return a word whose outer capitals are signs, where only so it is a word; a lone Ố is a dash."""
    word = found[0]
    core = word.strip("ỀỂẨỐỒ")
    if core == word or (is_vietnamese(word) and word not in _NO_WORDS):
        return word
    if core and not is_vietnamese(core):
        return word
    before = len(word) - len(word.lstrip("ỀỂẨỐỒ"))
    signs = "".join(_SIGNS.get(char, char) for char in word)
    return signs[:before] + core + signs[before + len(core) :]
