"""Where a slot stands once the groups around it are moved and stretched, as editors do it with `transform`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STEP = re.compile(r"\s*(translate|scale|matrix)\s*\(([^()]*)\)\s*,?")
_STRAIGHT = 1e-6
"""What of a turn is left over by rounding."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Stretched by `across` and `down`, then moved by `x` and `y`."""

    across: float = 1.0
    down: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @property
    def scale(self) -> float:
        """How much larger a picture is seen."""
        return max(self.across, self.down)

    def then(self, inner: Shift) -> Shift:
        """Return what becomes of something that is shifted inside of this."""
        return Shift(
            self.across * inner.across,
            self.down * inner.down,
            self.x + self.across * inner.x,
            self.y + self.down * inner.y,
        )

    def box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Return a rectangle where it is seen."""
        return self.x + self.across * x, self.y + self.down * y, self.across * width, self.down * height


UNMOVED = Shift()


def shift_of(transform: str) -> Shift:
    """Read a `transform`; raises ValueError where it turns, slants or mirrors, which no slot can follow."""
    shift, done = UNMOVED, 0
    for step in _STEP.finditer(transform):
        if step.start() != done:
            break
        shift = shift.then(_one(step[1], [float(number) for number in re.split(r"[\s,]+", step[2].strip())]))
        done = step.end()
    if done != len(transform.rstrip()) or shift.across <= 0 or shift.down <= 0:
        raise ValueError(f"a slot cannot be turned, slanted or mirrored ({transform})")
    return shift


def _one(name: str, numbers: list[float]) -> Shift:
    if name == "translate" and len(numbers) in {1, 2}:
        return Shift(x=numbers[0], y=numbers[1] if len(numbers) == 2 else 0.0)
    if name == "scale" and len(numbers) in {1, 2}:
        return Shift(numbers[0], numbers[-1])
    if name == "matrix" and len(numbers) == 6 and max(map(abs, numbers[1:3])) < _STRAIGHT:
        return Shift(numbers[0], numbers[3], numbers[4], numbers[5])
    raise ValueError(f"a slot cannot be turned, slanted or mirrored ({name})")
