"""Brings a slide's value, its look, its template and its picture together: first as SVG, then as pixels."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from media_service.domain.slide import Slide, Thumbnail, picture_of
from media_service.filling import Folders, Tools, fault, fill
from media_service.slides import closing, pictures, resvg, typesetting
from media_service.slides.closing import Credits
from media_service.slides.framing import Framing
from media_service.slides.styles import Style
from media_service.slides.typesetting import Box, Text

JPEG_QUALITIES = (93, 88, 80, 70, 55, 35)
LARGEST_JPEG = 2_000_000
"""Bytes of a thumbnail (standard V11)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A slide as SVG, and every text that was set on it."""

    template: str
    svg: str
    texts: tuple[Text, ...]


def compose(folders: Folders, template: str, slide: Slide | Thumbnail, style: Style, picture: Path | None) -> Drawing:
    """Fill a slide's template; raises InputError where template or picture is at fault, or a sign cannot be drawn."""
    setter = _Setter(style)
    values = {
        "slide": slide,
        "style": style,
        "palette": style.palette,
        "picture": _framing(slide, style, picture),
    }
    tools: Tools = {"stack": setter.stack, "credits": setter.credits}
    return Drawing(template, fill(folders, template, values, escaped=True, tools=tools), tuple(setter.texts))


def png(drawing: Drawing) -> bytes:
    """Draw it; raises InputError naming the template where what it made is no SVG, or asks for other files."""
    try:
        return resvg.png(drawing.svg)
    except ValueError as exc:
        raise fault(drawing.template, str(exc)) from exc


def jpeg(png: bytes, most: int = LARGEST_JPEG) -> bytes:
    """Pack a drawn picture as JPEG of at most so many bytes, in the best quality that allows.

    Colours are not thinned out, for the edges of words; Pillow's `optimize` fails on pictures that pack badly.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in JPEG_QUALITIES:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, subsampling=0)
        if file.tell() <= most:
            break
    return file.getvalue()


class _Setter:
    """What templates set text with; remembers what it set."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self.texts: list[Text] = []

    def stack(self, texts: Sequence[tuple[str, str]], *boxes: Mapping[str, Any]) -> Text:
        """Set (role, text) pairs under each other into the first box that suits them (see `typesetting.stack`)."""
        return self._kept(typesetting.stack(texts, self._style, [Box(**box) for box in boxes]))

    def credits(self, rows: Sequence[tuple[str, str]], notices: Sequence[str], *boxes: Mapping[str, Any]) -> Text:
        """Set closing credits into the first box that holds them (see `closing.lay_out`)."""
        said = Credits(tuple(rows), tuple(notices))
        return self._kept(closing.lay_out(said, self._style, [Box(**box) for box in boxes]))

    def _kept(self, text: Text) -> Text:
        self.texts.append(text)
        return text


def _framing(slide: Slide | Thumbnail, style: Style, path: Path | None) -> Framing | None:
    if path is None:
        return None
    known = picture_of(slide)
    return Framing(pictures.load(path, known.name if known else path.name, style.palette["paper"]))
