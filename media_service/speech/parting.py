"""Texts longer than an engine takes, in parts: cut where a reader would breathe, spoken one by one, joined again.

How long a part may be is the engine's own fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from media_service.domain.casting import Voice
from media_service.domain.timeline import Word
from media_service.ports import Recording, Speech
from media_service.speech.clause_pauses import nearest_pace, pause_between
from media_service.speech.facts import facts_of
from media_service.speech.silence import sounding

_CUTS = (
    re.compile(r"(?<=[.?!…])[\"”’)]*\s+"),
    re.compile(r"(?<=[,;:–—])\s+"),
    re.compile(r"\s+"),
)
"""Where a text may be cut, the best places first: after sentences, after clauses, between words."""


@dataclass(frozen=True, slots=True)
class InParts:
    """Speaks through another; what its engine takes at once goes through as it is."""

    speech: Speech

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak a text of any length; raises what the engine raises, and nothing is returned of a part then."""
        limit = facts_of(voice.engine).text_limit
        if not limit or len(text) <= limit:
            return self.speech.speak(text, voice, syllables_per_s)
        spans = [span for span in parts(text, limit) if any(letter.isalnum() for letter in text[slice(*span)])]
        if not spans:
            return self.speech.speak(text[:limit], voice, syllables_per_s)  # which says that there is nothing to say
        spoken = [self.speech.speak(text[first:last], voice, syllables_per_s) for first, last in spans]
        pace = nearest_pace(syllables_per_s)
        pauses = [pause_between(text[max(last - 2, 0) : last], text[last:].lstrip()[:1], pace) for _, last in spans]
        return _joined(spoken, [first for first, _ in spans], pauses)

    def version(self, voice: Voice) -> str:
        """Name what the engine names."""
        return self.speech.version(voice)


def parts(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text's parts, none longer than `limit`; a word that is longer is cut where it must be."""
    first = 0
    while len(text) - first > limit:
        last = _cut(text, first, limit)
        yield first, last
        first = last + len(text[last:]) - len(text[last:].lstrip())
    if text[first:].strip():
        yield first, len(text)


def _cut(text: str, first: int, limit: int) -> int:
    for cuts in _CUTS:
        found = [cut.start() for cut in cuts.finditer(text, first + 1, first + limit + 1)]
        kept = [place for place in found if place - first <= limit]
        if kept:
            return kept[-1]
    return first + limit


def _joined(spoken: Sequence[Recording], places: Sequence[int], pauses: Sequence[timedelta]) -> Recording:
    """Return one recording: each part without its silences, the reader's pause between two."""
    rate = spoken[0].sample_rate
    sounds: list[bytes] = []
    words: list[Word] = []
    length = 0
    for number, (recording, place) in enumerate(zip(spoken, places, strict=True)):
        first, last = sounding(np.frombuffer(recording.pcm, "<i2"), rate)
        words.extend(_moved(recording.words, place, length - first))
        pause = round(pauses[number] / timedelta(seconds=1) * rate) if number + 1 < len(spoken) else 0
        sounds.append(recording.pcm[2 * first : 2 * last] + bytes(2 * pause))
        length += last - first + pause
    complete = all(recording.words for recording in spoken)
    return Recording(b"".join(sounds), rate, tuple(words) if complete else ())


def _moved(words: Sequence[Word], place: int, by: int) -> Iterator[Word]:
    for word in words:
        start, end = max(0, word.start + by), max(0, word.end + by)
        yield replace(word, first=word.first + place, last=word.last + place, start=start, end=end)
