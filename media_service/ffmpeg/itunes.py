"""What an M4B says of itself, in the words that players of audiobooks read."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from media_service.domain.tags import Tags
from media_service.ffmpeg.boxes import Box, full

TEXT, JPEG, NUMBER = 1, 13, 21
"""Kinds of values."""
AUDIOBOOK = b"\x02"


def told(tags: Tags, cover: bytes) -> Box:
    """Return the box that holds tags and cover (JPEG); what is empty is left out."""
    handler = full(b"hdlr", bytes(4), b"mdirappl", bytes(9))
    return full(b"meta", handler, Box(b"ilst", *_entries(tags, cover)))


def _entries(tags: Tags, cover: bytes) -> Iterator[Box]:
    texts = {
        b"\xa9nam": tags.title,
        b"\xa9alb": tags.album,
        b"\xa9ART": tags.artist,
        b"aART": tags.artist,
        b"\xa9wrt": tags.narrator,
        b"\xa9nrt": tags.narrator,
        b"\xa9day": tags.year,
        b"\xa9cmt": tags.comment,
        b"desc": tags.comment,
    }
    yield from (Box(name, _value(TEXT, text.encode())) for name, text in texts.items() if text)
    yield Box(b"stik", _value(NUMBER, AUDIOBOOK))
    yield Box(b"pgap", _value(NUMBER, b"\x01"))
    yield Box(b"covr", _value(JPEG, cover))
    for name, text in (("NARRATOR", tags.narrator), ("DISCLOSURE", tags.comment)):
        if text:
            yield Box(
                b"----", full(b"mean", b"com.apple.iTunes"), full(b"name", name.encode()), _value(TEXT, text.encode())
            )


def _value(kind: int, data: bytes) -> Box:
    return Box(b"data", struct.pack(">II", kind, 0), data)
