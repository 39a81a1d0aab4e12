"""What a sound file says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from media_service.domain.timeline import Mark


@dataclass(frozen=True, slots=True)
class Tags:
    """What a sound file says of itself."""

    title: str
    album: str
    artist: str
    narrator: str
    number: int
    count: int
    language: str
    year: str
    comment: str
    """Disclosure and rights, in people's words."""
    marks: tuple[Mark, ...] = ()
    """Its chapters, by samples; none where it has but one."""
    length: int = 0
    """Samples; needed where it has chapters."""
