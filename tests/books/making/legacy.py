"""Writes Vietnamese in the encodings of the years before Unicode: TCVN3 (ABC), VNI, VPS, Windows-1258.

The tables are facts of TCVN 5712:1993 (its third set, as the ABC fonts have it), of the VNI for Windows fonts, of VPS
and of code page 1258, laid down here letter by letter, so that no reader's table is trusted; GNU recode agrees with them
(but for its capital Ắ and Ằ of VNI, which it swaps, and Ỗ of VPS, which it lacks).
"""

from __future__ import annotations

import unicodedata

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""None, huyền, hỏi, ngã, sắc, nặng."""
VOWELS = "aăâeêioôơuưy"
LETTERS = tuple(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
ALL_LETTERS = (*LETTERS, "đ", *(letter.upper() for letter in LETTERS), "Đ")

# TCVN3: one byte a letter; capitals with a tone come from a second font (.VnTimeH) over the bytes of small letters.
_TCVN3_ROWS = {
    "a": "61 B5 B6 B7 B8 B9",
    "ă": "A8 BB BC BD BE C6",
    "â": "A9 C7 C8 C9 CA CB",
    "e": "65 CC CE CF D0 D1",
    "ê": "AA D2 D3 D4 D5 D6",
    "i": "69 D7 D8 DC DD DE",
    "o": "6F DF E1 E2 E3 E4",
    "ô": "AB E5 E6 E7 E8 E9",
    "ơ": "AC EA EB EC ED EE",
    "u": "75 EF F1 F2 F3 F4",
    "ư": "AD F5 F6 F7 F8 F9",
    "y": "79 FA FB FC FD FE",
}
TCVN3 = {
    letter: bytes([int(code, 16)])
    for vowel, row in _TCVN3_ROWS.items()
    for letter, code in zip((unicodedata.normalize("NFC", vowel + tone) for tone in TONES), row.split(), strict=True)
} | {"đ": b"\xae", "Ă": b"\xa1", "Â": b"\xa2", "Ê": b"\xa3", "Ô": b"\xa4", "Ơ": b"\xa5", "Ư": b"\xa6", "Đ": b"\xa7"}

# VNI: a base letter, then a byte for hat and tone together; a few letters have a byte of their own.
_VNI_TONE = dict(zip(TONES, ("", "ø", "û", "õ", "ù", "ï"), strict=True))
_VNI_HAT = dict(zip(TONES, ("â", "à", "å", "ã", "á", "ä"), strict=True))
_VNI_BREVE = dict(zip(TONES, ("ê", "è", "ú", "ü", "é", "ë"), strict=True))
_VNI_OWN = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "ơ": "ô", "ư": "ö"}

# VPS: one byte a letter, some of them in the control range.
_VPS_ROWS = {
    "a": "61 E0 E4 E3 E1 E5",
    "ă": "E6 A2 A3 A4 A1 A5",
    "â": "E2 C0 C4 C5 C3 C6",
    "e": "65 E8 C8 EB E9 CB",
    "ê": "EA 8A 8B CD 89 8C",
    "i": "69 EC CC EF ED CE",
    "o": "6F F2 D5 F5 F3 86",
    "ô": "F4 D2 B0 87 D3 B6",
    "ơ": "D6 A9 AA AB A7 AE",
    "u": "75 F9 FB DB FA F8",
    "ư": "DC D8 BA BB D9 BF",
    "y": "79 FF 9B CF 9A 9C",
}

_VPS_CAPITALS = {
    "A": "41 80 81 82 C1 02",
    "Ă": "88 8E 8F F0 8D 04",
    "Â": "C2 84 85 1C 83 03",
    "E": "45 D7 DE FE C9 05",
    "Ê": "CA 93 94 95 90 06",
    "I": "49 B5 B7 B8 B4 10",
    "O": "4F BC BD BE B9 11",
    "Ô": "D4 97 98 99 96 12",
    "Ơ": "F7 9E 9F A6 9D 13",
    "U": "55 A8 D1 AC DA 14",
    "Ư": "D0 AF B1 1D AD 15",
    "Y": "59 B2 FD B3 DD 19",
}
VPS = {
    unicodedata.normalize("NFC", vowel + tone): bytes([int(code, 16)])
    for vowel, row in (_VPS_ROWS | _VPS_CAPITALS).items()
    for tone, code in zip(TONES, row.split(), strict=True)
} | {"đ": b"\xc7", "Đ": b"\xf1"}


def vps(text: str) -> bytes:
    """Return text in VPS."""
    return b"".join(VPS.get(char) or char.encode("ascii", "replace") for char in composed(text))


def tcvn3(text: str) -> bytes:
    """Return text in TCVN3; capitals with a tone, which it has not, become small ones as its fonts need them."""
    return b"".join(
        char.encode() if char.isascii() else TCVN3.get(char) or TCVN3.get(char.lower(), b"?") for char in composed(text)
    )


def vni(text: str) -> bytes:
    """Return text in VNI for Windows."""
    return "".join(map(_vni_letter, composed(text))).encode("latin-1", "replace")


def _vni_letter(char: str) -> str:
    small = char.lower()
    if small in _VNI_OWN:
        made = _VNI_OWN[small]
    elif small in LETTERS:
        base, hat, tone = _parts(small)
        root = {"ơ": "ô", "ư": "ö"}.get(base + hat, base)
        tail = {"\u0302": _VNI_HAT, "\u0306": _VNI_BREVE}.get(_mark(hat, base), _VNI_TONE)[tone]
        made = root + tail
    else:
        return char
    return made if char == small else made.upper()


def _parts(letter: str) -> tuple[str, str, str]:
    """Return the letter without marks, its hat ("" for none; ơ and ư are letters of their own) and its tone."""
    tone = next((mark for mark in unicodedata.normalize("NFD", letter) if mark in TONES[1:]), "")
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(tone, "")) if tone else letter
    if bare in "ơư":
        return bare, "", tone
    split = unicodedata.normalize("NFD", bare)
    return split[0], split[1:], tone


def _mark(hat: str, base: str) -> str:
    return hat if base in "aeo" else ""


def cp1258(text: str) -> bytes:
    """Return text in Windows-1258: letters with their hats are whole, tones follow as marks of their own."""
    made = []
    for char in composed(text):
        try:
            made.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, hat, tone = _parts(char)
            made.append(unicodedata.normalize("NFC", base + hat).encode("cp1258", "replace") + tone.encode("cp1258"))
    return b"".join(made)


def composed(text: str) -> str:
    """Return text in NFC with typographic marks made plain, which these encodings have not in one place."""
    text = unicodedata.normalize("NFC", text)
    return text.translate(str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."}))
