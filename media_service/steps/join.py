"""Shots and sound -> a film. The sound is made from the master, all of it or a passage; no shot is encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from media_service.domain.episode import Assembled
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.reels import Reel
from media_service.domain.short_film import Stretch
from media_service.domain.timeline import SAMPLES_PER_FRAME
from media_service.ports import Tools
from media_service.steps.music import bed

VERSION = 1
"""Raise it when films joined before must be joined again."""


def sound(episode: Assembled, reel: Reel, tools: Tools) -> Product[None]:
    """Return the sound of a film: its voice, over the work's music where it has any."""
    master = _excerpt(episode, reel.stretch, tools) if reel.stretch else episode.master.key
    music, reach = bed(episode, tools, master), tools.shelf.reach
    stems = [master, *([music.key] if music else [])]
    key = Key("film-sound", fingerprint(VERSION, *stems, tools.sound.version()), ".m4a")
    return tools.shelf.obtain(
        key, type(None), lambda path: tools.sound.film_sound(reach(master), path, *map(reach, stems[1:]))
    )


def join(
    episode: Assembled, reel: Reel, shots: Sequence[Product[None]], heard: Product[None], tools: Tools
) -> Product[int]:
    """Return a film; it knows its length in samples."""
    name = fingerprint(VERSION, [shot.key for shot in shots], heard.key, episode.facts.language)
    length = sum(shot.frames for shot in reel.shots) * SAMPLES_PER_FRAME

    def make(path: Path) -> int:
        shown = [tools.shelf.reach(shot.key) for shot in shots]
        tools.film.join(shown, tools.shelf.reach(heard.key), episode.facts.language, path)
        return length

    return tools.shelf.obtain(Key("video", name, ".mp4"), int, make)


def _excerpt(episode: Assembled, stretch: Stretch, tools: Tools) -> Key:
    """Return the master of a passage."""
    heard = range(stretch.start, stretch.end)
    key = Key(
        "excerpt",
        fingerprint(VERSION, episode.master.key, heard.start, heard.stop, stretch.length, tools.sound.version()),
        ".flac",
    )

    def make(path: Path) -> None:
        tools.sound.passage(tools.shelf.reach(episode.master.key), heard, stretch.length, path)

    return tools.shelf.obtain(key, type(None), make).key
