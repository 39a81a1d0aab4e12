"""Puts a picture into a frame without bars: cut to fill it, whole over a softened copy, or as a soft backdrop for text.

Templates ask for what they need; each answer is an image they can embed.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

SHAPE_TOLERANCE = 0.12
"""A picture this near to the frame's shape is cut to it; others are shown whole."""
LARGEST_SCALE = 3.0
"""A tiny picture is enlarged this far and no further: beyond it people see only its pixels."""
SMALL = 8
"""Backdrops are softened on a copy this many times smaller: nobody sees a difference, and it is quick."""

USUAL_CUT = 0.65
"""Of the height a band leaves out, this much is above it, unless what is to be seen says otherwise."""
FAITH = 0.4
"""How firmly a band keeps to that; at 1, nothing to be seen outweighs it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An image to embed, and where it stands."""

    data: str
    x: float
    y: float
    width: float
    height: float


class Framing:
    """One picture, ready to be framed."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture

    def fills(self, width: int, height: int) -> bool:
        """Whether the picture may be cut to a frame: near enough in shape and not tiny."""
        shape = (self._picture.width / self._picture.height) / (width / height)
        return abs(shape - 1) <= SHAPE_TOLERANCE and width <= self._picture.width * LARGEST_SCALE

    def cover(self, width: int, height: int) -> str:
        """Return the picture cut to fill a frame, as a data URI."""
        return _png(self._cover(width, height))

    def lively(self, width: int, height: int) -> str:
        """Return an upright cut, `width` by `height`, of the part where most is to be seen, as a data URI."""
        scale = max(height / self._picture.height, width / self._picture.width)
        left = _liveliest(self._picture, width / (self._picture.width * scale)) * self._picture.width
        top = (self._picture.height - height / scale) / 3
        box = (left, top, left + width / scale, top + height / scale)
        return _png(self._picture.resize((width, height), Image.Resampling.LANCZOS, box=box))

    def band(self, width: int, height: int) -> str:
        """Return a broad cut, `width` by `height`, with the heroes clear of its edges, as a data URI.

        A dune may stand before its lowest tenth.
        """
        scale = max(width / self._picture.width, height / self._picture.height)
        left = (self._picture.width - width / scale) / 2
        top = _highest(self._picture, height / (self._picture.height * scale)) * self._picture.height
        box = (left, top, left + width / scale, top + height / scale)
        return _png(self._picture.resize((width, height), Image.Resampling.LANCZOS, box=box))

    def soft(self, width: int, height: int, blur: float, dim: float = 1.0) -> str:
        """Return a softened copy that fills a frame; `blur` in pixels, `dim` below 1 darkens."""
        small = self._cover(max(1, width // SMALL), max(1, height // SMALL)).filter(
            ImageFilter.GaussianBlur(blur / SMALL)
        )
        dimmed = ImageEnhance.Brightness(small).enhance(dim)
        return _png(dimmed.resize((width, height), Image.Resampling.BICUBIC))

    def whole(self, x: float, y: float, width: float, height: float) -> Placed:
        """Return the picture, uncut, as large as a box allows, in its middle."""
        scale = min(width / self._picture.width, height / self._picture.height, LARGEST_SCALE)
        size = (max(1, round(self._picture.width * scale)), max(1, round(self._picture.height * scale)))
        fitted = self._picture.resize(size, Image.Resampling.LANCZOS)
        return Placed(_png(fitted), x + (width - size[0]) / 2, y + (height - size[1]) / 2, *size)

    def _cover(self, width: int, height: int) -> Image.Image:
        return ImageOps.fit(self._picture, (width, height), Image.Resampling.LANCZOS)


def _liveliest(picture: Image.Image, share: float) -> float:
    """Return the left edge, as a share of the width, of the stretch of `share` where the eye goes.

    What differs in colour from its own row stands out from sky, sea and ground; the middle counts more than the edges,
    because that is where people who draw put their heroes.
    """
    small = picture.resize((96, 54), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    colors = np.asarray(small.convert("LAB"), dtype=float)
    apart = np.abs(colors - np.median(colors, axis=1, keepdims=True)).sum(axis=2).clip(0, 90)
    middle = np.exp(-((np.linspace(-1, 1, 96) / 0.62) ** 2))
    height = np.interp(np.linspace(0, 1, 54), [0, 0.25, 0.8, 1], [0.4, 1, 1, 0.5])
    taken = max(1, min(96, round(96 * share)))
    sums = np.convolve(height @ apart * middle, np.hanning(taken + 2)[1:-1], "valid")
    return min(float(np.argmax(sums)) / 96, 1 - share)


def _highest(picture: Image.Image, share: float) -> float:
    """Return the upper edge, as a share of the height, of the band of `share` in which heroes stand well.

    People, animals and towers are darker than what surrounds them, or stronger in colour; clouds and birds are neither.
    Where they leave the choice open, rather more sky is cut than ground: people draw their heroes standing low.
    """
    small = picture.resize((96, 54), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    light, *colors = np.moveaxis(np.asarray(small.convert("LAB")).astype(float), 2, 0)
    darker = (np.median(light, axis=1, keepdims=True) - light).clip(0) * 100 / 255
    a, b = (np.where(color > 127, color - 256, color) for color in colors)
    stronger = np.hypot(a - np.median(a, axis=1, keepdims=True), b - np.median(b, axis=1, keepdims=True))
    apart = (darker + stronger * (np.hypot(a, b) / 35).clip(0, 1)).clip(8, 70) - 8
    rows = apart @ np.exp(-((np.linspace(-1, 1, 96) / 0.62) ** 2))
    rows *= np.interp(np.linspace(0, 1, 54), [0, 0.25, 0.75, 1], [0.5, 1, 1, 0.45])
    taken = max(1, min(54, round(54 * share)))
    seen = np.interp(np.linspace(0, 1, taken), [0, 0.1, 0.75, 1], [0, 1, 1, 0.1])
    shown = np.correlate(rows / max(rows.sum(), 1), seen, "valid")
    usual = (np.linspace(0, 1, len(shown)) - USUAL_CUT) ** 2
    return min(float(np.argmax(shown - FAITH * usual)) / 54, 1 - share)


def _png(picture: Image.Image) -> str:
    """Without loss, packed lightly: it is unpacked again at once."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
