"""The asked pace, reached with voices that keep their own: asked of the engine as far as it can, the rest stretched.

What a voice speaks by itself is measured on each recording. A few syllables measure badly, so they count beside what
is known of the voice; a long sentence counts for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from media_service.domain.casting import Voice
from media_service.ports import Recording
from media_service.speech.facts import EngineFacts
from media_service.speech.means import Shaping
from media_service.speech.plain import Plain
from media_service.speech.silence import spoken_s

CLOSE_ENOUGH = 0.02
"""A pace this near to what was asked is left alone: stretching costs a little of the voice's freshness."""
KNOWN_SYLLABLES = 4.0
"""What is known of a voice counts as much as so many syllables heard."""
FARTHEST = (0.5, 2.0)
"""Beyond that, a stretched voice is no voice."""


_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœ]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tempo:
    """What a recording shall be, and what is known of the voice that speaks it."""

    asked: float
    """Syllables a second, pauses left out."""
    natural: float
    """What the voice speaks by itself."""
    rates: tuple[float, float]
    """The least and the most times its own rate that its engine takes."""
    language: str = "vi"

    @property
    def of_engine(self) -> float:
        """How many times its natural rate the engine is asked for."""
        least, most = self.rates
        return min(max(self.asked / self.natural, least), most)


def tempo(voice: Voice, syllables_per_s: float, facts: EngineFacts) -> Tempo:
    """Return how fast a voice shall speak."""
    return Tempo(syllables_per_s * voice.rate, voice.natural or facts.natural, facts.rates, voice.language)


def paced(recording: Recording, said: Plain, wanted: Tempo, shaping: Shaping) -> Recording:
    """Return the recording at the wanted pace, stretched where the engine did not reach it."""
    heard = heard_rate(recording, syllables(said, wanted.language), wanted.natural * wanted.of_engine)
    times = min(max(wanted.asked / heard, FARTHEST[0]), FARTHEST[1])
    return recording if abs(times - 1) <= CLOSE_ENOUGH else shaping.stretch(recording, times)


def syllables(said: Plain, language: str) -> int:
    """Count the syllables of a text: Vietnamese writes each as a word, of others the vowels tell roughly."""
    if language.startswith("vi"):
        return len(said.words)
    return sum(len(_VOWELS.findall(said.text[first:last])) or 1 for first, last in said.words)


def heard_rate(recording: Recording, said: int, expected: float) -> float:
    """Return the syllables a second of a recording of so many; the fewer, the more what was expected counts."""
    sounding = spoken_s(np.frombuffer(recording.pcm, "<i2"), recording.sample_rate)
    return (said + KNOWN_SYLLABLES) / (sounding + KNOWN_SYLLABLES / expected)
