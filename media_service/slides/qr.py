"""Addresses as QR codes (segno): a path in squares, which a template draws as large as it likes."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4
"""Squares of white around a code, without which phones do not find it (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code `size` squares across, its white edge counted; `path` draws its dark squares."""

    size: int
    path: str


def code(address: str) -> Code:
    """Return an address as a code that may be a quarter hidden; raises ValueError where it is too long for any."""
    made = segno.make_qr(address, error="q", boost_error=False)
    rows = [list(row) for row in made.matrix]
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return Code(len(rows) + 2 * QUIET, path)
