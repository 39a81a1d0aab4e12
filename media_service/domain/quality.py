"""Whether an episode keeps the library's standards: one measured value a gate, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """One standard, measured: `id` as in the standards (A2, V1 …), `value` as measured, `wanted` as people read it."""

    id: str
    name: str
    value: str
    wanted: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Every gate of one episode."""

    gates: tuple[Gate, ...]
