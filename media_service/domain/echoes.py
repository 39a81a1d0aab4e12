"""Reduplication: syllables that echo each other and make one word (xanh xanh, lấp lánh, mừng mừng tủi tủi)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_WHOLE = 100.0
_HALF = 30.0

_ONSET = re.compile(r"ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]")
_LOW = frozenset("àằầèềìòồờùừỳãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ")
"""Vowels of the low register (huyền, ngã, nặng); an echo keeps to the register of its word."""


def echoes_at(syllables: Sequence[str], gap: int, apart: Collection[str]) -> float:
    """Return the price of parting syllables `gap` and `gap + 1` where they echo each other; 0 where they do not.

    The syllables are lower case, without marks. Words of `apart` (grammar, classifiers) only seem to echo.
    """
    first, second = syllables[gap], syllables[gap + 1]
    if first and first == second:
        return _WHOLE
    fours = [tuple(syllables[start : start + 4]) for start in range(max(gap - 2, 0), gap + 1)]
    if any(len(four) == 4 and _is_echo_of_four(four) for four in fours):
        return _WHOLE
    return _HALF if first not in apart and second not in apart and _half_echo(first, second) else 0


def _is_echo_of_four(four: Sequence[str]) -> bool:
    """Tell whether four syllables go A A B B (mừng mừng tủi tủi) or A B A C (tìm quanh tìm quất)."""
    one, two, three, last = four
    return bool(one and two) and ((one == two and three == last) or (one == three and two != last))


def _half_echo(first: str, second: str) -> bool:
    """Tell whether two syllables share their onset and their tone register, as nearly all such words do."""
    onset, other = _ONSET.match(first), _ONSET.match(second)
    same = onset is not None and other is not None and onset[0] == other[0]
    return same and bool(_LOW & set(first)) == bool(_LOW & set(second))
