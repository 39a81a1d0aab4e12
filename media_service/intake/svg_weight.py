"""How many elements an SVG makes of itself when its references are followed: ten lines can ask for a billion shapes."""

from __future__ import annotations

from bisect import bisect_left

DEEPEST = 50
"""References that may follow one another."""
MOST_STEPS = 2_000_000
"""References looked at before the counting is given up."""


class Weight:
    """Counts the elements of an SVG as they open and close, and what `<use>` and its like repeat."""

    def __init__(self, limit: int) -> None:
        self.elements = 0
        self._limit = limit
        self._open: list[int] = []
        self._inside: list[int] = []
        """For each element, how many elements it holds, itself among them."""
        self._named: dict[str, int] = {}
        self._users: list[int] = []
        self._targets: list[str] = []
        """References in the order of their elements: who refers, to which id."""
        self._known: dict[int, int] = {}
        self._steps = 0

    def start(self, id_: str, targets: list[str]) -> None:
        """Count an element that opens; `targets` are the ids it refers to."""
        number = self.elements
        self.elements += 1
        self._open.append(number)
        self._inside.append(1)
        if id_:
            self._named.setdefault(id_, number)
        for target in targets:
            self._users.append(number)
            self._targets.append(target)

    def end(self) -> None:
        """Count the innermost open element as closed."""
        number = self._open.pop()
        if self._open:
            self._inside[self._open[-1]] += self._inside[number]

    def is_too_much(self) -> bool:
        """Tell, once all is closed, whether what is drawn exceeds the limit, or something repeats itself for ever."""
        return bool(self._inside) and self._drawn(0, 0) > self._limit

    def _drawn(self, number: int, depth: int) -> int:
        """Return how many elements are drawn for one; more than the limit where it cannot be counted."""
        if number in self._known:
            return self._known[number]
        if depth > DEEPEST:  # a long chain of references, or a circle
            return self._limit + 1
        total = self._inside[number]
        first = bisect_left(self._users, number)
        last = bisect_left(self._users, number + self._inside[number])
        self._steps += last - first
        for at in range(first, last):
            target = self._named.get(self._targets[at])
            if total > self._limit or self._steps > MOST_STEPS:
                return self._limit + 1
            if target is not None:
                total += self._drawn(target, depth + 1)
        self._known[number] = total
        return total
