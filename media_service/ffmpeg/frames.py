"""Frames drawn in this process, as the encoder takes them: parts of slides, and what comes between two of them.

Positions are told to a fraction of a pixel: a slide is looked at twice as large as it will be seen, so that what moves
slowly neither trembles nor turns soft and sharp by turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from media_service.domain.motion import WHOLE, Move, View
from media_service.domain.read_along import Box

FINER = 2
"""How much larger a slide is drawn that is seen in part."""
GREY = 128
Plane = NDArray[np.uint8]
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: its planes (light, then two of colour at half the size), which share one stretch of `bytes`."""

    bytes: Plane
    planes: tuple[Plane, Plane, Plane]


def blank(size: Size) -> Frame:
    """Return a grey frame."""
    return _frame(np.full(_bytes(size), GREY, np.uint8), size)


def read(path: Path, size: Size) -> tuple[Frame, ...]:
    """Return the frames of a file of plain ones."""
    held = np.fromfile(path, np.uint8).reshape(-1, _bytes(size))
    return tuple(_frame(one, size) for one in held)


def seen(sheet: Frame, view: View, into: Frame) -> Frame:
    """Draw what is seen of a slide, whatever its size, into a frame; the whole at the frame's own size is copied."""
    if view == WHOLE and sheet.bytes.size == into.bytes.size:
        np.copyto(into.bytes, sheet.bytes)
        return into
    for source, drawn in zip(sheet.planes, into.planes, strict=True):
        (high, wide), (height, width) = source.shape, drawn.shape
        down, across = high / height / view.zoom, wide / width / view.zoom
        places = np.array(
            [
                [across, 0, view.x * wide - across * width / 2 + across / 2 - 0.5],
                [0, down, view.y * high - down * height / 2 + down / 2 - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cv2.warpAffine(source, places, (width, height), drawn, flags, cv2.BORDER_REPLICATE)
    return into


def moved(sheet: Frame, move: Move, frames: range, size: Size) -> Iterator[Plane]:
    """Yield frames of a move; each is gone when the next is asked for."""
    drawn = blank(size)
    if move.start.zoom == move.end.zoom and move.start.y == move.end.y:
        yield from _passed(sheet, move, frames, drawn)
        return
    for frame in frames:
        yield seen(sheet, move.at(frame), drawn).bytes


def _passed(sheet: Frame, move: Move, frames: range, drawn: Frame) -> Iterator[Plane]:
    """Yield frames of a move along a slide: mixed of strips that are drawn once, half a pixel apart.

    That is what drawing each frame anew would give, for a tenth of the work.
    """
    strips = [_strips(*planes, move.start) for planes in zip(sheet.planes, drawn.planes, strict=True)]
    for frame in frames:
        view = move.at(frame)
        for two, into in zip(strips, drawn.planes, strict=True):
            width = into.shape[1]
            halves, share = divmod(2 * (view.x * view.zoom - 0.5) * width, 1)
            near, far = (two[n % 2][:, n // 2 : n // 2 + width] for n in (int(halves), int(halves) + 1))
            cv2.addWeighted(near, 1 - share, far, share, 0, into)
        yield drawn.bytes


def _strips(source: Plane, drawn: Plane, view: View) -> tuple[Plane, Plane]:
    """Return all that comes by while a slide is passed along: seen at whole pixels, and half a pixel further on."""
    (high, wide), (height, width) = source.shape, drawn.shape
    down, across = high / height / view.zoom, wide / width / view.zoom
    top = view.y * high - down * height / 2 + down / 2 - 0.5
    strips = np.empty((2, height, int(width * view.zoom) + 2), np.uint8)
    for strip, left in zip(strips, (0.5, 1.0), strict=True):
        places = np.array([[across, 0, left * across - 0.5], [0, down, top]])
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        cv2.warpAffine(source, places, strip.shape[::-1], strip, flags, cv2.BORDER_REPLICATE)
    return strips[0], strips[1]


def melted(before: Frame, after: Frame, frames: int) -> Iterator[Plane]:
    """Yield frames in which one picture melts into the other, in even steps, neither shown pure; each goes as above."""
    drawn = np.empty_like(before.bytes)
    for frame in range(1, frames + 1):
        share = frame / (frames + 1)
        cv2.addWeighted(before.bytes, 1 - share, after.bytes, share, 0, drawn)
        yield drawn


def lit(plain: Frame, bright: Frame, boxes: Sequence[Box], into: Frame) -> Frame:
    """Draw a block in which these words are lit."""
    np.copyto(into.bytes, plain.bytes)
    for box in boxes:
        for number, (source, drawn) in enumerate(zip(bright.planes, into.planes, strict=True)):
            half = 2 if number else 1
            place = np.s_[box.top // half : box.bottom // half, box.left // half : box.right // half]
            drawn[place] = source[place]
    return into


def _frame(held: Plane, size: Size) -> Frame:
    width, height = size
    light, color = width * height, width * height // 4
    planes = (
        held[:light].reshape(height, width),
        held[light : light + color].reshape(height // 2, width // 2),
        held[light + color :].reshape(height // 2, width // 2),
    )
    return Frame(held, planes)


def _bytes(size: Size) -> int:
    return size[0] * size[1] * 3 // 2
