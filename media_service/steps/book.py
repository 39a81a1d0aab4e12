"""Episodes -> book: what listeners of a whole production take along, one file with every chapter in it."""

from __future__ import annotations

from collections.abc import Sequence

from media_service.domain.credits import artist, disclosures
from media_service.domain.episode import Bound, Production
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.tags import Tags
from media_service.domain.timeline import Mark
from media_service.ports import BookPart, Tools
from media_service.steps.bind import book_part

VERSION = 1
"""Raise it when books made before must be made again."""
COVER_VERSION = 1


def bound(production: Production, episodes: Sequence[Bound], tools: Tools) -> Product[None]:
    """Bind the episodes' sound to one M4B; an episode that has not changed is not encoded again."""
    parts = [(book_part(episode, tools), episode.timeline.length, chapters(episode)) for episode in episodes]
    tags, cover, reach = _tags(production, episodes), _cover(episodes[0], tools), tools.shelf.reach
    key = Key("book", fingerprint(VERSION, parts, cover.key, tags, tools.sound.version()), ".m4b")
    return tools.shelf.obtain(
        key,
        type(None),
        lambda path: tools.sound.book(
            [BookPart(reach(sound), length, marks) for sound, length, marks in parts], tags, reach(cover.key), path
        ),
    )


def chapters(episode: Bound) -> tuple[Mark, ...]:
    """Return an episode's chapters in the book: its title where it is one of several, then the marks inside it."""
    marks = episode.timeline.marks or (Mark(episode.name, 0),)
    if episode.count == 1:
        return marks
    return (Mark(episode.name, 0), *(mark for mark in marks if mark.start))


def _tags(production: Production, episodes: Sequence[Bound]) -> Tags:
    facts = production.facts
    voices = dict.fromkeys(voice for episode in episodes for voice in episode.cast.voices())
    told = dict.fromkeys(sentence for episode in episodes for sentence in disclosures(episode.cast))
    return Tags(
        title=facts.title,
        album=facts.title,
        artist=artist(facts),
        narrator=", ".join(dict.fromkeys(voice.title for voice in voices)),
        number=1,
        count=1,
        language=facts.language,
        year=facts.year,
        comment=" ".join(told),
    )


def _cover(first: Bound, tools: Tools) -> Product[None]:
    key = Key("cover", fingerprint(COVER_VERSION, first.thumbnail.key), ".jpg")
    return tools.shelf.obtain(
        key, type(None), lambda path: tools.slides.cover(tools.shelf.reach(first.thumbnail.key), path)
    )
