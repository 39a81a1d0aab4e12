"""What a production's book and manifest are made from: of each episode what they say of it, and none of its text.

An hour of speech has thousands of words, each with its time; a long work is concluded without holding them.
"""

from __future__ import annotations

from dataclasses import dataclass

from media_service.domain.casting import Cast
from media_service.domain.episode import Bound, Presented
from media_service.domain.heard import draft_heard
from media_service.domain.manifest import EpisodeEntry, StepWork
from media_service.domain.product import Key
from media_service.domain.script import Facts
from media_service.domain.timeline import Mark


@dataclass(frozen=True, slots=True)
class BookChapter:
    """A bound episode as its production's book has it."""

    marks: tuple[Mark, ...]
    """The book's chapters in it, from its own beginning: at least one."""
    length: int
    """In samples."""
    cast: Cast
    master: Key
    thumbnail: Key


@dataclass(frozen=True, slots=True)
class Finished:
    """A presented episode as its production's book and manifest have it."""

    chapter: BookChapter
    entry: EpisodeEntry
    draft_heard: bool


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A production whose episodes are all presented; `job` is the name of its folder."""

    job: str
    facts: Facts
    episodes: tuple[Finished, ...]
    work: StepWork
    """Everything that was done for it."""


def book_chapter(episode: Bound) -> BookChapter:
    """Return what the book says of an episode: its title where it is one of several, then the marks inside it."""
    marks = episode.timeline.marks or (Mark(episode.name, 0),)
    if episode.count > 1:
        marks = (Mark(episode.name, 0), *(mark for mark in marks if mark.start))
    return BookChapter(marks, episode.timeline.length, episode.cast, episode.master.key, episode.thumbnail.key)


def finished(episode: Presented) -> Finished:
    """Return what is kept of an episode until its production is concluded."""
    return Finished(book_chapter(episode), episode.entry, draft_heard(episode))
