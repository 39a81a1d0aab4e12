"""Clips -> master: joined with their planned silences and mastered to the library's loudness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from media_service.domain.episode import Assembled, Narrated, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key
from media_service.ports import Silence, Tools

VERSION = 1
"""Raise it when masters made before must be made again."""


def assemble(episode: Narrated, tools: Tools) -> Assembled:
    """Join and master an episode's clips; the master is exactly as long as the timeline."""
    parts = tuple(_parts(episode))
    tools.progress.begin("assemble", episode.name)
    names = [part.length if isinstance(part, Silence) else part.fingerprint for part in parts]
    key = Key("master", fingerprint(VERSION, names, tools.sound.version()), ".flac")
    return grow(
        episode,
        Assembled,
        master=tools.shelf.obtain(key, int, lambda path: tools.sound.master(_reached(parts, tools), path)),
    )


def _reached(parts: Iterable[Key | Silence], tools: Tools) -> Iterator[Path | Silence]:
    return (part if isinstance(part, Silence) else tools.shelf.reach(part) for part in parts)


def _parts(episode: Narrated) -> Iterator[Key | Silence]:
    """Yield clips and the silences between them, just as the timeline says."""
    place = 0
    for utterance, clip in zip(episode.timeline.utterances, episode.clips, strict=True):
        yield Silence(utterance.start - place)
        yield clip.key
        place = utterance.end
    yield Silence(episode.timeline.length - place)
