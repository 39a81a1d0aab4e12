"""Words that a voice may misread: foreign ones, short forms that it has to spell. Who knows better writes a lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from media_service.domain.passages import Passage
from media_service.domain.reading.syllable import is_syllable
from media_service.domain.spoken import Span

_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
_SPELLING_RULES = frozenset({"capitals", "letters", "code"})
"""Rules that spell where they know no better."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word or name as it is written, how often it is said, and the line of the script where it is met first."""

    written: str
    times: int
    line: int
    is_spelt: bool
    """Whether it will be said letter by letter."""


def suspects(passages: Iterable[Passage]) -> tuple[Suspect, ...]:
    """Return the words most likely to be misread, the most frequent first; what a lexicon knows is none."""
    found: dict[str, Suspect] = {}
    for passage in passages:
        for written, is_spelt in _in(passage):
            known = found.get(written) or Suspect(written, 0, passage.line, is_spelt)
            found[written] = replace(known, times=known.times + 1, line=known.line or passage.line)
    return tuple(sorted(found.values(), key=lambda suspect: (-suspect.times, suspect.line, suspect.written)))


def _in(passage: Passage) -> Iterator[tuple[str, bool]]:
    said = passage.spoken()
    for span in said.spans:
        written = passage.text[span.written_first : span.written_last]
        if not span.rule:
            yield from ((name, False) for name in foreign(written))
        elif span.rule in _SPELLING_RULES and _is_spelt(span, said.text, written):
            yield written, True


def _is_spelt(span: Span, said: str, written: str) -> bool:
    letters = sum(character.isalpha() for character in written)
    return letters > 1 and said[span.first : span.last].casefold() != written.casefold()


def foreign(text: str) -> Iterator[str]:
    """Yield runs of words of a text that are no Vietnamese syllables; a name keeps together (Hector Malot).

    Words with a hyphen have been put into syllables by their author (Rô-bin-xơn).
    """
    run: list[str] = []
    last = 0
    for word in _NAME.finditer(text):
        beside = text[last : word.start()] == " "
        is_foreign = "-" not in word[0] and len(word[0]) > 1 and not is_syllable(word[0])
        if run and not (is_foreign and beside):
            yield " ".join(run)
            run = []
        if is_foreign:
            run.append(word[0])
        last = word.end()
    if run:
        yield " ".join(run)
