"""What a person asks of an import, and the draft of a job that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from media_service.domain.intake_report import Report
from media_service.domain.script import Kind


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asks of an import."""

    kind: Kind = Kind.AUDIOBOOK
    record: Path | None = None
    """A catalogue record of the book."""
    suggest_cast: bool = False
    longest_min: float = 60.0
    """Minutes of a chapter, beyond which it is split."""
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A job that is not laid down yet: its script, the report, and the pictures that were written aside."""

    script: str
    report: Report
    pictures: tuple[str, ...]
