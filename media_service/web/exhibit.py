"""An episode as it lies before its reviewer: films and outlines, what speaks against it, marks, slides, the listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from media_service.domain.episode import Presented
from media_service.domain.listing import fit_marks
from media_service.domain.obstacles import against, measured, owed
from media_service.domain.quality import Gate
from media_service.domain.rights import Right, Rights
from media_service.domain.service import Note, ReviewItem, Verdict
from media_service.domain.slide import PictureSlide, Slide
from media_service.domain.strip import ACROSS, HEIGHT, MOST, WIDTH, field, sheet
from media_service.domain.suspects import suspects
from media_service.domain.timeline import Mark, seconds
from media_service.messages import Message
from media_service.web.pages.outlines import parts
from media_service.web.visitor import Visitor
from media_service.words import BASES, KINDS, PARTS, VERDICTS
from media_service.youtube.sandbox.described import Piece, paragraphs

MOST_TO_HEAR = 15
"""Words that a reviewer is asked to listen to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in a film."""

    at_s: float
    said: str


@dataclass(frozen=True, slots=True)
class SlideSeen:
    """A slide on the strip: when it stands, where its small picture lies, and what it is."""

    at_s: float
    left: int
    top: int
    said: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the channel will show."""

    title: str
    paragraphs: Sequence[Sequence[Piece]]
    tags: tuple[str, ...]
    playlist: str
    made_for_kids: bool | None
    synthetic_media: bool


def exhibit(item: ReviewItem, made: Presented, visitor: Visitor) -> Mapping[str, object]:
    """Return what the page of an episode shows."""
    width, height = sheet(len(made.timeline.slides))
    return {
        "item": item,
        "media": parts(item.slug, item.number, item.content),
        "language": made.facts.language,
        "tongue": visitor.language,
        "length_s": seconds(made.timeline.length),
        "against": [visitor.translate(one) for one in against(item)],
        "measured": measured,
        "owed": [visitor.translate(one) for one in owed(item)],
        "gates": _gates(made),
        "marks": [Place(seconds(one.start), one.title) for one in _marks(made)],
        "sentences": [Place(seconds(one.start), one.passage.text) for one in made.timeline.utterances],
        "risky": _risky(made),
        "slides": _slides(made, visitor),
        "strip": {"width": width, "height": height, "across": ACROSS, "field": (WIDTH, HEIGHT)},
        "listing": _listing(made),
        "covers": _covers(item, made),
        "notes": _notes(item),
        "earlier": [one for one in item.notes if one.content and one.content != item.content],
        "verdicts": VERDICTS,
        "kinds": KINDS,
        "Verdict": Verdict,
        "bases": BASES,
        "rights": _rights(item.grounds.rights),
    }


def _marks(made: Presented) -> Sequence[Mark]:
    return fit_marks(made.timeline.marks, made.timeline.length) or made.timeline.marks


def _gates(made: Presented) -> Sequence[Gate]:
    """Return the gates, those that do not hold first."""
    return sorted(made.quality.gates, key=lambda gate: gate.passed)


def _risky(made: Presented) -> Sequence[Place]:
    """Return where each word that a voice may misread is said first, the most frequent word first."""
    said = made.timeline.utterances
    found = []
    for suspect in suspects(made.passages)[:MOST_TO_HEAR]:
        first = next((one for one in said if suspect.written in one.passage.text), None)
        if first is not None:
            found.append(Place(seconds(first.start), f"{suspect.written} · {first.passage.text}"))
    return found


def _slides(made: Presented, visitor: Visitor) -> Sequence[SlideSeen]:
    shown = made.timeline.slides[:MOST]
    return [
        SlideSeen(seconds(one.start), *field(number), _name(one.slide, visitor)) for number, one in enumerate(shown)
    ]


def _name(slide: Slide, visitor: Visitor) -> str:
    return slide.picture.name if isinstance(slide, PictureSlide) else visitor.put("Card with words")


def _listing(made: Presented) -> Shown:
    listing = made.listing
    return Shown(
        title=listing.title,
        paragraphs=paragraphs(listing.description, watch="?"),
        tags=listing.tags,
        playlist=listing.playlist,
        made_for_kids=listing.made_for_kids,
        synthetic_media=listing.synthetic_media,
    )


def _covers(item: ReviewItem, made: Presented) -> Sequence[tuple[int, str, bool]]:
    """Return the thumbnails to choose from: number, address, whether it is the one in use."""
    used = made.thumbnail.key
    return [
        (choice, f"/review/{item.slug}/{item.number}/cover/{choice}?v={one.key.fingerprint}", one.key == used)
        for choice, one in enumerate(made.candidates, 1)
    ]


def _notes(item: ReviewItem) -> Sequence[Note]:
    """Return what was said of this content, by the second that it is about."""
    said = [one for one in item.notes if not one.content or one.content == item.content]
    return sorted(said, key=lambda one: (one.at_s is None, one.at_s or 0.0, one.when))


def _rights(rights: Rights) -> Sequence[tuple[Message, Right | None]]:
    return [(said, getattr(rights, name)) for name, said in PARTS.items()]
