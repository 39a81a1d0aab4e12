"""How long a clip should be for what is said in it, by the pace that its own voice keeps in the rest of the episode.

A clip far from that is one in which something was left out, said twice or read in another way. What is said wrongly in
the right time is not found so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from media_service.domain.pace import Pace
from media_service.domain.passages import Passage
from media_service.domain.timeline import Clip, samples
from media_service.domain.workload import syllables

FAR = 3.0
"""Clips further from their length than so many times the usual scatter are looked at."""
SHORTER, LONGER = 0.72, 1.45
"""And only those whose length is less or more than so many times what was expected."""
_LEAST_SCATTER = 0.15
"""Syllables, for one syllable: a voice that is more even than this would be blamed for nothing."""
_ENOUGH = 8
"""Clips by which a voice's own pace is known; one with fewer is held to the pace of all."""
_SHORT_STOP = re.compile(r"[,;–—](?=\s)")
_LONG_STOP = re.compile(r"[.!?…:](?=\W*\s)")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is said in a clip, and its length without the pauses that belong into it, in samples."""

    voice: str
    syllables: float
    """Those of spans that are said slower or faster count for more or less."""
    length: int
    pauses: int
    longest_pause: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What a clip's length was expected to be, and how many times the usual scatter it lies from that."""

    length: int
    away: float

    def missed(self, length: int) -> bool:
        """Tell whether a clip of that length is too far from it."""
        share = length / max(1, self.length)
        return abs(self.away) > FAR and not SHORTER <= share <= LONGER


def measure(passage: Passage, clip: Clip, pace: Pace) -> Measure:
    """Measure what is said in a clip: syllables, and the pauses that its marks and its author ask for."""
    said = passage.spoken().text
    short, long = len(_SHORT_STOP.findall(said)), len(_LONG_STOP.findall(said))
    asked = [samples(phrase.pause) for phrase in passage.phrases[:-1]]
    pauses = short * samples(pace.comma) + long * samples(pace.sentence) + sum(asked)
    longest = max([samples(pace.sentence) if long else samples(pace.comma) if short else 0, *asked])
    spoken = sum(syllables(part.text) / phrase.manner.pace for phrase, part in passage.said())
    return Measure(clip.voice or passage.voice.name, spoken, clip.length, pauses, longest)


def expected(measures: Sequence[Measure]) -> tuple[Expected, ...]:
    """Return what each clip's length was expected to be, by the pace of its voice in all of them."""
    paces = _paces(measures)
    away = [_away(one, paces[one.voice]) for one in measures]
    scatter = max(_LEAST_SCATTER, 1.48 * median(map(abs, away))) if away else _LEAST_SCATTER
    return tuple(
        Expected(round(paces[one.voice] * one.syllables) + one.pauses, by / scatter)
        for one, by in zip(measures, away, strict=True)
    )


def _paces(measures: Sequence[Measure]) -> Mapping[str, float]:
    """Return the samples that each voice needs for a syllable: the median, which no spoilt clip moves far."""
    by_voice: defaultdict[str, list[float]] = defaultdict(list)
    for one in measures:
        if one.syllables:
            by_voice[one.voice].append(max(0.0, one.length - one.pauses) / one.syllables)
    every = median([each for known in by_voice.values() for each in known] or [0.0])
    return defaultdict(
        lambda: every, {voice: median(known) for voice, known in by_voice.items() if len(known) >= _ENOUGH}
    )


def _away(one: Measure, pace: float) -> float:
    """Return by how many syllables a clip is away, for one syllable: scatter grows with the root of their number."""
    if not pace or not one.syllables:
        return 0.0
    return (one.length - one.pauses - pace * one.syllables) / (pace * sqrt(one.syllables))
