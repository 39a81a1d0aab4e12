"""How a span of a text is said otherwise than what stands around it: slower, stressed, spelt, by another voice.

Also what is only shown: notes of sounds. How authors write all this is the affair of the intake.
"""

from __future__ import annotations

from dataclasses import dataclass

SLOW = 0.75
"""Times the pace, where an author asks for slow speech; three quarters are heard at once and still flow."""
FAST = 1.25
STRESSED = 0.88
"""Emphasis in Vietnamese is length and weight: a stressed span takes its time,"""
STRESS_DB = 1.5
"""and is that much louder; more would leave the 2 LU in which voices are kept together (A6)."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a span is said; what is left at its default is as around it."""

    rate: float = 1.0
    """Times the pace of the work."""
    stressed: bool = False
    spelt: bool = False
    """Said letter by letter."""
    speaker: str = ""
    """Whose voice says it, by the name in the cast."""
    voice: str = ""
    """Which voice says it, by the name of its profile."""
    language: str = ""
    """Which language it is in, where that is not the work's: a voice of that language says it."""
    shown_only: bool = False
    """A note of a sound, which captions show and nobody says."""

    def inside(self, outer: Manner) -> Manner:
        """Return the manner of a span that stands inside another: the inner one's wishes, then the outer one's."""
        named = self.speaker or self.voice or self.language
        whose = self if named else outer
        return Manner(
            rate=self.rate * outer.rate,
            stressed=self.stressed or outer.stressed,
            spelt=self.spelt or outer.spelt,
            speaker=whose.speaker,
            voice=whose.voice,
            language=whose.language,
            shown_only=self.shown_only or outer.shown_only,
        )

    @property
    def pace(self) -> float:
        """Times the pace of the work, emphasis counted in."""
        return self.rate * (STRESSED if self.stressed else 1.0)

    @property
    def lift_db(self) -> float:
        """How much louder than its voice speaks otherwise."""
        return STRESS_DB if self.stressed else 0.0


AS_AROUND = Manner()
"""No wish at all."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters `first:last` of a text are said in a manner of their own, as line `line` of the script asks."""

    first: int
    last: int
    manner: Manner
    line: int

    def moved(self, begin: int, end: int) -> Marked | None:
        """Return what of it lies in characters `begin:end` of its text, counted from there; None for nothing."""
        first, last = max(self.first, begin), min(self.last, end)
        return Marked(first - begin, last - begin, self.manner, self.line) if first < last else None
