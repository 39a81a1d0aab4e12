"""Master and a piece of music -> the bed of a film: a stem of its own, so that what lies under the voice is measured.

Only films have one: listeners' copies are of the voice alone.
"""

from __future__ import annotations

from pathlib import Path

from media_service.domain.episode import Assembled
from media_service.domain.fingerprint import fingerprint
from media_service.domain.measured import BedFacts
from media_service.domain.product import Key, Product
from media_service.ports import Tools

VERSION = 1
"""Raise it when beds made before must be made again."""


def bed(episode: Assembled, tools: Tools, of: Key | None = None) -> Product[BedFacts] | None:
    """Lay the work's music, where it has any, under an episode, or under that master of a passage of it."""
    piece = next((piece for piece in tools.music if piece.name == episode.facts.music), None)
    if piece is None:
        return None
    master = of or episode.master.key
    key = Key("bed", fingerprint(VERSION, master, piece.sha256, tools.sound.version()), ".flac")
    music = Path(piece.file)
    return tools.shelf.obtain(key, BedFacts, lambda path: tools.sound.bed(tools.shelf.reach(master), music, path))
