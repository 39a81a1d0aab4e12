"""Recognises the letters of a scanned page with Tesseract and its Vietnamese data, where both are installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import tesserocr
from PIL.Image import Image

from media_service.domain.page_lines import Line
from media_service.errors import SetupError
from media_service.messages import message

LANGUAGE = "vie"
FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
"""Where systems put it."""
DPI = 300
LEAST = 40
"""Confidence, of 100, below which a line is taken for a stain."""
_STAINS = re.compile(r"^[_.,'`|~]+ | [_.,'`|~]+$")
"""Specks beside a line, read as signs."""


def data_folder() -> str:
    """Return where Tesseract's Vietnamese data lies; raises SetupError where it is not on this machine."""
    found = next((folder for folder in FOLDERS if (Path(folder) / f"{LANGUAGE}.traineddata").is_file()), "")
    if not found:
        raise SetupError(
            message("Recognising letters needs Tesseract's Vietnamese data (vie.traineddata); see docs/operations.md.")
        )
    return found


def recognised(picture: Image, number: int, height: float) -> tuple[Line, ...]:
    """Return the lines of a page's picture at DPI, in reading order; `height` is the page's, in points."""
    data = data_folder()
    with tesserocr.PyTessBaseAPI(path=data, lang=LANGUAGE) as reader:
        reader.SetImage(picture)
        reader.SetSourceResolution(DPI)
        reader.Recognize()
        return _evened(tuple(_lines(reader, number, height)))


def _evened(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Give lines of about the usual size that very size: what is printed as one is never measured as quite one."""
    usual = median(line.size for line in lines) if lines else 0.0
    return tuple(replace(line, size=usual) if abs(line.size - usual) < 0.15 * usual else line for line in lines)


def _lines(reader: tesserocr.PyTessBaseAPI, number: int, height: float) -> Iterator[Line]:
    """Yield lines by their rows, which Tesseract fits through all letters: boxes are as high as marks and tails."""
    scale = DPI / 72
    level = tesserocr.RIL.TEXTLINE
    for found in tesserocr.iterate_level(reader.GetIterator(), level):
        box, baseline = found.BoundingBox(level), found.Baseline(level)
        text = _STAINS.sub("", found.GetUTF8Text(level).strip()) if box and baseline else ""
        if text and found.Confidence(level) >= LEAST:
            bottom = (baseline[0][1] + baseline[1][1]) / 2
            size = round(found.RowAttributes()["row_height"] / scale)
            yield Line(text, number, box[0] / scale, box[2] / scale, height - bottom / scale, size)
