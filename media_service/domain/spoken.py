"""The written form of a text turned into what a voice is given, with a way back to the written characters.

The rules are in `reading`, the words that people know better in a `lexicon`; captions and highlights go on showing
what the author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from media_service.domain.lexicon import Lexicon
from media_service.domain.reading.letters import spelt
from media_service.domain.reading.marks import BLANKS, MARKS, Mark
from media_service.domain.reading.numbers import Region, digits
from media_service.domain.reading.order import AFTER_SHORT_FORMS, BEFORE_SHORT_FORMS
from media_service.domain.reading.rule import WORD, Reading, Sheet
from media_service.domain.reading.short_forms import SHORT_FORMS

_NOTHING = Lexicon()
_ENDS = frozenset(".?!…")
_CLOSING = '”"’»)]'
_OPENING = ' “"‘«([–—-'


@dataclass(frozen=True, slots=True)
class Span:
    """Spoken characters `first:last` stand for written ones `written_first:written_last`."""

    first: int
    last: int
    written_first: int
    written_last: int
    rule: str = ""
    """The rule that spoke; empty where the characters are as they were written, one by one."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a voice is given; empty where a text has nothing that can be said (`***`)."""

    text: str
    spans: tuple[Span, ...]
    """Cover the spoken text without holes, in order; the written stretches never go backwards."""

    def written(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of the written text that spoken characters `first:last` stand for; (0, 0) for none."""
        touched = [span for span in self.spans if span.first < last and span.last > first]
        if not touched:
            return (0, 0)
        begin, end = touched[0], touched[-1]
        ahead = 0 if begin.rule else max(first - begin.first, 0)
        short = 0 if end.rule else max(end.last - last, 0)
        return begin.written_first + ahead, end.written_last - short

    def part(self, first: int, last: int) -> Spoken:
        """Return what is said of written characters `first:last`; what is read as one goes where it begins."""
        kept: list[Spoken] = []
        for span in self.spans:
            begin, end = (span.first, span.last) if first <= span.written_first < last else (0, 0)
            if not span.rule:
                begin = span.first + max(first - span.written_first, 0)
                end = span.last - max(span.written_last - last, 0)
            if begin < end:
                written = self.written(begin, end)
                kept.append(Spoken(self.text[begin:end], (Span(0, end - begin, *written, span.rule),)))
        return joined(kept)


def as_it_is(text: str, place: int) -> Spoken:
    """Return what is said of a text that stands at `place` of a longer one and that no rule of reading changes."""
    return Spoken(text, (Span(0, len(text), place, place + len(text)),) if text else ())


def spelt_out(text: str, place: int) -> Spoken:
    """Return a text sign by sign: letters by their names, digits one by one; it stands at `place` of a longer one."""
    named = ((at, spelt(sign) if sign.isalpha() else digits(sign)) for at, sign in enumerate(text) if sign.isalnum())
    said = [Spoken(f"{name} ", (Span(0, len(name) + 1, place + at, place + at + 1, "spelt"),)) for at, name in named]
    return joined(said)


def joined(parts: Sequence[Spoken]) -> Spoken:
    """Return several parts of one text as what is said of them together."""
    spans: list[Span] = []
    length = 0
    for part in parts:
        spans += [replace(span, first=span.first + length, last=span.last + length) for span in part.spans]
        length += len(part.text)
    return Spoken("".join(part.text for part in parts), tuple(spans))


def spoken(text: str, lexicon: Lexicon = _NOTHING, region: Region = Region.NORTH) -> Spoken:
    """Return what a voice of that region is given for a written text; any text is taken, none is refused."""
    draft = _written(text).marked(BLANKS)
    draft = draft.read(_sheet(draft.text, lexicon, region))
    for mark in MARKS:
        draft = draft.marked(mark)
    if not any(character.isalnum() for character in draft.text):
        return Spoken("", ())
    return Spoken(draft.text, tuple(_spans(draft.origins)))


def _sheet(text: str, lexicon: Lexicon, region: Region) -> Sheet:
    sheet = Sheet(text)
    sheet.claim(_looked_up(sheet.unread, lexicon, "lexicon"), WORD)
    for rule in BEFORE_SHORT_FORMS:
        sheet.apply(rule, region)
    sheet.claim(_looked_up(sheet.unread, SHORT_FORMS, "short form"), WORD)
    for rule in AFTER_SHORT_FORMS:
        sheet.apply(rule, region)
    return sheet


def _looked_up(text: str, lexicon: Lexicon, rule: str) -> list[Reading]:
    return [
        Reading(found.first, found.last, found.entry.said + _stop_behind(text, found.last), rule)
        for found in lexicon.find(text)
    ]


def _stop_behind(text: str, last: int) -> str:
    """Return the stop that a short form's dot is as well, where the sentence ends with it."""
    return "." if text[last - 1] == "." and not text[last : last + 8].lstrip(_CLOSING) else ""


_Origin = tuple[int, int, str]
"""The written characters `first:last` that a spoken one stands for, and the rule that put it there (or none)."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text on its way, with the origin of each of its characters."""

    text: str
    origins: Sequence[_Origin]

    def read(self, sheet: Sheet) -> _Draft:
        """Return the draft with every reading of a sheet in its place, set apart from letters beside it."""
        readings = sorted(sheet.readings)
        changes = [(one.first, one.last, _fitted(one, sheet), one.rule) for one in readings]
        return self._changed(changes) if changes else self

    def marked(self, mark: Mark) -> _Draft:
        """Return the draft with every match of a mark replaced."""
        if not mark.pattern.search(self.text):
            return self
        changes = [(*match.span(), mark.put(match), "mark") for match in mark.pattern.finditer(self.text)]
        return self._changed(changes)

    def _changed(self, changes: Sequence[tuple[int, int, str, str]]) -> _Draft:
        texts: list[str] = []
        origins: list[_Origin] = []
        place = 0
        for first, last, new, rule in changes:
            texts += [self.text[place:first], new]
            origins += self.origins[place:first]
            if new == self.text[first:last]:
                origins += self.origins[first:last]
            else:
                origins += [(self.origins[first][0], self.origins[last - 1][1], rule)] * len(new)
            place = last
        return _Draft("".join([*texts, self.text[place:]]), [*origins, *self.origins[place:]])


def _fitted(reading: Reading, sheet: Sheet) -> str:
    """Return what is said, with a capital at a sentence's head and a blank where a letter touches it."""
    said = reading.said
    if not said.strip():
        return said
    if _heads_a_sentence(sheet.unread[max(0, reading.first - 8) : reading.first]):
        said = said[0].upper() + said[1:]
    touched = sheet.text[reading.first - 1 : reading.first].isalnum() and said[0].isalnum()
    runs_on = sheet.text[reading.last : reading.last + 1].isalnum() and said[-1].isalnum()
    return f"{' ' if touched else ''}{said}{' ' if runs_on else ''}"


def _heads_a_sentence(ahead: str) -> bool:
    """Tell so from what stands before; a dot that was read as part of a short form ends nothing."""
    opening = ahead.rstrip(_OPENING)
    return not opening or (opening[-1] in _ENDS and opening != ahead)


def _written(text: str) -> _Draft:
    return _Draft(text, [(place, place + 1, "") for place in range(len(text))])


def _spans(origins: Sequence[_Origin]) -> Iterator[Span]:
    """Fold origins into spans: runs of written neighbours together, and each reading for itself."""
    begin = 0
    for place, (one, two) in enumerate(pairwise(origins), 1):
        apart = one != two if one[2] or two[2] else one[1] != two[0]
        if apart:
            yield Span(begin, place, origins[begin][0], one[1], one[2])
            begin = place
    if origins:
        yield Span(begin, len(origins), origins[begin][0], origins[-1][1], origins[-1][2])
