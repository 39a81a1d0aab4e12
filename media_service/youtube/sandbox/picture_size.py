"""What kind of picture a file is and how large, from its first bytes; None for whatever is none that we take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Look:
    """A picture's media type and its size in pixels."""

    type: str
    width: int
    height: int


def look(file: BinaryIO) -> Look | None:
    """Look at a picture's head: JPEG or PNG."""
    head = file.read(24)
    if head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR":
        return Look("image/png", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
    if head[:2] == b"\xff\xd8":
        file.seek(2)
        return _jpeg(file)
    return None


def _jpeg(file: BinaryIO) -> Look | None:
    """Find the frame header among a JPEG's segments."""
    for _ in range(200):  # more segments than any picture has before its frame
        mark = file.read(4)
        if len(mark) < 4 or mark[0] != 0xFF:
            return None
        if 0xC0 <= mark[1] <= 0xCF and mark[1] not in {0xC4, 0xC8, 0xCC}:
            frame = file.read(5)
            return Look("image/jpeg", int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big"))
        file.seek(int.from_bytes(mark[2:4], "big") - 2, 1)
    return None
