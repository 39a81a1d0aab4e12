"""Measures text with the real fonts by HarfBuzz, the way resvg will draw it."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import uharfbuzz

from media_service.slides import fonts


@lru_cache(4096)
def width(text: str, family: str, weight: int) -> float:
    """Return the advance width of `text` in em, kerning included."""
    font = _font(family, weight)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem)


def missing(text: str, family: str, weight: int) -> str:
    """Return the characters of `text` that the face cannot draw, each once, in order."""
    font = _font(family, weight)
    return "".join(dict.fromkeys(sign for sign in text if font.get_nominal_glyph(ord(sign)) is None))


def printable(text: str) -> str:
    """Return `text` in NFC on one line: runs of white space become one space, invisible signs go."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign for sign in composed if sign.isspace() or _visible(sign)).split())


def _visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"


@cache
def _font(family: str, weight: int) -> uharfbuzz.Font:
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.file(family, weight)))))
    if family in fonts.VARIABLE:
        font.set_variations({"wght": weight})
    return font
