"""Folder names as output paths and queue names can carry them: plain ASCII, lower case, never empty."""

from __future__ import annotations

import re

from media_service.domain.nearest import without_marks

LONGEST = 80
"""Characters kept; longer names meet the limits of file systems once products are named after them."""


def slug_of(name: str) -> str:
    """Return letters a-z, digits, `-` and `_` for a folder's name; empty where the name has no letter or digit."""
    bare = without_marks(name).lower()
    return re.sub(r"[^a-z0-9_]+", "-", bare)[:LONGEST].strip("-_")
