"""What a request into a session says of the bytes that it brings (`Content-Range`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from media_service.youtube.sandbox.answers import RefusedError

_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Sent:
    """Which bytes of the file a request brings, as it says itself; `first` None where it only asks."""

    first: int | None
    last: int
    size: int | None


def sent_bytes(content_range: str, length: str) -> Sent:
    """Read the header; without one it is the whole file, `length` bytes. Raises RefusedError for what is none."""
    if not content_range:
        size = int(length) if length.isdecimal() else None
        return Sent(0, (size or 0) - 1, size)
    found = _RANGE.fullmatch(content_range.strip())
    if not found:
        raise RefusedError(400, "badRequest", f"Failed to parse Content-Range header: {content_range}")
    size = None if found[3] == "*" else int(found[3])
    if found[1] is None:
        return Sent(None, -1, size)
    first, last = int(found[1]), int(found[2])
    if last < first or (size is not None and last >= size):
        raise RefusedError(400, "badRequest", "Invalid request.  According to the Content-Range header, the upload "
                           "offset exceeds the total size.")  # fmt: skip
    return Sent(first, last, size)
