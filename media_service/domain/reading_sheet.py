"""What a page for a native listener is made from, and what comes back from it: the answers that people gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_service.domain.risky_readings import RiskyReading
from media_service.messages import Message, message

SOUND_IS_WRONG = message("to be spoken anew")


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """One reading as it is asked about: what is written, what is said, the sound of its passage (MP3)."""

    reading: RiskyReading
    episode: str
    """Its title."""
    text: str
    said: str
    line: int
    sound: bytes


@dataclass(frozen=True, slots=True)
class ReadingSheet:
    """All that one listener is asked about a production."""

    slug: str
    title: str
    entries: tuple[ReadingEntry, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a listener said of one reading; `better` is how it should be said, empty where that is not known."""

    written: str
    said: str
    right: bool
    word: bool
    """Whether it is a word or figure, which a lexicon can hold; else the whole passage is meant."""
    better: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """What one listener said of a production's readings."""

    production: str
    listener: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from answers: lines of a lexicon, and passages that no lexicon mends, each in a sentence."""

    lines: tuple[str, ...]
    open: tuple[Message, ...]


def outcome(given: Answers) -> Outcome:
    """Return the lexicon that answers make: what is right is reviewed now, what is wrong is said the better way."""
    lines = dict.fromkeys(_line(one, given.listener) for one in given.answers if one.word and (one.right or one.better))
    return Outcome(tuple(lines), tuple(_open(given.answers)))


def _line(one: Answer, listener: str) -> str:
    said = one.said if one.right else one.better
    return " | ".join((f"{_field(one.written)} = {_field(said).rstrip('.')}", _field(one.note), _field(listener)))


def _field(text: str) -> str:
    """Return a text as one field of a lexicon's line: its own marks would end it."""
    return " ".join(text.replace("|", "/").replace("=", "–").replace("#", "").split()).strip(" ,;:")


def _open(answers: Sequence[Answer]) -> Iterator[Message]:
    for one in answers:
        if not one.right and not (one.word and one.better):
            yield message(
                "line {line}: “{written}”: {note}",
                line=one.line,
                written=" ".join(one.written.split()),
                note=" ".join(one.note.split()) or SOUND_IS_WRONG,
            )
