"""Tells lines of verse from paragraphs that stand on lines of their own, where nothing says which they are."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 56
"""Characters of a line of verse."""


def looks_like_verse(lines: Sequence[str]) -> bool:
    """Tell whether lines are verse: three or more, short, mostly with capitals ahead and without full stops behind."""
    full = [line for line in lines if line]
    if len(full) < 3 or any(len(line) > LONGEST for line in full):
        return False
    spoken = sum(line[0] in '-–—“"•*' for line in full)
    stops = sum(line[-1] in ".!?…:" for line in full)
    capitals = sum(line.lstrip("“\"'‘(")[:1].isupper() for line in full)
    return spoken * 3 < len(full) and stops * 2 <= len(full) and capitals * 2 >= len(full)
