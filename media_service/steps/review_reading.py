"""A production's riskiest readings -> one page for a native listener; clips that are there are not spoken again."""

from __future__ import annotations

from pathlib import Path

from media_service.domain.episode import Narrated, Production
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key
from media_service.domain.reading_sheet import ReadingEntry, ReadingSheet
from media_service.domain.risky_readings import RiskyReading, riskiest
from media_service.ports import Tools
from media_service.steps.narrate import narrate

VERSION = 1
"""Raise it when excerpts made before must be made again."""
PAGE = "review-reading.html"
"""What the page is called in the production's folder."""


def review_reading(production: Production, count: int, tools: Tools) -> tuple[str, int]:
    """Show the page of so many readings; return its name in the output folder, and how many there are."""
    episodes = [narrate(episode, tools) for episode in production.episodes]
    entries = tuple(_entry(one, episodes, tools) for one in riskiest(episodes, count))
    name = f"{production.facts.slug}/{PAGE}"
    sheet = ReadingSheet(production.facts.slug, production.facts.title, entries)
    tools.display.show(tools.pages.readings(sheet), name)
    return name, len(entries)


def _entry(one: RiskyReading, episodes: list[Narrated], tools: Tools) -> ReadingEntry:
    episode = next(episode for episode in episodes if episode.number == one.episode)
    passage = episode.passages[one.passage]
    return ReadingEntry(
        reading=one,
        episode=episode.name,
        text=passage.text,
        said=passage.spoken().text,
        line=passage.line,
        sound=_sound(episode.clips[one.passage].key, tools).read_bytes(),
    )


def _sound(clip: Key, tools: Tools) -> Path:
    key = Key("excerpt", fingerprint(VERSION, clip), ".mp3")
    made = tools.shelf.obtain(key, type(None), lambda path: tools.sound.excerpt(tools.shelf.reach(clip), path))
    return tools.shelf.reach(made.key)
