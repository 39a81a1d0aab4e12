"""A filled template as pixels: pictures are laid under it as they are, what is drawn comes over them, text last.

A renderer would unpack, scale and pack pictures again, which costs more than all the rest; and only a slide whose text
is a layer of its own can tell what is behind each line.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw

from media_service.domain.slide import SlideFacts, TextSeen
from media_service.slides import contrast, resvg
from media_service.slides.styles import Style
from media_service.slides.typesetting import HEAD, Block, Text

SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
SET = "data-set"
"""Marks the groups that hold set text."""
SCRIM = 0.88
"""How opaque the sheet is that is put behind text which could not be read otherwise (standard V4: 80 % or more)."""
SCRIM_MARGIN = 0.3
"""Em that the sheet reaches beyond its text."""
_UNSEEN = {
    f"{SVG}{name}" for name in ("defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient")
}
_PLAIN = {"x", "y", "width", "height", "id", *HREFS}
"""What an image may say of itself and still be laid under the drawing as it is."""

ET.register_namespace("", SVG[1:-1])


@dataclass(frozen=True, slots=True)
class Drawing:
    """A filled template, the pictures it names (`#picture-1`), and every text that was set on it."""

    template: str
    root: ET.Element
    pictures: Mapping[str, Image.Image]
    texts: tuple[Text, ...]
    style: Style
    size: tuple[int, int]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of text, in order."""
        return tuple(block for text in self.texts for block in text.blocks)


def read(svg: str, size: tuple[int, int]) -> ET.Element:
    """Return a filled template's root; its units are pixels of the slide, whatever an editor says of their size.

    Raises ValueError where it is no SVG of that size, OutsideReferenceError where it asks for other files.
    """
    resvg.refuse_outside(svg)
    root = ET.fromstring(svg)  # noqa: S314  # it declares no entities: that was refused just now
    width, height = size
    seen = root.get("viewBox") or f"0 0 {root.get('width')} {root.get('height')}"
    if [part.removesuffix(".0") for part in seen.replace(",", " ").split()] != ["0", "0", str(width), str(height)]:
        raise ValueError(f"its viewBox must be 0 0 {width} {height}")
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("width", str(width))
    root.set("height", str(height))
    return root


def pixels(drawing: Drawing) -> tuple[Image.Image, SlideFacts]:
    """Return a drawing as RGB, and what is seen on it; text that its ground would swallow gets a sheet behind it.

    Raises ValueError where the template made what cannot be drawn.
    """
    ground = bare(drawing)
    seen = [_seen(block, ground) for block in drawing.blocks]
    for at, block in enumerate(drawing.blocks):
        if seen[at].contrast < contrast.ENOUGH:
            _lay_scrim(block, drawing.style, ground)
            seen[at] = _seen(block, ground)
    if words := [child for child in drawing.root if child.get(SET)]:
        _over(ground, drawing.root, words, _rows(drawing.blocks, ground.height))
    return ground, SlideFacts(*ground.size, tuple(seen))


def bare(drawing: Drawing) -> Image.Image:
    """Return a drawing without the text that was set on it."""
    ground = Image.new("RGB", drawing.size, drawing.style.palette["paper"])
    rest = [child for child in drawing.root if not child.get(SET)]
    for child in tuple(rest):
        if child.tag in _UNSEEN or not child.tag.startswith(SVG):
            continue
        if not _is_plain(child, drawing.pictures):
            break
        ground.paste(drawing.pictures[_named(child)], (_number(child, "x"), _number(child, "y")))
        rest.remove(child)
    if any(child.tag.startswith(SVG) and child.tag not in _UNSEEN for child in rest):
        _embed(rest, drawing.pictures)
        _over(ground, drawing.root, rest, (0, ground.height))
    return ground


def _is_plain(child: ET.Element, pictures: Mapping[str, Image.Image]) -> bool:
    """Whether an element is one of our pictures, as large as it was made, and nothing else is done to it."""
    picture = pictures.get(_named(child))
    if child.tag != f"{SVG}image" or picture is None or not set(child.keys()) <= _PLAIN:
        return False
    return picture.size == (_number(child, "width"), _number(child, "height"))


