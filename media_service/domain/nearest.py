"""What somebody probably meant: the nearest of the names that exist, whatever marks and capitals were written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def nearest(written: str, known: Iterable[str]) -> str:
    """Return the known name nearest to what was written, empty where none is near; case and marks count little."""
    bare = {without_marks(name).casefold(): name for name in known}
    near = get_close_matches(without_marks(written).casefold(), bare, n=1, cutoff=0.7)
    return bare[near[0]] if near else ""


def without_marks(text: str) -> str:
    """Return text with every Vietnamese letter as its bare Latin one (`Đường` -> `Duong`)."""
    parts = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in parts if not unicodedata.combining(char))
