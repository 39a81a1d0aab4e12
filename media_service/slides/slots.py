"""Fills the slots of a template: rectangles that a designer draws, moves and stretches, each standing for something.

A template that is made of slots alone is a plain drawing, which Inkscape opens, shows and saves. What a rectangle
stands for is said by its `id` (`text.title.byline`, `picture.cover`, `ornament`, `emblem`, `qr`, `credits`); for which
slides a part is there, by `data-if`; which of its colours follow the theme, by its `class` (`fill-paper`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from media_service.domain.slide import CoverSlide, CreditsSlide, Slide, Thumbnail
from media_service.slides import qr
from media_service.slides.framing import Framing
from media_service.slides.layers import SET, SVG
from media_service.slides.placing import Shift, shift_of
from media_service.slides.styles import Style
from media_service.slides.typesetting import Text

if TYPE_CHECKING:
    from media_service.slides.composing import Setter

_COLORED = re.compile(r"(fill|stroke|stop)-([a-z_]+)\Z")
_PROPERTY = {"fill": "fill", "stroke": "stroke", "stop": "stop-color"}
PANEL_MARGIN = 0.55
"""Em that a sheet reaches beyond its text."""
_TEXT = re.compile(r"text\.([a-z_.]+?)(?:\.\d)?\Z")
_CREDITS = "credits"
_PICTURE = re.compile(r"picture\.(best|cover|whole|soft|lively|band)(?:[.-]\d+)?\Z")


@dataclass(slots=True)
class Furnishing:
    """What slots are filled with; `part` fills a drawing that templates share."""

    slide: Slide | Thumbnail
    setter: Setter
    framing: Framing | None
    style: Style
    part: Callable[[str], str]
    scene: str


@dataclass(slots=True)
class _TextSlot:
    """The boxes for one text, the first that suits it counts."""

    roles: Mapping[str, str]
    boxes: list[Mapping[str, Any]] = field(default_factory=list)
    panels: list[str] = field(default_factory=list)
    """For each box the colour of a sheet behind its text; empty for none."""


def settle(root: ET.Element, with_: Furnishing) -> None:
    """Fill every slot of a drawing; raises ValueError where one cannot be understood."""
    _leave_out(root, with_)
    _color(root, with_.style)
    texts: dict[str, _TextSlot] = {}
    for parent, child, transform in list(_walk(root)):
        if child.get("id"):
            _settle_one(parent, child, transform, with_, texts)
    for name, slot in texts.items():
        if name == _CREDITS:
            _set(root, _credits(slot, with_))
            continue
        pairs = [pair for each in name.split(".") for pair in _pairs(with_.slide, each, slot.roles.get(each, each))]
        text = with_.setter.stack(pairs, *slot.boxes)
        if slot.panels[text.box]:
            _lay_panel(root, text, with_.style.palette[slot.panels[text.box]])
        _set(root, text)


def _credits(slot: _TextSlot, with_: Furnishing) -> Text:
    if not isinstance(with_.slide, CreditsSlide):
        raise ValueError("no slide of this kind has credits")  # noqa: TRY004  # what a template asks for, not a type
    return with_.setter.credits(with_.slide.credits, with_.slide.notices, *slot.boxes)


def _settle_one(
    parent: ET.Element, child: ET.Element, transform: str, with_: Furnishing, texts: dict[str, _TextSlot]
) -> None:
    name = child.get("id", "")
    if text := _TEXT.match(name):
        slot = texts.setdefault(text[1], _TextSlot(_roles(child, text[1])))
        slot.boxes.append(_box(child, shift_of(transform)))
        slot.panels.append(child.get("data-panel", ""))
        parent.remove(child)
    elif name == _CREDITS:
        texts.setdefault(_CREDITS, _TextSlot({})).boxes.append(_box(child, shift_of(transform)))
        parent.remove(child)
    elif picture := _PICTURE.match(name):
        _replace(parent, child, *_pictured(child, picture[1], shift_of(transform), with_))
    elif name.partition(".")[0] in _DRAWN:
        _replace(parent, child, _DRAWN[name.partition(".")[0]](child, with_))


def _walk(element: ET.Element, around: str = "") -> Iterator[tuple[ET.Element, ET.Element, str]]:
    """Yield every element with its parent and how it, and all around it, is transformed."""
    for child in list(element):
        inner = f"{around} {child.get('transform', '')}".strip()
        yield element, child, inner
        yield from _walk(child, inner)


def _leave_out(element: ET.Element, with_: Furnishing) -> None:
    """Take away what is for other slides."""
    for child in list(element):
        wanted = child.attrib.pop("data-if", "")
        if wanted and not all(_holds(each, with_) for each in wanted.split()):
            element.remove(child)
        else:
            _leave_out(child, with_)


def _holds(condition: str, with_: Furnishing) -> bool:
    name = condition.removeprefix("no-")
    there = with_.framing is not None if name == "picture" else bool(_said(with_.slide, name))
    return there != condition.startswith("no-")


def _said(slide: Slide | Thumbnail, name: str) -> str:
    if not hasattr(slide, name):
        raise ValueError(f"no slide of this kind has “{name}”")
    return str(getattr(slide, name) or "")


def _color(root: ET.Element, style: Style) -> None:
    """Give colours that follow the theme their values; editors write them into `style`, where they would win."""
    for element in root.iter():
        for each in element.get("class", "").split():
            if found := _COLORED.match(each):
                if found[2] not in style.palette:
                    raise ValueError(f"no colour is called “{found[2]}”")
                name = _PROPERTY[found[1]]
                own = [rule for rule in element.get("style", "").split(";") if rule.split(":")[0].strip() != name]
                element.set("style", ";".join(own))
                element.set(name, style.palette[found[2]])


def _pairs(slide: Slide | Thumbnail, name: str, role: str) -> list[tuple[str, str]]:
    """Return what is set for one field: most are one text, a catalogue's entries are one a line."""
    if isinstance(slide, CoverSlide) and name == "entries":
        return [(role, f"{what}: {value}") for what, value in slide.entries]
    said = _said(slide, name)
    return [(role, f"Chương {said}" if isinstance(slide, Thumbnail) and name == "badge" else said)]


