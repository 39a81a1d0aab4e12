"""An episode cut into passages: what is spoken in one go, by one voice, with the silence planned after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from media_service.domain.casting import Voice
from media_service.domain.slide import Slide


class Role(StrEnum):
    """What a passage is in the work."""

    TITLE = "title"
    SENTENCE = "sentence"
    VERSE = "verse"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, title or verse line as shown, who says it, and what changes on the screen when it begins."""

    text: str
    """Shown text, NFC, one line."""
    voice: Voice
    role: Role
    line: int
    """Line in the script; 0 for what the program adds (titles, credits)."""
    pause: timedelta
    """Silence planned after it; zero behind the last one."""
    speaker: str | None = None
    slide: Slide | None = None
    """Stands from here on; None: nothing changes."""
    mark: str = ""
    """Title of the chapter mark that begins here; empty: none."""
