"""What a DOCX says of its styles and numbers: which are headings, which are contents lists, in which font they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from media_service.books.markup import Element, first, found, name_of, value_of

_HEADING = re.compile(r"(?:heading|đầu đề|tiêu đề) ([1-9])$")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those it is based on; `level` 0: no heading."""

    name: str = ""
    level: int = 0
    font: str = ""
    hidden: bool = False


def read_styles(root: Element | None) -> Mapping[str, Style]:
    """Return the styles of a document by their ids; the empty id is the default one."""
    if root is None:
        return {}
    elements = {value_of(style, "styleId"): style for style in found(root, "style")}
    defaults = first(root, "docdefaults")
    made = {key: _style(key, elements, 0) for key in elements}
    normal = next(
        (
            key
            for key, style in elements.items()
            if value_of(style, "default") in {"1", "true"} and value_of(style, "type") == "paragraph"
        ),
        "",
    )
    font = made[normal].font if normal else ""
    return {**made, "": Style(font=font or (font_of(defaults) if defaults is not None else ""))}


def font_of(element: Element) -> str:
    """Return the font that properties under an element name for Latin letters, empty where none."""
    fonts = first(element, "rfonts")
    return "" if fonts is None else value_of(fonts, "ascii") or value_of(fonts, "hAnsi")


def on(element: Element, name: str) -> bool:
    """Tell whether a property of that name is there and not switched off."""
    return any(
        name_of(child) == name and value_of(child, "val").lower() not in {"0", "false", "none", "off"}
        for child in element
    )


def _style(key: str, elements: Mapping[str, Element], depth: int) -> Style:
    element = elements.get(key)
    if element is None or depth > 20:
        return Style()
    named = next((value_of(child, "val") for child in element if name_of(child) == "name"), "").lower()
    based = next((value_of(child, "val") for child in element if name_of(child) == "basedon"), "")
    below = _style(based, elements, depth + 1)
    outline = first(element, "outlinelvl")
    heading = _HEADING.match(named)
    level = int(heading[1]) if heading else below.level
    if outline is not None and value_of(outline, "val").isdigit():
        given = int(value_of(outline, "val"))
        level = given + 1 if given < 9 else 0
    properties = next((child for child in element if name_of(child) == "rpr"), None)
    hidden = below.hidden or (properties is not None and on(properties, "vanish"))
    return Style(named, level, font_of(element) or below.font, hidden)
