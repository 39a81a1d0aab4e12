"""The typefaces slides are set in; measuring text with them is for `measuring`.

Both families come as packages of their own, so that every machine draws the same; fonts of the system are never used.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
import fontpkg_lexend

STATIC = {
    ("Be Vietnam Pro", 400): "BeVietnamPro-Regular.ttf",
    ("Be Vietnam Pro", 500): "BeVietnamPro-Medium.ttf",
    ("Be Vietnam Pro", 600): "BeVietnamPro-SemiBold.ttf",
    ("Be Vietnam Pro", 700): "BeVietnamPro-Bold.ttf",
    ("Be Vietnam Pro", 800): "BeVietnamPro-ExtraBold.ttf",
}
VARIABLE = {"Lexend": "Lexend[wght].ttf"}
"""One file for every weight from 100 to 900; resvg draws its weights as HarfBuzz measures them."""

FALLBACK = "Be Vietnam Pro"
"""What text in an author's own SVG is drawn with where it asks for a family that is not here."""


def exists(family: str, weight: int) -> bool:
    """Whether text can be set in that family and weight."""
    return (family, weight) in STATIC or (family in VARIABLE and 100 <= weight <= 900)


def files() -> tuple[Path, ...]:
    """Return the font files, always in the same order."""
    return (*(file(family, weight) for family, weight in STATIC), *(file(family, 400) for family in VARIABLE))


@cache
def version() -> str:
    """Name the bytes of all font files."""
    digest = hashlib.sha256()
    for path in files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def file(family: str, weight: int) -> Path:
    """Return the file that holds a family and weight which `exists`."""
    if family in VARIABLE:
        return Path(fontpkg_lexend.ROOT, "files", VARIABLE[family])
    return Path(fontpkg_be_vietnam_pro.ROOT, "files", STATIC[family, weight])
