"""The square cover of a book (standard P2), from the thumbnail of its first episode."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter

SIDE = 3000
SMALL = 150
"""The surround is blurred at this size: nothing of it is sharp afterwards."""


def square(thumbnail: Path, path: Path) -> None:
    """Write a cover as JPEG: the thumbnail whole, from side to side, above and below it its own colours, dimmed."""
    with Image.open(thumbnail) as opened:
        shown = opened.convert("RGB")
    width, height = shown.size
    middle = shown.crop(((width - height) // 2, 0, (width + height) // 2, height)).resize((SMALL, SMALL))
    soft = ImageEnhance.Brightness(middle.filter(ImageFilter.GaussianBlur(12))).enhance(0.7)
    cover = soft.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    tall = SIDE * height // width
    cover.paste(shown.resize((SIDE, tall), Image.Resampling.LANCZOS), (0, (SIDE - tall) // 2))
    cover.save(path, "JPEG", quality=88)
