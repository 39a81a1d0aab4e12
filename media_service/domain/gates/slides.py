"""Standards of the words on the slides of every film and on the thumbnails, by what was measured on them (V4-V7, V11).

A place that is at fault is told with the moment at which the main film shows it; in other films, at their beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from media_service.domain.gates.evidence import Evidence, SlideEvidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_least, none_of
from media_service.domain.quality import Flaw
from media_service.domain.slide import SlideFacts, TextSeen

ENOUGH = 7.0
TITLES = {"title", "section"}
STORY = {"text", "quote", "label", "label_deep", "chapter", "reading", "book", "library"}
TITLE, TOLD, BESIDE = 108, 72, 44
"""Pixels of the em at 1080 lines (V5): of titles, of the story's words and names on cards, of all beside them."""
STEP = 1.5
SAFE = 0.05
"""Of width and height: text keeps so far from each edge (EBU R 95)."""
TALL_MIDDLE, TALL_RIGHT = 1350, 180
"""Lines of an upright film that are always seen, and what buttons take of its right side."""
THUMBNAIL_EM = 76
"""Pixels: at a width of 160, an eighth of it, letters are still told apart."""
CORNER = (1000, 610)
"""Right of and below it a player writes the length of a video upon its thumbnail."""

Judge = Callable[[TextSeen, SlideFacts], bool]


def _contrast(of: Evidence) -> Measured | None:
    seen = [text.contrast for _, text in _texts(of)]
    flaws = _wrong(of, "words are hard to tell from what is behind them", lambda text, _: text.contrast < ENOUGH)
    return at_least(min(seen), ENOUGH, ": 1", flaws) if seen else None


def _size(least: int) -> Callable[[Evidence], Measured | None]:
    def measure(of: Evidence) -> Measured | None:
        sizes = [text.size for _, text in _texts(of) if _least(text) == least]
        small = _wrong(of, "words are too small", lambda text, _: _least(text) == least and text.size < least)
        return at_least(min(sizes), least, "px", small) if sizes else None

    return measure


def _least(text: TextSeen) -> int:
    if text.role in TITLES:
        return TITLE
    return TOLD if text.role in STORY else BESIDE


def _step(of: Evidence) -> Measured | None:
    steps = [text.step for _, text in _texts(of) if text.step]
    tight = _wrong(of, "lines stand too close", lambda text, _: bool(text.step) and text.step < STEP - 0.005)
    return at_least(round(min(steps), 2), STEP, "em", tight) if steps else None


def _inside(of: Evidence) -> Measured | None:
    flaws = tuple(_wrong(of, "words stand too near to the edge", lambda text, facts: not _is_safe(text, facts)))
    return none_of(flaws) if of.slides else None


def _is_safe(text: TextSeen, facts: SlideFacts) -> bool:
    left, right = SAFE * facts.width, (1 - SAFE) * facts.width
    top, bottom = SAFE * facts.height, (1 - SAFE) * facts.height
    if facts.height > facts.width:
        top, bottom = (facts.height - TALL_MIDDLE) / 2, (facts.height + TALL_MIDDLE) / 2
        right = facts.width - TALL_RIGHT
    return left <= text.left and text.right <= right and top <= text.top and text.bottom <= bottom


def _whole(of: Evidence) -> Measured | None:
    flaws = tuple(_wrong(of, "words are left out for want of room", lambda text, _: not text.whole))
    return none_of(flaws) if of.slides else None


def _wrong(of: Evidence, what: str, judge: Judge) -> Iterator[Flaw]:
    """Yield each slide on which some text is at fault, once."""
    for one in of.slides:
        worst = next((text for text in one.facts.texts if judge(text, one.facts)), None)
        if worst:
            yield Flaw(one.at_s, one.at_s, what, f"{worst.role}, {one.edition.value}")


def _texts(of: Evidence) -> Iterator[tuple[SlideEvidence, TextSeen]]:
    return ((one, text) for one in of.slides for text in one.facts.texts)


def _words(of: Evidence) -> Measured | None:
    """Hold a thumbnail to letters that a small picture still shows."""
    sizes = [min(text.size for text in facts.texts) for facts in of.thumbnails if facts.texts]
    return at_least(min(sizes), THUMBNAIL_EM, "px") if sizes else None


def _corner(of: Evidence) -> Measured | None:
    right, bottom = CORNER
    covered = sum(any(text.right > right and text.bottom > bottom for text in facts.texts) for facts in of.thumbnails)
    return Measured(str(covered), "0", passed=not covered) if of.thumbnails else None


def _seen(of: Evidence) -> Measured | None:
    contrasts = [text.contrast for facts in of.thumbnails for text in facts.texts]
    return at_least(min(contrasts), ENOUGH, ": 1") if contrasts else None


SLIDES = (
    Standard("V4", "contrast of words on slides", RULE, _contrast),
    Standard("V5", "size of titles", PROPOSAL, _size(TITLE)),
    Standard("V5", "size of the story's words", PROPOSAL, _size(TOLD)),
    Standard("V5", "size of all other words", PROPOSAL, _size(BESIDE)),
    Standard("V6", "step from line to line", PROPOSAL, _step),
    Standard("V7", "words outside the safe area", RULE, _inside),
    Standard("V7", "words left out", PROPOSAL, _whole),
    Standard("V11", "smallest words of the thumbnails", PROPOSAL, _words),
    Standard("V11", "contrast of words on thumbnails", RULE, _seen),
    Standard("V11", "words under a player's clock", PROPOSAL, _corner),
)
