"""What those who review see beside a film: the outline of its sound and its slides on one sheet.

Made with the inspection, and once only; also for episodes that were made before there were any.
"""

from __future__ import annotations

from media_service.domain.episode import Assembled, Filmed
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.strip import moments
from media_service.domain.waveform import PER_SECOND
from media_service.inspection import Inspector
from media_service.ports import Shelf

VERSION = 1
"""Raise it when outlines and sheets made before must be made again."""


def waveform(episode: Assembled, inspector: Inspector, shelf: Shelf) -> Product[None]:
    """Return the outline of an episode's sound."""
    master = episode.master.key
    key = Key("waveform", fingerprint(VERSION, PER_SECOND, master), ".u8")
    return shelf.obtain(key, type(None), lambda path: inspector.waveform(shelf.reach(master), path))


def strip(episode: Filmed, inspector: Inspector, shelf: Shelf) -> Product[None]:
    """Return the sheet of an episode's slides."""
    film, at = episode.video.key, moments(episode.timeline)
    key = Key("strip", fingerprint(VERSION, film, at), ".jpg")
    return shelf.obtain(key, type(None), lambda path: inspector.strip(shelf.reach(film), at, path))
