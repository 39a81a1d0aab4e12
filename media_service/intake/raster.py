"""Sizes of PNG, JPEG and WebP from their headers, and whether the file was cut short; nothing is decoded."""

from __future__ import annotations

import io
import struct
import warnings

from media_service.domain.script import MOST_PIXELS
from media_service.intake.refusals import RefusedPictureError
from media_service.messages import message

_FAULTS_OF_FILES = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)
"""What Pillow's readers raise on bytes that are not what they seem."""


def raster_size(data: bytes, kind: str, name: str) -> tuple[int, int]:
    """Return width and height in pixels of a `PNG`, `JPEG` or `WEBP`; raises RefusedPictureError."""
    from PIL import Image  # noqa: PLC0415  # waits until a picture is read

    if kind == "WEBP":  # its reader makes room for the whole canvas when it opens
        expect_pixels(*_webp_canvas(data), name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size: our own limit is far lower; of damage: the picture opens or not
            with Image.open(io.BytesIO(data), formats=(kind,)) as picture:
                size = picture.size
    except Image.DecompressionBombError as exc:
        raise _too_many_pixels(name) from exc
    except _FAULTS_OF_FILES as exc:
        raise _damaged(name) from exc
    if not _is_whole(data, kind):
        raise _damaged(name)
    expect_pixels(*size, name)
    return size


def expect_pixels(width: float, height: float, name: str) -> None:
    """Raise RefusedPictureError where a picture of that size has too many pixels to be drawn safely."""
    if width * height > MOST_PIXELS:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> RefusedPictureError:
    limit = MOST_PIXELS // 1_000_000
    said = message("{picture} has more than {limit} million pixels; save it smaller.", picture=name, limit=limit)
    return RefusedPictureError(said)


def _damaged(name: str) -> RefusedPictureError:
    said = message("{picture} is damaged or was not copied to its end; copy or save it again.", picture=name)
    return RefusedPictureError(said)


def _webp_canvas(data: bytes) -> tuple[int, int]:
    """Return the canvas that a WebP's first chunk states (WebP Container Specification); 0 where it has none."""
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _is_whole(data: bytes, kind: str) -> bool:
    if kind == "PNG":
        return b"IEND" in data[-65_536:]
    if kind == "WEBP":
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":  # JPEG: segments before the first scan
        at += 1 if data[at + 1 : at + 2] == b"\xff" else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return b"\xff\xd9" in data[at:]
