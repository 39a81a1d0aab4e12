"""An engine that hums instead of speaking: a soft tone a syllable, at exactly the asked pace, with exact word times.

For dry runs and tests, where lengths, pauses and levels matter and words need not be understood. Needs no voice data;
the voice's id is free.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from media_service.domain.casting import Voice
from media_service.domain.timeline import Word
from media_service.ports import Recording
from media_service.speech.clause_pauses import nearest_pace, pause_between
from media_service.speech.plain import Plain, plain

CODE_VERSION = 1
"""Raised whenever the same words and voice come out otherwise than before."""

SAMPLE_RATE = 22_050
LEVEL = 6_000
"""Peak of the tone, of 32,768."""
LOWEST_HZ = 80
HIGHEST_HZ = 300
RISE_S = 0.03
"""How softly each syllable swells and fades."""


class Hum:
    """Hums the right lengths."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Hum `text`, a syllable a letter group and a digit; raises NothingToSayError for a text without words."""
        said = plain(text)
        pace = nearest_pace(syllables_per_s)
        syllable = round(SAMPLE_RATE / (syllables_per_s * voice.rate))
        pauses = [pause_between(*marks, pace) if _marked(marks[0]) else timedelta() for marks in _between(said)]
        tone = _tone(voice.pitch, syllable)
        sounds: list[NDArray[np.int16]] = []
        words: list[Word] = []
        position = 0
        for (first, last), pause in zip(said.words, [*pauses, timedelta()], strict=True):
            count = _syllables(said.text[first:last])
            silence = round(pause / timedelta(seconds=1) * SAMPLE_RATE)
            words.append(Word(*said.given(first, last), position, position + count * syllable))
            sounds.append(np.tile(tone, count))
            sounds.append(np.zeros(silence, dtype=np.int16))
            position += count * syllable + silence
        return Recording(np.concatenate(sounds).tobytes(), SAMPLE_RATE, tuple(words))

    def version(self, voice: Voice) -> str:  # noqa: ARG002  # there is but one tone
        """Name this code."""
        return f"hum {CODE_VERSION}"


def _between(said: Plain) -> Sequence[tuple[str, str]]:
    """Return what stands between every two words, and the first letter of the second."""
    pairs = zip(said.words, said.words[1:], strict=False)
    return [(said.text[before[1] : after[0]], said.text[after[0]]) for before, after in pairs]


def _marked(between: str) -> bool:
    return any(mark in ".,;:?!…—–\n" for mark in between)


def _syllables(word: str) -> int:
    return sum(letter.isdigit() for letter in word) or 1


def _tone(pitch: int, length: int) -> NDArray[np.int16]:
    """One syllable: a tone with one overtone, swelling and fading without a click."""
    hertz = LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (pitch / 100)
    turns = 2 * np.pi * hertz * np.arange(length) / SAMPLE_RATE
    edge = min(round(RISE_S * SAMPLE_RATE), length // 2)
    swell = np.sin(np.linspace(0, np.pi / 2, edge)) ** 2
    shape = np.concatenate([swell, np.ones(length - 2 * edge), swell[::-1]])
    tone: NDArray[np.float64] = LEVEL * shape * (0.8 * np.sin(turns) + 0.2 * np.sin(2 * turns))
    return tone.astype(np.int16)
