"""Folder names as output paths and queue names can carry them: plain ASCII, lower case, never empty."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
"""Characters kept; longer names meet the limits of file systems once products are named after them."""


def slug_of(name: str) -> str:
    """Return letters a-z, digits, `-` and `_` for a folder's name; empty where the name has no letter or digit."""
    bare = without_marks(name).lower()
    return re.sub(r"[^a-z0-9_]+", "-", bare)[:LONGEST].strip("-_")


def without_marks(text: str) -> str:
    """Return text with every Vietnamese letter as its bare Latin one (`Đường` -> `Duong`)."""
    parts = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in parts if not unicodedata.combining(char))
