"""A reading lexicon: words as they are written and as the voice is to say them, by people who know.

It changes what is heard, never what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon: `written`, one or several words, is said as `said`.

    Written in small letters it stands for every way of using capitals; a name with small letters in it also for the
    name all in capitals, as headings have it; and all capitals only for themselves.
    """

    written: str
    said: str
    note: str = ""
    reviewer: str = ""
    """Who listened to it; empty while nobody has."""

    def forms(self) -> Iterator[str]:
        """Yield every way of writing that it stands for."""
        yield self.written
        if not self.written.isupper():
            yield self.written.upper()
        if self.written.islower():
            yield self.written[0].upper() + self.written[1:]


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `first:last` of a text are those of an entry."""

    first: int
    last: int
    entry: Entry


_CHAINED = re.compile(r"[^\W_]-|\d/")
_CHAINS = re.compile(r"-[^\W\d_]|\.\d")


def _stands_alone(form: str, text: str, first: int, last: int) -> bool:
    """Tell whether a form is a word here; a short form is none inside the number of a paper (12/TV-NV)."""
    if form[-1] != "." and _WORD.match(text, last):
        return False
    is_part = _CHAINED.match(text, max(0, first - 2), first) or _CHAINS.match(text, last)
    return not (form.isupper() and is_part)


class Lexicon:
    """Entries to look texts up in; of two for the same writing the first counts, of two that begin alike the longer."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        starts: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            for form in entry.forms():
                opening = _WORD.match(form)
                if opening:
                    starts.setdefault(opening[0], {}).setdefault(form, entry)
        self._forms = {
            start: sorted(forms.items(), key=lambda pair: len(pair[0]), reverse=True) for start, forms in starts.items()
        }

    def find(self, text: str) -> Iterator[Found]:
        """Yield where entries stand in a text, whole words only, from left to right, none over another."""
        free = 0
        for word in _WORD.finditer(text):
            within = word.start() > 0 and text[word.start() - 1].isalpha()
            if word[0] not in self._forms or word.start() < free or within:
                continue
            for form, entry in self._forms[word[0]]:
                last = word.start() + len(form)
                if text.startswith(form, word.start()) and _stands_alone(form, text, word.start(), last):
                    yield Found(word.start(), last, entry)
                    free = last
                    break

    def entries_in(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text needs, each once, in the order they are met."""
        return tuple(dict.fromkeys(found.entry for found in self.find(text)))
