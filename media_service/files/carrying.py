"""A product's bytes on their way from one place to another: read in pieces, counted, and added up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from media_service.errors import ProductGoneError
from media_service.holdings import Packed
from media_service.messages import message

PIECE = 1 << 20
"""Bytes in memory at a time."""


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes; once begun it is read to its end, though it be removed meanwhile.

    Raises ProductGoneError where it is not there.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as fault:
        raise gone(path) from fault
    with file:
        while piece := file.read(PIECE):
            yield piece


def gone(path: object) -> ProductGoneError:
    """Return the error for a product that is not where its seal says, or not as it says."""
    return ProductGoneError(message("A product is gone from the shelf ({path}); it will be made again.", path=path))


def write(content: Iterable[bytes], path: Path) -> tuple[int, str]:
    """Write a file from pieces; returns its size and its SHA-256."""
    size, sum_ = 0, hashlib.sha256()
    with path.open("wb") as file:
        for piece in content:
            file.write(piece)
            sum_.update(piece)
            size += len(piece)
    return size, sum_.hexdigest()


def unpack(packed: Packed, path: Path) -> str:
    """Write a carried product's bytes, return their SHA-256; raises ProductGoneError where they are not as sealed."""
    size, sha256 = write(packed.content, path)
    if size != packed.size or packed.sha256 not in {sha256, None}:
        raise gone(packed.key.fingerprint)
    return sha256
