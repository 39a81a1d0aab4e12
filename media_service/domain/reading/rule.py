"""What a rule of reading is, and how rules share one text: what one has read, the later ones see only as a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from media_service.domain.reading.numbers import Region

AMOUNT = "\ue000"
"""Stands for every character of an amount, date or time that has been read."""
WORD = "\ue001"
"""Stands for every character of anything else that has been read."""
START = r"(?<![\w/.,:@+-])"
"""Nothing that a figure would belong to stands before it."""


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """Characters `first:last` of a text are read as `said` (empty: not at all), because of the rule of that name."""

    first: int
    last: int
    said: str
    rule: str


Say = Callable[[re.Match[str], Region], str | None]
"""What is said for a match; None leaves it to other rules. The match's string is the text as far as it is read."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where `pattern` matches (never emptily, in linear time), `say` tells what is said."""

    name: str
    pattern: re.Pattern[str]
    say: Say
    stands_for: str = AMOUNT
    group: int = 0
    """The part of the match that is read; the rest is only looked at."""
    needs: str = ""
    """A text without any of these characters has nothing for this rule; empty: always tried."""


class Sheet:
    """A text and what of it has been read so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.readings: list[Reading] = []
        self.unread = text
        """The text with all that has been read masked, character by character."""
        self._signs = frozenset(text)

    def apply(self, rule: Rule, region: Region) -> None:
        """Read what a rule can read of what is left."""
        if rule.needs and self._signs.isdisjoint(rule.needs):
            return
        if not rule.pattern.search(self.unread):  # most rules have nothing to do with most texts
            return
        found = []
        for match in rule.pattern.finditer(self.unread):
            said = rule.say(match, region)
            if said is not None:
                found.append(Reading(*match.span(rule.group), said, rule.name))
        self.claim(found, rule.stands_for)

    def claim(self, found: Sequence[Reading], stands_for: str) -> None:
        """Take readings in, which come in order and touch nothing that has been read."""
        if not found:
            return
        pieces, place = [], 0
        for reading in found:
            pieces += [self.unread[place : reading.first], stands_for * (reading.last - reading.first)]
            place = reading.last
        self.readings.extend(found)
        self.unread = "".join([*pieces, self.unread[place:]])


def words(text: str) -> frozenset[str]:
    """Return the words of a table."""
    return frozenset(text.split())


def literally(said: str) -> Say:
    """Return what says always the same."""
    return lambda _match, _region: said


def from_table(table: dict[str, str]) -> Say:
    """Return what says the table's word for a match."""
    return lambda match, _: table.get(match[0])


def before(match: re.Match[str], length: int = 24) -> str:
    """Return what stands before a match, in small letters."""
    return match.string[max(0, match.start() - length) : match.start()].casefold()


def after(match: re.Match[str], length: int = 24) -> str:
    """Return what stands behind a match, in small letters."""
    return match.string[match.end() : match.end() + length].casefold()


def last_word(text: str) -> str:
    """Return the word that a text ends with, empty where it ends with none or with a mark."""
    found = text.split()
    return found[-1].lstrip("(“\"'[") if found else ""
