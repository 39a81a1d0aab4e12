"""Master and thumbnail -> the listener's copy, a sound file that says what it is, and the episode's part of a book."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from media_service.domain.credits import artist, disclosures
from media_service.domain.episode import Bound, Described, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.tags import Tags
from media_service.ports import Tools

VERSION = 2
"""Raise it when copies made before must be made again."""
BOOK_VERSION = 2
"""The same of parts of books."""


def bind(episode: Described, tools: Tools) -> Bound:
    """Make the MP3 of an episode, tagged, with its thumbnail as cover, and encode its part of the production's book."""
    tools.progress.begin("bind", episode.name)
    with ThreadPoolExecutor(1) as beside:
        part = beside.submit(book_part, episode.master.key, tools)
        mp3 = _mp3(episode, tools)
        part.result()
    return grow(episode, Bound, mp3=mp3)


def book_part(master: Key, tools: Tools) -> Key:
    """Encode an episode's master for the book, where that has not been done."""
    key = Key("book-part", fingerprint(BOOK_VERSION, master, tools.sound.version()), ".m4a")
    return tools.shelf.obtain(key, type(None), lambda path: tools.sound.book_part(tools.shelf.reach(master), path)).key


def _mp3(episode: Described, tools: Tools) -> Product[None]:
    tags, reach = _tags(episode), tools.shelf.reach
    key = Key(
        "mp3", fingerprint(VERSION, episode.master.key, episode.thumbnail.key, tags, tools.sound.version()), ".mp3"
    )
    return tools.shelf.obtain(
        key,
        type(None),
        lambda path: tools.sound.mp3(reach(episode.master.key), tags, reach(episode.thumbnail.key), path),
    )


def _tags(episode: Described) -> Tags:
    facts = episode.facts
    voices = episode.cast.voices()
    return Tags(
        title=episode.name,
        album=facts.title,
        artist=artist(facts),
        narrator=", ".join(voice.title for voice in voices),
        number=episode.number,
        count=episode.count,
        language=facts.language,
        year=facts.year,
        comment=" ".join(disclosures(episode.cast)),
        marks=episode.timeline.marks,
        length=episode.timeline.length,
    )
