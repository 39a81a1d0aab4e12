"""The engine eSpeak NG behind the `Speech` door: plain text in, a recording at the asked pace out.

A synthetic voice that everyone may use and that needs no network: good for checking a work by ear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from media_service.domain.casting import Voice
from media_service.domain.pace import Pace
from media_service.domain.timeline import Word
from media_service.ports import Recording
from media_service.speech import word_times
from media_service.speech.clause_pauses import nearest_pace, pause_between
from media_service.speech.espeak_library import SAMPLE_RATE, Event, Happening, Manner, library_version, utter
from media_service.speech.plain import Plain, plain
from media_service.speech.word_times import Clause

CODE_VERSION = 1
"""Raised whenever the same words and voice come out otherwise than before."""

_SPEEDS = (80, 100, 120, 140, 160, 180, 200, 240, 300)
_RATES = {
    "vi": (2.19, 2.59, 3.12, 3.68, 4.18, 4.74, 5.24, 6.32, 8.05),
    "vi-vn-x-central": (2.17, 2.58, 3.11, 3.66, 4.16, 4.73, 5.20, 6.28, 8.00),
    "vi-vn-x-south": (2.12, 2.52, 3.04, 3.59, 4.08, 4.64, 5.12, 6.19, 7.95),
}
"""Language -> syllables a second, pauses left out, at each of `_SPEEDS` (the engine's words a minute).

Measured over 730 syllables of Vietnamese prose with three to five variants a language; variants without an echo lie
within 3.5 % of their row. Other languages are read at the first row's speeds.
"""


class Espeak:
    """eSpeak NG, carried by the wheel `espeakng-loader`."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text`; the same arguments give the same bytes, whatever was spoken before.

        Begins and ends with sound, not silence. Raises NothingToSayError for a text without words, SetupError where
        the engine or the voice is missing.
        """
        said = plain(text)
        speed = words_per_minute(voice.id, syllables_per_s * voice.rate)
        pcm, events = utter(said.text, Manner(voice.id, speed, voice.pitch))
        sound = np.frombuffer(pcm, dtype="<i2")
        pause = _pauses(said, events, nearest_pace(syllables_per_s))
        parts = word_times.placed(word_times.clauses(sound, events), pause)
        recording = word_times.joined(sound, parts)
        return Recording(recording.tobytes(), SAMPLE_RATE, word_times.timed(said, events, parts))

    def version(self, voice: Voice) -> str:  # noqa: ARG002  # all its voices come in one wheel
        """Name the library, the wheel with its voice data, and this code."""
        return f"espeak-ng {library_version()}/{CODE_VERSION}"


@dataclass(frozen=True, slots=True)
class Aside:
    """What was spoken into a file: how to read it, and when its words sound."""

    sample_rate: int
    words: tuple[Word, ...]


def speak_into(pcm: Path, text: str, voice: Voice, syllables_per_s: float) -> Aside:
    """Speak as `Espeak.speak` does, the sound into a file: for a process that may not outlive the C library."""
    recording = Espeak().speak(text, voice, syllables_per_s)
    pcm.write_bytes(recording.pcm)
    return Aside(recording.sample_rate, recording.words)


def words_per_minute(voice_id: str, syllables_per_s: float) -> int:
    """Return the engine's own measure for a rate, between the measured points; rates beyond them get the nearest."""
    rates = _RATES.get(voice_id.partition("+")[0], _RATES["vi"])
    return round(float(np.interp(syllables_per_s, rates, _SPEEDS)))


def _pauses(said: Plain, events: Sequence[Event], pace: Pace) -> Callable[[Clause, Clause], int]:
    told = [event for event in events if event.what is Happening.WORD]
    samples = [event.sample for event in told]
    begins = [first for first, _ in said.words]

    def pause(_: Clause, after: Clause) -> int:
        following = bisect_left(samples, after.border)
        here = told[following].position if following < len(told) else len(said.text)
        before = said.words[max(bisect_left(begins, here) - 1, 0)][1]
        length = pause_between(said.text[before:here], said.text[here : here + 1], pace)
        return round(length / timedelta(seconds=1) * SAMPLE_RATE)

    return pause
