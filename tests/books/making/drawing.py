"""Small pictures, each with content of its own."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def picture(kind: str, width: int, height: int) -> bytes:
    """Return a picture of a sun over the sea; size makes it unlike others."""
    image = Image.new("RGB", (width, height), (250, 214, 165))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 3, height // 4, 2 * width // 3, height // 4 + width // 3), fill=(240, 120, 60))
    draw.rectangle((0, 2 * height // 3, width, height), fill=(30, 90 + height % 60, 140))
    kept = io.BytesIO()
    image.save(kept, kind)
    return kept.getvalue()
