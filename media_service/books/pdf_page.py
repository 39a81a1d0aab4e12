"""One page of a PDF, letter by letter, as PDFium places them: pieces of lines with their sizes; and its pictures."""

from __future__ import annotations

import contextlib
import ctypes
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from media_service.books.gathering import Gathering
from media_service.books.pictures import DecorationError, NoPictureError, Pictures
from media_service.domain.book import Image, Place
from media_service.domain.old_letters import encoding_of_font
from media_service.domain.page_lines import GAP, Line
from media_service.domain.script import MOST_PIXELS

MOST_LETTERS = 200_000
"""Of one page; a newspaper has about 30,000."""
_MOST_IMAGES = 100
_LARGE, _WHOLE = 0.25, 0.8
"""Shares of a page: from the first on a picture may be a scan of the text, from the second on it lies behind it."""
_SPECIAL = {2: "\u00ad", 0xFFFE: "\u00ad"}
"""How PDFium writes a hyphen that it takes for one at a line's end."""
_ENDS = frozenset({10, 13})
_MARKS = re.compile(r"[\d*†‡, ]+")
_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)


class _Letter(NamedTuple):
    """A letter as it is drawn; a tuple, since a book has a million of them."""

    char: str
    left: float
    right: float
    base: float
    size: float
    at: int


class PageLetters:
    """The text of one page."""

    def __init__(self, page: pypdfium2.PdfPage, number: int, into: Gathering) -> None:
        self._page = page
        self._number = number
        self._into = into

    def lines(self) -> Iterator[Line]:
        """Yield pieces of lines in the order of the file."""
        with contextlib.closing(self._page.get_textpage()) as text:
            for run in _runs(text.raw):
                yield self._line(run, text.raw)

    def _line(self, run: list[_Letter], text: object) -> Line:
        letters = [one for one in run if one.char != " "]
        size, base, raised = _measured(letters)
        marks = "".join(one.char for one in letters if one.at in raised)
        if not _MARKS.fullmatch(marks):
            raised = frozenset()
        kept = [one for one in run if one.at not in raised] if raised else run
        font, bold = self._font(text, kept)
        said = self._into.from_font("".join([one.char for one in kept]), font)
        return Line(
            said.strip(),
            self._number,
            letters[0].left,
            letters[-1].right,
            base,
            size,
            bold,
            marks=(marks,) if raised else (),
        )

    def _font(self, text: object, kept: list[_Letter]) -> tuple[str, bool]:
        """Return a line's font, an old Vietnamese one where any of its letters is in one; and whether it is bold."""
        sample = [one.at for one in kept if one.char.isalpha()] or [one.at for one in kept[:1]]
        names = [_font_name(text, at) for at in {*sample[:1], *sample[len(sample) // 2 :][:1], *sample[-1:]}]
        old = next((name for name in names if encoding_of_font(name)), "")
        return old, bool(names) and all(_BOLD.search(name) for name in names)


def _measured(letters: list[_Letter]) -> tuple[float, float, frozenset[int]]:
    """Return the size and the base line that most letters have, and which are raised above it."""
    if len({one.size for one in letters}) == 1:
        return round(letters[0].size, 1), round(letters[0].base, 1), frozenset()
    size = Counter(round(one.size, 1) for one in letters).most_common(1)[0][0]
    base = Counter(round(one.base, 1) for one in letters if abs(one.size - size) < 0.2 * size).most_common(1)[0][0]
    return size, base, frozenset(one.at for one in letters if one.size < 0.8 * size and one.base > base + 0.12 * size)


def _runs(text: object) -> Iterator[list[_Letter]]:
    """Yield the letters of each piece of a line: broken where PDFium breaks, at wide gaps, and where lines jump."""
    run: list[_Letter] = []
    last: _Letter | None = None
    for letter in _letters(text):
        if letter is None or (last is not None and letter.char != " " and _is_apart(last, letter)):
            if last is not None:
                yield run
            run, last = [], None
        if letter is not None:
            run.append(letter)
            if letter.char != " ":
                last = letter
    if last is not None:
        yield run


def _is_apart(last: _Letter, letter: _Letter) -> bool:
    """Tell whether a letter belongs to another piece than the one before it."""
    size = max(last.size, letter.size)
    gap = letter.left - last.right
    return gap > GAP * size or abs(letter.base - last.base) > 0.8 * size or letter.right < last.left - last.size


def _letters(text: object) -> Iterator[_Letter | None]:
    """Yield the letters of a page, every space as one of the same kind; None at the ends of lines."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    unicode_of, box_of, base_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
    )
    size, object_before = 1.0, 0
    for at in range(min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)):
        code = unicode_of(text, at)
        if code in _ENDS:
            yield None
            continue
        if not code:
            continue
        box_of(text, at, box)
        base_of(text, at, x, y)
        drawn = ctypes.cast(pdfium.FPDFText_GetTextObject(text, at), ctypes.c_void_p).value or 0
        if drawn != object_before:
            object_before, size = drawn, _size(text, at)
        char = _SPECIAL.get(code) or (chr(code) if code < 0x110000 else "\ufffd")
        yield _Letter(" " if char.isspace() else char, box.left, box.right, y.value, size, at)


def _size(text: object, at: int) -> float:
    """Return the size of a letter's font as it is drawn, in points."""
    matrix = pdfium.FS_MATRIX()
    drawn = pdfium.FPDFText_GetMatrix(text, at, matrix)
    return float(max(pdfium.FPDFText_GetFontSize(text, at) * (math.hypot(matrix.c, matrix.d) if drawn else 1), 0.1))


def _font_name(text: object, at: int) -> str:
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, at, None, 0, flags)
    if not 1 < length < 500:
        return ""
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(text, at, name, length, flags)
    return re.sub(r"^[A-Z]{6}\+", "", name.value.decode("utf-8", errors="replace"))


def page_images(
    page: pypdfium2.PdfPage, pictures: Pictures | None, number: int
) -> tuple[list[tuple[float, Image]], bool]:
    """Return a page's pictures with their upper edges, and whether one of them is large; None: only look."""
    found: list[tuple[float, Image]] = []
    fills = False
    width, height = page.get_size()
    for at, held in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4)):
        if at >= _MOST_IMAGES:
            break
        try:
            left, bottom, right, top = held.get_bounds()
            share = (right - left) * (top - bottom) / max(width * height, 1)
            fills = fills or share > _LARGE
            if pictures is not None and share < _WHOLE:
                name = pictures.take(_bytes(held), f"trang-{number}")
                found.append((top, Image(name, "", Place(page=number))))
        except (pypdfium2.PdfiumError, NoPictureError, DecorationError, ValueError, OSError):
            continue
    return found, fills


def _bytes(held: pypdfium2.PdfImage) -> bytes:
    """Return a picture as it lies in the file where it is a JPEG, else drawn as PNG."""
    wide, high = held.get_px_size()
    if wide * high > MOST_PIXELS:
        raise NoPictureError
    if min(wide, high) < 64:
        raise DecorationError
    if held.get_filters() == ["DCTDecode"]:
        return bytes(held.get_data(decode_simple=False))
    made = io.BytesIO()
    held.get_bitmap(render=False).to_pil().convert("RGB").save(made, "PNG")
    return made.getvalue()
