"""Episode facts -> listing, captions and thumbnail: all that stands beside the film on a channel."""

from __future__ import annotations

from media_service.domain.credits import disclosures
from media_service.domain.episode import Described, Filmed, Planned, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.listing import Listing, Subject, fit_marks
from media_service.domain.look import look_of
from media_service.domain.product import Key, Product
from media_service.domain.slide import SlideFacts, Thumbnail, picture_of, unnamed
from media_service.domain.subtitles import Caption, Captions, captions
from media_service.domain.thumbnails import thumbnails
from media_service.ports import Tools
from media_service.steps.paint import paint, reach

VERSION = 1
"""Raise it when thumbnails made before must be made again."""
CAPTIONS_VERSION = 1
"""The same of captions."""
LISTING_VERSION = 1
"""The same of listings."""


def describe(episode: Filmed, tools: Tools) -> Described:
    """Write the listing and the captions, draw the thumbnails to choose from."""
    tools.progress.begin("describe", episode.name)
    candidates = drawn(episode, tools)
    return grow(
        episode,
        Described,
        listing=_listing(episode, tools),
        thumbnail=Product(candidates[0].key, None),
        candidates=candidates,
        captions=_captions(episode, tools),
    )


def drawn(episode: Planned, tools: Tools) -> tuple[Product[SlideFacts], ...]:
    """Draw the thumbnails to choose from, for which no film is needed."""
    return tuple(_thumbnail(thumbnail, episode, tools) for thumbnail in thumbnails(episode))


def _captions(episode: Filmed, tools: Tools) -> tuple[Caption, ...]:
    """Return the captions: they follow from what is heard and from its written text, and are weighed for some while."""
    texts = [said.passage.text for said in episode.timeline.utterances]
    key = Key("captions", fingerprint(CAPTIONS_VERSION, episode.master.key, texts, episode.pace), "")
    return tools.shelf.learn(key, Captions, lambda: Captions(captions(episode.timeline, episode.pace))).captions


def _listing(episode: Filmed, tools: Tools) -> Listing:
    subject = Subject(
        facts=episode.facts,
        chapter=episode.title,
        number=episode.number,
        count=episode.count,
        marks=fit_marks(episode.timeline.marks, episode.timeline.length),
        disclosures=disclosures(episode.cast),
    )
    key = Key("listing", fingerprint(LISTING_VERSION, subject, tools.descriptions.version()), "")
    return tools.shelf.learn(key, Listing, lambda: tools.descriptions.describe(subject))


def _thumbnail(thumbnail: Thumbnail, episode: Planned, tools: Tools) -> Product[SlideFacts]:
    look = look_of(episode.facts)
    painted = paint(picture_of(thumbnail), episode, tools)
    name = fingerprint(VERSION, unnamed(thumbnail), look, tools.slides.version(thumbnail, look))
    return tools.shelf.obtain(
        Key("thumbnail", name, ".jpg"),
        SlideFacts,
        lambda path: tools.slides.thumbnail(thumbnail, look, reach(painted, tools), path),
    )