def _named(child: ET.Element) -> str:
    return next((child.get(name, "") for name in HREFS if name in child.attrib), "")


def _number(child: ET.Element, name: str) -> int:
    return round(float(child.get(name, "0")))


def _embed(children: Iterable[ET.Element], pictures: Mapping[str, Image.Image]) -> None:
    """Put the pictures that lie between drawn things into the drawing itself."""
    for child in children:
        for image in child.iter(f"{SVG}image"):
            if (name := _named(image)) in pictures:
                file = io.BytesIO()
                pictures[name].save(file, "PNG", compress_level=1)
                for href in HREFS:
                    image.attrib.pop(href, None)
                image.set("href", "data:image/png;base64," + base64.b64encode(file.getvalue()).decode())


def _rows(blocks: Sequence[Block], height: int) -> tuple[int, int]:
    """Return the rows of pixels that text stands in: no others need be drawn for it."""
    if not blocks:
        return 0, height
    margin = max(block.size for block in blocks) // 4
    first, last = min(block.top for block in blocks), max(block.bottom for block in blocks)
    return max(0, int(first) - margin), min(height, int(last) + margin)


def _over(ground: Image.Image, root: ET.Element, children: Sequence[ET.Element], rows: tuple[int, int]) -> None:
    """Draw some children of a root over those rows of a ground."""
    top, height = rows[0], rows[1] - rows[0]
    part = {"viewBox": f"0 {top} {ground.width} {height}", "height": str(height)}
    sheet = ET.Element(root.tag, {**root.attrib, **part})
    sheet.extend(children)
    drawn = Image.open(io.BytesIO(resvg.png(ET.tostring(sheet, "unicode"), width=ground.width))).convert("RGBA")
    if drawn.size != (ground.width, height):
        raise ValueError(f"it is drawn {drawn.width} x {drawn.height}, not {ground.width} x {height}")
    ground.paste(drawn, (0, top), drawn)


def _seen(block: Block, ground: Image.Image) -> TextSeen:
    lines = block.lines
    return TextSeen(
        role=block.role,
        size=block.size,
        step=round((lines[1].y - lines[0].y) / block.size, 3) if len(lines) > 1 else 0.0,
        left=round(min(line.x for line in lines), 1),
        top=round(block.top, 1),
        right=round(max(line.x + line.width for line in lines), 1),
        bottom=round(block.bottom, 1),
        color=block.color,
        contrast=round(min(contrast.worst(block.color, ground.crop(_box(block, n))) for n in range(len(lines))), 2),
        whole=block.whole,
    )


def _box(block: Block, number: int) -> tuple[int, int, int, int]:
    """Return the pixels that a line's ink may lie on."""
    line = block.lines[number]
    top, bottom = line.y - (HEAD - 0.15) * block.size, line.y + 0.28 * block.size
    return int(line.x), int(top), int(line.x + line.width) + 1, int(bottom) + 1


def _lay_scrim(block: Block, style: Style, ground: Image.Image) -> None:
    """Put a sheet behind a block: of paper, or of the deep colour where that sets the text off better."""
    margin = SCRIM_MARGIN * block.size
    boxes = [_box(block, number) for number in range(len(block.lines))]
    left, top = min(box[0] for box in boxes) - margin, min(box[1] for box in boxes) - margin / 2
    right, bottom = max(box[2] for box in boxes) + margin, max(box[3] for box in boxes) + margin / 2
    color = max(style.palette["paper"], style.palette["deep"], key=lambda each: contrast.between(each, block.color))
    sheet = Image.new("L", ground.size, 0)
    ImageDraw.Draw(sheet).rounded_rectangle((left, top, right, bottom), margin, fill=round(255 * SCRIM))
    ground.paste(Image.new("RGB", ground.size, color), mask=sheet)
