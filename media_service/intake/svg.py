"""What an SVG picture may hold: drawing only. No scripts, no links out, no document types, no more than can be drawn.

It is read as a stream of events, never built into a tree; `domain/svg_links` says what it may refer to, `svg_weight`
counts what its references make of it.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from xml.parsers import expat

from media_service.domain.svg_links import carried, is_attribute_safe, is_style_safe, parts_named
from media_service.intake.raster import expect_pixels, raster_size
from media_service.intake.refusals import RefusedPictureError
from media_service.intake.svg_weight import Weight
from media_service.messages import Message, message

LARGEST = 10_000_000
"""Bytes of an SVG."""
DEEPEST = 200
MOST_ELEMENTS = 200_000

_SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = {"script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video"}
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""CSS pixels in each absolute unit (CSS Values and Units 3)."""


def svg_size(data: bytes, name: str) -> tuple[int, int]:
    """Return width and height in pixels of a safe SVG; raises RefusedPictureError for any other."""
    if len(data) > LARGEST:
        said = message(
            "{picture} is larger than {limit} MB; save it smaller.", picture=name, limit=LARGEST // 1_000_000
        )
        raise RefusedPictureError(said)
    reading = _Reading(name)
    try:
        reading.parse(data)
    except expat.ExpatError as exc:
        raise RefusedPictureError(
            message("{picture}, line {line}: this SVG is broken; save it again.", picture=name, line=exc.lineno)
        ) from exc
    except (ValueError, LookupError) as exc:  # an encoding that Python does not know or that is none for text
        said = message("{picture}, line {line}: this SVG is broken; save it again.", picture=name, line=1)
        raise RefusedPictureError(said) from exc
    width, height = _size(reading.root)
    if not (width and height):
        raise RefusedPictureError(
            message("{picture} does not say its size; give <svg> a width and a height, or a viewBox.", picture=name)
        )
    expect_pixels(width, height, name)
    return max(1, round(width)), max(1, round(height))


class _Reading:
    """One pass over an SVG; raises RefusedPictureError at the first thing that does not belong in a picture."""

    def __init__(self, name: str) -> None:
        self.root: Mapping[str, str] = {}
        self._name = name
        self._depth = 0
        self._weight = Weight(MOST_ELEMENTS)
        self._style: list[str] = []
        self._in_style = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def parse(self, data: bytes) -> None:
        parser = self._parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)
        if self._weight.is_too_much():
            self._refuse(message("the drawing repeats its parts too often; save it simpler."))

    def _refuse(self, why: Message) -> None:
        raise RefusedPictureError(
            message("{picture}, line {line}: {why}", picture=self._name, line=self._parser.CurrentLineNumber, why=why)
        )

    def _doctype(self, *_: object) -> None:
        self._refuse(message("<!DOCTYPE> and entities are not taken; save as plain SVG, or delete that line."))

    def _instruction(self, *_: object) -> None:
        self._refuse(message("a style sheet or another instruction is named outside the drawing; delete that line."))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if not self._depth:
            if tag != f"{_SVG} svg":
                self._refuse(message("this is no SVG; save the picture again as SVG or PNG."))
            self.root = attributes
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(message("the drawing is nested too deeply; ungroup it and save again."))
        if local.casefold() in _FORBIDDEN:
            self._refuse(message("<{tag}> is not taken in pictures; save as plain SVG.", tag=local))
        self._in_style += local == "style"
        for key, value in attributes.items():
            self._attribute(key, value)
        self._weight.start(attributes.get("id", ""), parts_named(list(attributes.values())))
        if self._weight.elements > MOST_ELEMENTS:
            self._refuse(message("the drawing has more than {limit} elements; save it simpler.", limit=MOST_ELEMENTS))

    def _attribute(self, key: str, value: str) -> None:
        local = _local(key)
        lower = local.casefold()
        if lower.startswith("on") or (lower == "attributename" and "href" in value.casefold()):
            self._refuse(message("“{key}” makes pictures do things; save as plain SVG.", key=local))
        if not (is_attribute_safe(key, value) and _is_carried_well(key, value, self._name)):
            self._refuse(message("“{key}” leads out of the picture; embed what it names, or delete it.", key=local))

    def _text(self, text: str) -> None:
        if self._in_style:
            self._style.append(text)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._weight.end()
        if _local(tag) == "style":
            self._in_style -= 1
            if not is_style_safe("".join(self._style)):
                self._refuse(
                    message("“{key}” leads out of the picture; embed what it names, or delete it.", key="style")
                )


def _is_carried_well(key: str, value: str, name: str) -> bool:
    """Tell whether a picture that an attribute carries is Base64; it keeps the same limits as other pictures.

    Raises RefusedPictureError, of the drawing `name`, for a carried picture that is damaged or too large.
    """
    found = carried(key, value)
    if not found:
        return True
    kind, text = found
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return False
    raster_size(data, kind, name)
    return True


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _size(root: Mapping[str, str]) -> tuple[float, float]:
    """Return the size in pixels that the root states, 0 where it states none."""
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return width, height
    if width and height:
        return width, height
    if width or height:  # the other follows from the shape of the box
        return width or height * box[2] / box[3], height or width * box[3] / box[2]
    return box[2], box[3]


def _length(text: str) -> float:
    found = re.fullmatch(r"\s*([0-9.eE+-]+?)\s*(px|pt|pc|mm|cm|in|)\s*", text)
    return max(0.0, _number(found[1]) * _PIXELS[found[2]]) if found else 0.0


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
