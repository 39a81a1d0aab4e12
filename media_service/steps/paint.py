"""Pictures as people hand them in -> as slides need them: each is painted once, however many slides show it."""

from __future__ import annotations

from pathlib import Path

from media_service.domain.episode import Planned
from media_service.domain.fingerprint import fingerprint
from media_service.domain.look import look_of
from media_service.domain.product import Key, Product
from media_service.domain.script import Picture
from media_service.ports import Tools

VERSION = 1
"""Raise it when pictures painted before must be painted again."""


def paint(picture: Picture | None, episode: Planned, tools: Tools) -> Product[None] | None:
    """Return a picture of the episode, painted; None where there is no picture."""
    if picture is None:
        return None
    handed_in = episode.pictures[picture.sha256].key
    painter = tools.slides.version(None, look_of(episode.facts))
    key = Key("painting", fingerprint(VERSION, picture.sha256, painter), ".png")
    return tools.shelf.obtain(
        key, type(None), lambda path: tools.slides.paint(tools.shelf.reach(handed_in), picture.name, path)
    )


def reach(painted: Product[None] | None, tools: Tools) -> Path | None:
    """Return where a painted picture can be read; None where there is none."""
    return tools.shelf.reach(painted.key) if painted else None
