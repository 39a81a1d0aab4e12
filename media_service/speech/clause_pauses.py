"""How long a reader waits at the punctuation inside a passage (standard A9), by the age profile nearest to the pace.

Engines that can be told their pauses, or whose pauses can be set afterwards, ask here.
"""

from __future__ import annotations

from datetime import timedelta

from media_service.domain.pace import PACES, Pace

_SENTENCE_ENDS = frozenset(".?!…")
_WEIGHTY = frozenset(":;—–")
_WEIGHT = 1.4
"""A colon or a dash holds back a little longer than a comma."""


def nearest_pace(syllables_per_s: float) -> Pace:
    """Return the age profile whose articulation rate lies nearest to what is asked."""
    return min(PACES.values(), key=lambda pace: abs(pace.articulation - syllables_per_s))


def pause_between(between: str, following: str, pace: Pace) -> timedelta:
    """Return the pause for the marks `between` two words; `following` is what is said next.

    A stop before a small letter (“Ai đó?” tôi hỏi) ends no sentence and is read as a colon would be.
    """
    marks = frozenset(between)
    if marks & _SENTENCE_ENDS and not following[:1].islower():
        return pace.sentence
    if marks & (_SENTENCE_ENDS | _WEIGHTY):
        return pace.comma * _WEIGHT
    return pace.comma
