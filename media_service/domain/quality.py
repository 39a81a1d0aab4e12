"""Whether an episode keeps the library's standards: one measured value a gate, whether it holds, and where it does not.

All texts are English keys of the catalogue or figures, so that a report can be stored and put into any language later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """What a standard rests on."""

    RULE = "R"
    """A published rule or study."""
    PROPOSAL = "P"
    """Our own proposal, where there is none."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place where a gate does not hold: from `at_s` to `until_s`, seconds of the episode."""

    at_s: float
    until_s: float
    what: str
    """What is wrong there, as a key of the catalogue without places."""
    value: str = ""
    """As measured there."""
    text: str = ""
    """The words that are said or shown there."""
    line: int = 0
    """Line of the script; 0 where the program added the words, or none are meant."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One standard, measured: `id` as in the standards (A2, V1 …), `value` as measured, `wanted` as people read it."""

    id: str
    name: str
    value: str
    wanted: str
    passed: bool
    ground: Ground = Ground.PROPOSAL
    flaws: tuple[Flaw, ...] = ()
    """Where it does not hold, in order of time; empty where it holds or the whole file is meant."""


@dataclass(frozen=True, slots=True)
class VoiceHeard:
    """A voice that is heard in an episode, and in how many passages; `stand_in` where it speaks in another's place."""

    name: str
    engine: str
    passages: int
    draft: bool
    stand_in: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Every gate of one episode that has something to measure, and who speaks in it."""

    gates: tuple[Gate, ...]
    voices: tuple[VoiceHeard, ...] = ()

    @property
    def failed(self) -> tuple[Gate, ...]:
        """Return the gates that do not hold."""
        return tuple(gate for gate in self.gates if not gate.passed)
