"""All that knows resvg: SVG in, PNG out, with our fonts alone and without a way to any other file."""

from __future__ import annotations

from xml.parsers import expat

import resvg_py

from media_service.domain.svg_links import is_attribute_safe, is_style_safe
from media_service.slides import fonts

PIXELS_PER_INCH = 96
"""What CSS says of mm, cm, in and pt; without it the renderer takes them for nothing, and Inkscape writes mm."""


class OutsideReferenceError(ValueError):
    """An SVG that asks for another file; the message is what it asks for."""


def png(svg: str, width: int | None = None) -> bytes:
    """Draw an SVG; `width` in pixels scales it, None keeps its own size.

    Raises ValueError where it is no SVG that can be drawn, OutsideReferenceError where it asks for another file: the
    renderer would read any path on the machine.
    """
    refuse_outside(svg)
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        dpi=PIXELS_PER_INCH,
        skip_system_fonts=True,
        font_files=[str(path) for path in fonts.files()],
        font_family=fonts.FALLBACK,
        serif_family=fonts.FALLBACK,
        sans_serif_family=fonts.FALLBACK,
        cursive_family=fonts.FALLBACK,
        fantasy_family=fonts.FALLBACK,
        monospace_family=fonts.FALLBACK,
    )


def refuse_outside(svg: str) -> dict[str, str]:
    """Check that an SVG asks for nothing outside itself (see `domain/svg_links`) and return its root's attributes.

    Raises OutsideReferenceError, and ValueError where it is not well-formed XML or declares entities.
    """
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.CharacterDataHandler = reading.text
    parser.EndElementHandler = reading.end
    parser.EntityDeclHandler = _entity
    parser.buffer_text = True
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as exc:
        raise ValueError(str(exc)) from exc
    return reading.root or {}


class _Reading:
    """One pass over an SVG; raises OutsideReferenceError at the first thing that leads out of it."""

    def __init__(self) -> None:
        self.root: dict[str, str] | None = None
        self._style: list[str] = []
        self._in_style = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            self.root = attributes
        self._in_style += _is_style(name)
        for key, value in attributes.items():
            if not is_attribute_safe(key, value):
                raise OutsideReferenceError(value[:60])

    def text(self, text: str) -> None:
        if self._in_style:
            self._style.append(text)

    def end(self, name: str) -> None:
        if _is_style(name):
            self._in_style -= 1
            style = "".join(self._style)
            if not is_style_safe(style):
                raise OutsideReferenceError(style.strip()[:60])


def _is_style(name: str) -> bool:
    return name.rpartition(" ")[2] == "style"


def _entity(*_: object) -> None:
    raise ValueError("it declares entities")
