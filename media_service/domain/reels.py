"""The films of an episode, each cut into shots: which ones its script asks for, or its kind and its listeners do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from media_service.domain.edition import Edition, Motion
from media_service.domain.fingerprint import fingerprint
from media_service.domain.look import Canvas
from media_service.domain.pace import PACES, Age
from media_service.domain.read_along import burned_in, read_along
from media_service.domain.script import Facts, Kind
from media_service.domain.short_film import Stretch, chosen, cut
from media_service.domain.slide import LabelledSlide, PageSlide, PictureSlide
from media_service.domain.storyboard import Direction, Shot, shots
from media_service.domain.timeline import Timeline

EDITIONS: Mapping[tuple[Kind, Age], tuple[Edition, ...]] = {
    (Kind.FAIRY_TALE, Age.CHILD): (Edition.READ_ALONG,),
    (Kind.BOOK_INTRODUCTION, Age.CHILD): (Edition.SHORT,),
    (Kind.BOOK_INTRODUCTION, Age.OLDER): (Edition.SHORT,),
    (Kind.AUDIOBOOK, Age.OLDER): (Edition.SOUND_ONLY,),
}
"""What is made beside the main film where a script does not say: children who learn to read follow the words of a
tale, a book is made known by a short film, and long listening needs no pictures."""


@dataclass(frozen=True, slots=True)
class Reel:
    """One film, ready to be shot. `stretch` is the part of the sound that it has; None: all of it."""

    edition: Edition
    canvas: Canvas
    shots: tuple[Shot, ...]
    stretch: Stretch | None = None


def motion(facts: Facts) -> Motion:
    """Return how the pictures of a work stand: those of audiobooks, which are listened to, still."""
    return facts.motion or (Motion.STILL if facts.kind is Kind.AUDIOBOOK else Motion.GENTLE)


def editions(facts: Facts) -> tuple[Edition, ...]:
    """Return the films of a work beside its main one."""
    return EDITIONS.get((facts.kind, facts.age), ()) if facts.editions is None else facts.editions


def main_reel(facts: Facts, number: int, timeline: Timeline) -> Reel:
    """Return the film that is published."""
    way = int(fingerprint(facts.slug, number), 16)
    direction = Direction(moving=motion(facts) is Motion.GENTLE, first_way=way)
    return Reel(Edition.MAIN, Canvas.WIDE, shots(timeline, direction))


def reels(facts: Facts, number: int, timeline: Timeline) -> tuple[Reel, ...]:
    """Return every film of an episode, the main one first; a short one only where there is a passage for it."""
    made = (_reel(edition, facts, timeline) for edition in editions(facts))
    return main_reel(facts, number, timeline), *(reel for reel in made if reel)


def unmade(facts: Facts, made: Iterable[Reel]) -> tuple[Edition, ...]:
    """Return the films that a script asks for by name and that could not be cut: a short one without its passage."""
    there = {reel.edition for reel in made}
    asked = (*(facts.editions or ()), *([Edition.SHORT] if facts.short and Edition.SHORT in editions(facts) else []))
    return tuple(edition for edition in dict.fromkeys(asked) if edition not in there)


def _reel(edition: Edition, facts: Facts, timeline: Timeline) -> Reel | None:
    pace = PACES[facts.age]
    if edition is Edition.SHORT:
        stretch = chosen(timeline, pace, facts.short)
        if stretch is None:
            return None
        part = cut(timeline, stretch)
        return Reel(edition, Canvas.TALL, shots(part, Direction(readings=burned_in(part, pace))), stretch)
    if edition is Edition.READ_ALONG:
        return Reel(edition, Canvas.WIDE, shots(_pages(timeline), Direction(readings=read_along(timeline, pace))))
    return Reel(edition, Canvas.WIDE, shots(_cards(timeline) if edition is Edition.SOUND_ONLY else timeline))


def _pages(timeline: Timeline) -> Timeline:
    """Return a timeline whose pictures stand above the place for a block of text, so that it hides none of them."""
    slides = (
        replace(one, slide=PageSlide(one.slide.picture, one.slide.focus))
        if isinstance(one.slide, PictureSlide)
        else one
        for one in timeline.slides
    )
    return replace(timeline, slides=tuple(slides))


def _cards(timeline: Timeline) -> Timeline:
    """Return a timeline without its pictures: cards alone; where it has none, as it is."""
    cards = [one for one in timeline.slides if not isinstance(one.slide, PictureSlide | LabelledSlide)]
    first = [replace(card, start=0) for card in cards[:1]]
    return replace(timeline, slides=(*first, *cards[1:])) if cards else timeline
