"""What a slide's look is drawn from: a template and the parts that all share; `filling` finds and fills them."""

from __future__ import annotations

from media_service.filling import Folders, find

PARTS = "slides/parts"
"""Drawings that templates share; a change there may change every slide."""


def sources(folders: Folders, name: str) -> dict[str, str]:
    """Return the text of a template and of all shared parts, by name: what its picture may depend on."""
    names = {name}
    for folder in folders:
        names.update(path.relative_to(folder).as_posix() for path in (folder / PARTS).rglob("*.svg"))
    return {each: find(folders, each).read_text("utf-8") for each in sorted(names)}
