"""Puts a picture into a frame without bars: cut to fill it, whole over a softened copy, or as a soft backdrop for text.

Templates ask for what they need; each answer is the name of an image, and where it stands. What matters in a picture is
for `subject` to find, where the author has not said.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageEnhance, ImageFilter

from media_service.domain.script import Focus
from media_service.slides import subject

SHAPE_TOLERANCE = 0.12
"""A picture this near to the frame's shape is cut to it; others are shown whole."""
LARGEST_SCALE = 3.0
"""A tiny picture is enlarged this far and no further: beyond it people see only its pixels."""
SMALL = 8
"""Backdrops are softened on a copy this many times smaller: nobody sees a difference, and it is quick."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An image to embed, and where it stands."""

    data: str
    x: float
    y: float
    width: float
    height: float


class Framing:
    """One picture, ready to be framed; `made` keeps each answer by the name that stands for it in the drawing."""

    def __init__(self, picture: Image.Image, focus: Focus | None = None) -> None:
        self._picture = picture
        self._focus = focus
        self.made: dict[str, Image.Image] = {}

    def fills(self, width: int, height: int) -> bool:
        """Whether the picture may be cut to a frame: near enough in shape and not tiny."""
        shape = (self._picture.width / self._picture.height) / (width / height)
        return abs(shape - 1) <= SHAPE_TOLERANCE and self.covers(width, height)

    def covers(self, width: int, height: int) -> bool:
        """Whether the picture is large enough to be cut to a frame."""
        return self._scale(width, height) <= LARGEST_SCALE

    def cover(self, width: int, height: int) -> str:
        """Return the picture cut to fill a frame around what matters in it."""
        return self._named(self._cut(width, height))

    def lively(self, width: int, height: int) -> str:
        """Return an upright cut of the part where most is to be seen."""
        scale = self._scale(width, height)
        share = width / (self._picture.width * scale)
        if self._focus:
            left = min(max(self._focus.x - share / 2, 0.0), 1 - share) * self._picture.width
        else:
            left = subject.liveliest(self._picture, share) * self._picture.width
        top = self._top(scale, height) if self._focus else (self._picture.height - height / scale) / 3
        return self._named(self._resized((left, top), scale, (width, height)))

    def band(self, width: int, height: int) -> str:
        """Return a broad cut with the heroes clear of its edges; a dune may stand before its lowest tenth."""
        scale = self._scale(width, height)
        left = (self._picture.width - width / scale) / 2
        share = height / (self._picture.height * scale)
        top = subject.highest(self._picture, share) * self._picture.height
        if self._focus:
            left, top = self._left(scale, width), self._top(scale, height)
        return self._named(self._resized((left, top), scale, (width, height)))

    def soft(self, width: int, height: int, blur: float, dim: float = 1.0) -> str:
        """Return a softened copy that fills a frame; `blur` in pixels, `dim` below 1 darkens."""
        small = self._cut(max(1, width // SMALL), max(1, height // SMALL)).filter(
            ImageFilter.GaussianBlur(blur / SMALL)
        )
        dimmed = ImageEnhance.Brightness(small).enhance(dim)
        return self._named(dimmed.resize((width, height), Image.Resampling.BICUBIC))

    def whole(self, x: float, y: float, width: float, height: float) -> Placed:
        """Return the picture, uncut, as large as a box allows, in its middle."""
        scale = min(width / self._picture.width, height / self._picture.height, LARGEST_SCALE)
        size = (max(1, round(self._picture.width * scale)), max(1, round(self._picture.height * scale)))
        left, top = round(x + (width - size[0]) / 2), round(y + (height - size[1]) / 2)
        return Placed(self._named(self._picture.resize(size, Image.Resampling.LANCZOS)), left, top, *size)

    def _cut(self, width: int, height: int) -> Image.Image:
        scale = self._scale(width, height)
        if self._focus is None:
            self._focus = subject.focus(self._picture)
        return self._resized((self._left(scale, width), self._top(scale, height)), scale, (width, height))

    def _scale(self, width: int, height: int) -> float:
        return max(width / self._picture.width, height / self._picture.height)

    def _left(self, scale: float, width: int) -> float:
        """Return the left edge of a cut, in pixels of the picture, that has what matters in its middle."""
        room = self._picture.width - width / scale
        at = self._focus.x if self._focus else 0.5
        return min(max(at * self._picture.width - width / scale / 2, 0.0), max(room, 0.0))

    def _top(self, scale: float, height: int) -> float:
        room = self._picture.height - height / scale
        at = self._focus.y if self._focus else 0.5
        return min(max(at * self._picture.height - height / scale / 2, 0.0), max(room, 0.0))

    def _resized(self, corner: tuple[float, float], scale: float, size: tuple[int, int]) -> Image.Image:
        left, top = corner
        right, bottom = left + size[0] / scale, top + size[1] / scale
        box = (left, top, min(right, self._picture.width), min(bottom, self._picture.height))
        if box == (0, 0, *size) and self._picture.size == size:
            return self._picture
        return self._picture.resize(size, Image.Resampling.LANCZOS, box=box)

    def _named(self, picture: Image.Image) -> str:
        name = f"#picture-{len(self.made) + 1}"
        self.made[name] = picture
        return name
