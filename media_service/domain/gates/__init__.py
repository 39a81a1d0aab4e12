"""The library's standards as gates over measured facts, a table a subject; each row is one small pure function.

Who builds something that a standard asks for adds what it measures to `Evidence` and a row to a table.
"""

from __future__ import annotations

from media_service.domain.gates.captions import CAPTIONS
from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.films import FILMS
from media_service.domain.gates.music import MUSIC
from media_service.domain.gates.narration import NARRATION
from media_service.domain.gates.package import PACKAGE
from media_service.domain.gates.pauses import PAUSES
from media_service.domain.gates.picture import PICTURE
from media_service.domain.gates.slides import SLIDES
from media_service.domain.gates.sound import SOUND
from media_service.domain.gates.standard import Standard, gates
from media_service.domain.quality import Report

STANDARDS: tuple[Standard, ...] = (
    *SOUND,
    *MUSIC,
    *PAUSES,
    *NARRATION,
    *CAPTIONS,
    *PICTURE,
    *SLIDES,
    *FILMS,
    *PACKAGE,
)
"""Every standard, in the order in which a report tells them."""

__all__ = ["STANDARDS", "Evidence", "report"]


def report(evidence: Evidence) -> Report:
    """Hold an episode to every standard that can be measured on it."""
    return Report(tuple(gates(STANDARDS, evidence)))
