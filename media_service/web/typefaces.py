"""The pages' typefaces, cut down to the letters and marks of Vietnamese and European text: a page must show at once."""

from __future__ import annotations

from pathlib import Path

import fontpkg_be_vietnam_pro
import uharfbuzz

_FILES = {"text.ttf": "BeVietnamPro-Regular.ttf", "strong.ttf": "BeVietnamPro-SemiBold.ttf"}
_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x300, 0x301, 0x303, 0x309, 0x323),
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2027),
    *(0x20AB, 0x2190, 0x2192, 0x2212),
)
_FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum")


def typefaces() -> dict[str, bytes]:
    """Return the font files by the names that the style sheet gives them."""
    return {name: _cut(Path(fontpkg_be_vietnam_pro.ROOT, "files", file)) for name, file in _FILES.items()}


def _cut(file: Path) -> bytes:
    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(_LETTERS)
    features = wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    face = uharfbuzz.subset(uharfbuzz.Face(file.read_bytes()), wanted)
    return bytes(face.blob.data)
