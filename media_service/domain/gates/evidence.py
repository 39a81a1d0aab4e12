"""All that an episode is judged by, as one value: what was planned, and what its finished files measure."""

from __future__ import annotations

from dataclasses import dataclass

from media_service.domain.edition import Edition
from media_service.domain.listing import Listing
from media_service.domain.measured import (
    BedFacts,
    BookPartFacts,
    Coding,
    FilmFacts,
    FilmSeen,
    PictureFile,
    SoundFacts,
    Span,
)
from media_service.domain.pace import Pace
from media_service.domain.reels import Reel
from media_service.domain.slide import SlideFacts
from media_service.domain.storyboard import Shot
from media_service.domain.subtitles import Caption
from media_service.domain.timeline import SAMPLE_RATE, Clip, Timeline, seconds


@dataclass(frozen=True, slots=True)
class OtherEvidence:
    """A film beside the main one: what was planned for it, what its file says, and what is seen and heard of it."""

    reel: Reel
    facts: FilmFacts
    seen: FilmSeen | None = None
    sound: SoundFacts | None = None


@dataclass(frozen=True, slots=True)
class SlideEvidence:
    """A drawn slide, or block of text: the film it belongs to, when that first shows it, and what is seen on it."""

    edition: Edition
    at_s: float
    facts: SlideFacts


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was planned, and what the finished files measure.

    What not every episode has comes last, with a default: a standard that finds nothing to measure says None.
    """

    timeline: Timeline
    pace: Pace
    captions: tuple[Caption, ...]
    listing: Listing
    film: FilmFacts
    film_sound: SoundFacts
    mp3: SoundFacts
    clips: tuple[Clip, ...] = ()
    """What each utterance was made from, in their order."""
    levels: tuple[float, ...] = ()
    """How loud each utterance is in the listener's copy, in LUFS, in their order."""
    master: Coding | None = None
    mp3_coding: Coding | None = None
    book_part: BookPartFacts | None = None
    seen: FilmSeen | None = None
    """What is seen of the film; `looks` are those of the moments when each slide stands (`standing_moments`)."""
    thumbnail: PictureFile | None = None
    shots: tuple[Shot, ...] = ()
    """How the main film is shot."""
    others: tuple[OtherEvidence, ...] = ()
    unmade: tuple[Edition, ...] = ()
    """Films that the script asks for and that could not be made."""
    slides: tuple[SlideEvidence, ...] = ()
    """What is drawn for all films, each once a film."""
    thumbnails: tuple[SlideFacts, ...] = ()
    bed: BedFacts | None = None
    """How the film's music lies under its voice; None where it has none."""

    @property
    def pauses(self) -> tuple[Span, ...]:
        """Where nothing is said: heard in the film, or where music fills its pauses, in the voice alone."""
        return self.mp3.pauses if self.bed else self.film_sound.pauses


def standing_moments(timeline: Timeline) -> tuple[float, ...]:
    """Return a second for each slide at which it stands alone: fades are over, the next is not there yet."""
    ends = [*(one.start for one in timeline.slides[1:]), timeline.length]
    stands = zip(timeline.slides, ends, strict=True)
    return tuple(round(seconds(min(one.start + SAMPLE_RATE, (one.start + end) // 2)), 3) for one, end in stands)
