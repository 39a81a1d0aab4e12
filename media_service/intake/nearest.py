"""What somebody probably meant: the nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from media_service.intake.slug import without_marks


def nearest(written: str, known: Iterable[str]) -> str:
    """Return the known name nearest to what was written, empty where none is near; case and marks count little."""
    bare = {without_marks(name).casefold(): name for name in known}
    near = get_close_matches(without_marks(written).casefold(), bare, n=1, cutoff=0.7)
    return bare[near[0]] if near else ""
