"""Brings a slide's value, its look, its template and its picture together: first as a drawing, then as a file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from media_service.domain.look import Look
from media_service.domain.slide import OutroSlide, Slide, SlideFacts, Thumbnail, picture_of
from media_service.filling import Folders, Tools, fault, fill
from media_service.slides import closing, layers, pictures, slots, styles, typesetting
from media_service.slides.closing import Credits
from media_service.slides.framing import Framing
from media_service.slides.layers import Drawing
from media_service.slides.styles import Style
from media_service.slides.templates import template_of
from media_service.slides.typesetting import Box, Text

JPEG_QUALITIES = (93, 88, 80, 70, 55, 35)
LARGEST_JPEG = 2_000_000
"""Bytes of a thumbnail (standard V11)."""
MOST_TIMES = 200
"""So often a background may repeat a shape."""
THUMBNAIL_SIZE = (1280, 720)


def compose(folders: Folders, slide: Slide | Thumbnail, look: Look, picture: Path | None) -> Drawing:
    """Fill a slide's template; raises InputError where template or picture is at fault, or a sign cannot be drawn."""
    style = styles.read(folders, look)
    template, size = template_of(slide, look), THUMBNAIL_SIZE if isinstance(slide, Thumbnail) else look.canvas.size
    setter, framing = Setter(style), _framing(slide, style, picture)
    values: dict[str, Any] = {
        "slide": slide,
        "style": style,
        "palette": style.palette,
        "picture": framing,
        "canvas": {"width": size[0], "height": size[1]},
        "scene": _scene(slide, style),
    }
    tools: Tools = {"stack": setter.stack, "credits": setter.credits, **_chances(slide)}

    def part(name: str) -> str:
        return fill(folders, name, values, tools=tools)

    try:
        root = layers.read(part(template), size)
        slots.settle(root, slots.Furnishing(slide, setter, framing, style, part, values["scene"]))
    except ValueError as exc:
        raise fault(template, str(exc)) from exc
    return Drawing(template, root, framing.made if framing else {}, tuple(setter.texts), style, size)


def drawn(drawing: Drawing) -> tuple[Image.Image, SlideFacts]:
    """Draw it; raises InputError naming the template where what it made is no SVG, or asks for other files."""
    try:
        return layers.pixels(drawing)
    except ValueError as exc:
        raise fault(drawing.template, str(exc)) from exc


def jpeg(picture: Image.Image, most: int = LARGEST_JPEG) -> bytes:
    """Pack a drawn picture as JPEG of at most so many bytes, in the best quality that allows.

    Colours are not thinned out, for the edges of words; Pillow's `optimize` fails on pictures that pack badly.
    """
    for quality in JPEG_QUALITIES:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, subsampling=0)
        if file.tell() <= most:
            break
    return file.getvalue()


@dataclass(slots=True)
class Setter:
    """What templates set text with; remembers what it set."""

    style: Style
    texts: list[Text]

    def __init__(self, style: Style) -> None:
        self.style = style
        self.texts = []

    def stack(self, texts: Sequence[tuple[str, str]], *boxes: Mapping[str, Any]) -> Text:
        """Set (role, text) pairs under each other into the first box that suits them (see `typesetting.stack`)."""
        return self._kept(typesetting.stack(texts, self.style, [Box(**box) for box in boxes]))

    def credits(self, rows: Sequence[tuple[str, str]], notices: Sequence[str], *boxes: Mapping[str, Any]) -> Text:
        """Set closing credits into the first box that holds them (see `closing.lay_out`)."""
        said = Credits(tuple(rows), tuple(notices))
        return self._kept(closing.lay_out(said, self.style, [Box(**box) for box in boxes]))

    def _kept(self, text: Text) -> Text:
        self.texts.append(text)
        return text


def _framing(slide: Slide | Thumbnail, style: Style, path: Path | None) -> Framing | None:
    if path is None or isinstance(slide, OutroSlide):
        return None
    known = picture_of(slide)
    return Framing(pictures.load(path, known.name if known else path.name, style.palette["paper"]), slide.focus)


def _scene(slide: Slide | Thumbnail, style: Style) -> str:
    """Name the background of a slide without a picture: one of its theme's, chosen by what the slide says."""
    return Random(_seed(slide, "scene")).choice(style.scenes)  # noqa: S311  # a choice of pictures, no secret


def _chances(slide: Slide | Thumbnail) -> Tools:
    """Return what templates vary a background with: the same slide always gets the same one."""
    chance = Random(_seed(slide, "chance"))  # noqa: S311  # as above
    return {
        "between": lambda low, high: round(chance.uniform(low, high), 2),
        "one_of": chance.choice,
        "count": lambda times: range(min(int(times), MOST_TIMES)),
    }


def _seed(slide: Slide | Thumbnail, purpose: str) -> bytes:
    said = (getattr(slide, name, "") for name in ("title", "text", "words", "chapter"))
    return hashlib.sha256("|".join((purpose, *said)).encode()).digest()
