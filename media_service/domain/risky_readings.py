"""Which readings of a production a native listener should hear first: those most likely to be wrong, and of many kinds.

A rule that had to choose, a word that is not Vietnamese, an entry of a lexicon that nobody has heard yet, a clip whose
length is odd. Each way of writing is asked about once, however often it is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from media_service.domain.episode import Narrated
from media_service.domain.expected_length import Expected, expected, measure
from media_service.domain.passages import Passage
from media_service.domain.spoken import Span, Spoken
from media_service.domain.suspects import foreign
from media_service.messages import Message, message


class Risk(StrEnum):
    """Why a reading may be wrong."""

    ODD_LENGTH = "odd length"
    FOREIGN = "foreign"
    UNREVIEWED = "unreviewed"
    SPELT = "spelt"
    AMBIGUOUS = "ambiguous"
    SHORT_FORM = "short form"
    FIGURES = "figures"
    ORDINARY = "ordinary"


WHY: Mapping[Risk, Message] = {
    Risk.ODD_LENGTH: message("it is much shorter or longer than its words: was anything left out, or said twice?"),
    Risk.FOREIGN: message("it is no Vietnamese word: is it said as people say it here?"),
    Risk.UNREVIEWED: message("a lexicon says it so, but nobody has listened to it yet"),
    Risk.SPELT: message("it is said letter by letter: should it be?"),
    Risk.AMBIGUOUS: message("it can be read in several ways: is this the right one here?"),
    Risk.SHORT_FORM: message("a short form: is it said in full as it is meant here?"),
    Risk.FIGURES: message("figures and signs are put into words: are they the right ones?"),
    Risk.ORDINARY: message("an ordinary sentence: does it sound natural?"),
}
"""What a listener is asked to heed."""

SHARES: Mapping[Risk, int] = {
    Risk.ODD_LENGTH: 8,
    Risk.FOREIGN: 8,
    Risk.UNREVIEWED: 6,
    Risk.AMBIGUOUS: 5,
    Risk.SPELT: 5,
    Risk.SHORT_FORM: 3,
    Risk.FIGURES: 3,
    Risk.ORDINARY: 1,
}
"""How many of each kind are taken in a round, as long as there are any."""

_AMBIGUOUS = frozenset({"fraction", "ratio", "range", "minus", "score", "roman", "sum", "times"})
_SPELT = frozenset({"capitals", "letters", "code", "spelt"})


@dataclass(frozen=True, slots=True)
class RiskyReading:
    """Characters `first:last` of a passage and `said_first:said_last` of what is said of it, and why to listen."""

    episode: int
    """Its number."""
    passage: int
    """Its place in the episode, from 0."""
    risk: Risk
    first: int
    last: int
    said_first: int
    said_last: int


def riskiest(episodes: Sequence[Narrated], count: int) -> tuple[RiskyReading, ...]:
    """Return so many readings, or all there are: in rounds over the kinds, no writing twice, in order of the work."""
    kinds = {risk: iter(found) for risk, found in _by_kind(episodes).items()}
    taken: list[RiskyReading] = []
    while len(taken) < count:
        again = [one for risk, share in SHARES.items() for one in islice(kinds.get(risk, iter(())), share)]
        if not again:
            break
        taken += again[: count - len(taken)]
    return tuple(sorted(taken, key=lambda one: (one.episode, one.passage, one.first)))


def _by_kind(episodes: Sequence[Narrated]) -> Mapping[Risk, list[RiskyReading]]:
    found: defaultdict[Risk, list[RiskyReading]] = defaultdict(list)
    asked: set[str] = set()
    for episode in episodes:
        for reading, written in _readings(episode):
            if written.casefold() not in asked:
                asked.add(written.casefold())
                found[reading.risk].append(reading)
    return found


def _readings(episode: Narrated) -> Iterator[tuple[RiskyReading, str]]:
    """Yield every reading of an episode with what is written there; sentences last, the oddest first."""
    measures = [
        measure(passage, clip.facts, episode.pace)
        for passage, clip in zip(episode.passages, episode.clips, strict=True)
    ]
    lengths = expected(measures)
    for place, passage in enumerate(episode.passages):
        said = passage.spoken()
        for risk, span in _spans(passage, said):
            written = passage.text[span.written_first : span.written_last]
            yield RiskyReading(episode.number, place, risk, *_places(span)), written
    for place in sorted(range(len(lengths)), key=lambda place: -abs(lengths[place].away)):
        passage, said = episode.passages[place], episode.passages[place].spoken()
        whole = (0, len(passage.text), 0, len(said.text))
        yield RiskyReading(episode.number, place, _risk(lengths[place], measures[place].length), *whole), passage.text


def _risk(wanted: Expected, length: int) -> Risk:
    return Risk.ODD_LENGTH if wanted.missed(length) else Risk.ORDINARY


def _places(span: Span) -> tuple[int, int, int, int]:
    return span.written_first, span.written_last, span.first, span.last


def _spans(passage: Passage, said: Spoken) -> Iterator[tuple[Risk, Span]]:
    unheard = {entry.said.casefold() for entry in passage.readings if not entry.reviewer}
    for span in said.spans:
        if not span.rule:
            yield from ((Risk.FOREIGN, part) for part in _foreign(passage, span))
        elif span.rule == "lexicon":
            if said.text[span.first : span.last].strip(" .").casefold() in unheard:
                yield Risk.UNREVIEWED, span
        else:
            yield _kind(span.rule), span


def _kind(rule: str) -> Risk:
    if rule in _AMBIGUOUS:
        return Risk.AMBIGUOUS
    if rule in _SPELT:
        return Risk.SPELT
    return Risk.SHORT_FORM if rule == "short form" else Risk.FIGURES


def _foreign(passage: Passage, span: Span) -> Iterator[Span]:
    """Yield the foreign words of a stretch that is said as it is written, each with its own places."""
    text, place = passage.text[span.written_first : span.written_last], 0
    for word in foreign(text):
        at = text.find(word, place)
        place = at + len(word)
        yield Span(span.first + at, span.first + place, span.written_first + at, span.written_first + place)
