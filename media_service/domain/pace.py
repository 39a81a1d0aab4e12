"""How a work is paced for its listeners: one table drives rate, pauses, caption speed and length of shots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Age(StrEnum):
    """For whom a work is made."""

    YOUNG = "3-6"
    CHILD = "6-10"
    OLDER = "10+"


@dataclass(frozen=True, slots=True)
class Pace:
    """One age profile.

    Rates are Vietnamese syllables a second: `syllables_per_s` inside paragraphs with their pauses (a range to hold),
    `articulation` the rate asked of the voice, `articulation_limit` the highest allowed, both with pauses left out.
    What is asked lies below the limit, because captions must be readable at the speed of the voice.
    """

    syllables_per_s: tuple[float, float]
    articulation: float
    articulation_limit: float
    comma: timedelta
    sentence: timedelta
    paragraph: timedelta
    after_title: timedelta
    scene: timedelta
    caption_line: int
    """Characters a caption line may have."""
    caption_cps: int
    """Characters a second that nine captions in ten stay under."""
    caption_cps_limit: int
    shortest_shot: timedelta


def _s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


PACES: dict[Age, Pace] = {
    Age.YOUNG: Pace(
        (2.4, 2.9), 3.1, 3.4, _s(0.25), _s(0.6), _s(1.1), _s(2.0), _s(2.5), 32, 13, 17, _s(4),
    ),
    Age.CHILD: Pace(
        (2.8, 3.3), 3.5, 3.8, _s(0.25), _s(0.6), _s(1.1), _s(2.0), _s(2.5), 32, 15, 17, _s(2),
    ),
    Age.OLDER: Pace(
        (3.4, 4.2), 3.95, 4.7, _s(0.2), _s(0.45), _s(0.9), _s(2.0), _s(2.5), 42, 17, 20, _s(2),
    ),
}  # fmt: skip  # a row a profile; standards A9-A12, C1, C5, V10
"""The age profiles, after the library's standards for listening and reading speed."""

HEAD = _s(0.75)
"""Room tone before the first sound of an episode (ACX: 0.5-1.0 s)."""
TAIL = _s(3.0)
"""Room tone after the last sound (ACX: 1-5 s)."""
OUTRO_AFTER = _s(0.7)
"""From the last sound to the card that ends a film."""
OUTRO = _s(4.05)
"""So long that card stands: as long as any picture must (standard V10), within the tail that A8 allows."""
LONGEST_PAUSE = _s(3.5)
"""No pause inside an episode is longer."""
