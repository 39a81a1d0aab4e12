"""Episode facts -> listing, captions and thumbnail: all that stands beside the film on a channel."""

from __future__ import annotations

from media_service.domain.credits import disclosures
from media_service.domain.episode import Described, Filmed, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.listing import Listing, Subject, fit_marks
from media_service.domain.product import Key, Product
from media_service.domain.slide import Thumbnail, picture_of, unnamed
from media_service.domain.subtitles import captions
from media_service.ports import Tools
from media_service.steps.paint import paint, reach

VERSION = 1
"""Raise it when thumbnails made before must be made again."""


def describe(episode: Filmed, tools: Tools) -> Described:
    """Write the listing and the captions, draw the thumbnail."""
    tools.progress.begin("describe", episode.name)
    return grow(
        episode,
        Described,
        listing=_listing(episode, tools),
        thumbnail=_thumbnail(episode, tools),
        captions=captions(episode.timeline, episode.pace),
    )


def _listing(episode: Filmed, tools: Tools) -> Listing:
    return tools.descriptions.describe(
        Subject(
            facts=episode.facts,
            chapter=episode.title,
            number=episode.number,
            count=episode.count,
            marks=fit_marks(episode.timeline.marks, episode.timeline.length),
            disclosures=disclosures(episode.cast),
        )
    )


def _thumbnail(episode: Filmed, tools: Tools) -> Product[None]:
    facts, style = episode.facts, episode.facts.kind.value
    first = next((picture_of(passage.slide) for passage in episode.passages if passage.slide), None)
    badge = str(episode.number) if episode.count > 1 else ""
    thumbnail = Thumbnail(facts.short_title or facts.title, badge, first)
    painted = paint(first, episode, tools)
    key = Key(
        "thumbnail", fingerprint(VERSION, unnamed(thumbnail), style, tools.slides.version(thumbnail, style)), ".jpg"
    )
    return tools.shelf.obtain(
        key, type(None), lambda path: tools.slides.thumbnail(thumbnail, style, reach(painted, tools), path)
    )
