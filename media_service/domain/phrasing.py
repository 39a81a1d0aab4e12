"""A sentence cut into the phrases that are said alike, and the sentences of a text of which spans are marked.

What is only shown (a note of a sound) never decides where a sentence ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from media_service.domain.casting import Cast, Voice
from media_service.domain.manner import Marked
from media_service.domain.pace import Pace
from media_service.domain.passages import Phrase
from media_service.domain.script import Words
from media_service.domain.sentences import is_finished, sentences
from media_service.domain.spoken import spoken

_NOTHING = "\ue000"
"""Stands for what is only shown: neither a letter nor a mark."""
_CLOSING = "”’»›)]}\"' "
_TURN = timedelta(seconds=0.12)
"""Between two voices in one sentence, where no mark asks for more."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a line of verse as it is shown, and what of it is said otherwise than the rest."""

    text: str
    line: int
    marked: tuple[Marked, ...] = ()

    def can_be_said(self) -> bool:
        """Tell whether anything is left to say of it once it is put into its spoken form."""
        heard = _heard(self.text, self.marked)
        return any(character.isalpha() and character != _NOTHING for character in heard) or bool(spoken(heard).text)

    def __add__(self, other: Sentence) -> Sentence:
        """Return both as one, at the line of the one that says something."""
        by = len(self.text) + 1
        moved = tuple(replace(one, first=one.first + by, last=one.last + by) for one in other.marked)
        line = self.line if self.can_be_said() else other.line
        return Sentence(f"{self.text} {other.text}", line, (*self.marked, *moved))


def prose(words: Words) -> Iterator[Sentence]:
    """Cut a run of prose into its sentences."""
    heard, place = _heard(words.text, words.marked), 0
    for sentence in sentences(heard):
        begin, place = _stretch(heard, place, sum(not sign.isspace() for sign in sentence))
        yield _cut(words, begin, place, words.line)


def verse(words: Words) -> Iterator[Sentence]:
    """Cut a run of verse into its lines."""
    place = 0
    for number, line in enumerate(words.text.split("\n"), words.line):
        begin = place + len(line) - len(line.lstrip())
        if line.strip():
            yield _cut(words, begin, begin + len(line.strip()), number)
        place += len(line) + 1


def phrases(sentence: Sentence, voice: Voice, cast: Cast, pace: Pace) -> tuple[Phrase, ...]:
    """Return the phrases of a sentence of which not all is said alike; none where it is."""
    if not sentence.marked:
        return ()
    text, found = sentence.text, list[Phrase]()
    for marked in sentence.marked:
        _fill(found, text, marked.first, voice)
        place = found[-1].last if found else 0
        found.append(Phrase(place, marked.last, cast.said_in(marked.manner, voice), marked.manner))
    _fill(found, text, len(text), voice)
    after = [*found[1:], None]
    return tuple(
        replace(phrase, pause=_pause(text, phrase, following, pace))
        for phrase, following in zip(found, after, strict=True)
    )


def _fill(found: list[Phrase], text: str, until: int, voice: Voice) -> None:
    """Put what stands before `until` and is not marked behind the phrases found; marks alone go to the last one."""
    place = found[-1].last if found else 0
    if any(sign.isalnum() for sign in text[place:until]):
        found.append(Phrase(place, until, voice))
    elif found:
        found[-1] = replace(found[-1], last=until)


def _pause(text: str, phrase: Phrase, following: Phrase | None, pace: Pace) -> timedelta:
    if following is None:
        return timedelta()
    said = text[phrase.first : phrase.last].rstrip(_CLOSING)
    if is_finished(said):
        return pace.comma if text[following.first : following.last].lstrip("”’»›)\"' ")[:1].islower() else pace.sentence
    if said.endswith((",", ";", ":", "–", "—")):
        return pace.comma
    return _TURN if following.voice != phrase.voice else timedelta()


def _heard(text: str, marked: Sequence[Marked]) -> str:
    """Return a text, as long as it is, in which what is only shown has no letters."""
    for one in marked:
        if one.manner.shown_only:
            length = one.last - one.first
            text = text[: one.first] + _NOTHING * length + text[one.last :]
    return text


def _stretch(text: str, place: int, count: int) -> tuple[int, int]:
    """Return where the next `count` signs of a text begin and end; blanks count for nothing."""
    while text[place].isspace():
        place += 1
    begin = place
    while count:
        count -= not text[place].isspace()
        place += 1
    return begin, place


def _cut(words: Words, begin: int, end: int, line: int) -> Sentence:
    marked = (one.moved(begin, end) for one in words.marked)
    return Sentence(words.text[begin:end], line, tuple(one for one in marked if one))
