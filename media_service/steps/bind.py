"""Master and thumbnail -> the listener's copy: a sound file that says what it is."""

from __future__ import annotations

from media_service.domain.credits import artist, disclosures
from media_service.domain.episode import Bound, Described, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key
from media_service.ports import Tags, Tools

VERSION = 1
"""Raise it when copies made before must be made again."""


def bind(episode: Described, tools: Tools) -> Bound:
    """Make the MP3 of an episode, tagged, with its thumbnail as cover."""
    tools.progress.begin("bind", episode.name)
    tags, reach = _tags(episode), tools.shelf.reach
    key = Key(
        "mp3", fingerprint(VERSION, episode.master.key, episode.thumbnail.key, tags, tools.sound.version()), ".mp3"
    )
    return grow(
        episode,
        Bound,
        mp3=tools.shelf.obtain(
            key,
            type(None),
            lambda path: tools.sound.mp3(reach(episode.master.key), tags, reach(episode.thumbnail.key), path),
        ),
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
    )
