"""Sets a block of text that stands over a picture, and finds where each of its words is to be lit.

Lines come as the domain cut them; here they are only drawn, large enough to be read (V5), in the safe areas (V7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from media_service.domain.look import Canvas, Look
from media_service.domain.read_along import Block, Box, Lettering, Spot
from media_service.domain.slide import TextSeen
from media_service.filling import Folders, fault, fill
from media_service.slides import contrast, measuring, resvg, styles, templates

FAMILY, WEIGHT = "Be Vietnam Pro", 600
LARGEST, SMALLEST = 76, 72
"""Pixels of the em; what is too wide even so is set smaller rather than cut."""
STEP = 1.5
HEAD, FOOT = 1.25, 0.3
"""Em above the first baseline, which capitals with two marks need, and below the last."""
PADDING = 36
ABOVE = 10
"""Pixels kept free above and below the lines, and beside them `PADDING`."""
HALO = 0.11
"""Em of light around a word that is lit: less than half a space."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand on a canvas: left, right and lower edge in pixels, and for how many lines there is room."""

    left: int
    right: int
    bottom: int
    lines: int


PLACES = {Canvas.WIDE: Place(192, 1728, 1026, 2), Canvas.TALL: Place(54, 900, 1634, 3)}
"""Inside the central nine tenths; upright, in the middle 1350 lines and clear of the buttons on the right (V7)."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line as the template draws it: `x` is its left edge, `y` its baseline, in pixels of the block."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SetWord:
    """The light behind a word, in pixels of the block."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SetBlock:
    """A block ready to be drawn."""

    width: int
    height: int
    size: int
    lines: tuple[SetLine, ...]
    words: tuple[SetWord, ...]
    family: str = FAMILY
    weight: int = WEIGHT


def draw(folders: Folders, block: Block, look: Look) -> tuple[bytes, Lettering]:
    """Return a block as PNG, above as it stands, below with its words lit, and where it stands.

    Raises InputError naming the template or the theme that is at fault.
    """
    style = styles.read(folders, look)
    whole = replace(block, lines=tuple(map(drawable, block.lines)))
    drawn, stands = lettering(whole, look.canvas)
    stands = replace(stands, text=_seen(drawn, stands.place, style))
    svg = fill(folders, templates.LETTERS, {"block": drawn, "style": style, "palette": style.palette})
    try:
        return resvg.png(svg), stands
    except ValueError as exc:
        raise fault(templates.LETTERS, str(exc)) from exc


def lettering(block: Block, canvas: Canvas) -> tuple[SetBlock, Lettering]:
    """Return a block as it is drawn, and where it and its words stand on the slide."""
    place = PLACES[canvas]
    width = place.right - place.left
    size = _size(block.lines, width - 2 * PADDING)
    height = _even((HEAD + FOOT + (place.lines - 1) * STEP) * LARGEST) + 2 * ABOVE
    free = height - (HEAD + FOOT + (len(block.lines) - 1) * STEP) * size
    lines = tuple(
        SetLine(text, (width - _width(text) * size) / 2, free / 2 + (HEAD + number * STEP) * size)
        for number, text in enumerate(block.lines)
    )
    words = tuple(_light(spot, lines[spot.line], size) for spot in block.words)
    top = place.bottom - height
    boxes = tuple(
        Box(
            place.left + _down(word.x),
            top + _down(word.y),
            place.left + _even(word.x + word.width),
            top + _even(word.y + word.height),
        )
        for word in words
    )
    whole = Box(place.left, top, place.right, place.bottom)
    return SetBlock(width, height, size, lines, words), Lettering(whole, boxes)


def _seen(block: SetBlock, place: Box, style: styles.Style) -> TextSeen | None:
    """Return how a block's text is seen: always on its own ground, or on that of a word that is lit."""
    if not block.lines:
        return None
    ink = style.palette["ink"]
    return TextSeen(
        role="reading",
        size=block.size,
        step=STEP if len(block.lines) > 1 else 0.0,
        left=round(place.left + min(line.x for line in block.lines), 1),
        top=round(place.top + block.lines[0].y - HEAD * block.size, 1),
        right=round(place.left + max(line.x + _width(line.text) * block.size for line in block.lines), 1),
        bottom=round(place.top + block.lines[-1].y + FOOT * block.size, 1),
        color=ink,
        contrast=round(min(contrast.between(ink, style.palette[ground]) for ground in ("paper", "glow")), 2),
    )


def drawable(line: str) -> str:
    """Return a line with a space for each sign that the typeface lacks, so that every other keeps its place.

    Captions tell such a sign all the same; a film is not refused for a small picture between its words.
    """
    lacking = measuring.missing(line, FAMILY, WEIGHT)
    return "".join(" " if sign in lacking else sign for sign in line)


def _light(spot: Spot, line: SetLine, size: int) -> SetWord:
    before, word = _width(line.text[: spot.first]) * size, _width(line.text[spot.first : spot.last]) * size
    halo = HALO * size
    return SetWord(line.x + before - halo, line.y - 1.08 * size, word + 2 * halo, 1.38 * size)


def _size(lines: tuple[str, ...], width: float) -> int:
    widest = max(map(_width, lines), default=0.0)
    return int(min(LARGEST, width / widest)) if widest else LARGEST


def _width(text: str) -> float:
    return measuring.width(text, FAMILY, WEIGHT) if text else 0.0


def _even(length: float) -> int:
    return -(-int(-(-length // 1)) // 2) * 2


def _down(length: float) -> int:
    return int(length // 2) * 2
