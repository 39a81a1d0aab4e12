"""Standards of what is published beside the film: chapters and listing (P1, P6)."""

from __future__ import annotations

import re
from itertools import pairwise

from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import RULE, Measured, Standard
from media_service.domain.listing import faults
from media_service.domain.timeline import seconds

_CHAPTER = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d\d) \S", re.MULTILINE)
SHORTEST_CHAPTER_S = 10


def _chapters(of: Evidence) -> Measured | None:
    """Hold the chapters that the description lists to what makes the platform show them."""
    found = _CHAPTER.findall(of.listing.description)
    if not found:
        return None
    starts = [int(hours or 0) * 3600 + int(minutes) * 60 + int(second) for hours, minutes, second in found]
    lengths = [end - start for start, end in pairwise([*starts, seconds(of.timeline.length)])]
    passed = starts[0] == 0 and len(starts) >= 3 and min(lengths) >= SHORTEST_CHAPTER_S
    return Measured(f"{len(starts)}, 0:{starts[0]:02d}, {min(lengths):.0f} s", "≥ 3, 0:00, ≥ 10 s", passed=passed)


def _listing(of: Evidence) -> Measured:
    wrong = faults(of.listing)
    return Measured("; ".join(map(str, wrong)) or "yes", "yes", passed=not wrong)


PACKAGE = (
    Standard("P1", "chapter marks", RULE, _chapters),
    Standard("P6", "listing within the platform's limits", RULE, _listing),
)
