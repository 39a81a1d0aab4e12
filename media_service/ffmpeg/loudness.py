"""Loudness as the meter tells it, and how a level is settled: render, listen to what came out, correct, at most thrice.

Never by ffmpeg's `loudnorm`, which silently turns into an automatic gain rider when peaks stand in its way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

ROUNDS = 3
NEAR_LU = 0.2
"""A level this close is not corrected; the meter itself tells tenths."""
LEAST_EFFECT = 0.3
"""Gain is never raised on the belief that less of it arrives."""
MOST_RAISED_DB = 6.0
"""In one round; what needs more is out of reach, and crushing it would be worse than leaving it low."""
UNHEARD_LUFS = -69.0
"""The meter's answer where nothing lasts for the 0.4 s it needs: not a loudness."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What EBU R 128's meter said of a whole file; `lufs` is None where there was too little to hear."""

    lufs: float | None
    peak_dbtp: float
    range_lu: float


@dataclass(frozen=True, slots=True)
class Chain:
    """How a sound is brought to its level: gain, then a limiter."""

    gain_db: float
    limit_db: float


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a file shall come to lie: its loudness, and the true peak nothing in it may pass."""

    lufs: float
    peak_dbtp: float


def read(lines: Sequence[str]) -> Loudness:
    """Read the summary that the `ebur128` filter ends with."""
    said = "\n".join(lines)
    lufs = _last(r"\bI:\s+(\S+) LUFS", said)
    return Loudness(
        lufs if lufs > UNHEARD_LUFS else None, _last(r"Peak:\s+(\S+) dBFS", said), _last(r"LRA:\s+(\S+) LU", said)
    )


def settle(aim: Aim, chain: Chain, render: Callable[[Chain], Loudness]) -> Chain:
    """Call `render` until what it leaves keeps the aim, `ROUNDS` times at most; returns the chain of the last call."""
    effect = 1.0
    before: tuple[Chain, Loudness] | None = None
    used = chain
    for _ in range(ROUNDS):
        used, heard = chain, render(chain)
        if before is not None:
            effect = effect_of_gain(before, (chain, heard))
        chain = corrected(aim, used, heard, effect)
        if chain == used:
            break
        before = (used, heard)
    return used


def effect_of_gain(before: tuple[Chain, Loudness], after: tuple[Chain, Loudness]) -> float:
    """Return how many LU a decibel of gain last brought: one, or less where the limiter took some of it away."""
    gain = after[0].gain_db - before[0].gain_db
    if abs(gain) < NEAR_LU or before[1].lufs is None or after[1].lufs is None:
        return 1.0
    return min(1.0, max(LEAST_EFFECT, (after[1].lufs - before[1].lufs) / gain))


def corrected(aim: Aim, chain: Chain, heard: Loudness, effect: float = 1.0) -> Chain:
    """Return the chain that should have been used; the same one where nothing is amiss."""
    if heard.peak_dbtp > aim.peak_dbtp:
        chain = replace(chain, limit_db=chain.limit_db - (heard.peak_dbtp - aim.peak_dbtp) - 0.1)
    if heard.lufs is not None and abs(aim.lufs - heard.lufs) > NEAR_LU:
        chain = replace(chain, gain_db=chain.gain_db + min(MOST_RAISED_DB, (aim.lufs - heard.lufs) / effect))
    return chain


def _last(pattern: str, said: str) -> float:
    """Return the last number of that kind, minus infinity where there is none or it is not a number."""
    found = re.findall(pattern, said)
    number = float(found[-1]) if found else float("-inf")
    return number if number == number else float("-inf")  # noqa: PLR0124  # not a number is unlike itself
