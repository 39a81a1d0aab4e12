"""The letters of the old Vietnamese encodings: TCVN3 (ABC), VNI for Windows, VPS, Windows-1258, each put into Unicode.

All of them hide behind the code points of Windows-1252: so they lie in files, and so a document in an old font holds
them. Which of them a text is in is the affair of `encodings`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

TCVN3 = "TCVN3 (ABC, .VnTime)"
VNI = "VNI (VNI-Times)"
VPS = "VPS"
WINDOWS_1258 = "Windows-1258"
TWICE = "UTF-8 read as Windows-1252"

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
) | dict(zip("¯º¿ÀÁÂÃÄÅÍÙÚÛàðÿ", "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ", strict=True))
"""TCVN 5712:1993, the letters of the ABC fonts; then the capitals that only its wider sets have."""

_VPS = dict(
    zip(
        "\x02\x03\x04\x05\x06\x10\x11\x12\x13\x14\x15\x19\x1c\x1d",
        "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ",
        strict=True,
    )
) | dict(
    zip(
        bytes([*range(0x80, 0x91), *range(0x93, 0xA0)]).decode("latin-1")
        + "¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÃÄÅÆÇÈËÌÍÎÏÐÑÒÓÕÖ×ØÙÛÜÞäåæëïðñ÷øûýþÿ",
        "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ" + "ỀỂỄỐỒỔỖ" + "ýỷỵỚỜỞắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầấẩẫậđẻẹỉễịỹƯỦồốỏơÈừứũưẺảạăẽĩẴĐƠụủỶẼỳ",
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
_VNI_RUN = re.compile("[aeoyuôöAEOYUÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ñöôæóòîìíÑÖÔÆÓÒÎÌÍ]")

_TABLES = {name: str.maketrans(table) for name, table in ((TCVN3, _TCVN3), (VPS, _VPS))}


def from_tcvn3(text: str) -> str:
    """Return text whose code points are TCVN3 as Unicode."""
    return text.translate(_TABLES[TCVN3])


def from_vps(text: str) -> str:
    """Return text whose code points are VPS as Unicode."""
    return text.translate(_TABLES[VPS])


def from_vni(text: str) -> str:
    """Return text whose code points are VNI for Windows as Unicode; a capital keeps its size whatever its mark's is."""
    return _VNI_RUN.sub(_vni_letter, text)


def from_windows_1258(text: str) -> str:
    """Return text whose code points are those of Windows-1258's bytes as Unicode, in NFC."""
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        data = text.encode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


READINGS: Mapping[str, Callable[[str], str]] = {
    TCVN3: from_tcvn3,
    VNI: from_vni,
    VPS: from_vps,
    WINDOWS_1258: from_windows_1258,
}


def encoding_of_font(font: str) -> str:
    """Return the encoding that a font's name gives away (`.VnTime`, `VNI-Times`, `VPS Times`), empty for others."""
    name = font.strip().strip("'\"").casefold()
    if name.startswith((".vn", "vn3", "abc ")):
        return TCVN3
    if re.match(r"vni[- ]", name):
        return VNI
    return VPS if re.match(r"vps[- ]", name) else ""


def _vni_letter(found: re.Match[str]) -> str:
    letter, mark = found[0][0], found[0][1:].lower()
    small = letter.lower()
    base = _VNI_LETTERS.get(small, small)
    if mark in _VNI_TONES:
        base += _VNI_TONES[mark]
    elif mark:
        if small not in "aeo" or (small != "a" and mark not in "âáàåãä"):
            return found[0]
        base += _VNI_HATS[mark]
    made = unicodedata.normalize("NFC", base)
    return made.upper() if letter.isupper() else made
