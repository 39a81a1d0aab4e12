"""All that knows resvg: SVG in, PNG out, with our fonts alone and without a way to any other file."""

from __future__ import annotations

import re
from xml.parsers import expat

import resvg_py

from media_service.slides import fonts

INNER_HREF = re.compile(r"\s*(#|data:image/(png|jpeg|webp|gif)[;,])")
INNER_URL = re.compile(r"""url\(\s*['"]?\s*(?!['"]?#)""", re.IGNORECASE)
LOADING = {
    "image",
    "feImage",
    "use",
    "tref",
    "pattern",
    "filter",
    "linearGradient",
    "radialGradient",
    "textPath",
    "mpath",
}
"""Elements whose `href` is followed while drawing; a link's is not."""


ASKING = {
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "marker-start",
    "marker-mid",
    "marker-end",
    "marker",
    "cursor",
}
"""Attributes that may name another drawing by `url(...)`."""


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
    """Check that an SVG asks for nothing outside itself and return the attributes of its root.

    Raises OutsideReferenceError, and ValueError where it is not well-formed XML or declares entities.
    """
    root: dict[str, str] = {}

    def begin(name: str, attributes: dict[str, str]) -> None:
        if not root:
            root.update(attributes, **{"": name})
        _check_element(name, attributes)

    def entity(*_: object) -> None:
        raise ValueError("it declares entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.CharacterDataHandler = _check_text
    parser.EntityDeclHandler = entity
    parser.buffer_text = True
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as exc:
        raise ValueError(str(exc)) from exc
    return root


def _check_element(name: str, attributes: dict[str, str]) -> None:
    for attribute, value in attributes.items():
        follows = attribute.rpartition(":")[2] == "href" and name.rpartition(":")[2] in LOADING
        if follows:
            outside = not INNER_HREF.match(value)
        else:
            outside = attribute in ASKING and INNER_URL.search(value) is not None
        if outside:
            raise OutsideReferenceError(value[:60])


def _check_text(text: str) -> None:
    """Text is checked wherever it stands: a style sheet's is not told from other text, and none needs such words."""
    if INNER_URL.search(text) or "@import" in text:
        raise OutsideReferenceError(text.strip()[:60])
