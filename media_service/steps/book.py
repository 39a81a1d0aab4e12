"""Chapters -> book: what listeners of a whole production take along, one file with every chapter in it."""

from __future__ import annotations

from collections.abc import Sequence

from media_service.domain.conclusion import BookChapter
from media_service.domain.credits import artist, disclosures
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.script import Facts
from media_service.domain.tags import Tags
from media_service.ports import BookPart, Tools
from media_service.steps.bind import book_part

VERSION = 1
"""Raise it when books made before must be made again."""
COVER_VERSION = 1


def bound(facts: Facts, chapters: Sequence[BookChapter], tools: Tools) -> Product[None]:
    """Bind the chapters' sound to one M4B; a chapter that has not changed is not encoded again."""
    parts = [(book_part(chapter.master, tools), chapter.length, chapter.marks) for chapter in chapters]
    tags, cover, reach = _tags(facts, chapters), _cover(chapters[0].thumbnail, tools), tools.shelf.reach
    key = Key("book", fingerprint(VERSION, parts, cover.key, tags, tools.sound.version()), ".m4b")
    return tools.shelf.obtain(
        key,
        type(None),
        lambda path: tools.sound.book(
            [BookPart(reach(sound), length, marks) for sound, length, marks in parts], tags, reach(cover.key), path
        ),
    )


def _tags(facts: Facts, chapters: Sequence[BookChapter]) -> Tags:
    voices = dict.fromkeys(voice for chapter in chapters for voice in chapter.cast.voices())
    told = dict.fromkeys(sentence for chapter in chapters for sentence in disclosures(chapter.cast))
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


def _cover(thumbnail: Key, tools: Tools) -> Product[None]:
    key = Key("cover", fingerprint(COVER_VERSION, thumbnail), ".jpg")
    return tools.shelf.obtain(key, type(None), lambda path: tools.slides.cover(tools.shelf.reach(thumbnail), path))
