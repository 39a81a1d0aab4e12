"""A production and its episodes; an episode's type names what is true of it, and grows with every step.

Planned -> Narrated -> Assembled -> Filmed -> Described -> Bound -> Inspected -> Presented
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from media_service.domain.casting import Cast
from media_service.domain.edition import OtherFilm
from media_service.domain.listing import Listing
from media_service.domain.manifest import EpisodeEntry
from media_service.domain.pace import PACES, Pace
from media_service.domain.passages import Passage
from media_service.domain.product import Product
from media_service.domain.quality import Report
from media_service.domain.script import Facts, Picture
from media_service.domain.slide import SlideFacts
from media_service.domain.subtitles import Caption
from media_service.domain.timeline import Clip, Timeline


@dataclass(frozen=True, slots=True)
class Planned:
    """An episode as its script plans it: one chapter, one video, one entry of the playlist."""

    facts: Facts
    cast: Cast
    number: int
    """From 1, of `count` episodes."""
    count: int
    title: str
    """The chapter's title; empty where the work is one piece."""
    passages: tuple[Passage, ...]
    file: str
    """The script, as a person would name it: a passage's line is a line of it."""
    pictures: Mapping[str, Product[Picture]]
    """The pictures on the shelf, by their SHA-256."""

    @property
    def name(self) -> str:
        """What people call the episode."""
        return self.title or self.facts.title

    @property
    def pace(self) -> Pace:
        """The pace of the work's age profile."""
        return PACES[self.facts.age]


@dataclass(frozen=True, slots=True)
class Narrated(Planned):
    """Every passage has its clip, and with the clips' lengths the timing is settled."""

    clips: tuple[Product[Clip], ...]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class Assembled(Narrated):
    """The clips are one master."""

    master: Product[int]


@dataclass(frozen=True, slots=True)
class Filmed(Assembled):
    """The film is whole: pictures and sound."""

    video: Product[int]
    others: tuple[OtherFilm, ...] = field(default=(), kw_only=True)
    """What else it is shown as, in the order of `Edition`; `video` is the main film."""


@dataclass(frozen=True, slots=True)
class Described(Filmed):
    """All that stands beside the film on a channel is written and drawn."""

    listing: Listing
    thumbnail: Product[None]
    """The one that is used: the first of the candidates, unless a person has chosen another."""
    captions: tuple[Caption, ...]
    candidates: tuple[Product[SlideFacts], ...] = dataclasses.field(default=(), kw_only=True)
    """The thumbnails to choose from; none on what was described before there were several."""


@dataclass(frozen=True, slots=True)
class Bound(Described):
    """The listener's copy is made."""

    mp3: Product[None]


@dataclass(frozen=True, slots=True)
class Inspected(Bound):
    """The finished files are measured against the standards."""

    quality: Report


@dataclass(frozen=True, slots=True)
class Presented(Inspected):
    """People can look at it; only a person leads on from here."""

    entry: EpisodeEntry


STATES: Mapping[str, type[Planned]] = {
    state.__name__.lower(): state
    for state in (Planned, Narrated, Assembled, Filmed, Described, Bound, Inspected, Presented)
}
"""The states by their names, in the order of work."""


Grown = TypeVar("Grown", bound=Planned)


def grow(episode: Planned, into: type[Grown], **gained: Any) -> Grown:
    """Return the episode with what a step has added, as the state that is now true."""
    had: dict[str, Any] = {field.name: getattr(episode, field.name) for field in dataclasses.fields(episode)}
    return into(**had, **gained)


@dataclass(frozen=True, slots=True)
class Production:
    """What one job asks for: its episodes in order; `job` is the name of its folder."""

    job: str
    facts: Facts
    episodes: tuple[Planned, ...]
