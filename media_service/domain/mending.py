"""Mends text that files have spoilt without changing a word: accents, spaces, hyphens, ligatures, quotation marks.

Where a tone stands (hoà, hòa) is left as it was written.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_LONE_PRIVATE = re.compile(rf"(?:(?<=\s)|^){_PRIVATE.pattern}+(?=\s|$)")
"""Bullets of symbol fonts; inside a word such a sign stands for a letter that is lost."""
_BULLET = re.compile(r"^[•▪◦●■□○➢✓] ?(?=\S)")
_LIGATURES = str.maketrans(
    {
        "‐": "-",
        "‑": "-",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "Ĳ": "IJ",
        "ĳ": "ij",
    }
)
_C1 = str.maketrans(
    {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}
)
"""Quotation marks and dashes of Windows-1252 that were read as controls."""
_TEX_QUOTES = re.compile(r"``([^`\n]*?)''")
_BEFORE_SIGN = re.compile(r"(?<=[^\W_]) +(?=[,.;:!?](?:[\s”’\")]|$))")
_AFTER_SIGN = re.compile(r"(?<=([^\W\d_]))([.!?…;:,])(?=([^\W\d_])([^\W\d_]|\s))")
_ADDRESS = re.compile(r"://|@|www\.", re.IGNORECASE)


def mended(text: str) -> str:
    """Return text on one line as people read it: NFC, single spaces, nothing invisible."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return _spaced(text.strip())
    plain = _INVISIBLE.sub("", text.translate(_C1)).translate(_LIGATURES)
    plain = _PRIVATE.sub("\ufffd", _LONE_PRIVATE.sub(" ", plain))
    plain = _BULLET.sub("", unicodedata.normalize("NFC", " ".join(plain.split())))
    return _spaced(plain)


def mended_lines(text: str) -> tuple[str, ...]:
    """Return each line of text mended; empty ones stay between others."""
    lines = [mended(line) for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _spaced(text: str) -> str:
    """Put spaces where signs lack them and take them away before signs; addresses are left alone."""
    text = _TEX_QUOTES.sub(r"“\1”", text)
    text = _BEFORE_SIGN.sub("", text)
    return " ".join(word if _ADDRESS.search(word) else _AFTER_SIGN.sub(_with_space, word) for word in text.split(" "))


def _with_space(found: re.Match[str]) -> str:
    before, sign, after, next_after = found.group(1, 2, 3, 4)
    parted = before.islower() and (sign == "," or (after.isupper() and next_after.islower()))
    return f"{sign} " if parted else sign
