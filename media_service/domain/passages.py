"""An episode cut into passages: what is spoken in one go, by one voice, with the silence planned after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from media_service.domain.casting import Voice
from media_service.domain.lexicon import Entry, Lexicon
from media_service.domain.manner import AS_AROUND, Manner
from media_service.domain.product import Product
from media_service.domain.reading.numbers import Region
from media_service.domain.slide import Slide
from media_service.domain.spoken import Spoken, as_it_is, joined, spelt_out, spoken
from media_service.domain.tape import Tape


class Role(StrEnum):
    """What a passage is in the work."""

    TITLE = "title"
    SENTENCE = "sentence"
    VERSE = "verse"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Characters `first:last` of a passage's text, which one voice says in one manner."""

    first: int
    last: int
    voice: Voice
    manner: Manner = AS_AROUND
    pause: timedelta = timedelta()
    """Silence behind it, where another phrase follows."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, title or verse line as shown, who says it, and what changes on the screen when it begins."""

    text: str
    """Shown text, NFC, one line."""
    voice: Voice
    role: Role
    line: int
    """Line in the script; 0 for what the program adds (titles, credits)."""
    pause: timedelta
    """Silence planned after it; zero behind the last one."""
    speaker: str | None = None
    slide: Slide | None = None
    """Stands from here on; None: nothing changes."""
    after: Slide | None = None
    """Stands once it has been said, to the end; only the last passage of an episode has one."""
    mark: str = ""
    """Title of the chapter mark that begins here; empty: none."""
    readings: tuple[Entry, ...] = ()
    """What the lexicons of the house and of the work know of its words."""

    phrases: tuple[Phrase, ...] = ()
    """Where not all of it is said alike: its phrases in order, without holes; none: its voice says all of it."""
    tape: Product[Tape] | None = None
    """What a person has recorded of it, alone or with the rest of its chapter; None: its voice is an engine's."""

    def spoken(self) -> Spoken:
        """Return all that is said of it, by whichever voices."""
        return joined([said for _, said in self.said()]) if self.phrases else self._read(self.text)

    def said(self) -> tuple[tuple[Phrase, Spoken], ...]:
        """Return its phrases and what is said of each; those of which nothing is said are left out."""
        if not self.phrases:
            return ((Phrase(0, len(self.text), self.voice), self.spoken()),)
        read = self._read(self._plain())
        said = ((phrase, self._said(phrase, read)) for phrase in self.phrases)
        return tuple((phrase, one) for phrase, one in said if any(letter.isalnum() for letter in one.text))

    def _read(self, text: str) -> Spoken:
        return spoken(text, Lexicon(self.readings), Region.of(self.voice.region))

    def _plain(self) -> str:
        """Return the text with blanks where the rules of reading have no say, so that they see all of the rest."""
        return "".join(
            " " * (phrase.last - phrase.first) if _is_apart(phrase.manner) else self.text[phrase.first : phrase.last]
            for phrase in self.phrases
        )

    def _said(self, phrase: Phrase, read: Spoken) -> Spoken:
        text = self.text[phrase.first : phrase.last]
        if phrase.manner.shown_only:
            return as_it_is("", phrase.first)
        if phrase.manner.spelt:
            return spelt_out(text, phrase.first)
        return as_it_is(text, phrase.first) if phrase.manner.language else read.part(phrase.first, phrase.last)


def _is_apart(manner: Manner) -> bool:
    return bool(manner.shown_only or manner.spelt or manner.language)
