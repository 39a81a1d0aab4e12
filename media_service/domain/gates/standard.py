"""What a standard is: an id, a name, its ground, and one small pure function that measures it on the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from media_service.domain.gates.evidence import Evidence
from media_service.domain.quality import Flaw, Gate, Ground

RULE, PROPOSAL = Ground.RULE, Ground.PROPOSAL


@dataclass(frozen=True, slots=True)
class Measured:
    """What a standard found: the value, what is wanted, whether it holds, and the places where it does not."""

    value: str
    wanted: str
    passed: bool
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """One row of a table of standards; `measure` returns None where the episode has nothing of the kind."""

    id: str
    name: str
    ground: Ground
    measure: Callable[[Evidence], Measured | None]


def gates(table: Iterable[Standard], evidence: Evidence) -> Iterator[Gate]:
    """Hold the evidence to every standard of a table that has something to measure."""
    for row in table:
        found = row.measure(evidence)
        if found is not None:
            yield Gate(row.id, row.name, found.value, found.wanted, found.passed, row.ground, found.flaws)


def within(value: float, limits: tuple[float, float], unit: str) -> Measured:
    """Hold a value between two limits."""
    low, high = limits
    return Measured(f"{value:.2f} {unit}", f"{low:g} – {high:g} {unit}", passed=low <= value <= high)


def at_most(value: float, limit: float, unit: str, flaws: Iterable[Flaw] = ()) -> Measured:
    """Hold a value under a limit."""
    return Measured(f"{value:.2f} {unit}", f"≤ {limit:g} {unit}", passed=value <= limit, flaws=tuple(flaws))


def at_least(value: float, limit: float, unit: str, flaws: Iterable[Flaw] = ()) -> Measured:
    """Hold a value above a limit."""
    return Measured(f"{value:.2f} {unit}", f"≥ {limit:g} {unit}", passed=value >= limit, flaws=tuple(flaws))


def same(value: object, wanted: object) -> Measured:
    """Hold a value to be just what is wanted."""
    return Measured(str(value), str(wanted), passed=value == wanted)


def none_of(flaws: Iterable[Flaw]) -> Measured:
    """Hold that something is nowhere: each flaw is a place where it is."""
    found = tuple(flaws)
    return Measured(str(len(found)), "0", passed=not found, flaws=found)
