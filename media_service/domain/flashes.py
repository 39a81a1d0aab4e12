"""Counts flashes as WCAG 2.3.1 means them: two opposing changes of brightness, however many steps each takes.

Standard V8: a fade or a cut is half a flash; ours have at most one flash in any second.
"""

from __future__ import annotations

from collections import deque

from media_service.domain.measured import Span

CHANGE = 0.10
"""Of relative luminance, from 0 to 1: what counts as a change."""
MOST = 1.0
"""Flashes in a second that are no flicker yet."""
HALF_A_FRAME_S = 0.017
"""Changes a whole second apart do not fall into one, however their times were rounded."""


class FlashCounter:
    """Follows one brightness through a film; `take` it frame by frame, in order. A frame left out is like the last."""

    def __init__(self, change: float = CHANGE) -> None:
        self._change = change
        self._low: float | None = None
        self._high: float | None = None
        self._rising: bool | None = None
        self._recent: deque[float] = deque()
        self.most = 0.0
        """Most flashes in any second so far."""
        self.spans: list[Span] = []
        """Seconds with more than `MOST` of them."""

    def take(self, at_s: float, level: float) -> None:
        """See the next frame: a change is over once the level has turned by as much."""
        low = level if self._low is None else min(self._low, level)
        high = level if self._high is None else max(self._high, level)
        self._low, self._high = low, high
        if self._rising is not True and level - low >= self._change:
            self._turn(at_s, rising=True, level=level)
        elif self._rising is not False and high - level >= self._change:
            self._turn(at_s, rising=False, level=level)
        elif self._rising:
            self._low = self._high
        elif self._rising is False:
            self._high = self._low

    def _turn(self, at_s: float, rising: bool, level: float) -> None:
        self._rising = rising
        self._low = self._high = level
        self._recent.append(at_s)
        while self._recent[0] <= at_s - 1 + HALF_A_FRAME_S:
            self._recent.popleft()
        flashes = len(self._recent) / 2
        self.most = max(self.most, flashes)
        if flashes > MOST:
            self._note(Span(self._recent[0], at_s))

    def _note(self, span: Span) -> None:
        if self.spans and span.start_s <= self.spans[-1].end_s:
            span = Span(self.spans.pop().start_s, span.end_s)
        self.spans.append(span)
