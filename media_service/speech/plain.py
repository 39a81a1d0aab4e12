"""A text made fit for an engine: only what can be said or paused at is left.

Every character knows where it came from; what signs and figures mean is the affair of the reading rules.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from media_service.errors import NothingToSayError
from media_service.messages import message

_CLUSTER = re.compile(r".[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f]*", re.DOTALL)
"""A character and the marks upon it: Vietnamese letters arrive in one piece or in three."""
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_DASH_IN_WORD = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_STOPS = re.compile(r"[.,;:?!…]{2,}")
_UNSAID = frozenset("*_[]{}|\\^~`<>•")
"""Marks that an engine would call by name; what they mean is the affair of the reading rules."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text ready to be spoken: `origin[i]` is the place in the given text of character `i`, one more for the end."""

    text: str
    origin: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    """Where each word stands in `text`: letters and digits in a row, a figure with its separators as one."""

    def given(self, first: int, last: int) -> tuple[int, int]:
        """Return the span of the given text that became `first:last` here."""
        return self.origin[first], self.origin[last]


def plain(text: str) -> Plain:
    """Compose letters (NFC), blank out control characters, emoji and markup signs, and keep one stop of several.

    Raises NothingToSayError where not one letter or digit is left.
    """
    letters: list[str] = []
    origin: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        composed = _sayable(unicodedata.normalize("NFC", cluster.group()))
        letters.append(composed)
        origin.extend([cluster.start()] * len(composed))
    said = _STOPS.sub(_one_stop, _DASH_IN_WORD.sub(" ", "".join(letters)))
    words = tuple(word.span() for word in _WORD.finditer(said))
    if not words:
        raise NothingToSayError(
            message("There is nothing to say in “{text}”; give the voice at least one word.", text=_shown(text))
        )
    return Plain(said, (*origin, len(text)), words)


def _sayable(cluster: str) -> str:
    category = unicodedata.category(cluster[0])
    picture = category in ("So", "Sk") and cluster[0] >= "\u2190"
    if category.startswith("C") or picture or cluster[0] in _UNSAID:
        return " " * len(cluster)
    return cluster


def _one_stop(stops: re.Match[str]) -> str:
    """Keep the strongest of several stops, at the same length: an engine would name the others aloud."""
    run = stops.group()
    kept = next((stop for stop in "?!" if stop in run), "…" if ".." in run or "…" in run else run[0])
    return kept.ljust(len(run))


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]
