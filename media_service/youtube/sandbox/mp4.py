"""How long a film is, read from the head of its MP4 file; 0 for whatever is none."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO


def seconds(path: Path) -> float:
    """Return the length of an MP4 film; bytes are hostile, so anything strange is simply no film."""
    with path.open("rb") as file:
        size = path.stat().st_size
        moov = _find(file, b"moov", 0, size)
        header = moov and _find(file, b"mvhd", *moov)
        if not header:
            return 0.0
        file.seek(header[0])
        return _length(file.read(min(header[1] - header[0], 64)))


def _find(file: BinaryIO, name: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Find a box between two places; return where its content begins and ends."""
    for _ in range(1000):  # more boxes than any film of ours has
        file.seek(start)
        head = file.read(16)
        if start + 8 > end or len(head) < 8:
            return None
        size, inner = int.from_bytes(head[:4], "big"), start + 8
        if size == 1 and len(head) == 16:
            size, inner = int.from_bytes(head[8:], "big"), start + 16
        size = size or end - start
        if size < inner - start:
            return None
        if head[4:8] == name:
            return inner, min(start + size, end)
        start += size
    return None


def _length(header: bytes) -> float:
    form = ">4x8xII" if header[:1] == b"\0" else ">4x16xIQ"
    if len(header) < struct.calcsize(form):
        return 0.0
    scale, length = struct.unpack_from(form, header)
    return length / scale if scale else 0.0
