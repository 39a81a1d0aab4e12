"""A contact sheet: many slides on one picture, to be looked over at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

WIDTH = 1920
GAP = 12
GROUND = "#d8d8d8"


def lay_out(slides: Sequence[Path], columns: int, path: Path) -> None:
    """Write slides of one size side by side, in rows of so many, as JPEG."""
    across = (WIDTH - GAP * (columns + 1)) // columns
    small = [_small(slide, across) for slide in slides]
    down = max(one.height for one in small)
    rows = -(-len(small) // columns)
    sheet = Image.new("RGB", (WIDTH, GAP + rows * (down + GAP)), GROUND)
    for number, one in enumerate(small):
        row, column = divmod(number, columns)
        sheet.paste(one, (GAP + column * (across + GAP), GAP + row * (down + GAP)))
    sheet.save(path, "JPEG", quality=88)


def _small(slide: Path, across: int) -> Image.Image:
    with Image.open(slide) as opened:
        return opened.convert("RGB").resize((across, round(opened.height * across / opened.width)))