def _roles(child: ET.Element, name: str) -> Mapping[str, str]:
    return dict(zip(name.split("."), child.get("data-role", "").split(), strict=False))


def _box(child: ET.Element, shift: Shift) -> Mapping[str, Any]:
    x, y, width, height = shift.box(*_bounds(child))
    aligned = {"align": child.get("data-align", "left"), "anchor": child.get("data-anchor", "middle")}
    return {"x": x, "y": y, "width": width, "height": height, **aligned}


def _bounds(child: ET.Element) -> tuple[float, float, float, float]:
    try:
        x, y, width, height = (float(child.get(name, "0")) for name in ("x", "y", "width", "height"))
    except ValueError as exc:
        raise ValueError(f"the slot “{child.get('id')}” must be a rectangle with plain numbers") from exc
    return x, y, width, height


def _pictured(child: ET.Element, how: str, shift: Shift, with_: Furnishing) -> tuple[ET.Element, ...]:
    """Return the images for a slot; without a picture, the background that the theme draws."""
    x, y, width, height = _bounds(child)
    scale = shift.scale
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    if with_.framing is None:
        return (_scene(child, with_),)
    if how == "best":
        if with_.framing.fills(across, down):
            return _pictured(child, "cover", shift, with_)
        return (*_pictured(child, "soft", shift, with_), *_pictured(child, "whole", shift, with_))
    if how == "whole":
        placed = with_.framing.whole(0, 0, across, down)
        name, (x, y) = placed.data, (x + placed.x / scale, y + placed.y / scale)
        width, height = placed.width / scale, placed.height / scale
    elif how == "soft":
        name = with_.framing.soft(across, down, 48, float(child.get("data-dim", "0.8")))
    else:
        make: Mapping[str, Callable[[int, int], str]] = {
            "cover": with_.framing.cover,
            "lively": with_.framing.lively,
            "band": with_.framing.band,
        }
        name = make[how](across, down)
    sides = {"x": x, "y": y, "width": width, "height": height}
    return (ET.Element(f"{SVG}image", {"href": name, **{key: f"{value:g}" for key, value in sides.items()}}),)


def _scene(_: ET.Element, with_: Furnishing) -> ET.Element:
    return _fragment(with_.part(f"slides/parts/scenes/{with_.scene}.svg"))


def _ornament(child: ET.Element, with_: Furnishing) -> ET.Element:
    return _scaled(child, _fragment(with_.part(f"slides/parts/ornaments/{with_.style.ornament}.svg")), 100)


def _emblem(child: ET.Element, with_: Furnishing) -> ET.Element:
    return _scaled(child, _fragment(with_.part("slides/parts/emblem.svg")), 100)


def _qr(child: ET.Element, with_: Furnishing) -> ET.Element:
    code = qr.code(_said(with_.slide, "link"))
    return _scaled(child, _fragment(f'<path d="{code.path}" fill="#000000"/>'), code.size)


_DRAWN: Mapping[str, Callable[[ET.Element, Furnishing], ET.Element]] = {
    "scene": _scene,
    "ornament": _ornament,
    "emblem": _emblem,
    "qr": _qr,
}
"""What a slot of that name shows, drawn as large as the slot."""


def _scaled(child: ET.Element, drawn: ET.Element, size: int) -> ET.Element:
    x, y, width, height = _bounds(child)
    scale = min(width, height) / size
    drawn.set("transform", f"translate({x:g} {y:g}) scale({scale:g})")
    return drawn


def _fragment(svg: str) -> ET.Element:
    """Return a part of a drawing as one group."""
    whole = ET.fromstring(f'<svg xmlns="{SVG[1:-1]}"><g>{svg}</g></svg>')  # noqa: S314  # no part can declare entities
    return whole[0]


def _replace(parent: ET.Element, child: ET.Element, *by: ET.Element) -> None:
    if "transform" in child.attrib:
        outer = ET.Element(f"{SVG}g", {"transform": child.attrib["transform"]})
        outer.extend(by)
        by = (outer,)
    place = list(parent).index(child)
    parent[place : place + 1] = by


def _lay_panel(root: ET.Element, text: Text, color: str) -> None:
    """Lay a sheet behind set text, as large as the text."""
    if text.blocks:
        margin = PANEL_MARGIN * max(block.size for block in text.blocks)
        width, height = text.right - text.left + 2 * margin, text.bottom - text.top
        sides = {"x": text.left - margin, "y": text.top, "width": width, "height": height, "rx": margin * 0.6}
        how = {"fill": color, "opacity": "0.93", **{key: f"{value:.1f}" for key, value in sides.items()}}
        ET.SubElement(root, f"{SVG}rect", how)


def _set(root: ET.Element, text: Text) -> None:
    """Write set text behind everything else, where `parts/text.svg` would have written it."""
    group = ET.SubElement(root, f"{SVG}g", {SET: "text"})
    for block in text.blocks:
        how = {"font-family": block.family, "font-weight": str(block.weight), "font-size": str(block.size)}
        words = ET.SubElement(group, f"{SVG}text", {**how, "fill": block.color})
        for line in block.lines:
            ET.SubElement(words, f"{SVG}tspan", {"x": f"{line.x:.2f}", "y": f"{line.y:.2f}"}).text = line.text
