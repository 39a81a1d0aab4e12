"""Pictures as people hand them in -> as slides need them: each is painted once, however many slides show it."""

from __future__ import annotations

from pathlib import Path

from media_service.domain.episode import Planned
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key
from media_service.domain.script import Picture
from media_service.ports import Tools

VERSION = 1
"""Raise it when pictures painted before must be painted again."""


def paint(picture: Picture | None, episode: Planned, tools: Tools) -> Path | None:
    """Return where a picture of the episode lies, painted; None where there is no picture."""
    if picture is None:
        return None
    handed_in = episode.pictures[picture.sha256].path
    painter = tools.slides.version(None, episode.facts.kind.value)
    key = Key("painting", fingerprint(VERSION, picture.sha256, painter), ".png")
    return tools.shelf.obtain(key, type(None), lambda path: tools.slides.paint(handed_in, picture.name, path)).path
