"""On what ground the library may make and show each part of a work; publishing depends on it, making does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Why a part of a work may be used."""

    OWN_WORK = "own-work"
    PUBLIC_DOMAIN = "public-domain"
    LICENCE = "licence"
    PERMISSION = "permission"
    SYNTHETIC = "synthetic"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Right:
    """The ground for one part: `basis`, the proof of it, and the licence the part is under where it has one."""

    basis: Basis
    evidence: str = ""
    licence: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """The grounds for every part of a work; None where nobody has answered yet."""

    text: Right | None = None
    pictures: Right | None = None
    music: Right | None = None
    voice: Right | None = None

    def unanswered(self) -> tuple[str, ...]:
        """Name the parts whose ground nobody has given yet, in the order of the front matter."""
        parts = {"text": self.text, "pictures": self.pictures, "music": self.music, "voice": self.voice}
        return tuple(name for name, right in parts.items() if right is None)
