"""The doors to voices: engines that speak, what persons have recorded, and what both give back.

`ports` hands these on with all other doors; the promises at its head hold here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from media_service.domain.casting import Voice
from media_service.domain.tape import Cut, Cuts
from media_service.domain.timeline import Word


@dataclass(frozen=True, slots=True)
class Recording:
    """What an engine gave back: mono 16-bit little-endian `pcm` at `sample_rate`.

    `words` are timed in samples of that rate; their `first:last` are characters of the text that was spoken. Empty
    where the engine gives no times.
    """

    pcm: bytes
    sample_rate: int
    words: tuple[Word, ...]
    gain_db: float = 0.0
    """How much louder than other voices it shall be."""


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of several that make a passage; its words count from character `place` of what is said."""

    recording: Recording
    voice: str
    """Who speaks: takes of one voice are levelled together."""
    place: int = 0
    pause: int = 0
    """Samples of silence behind it."""


class Speech(Protocol):
    """A voice engine."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text` at about that many syllables a second (pauses left out), times the voice's own rate.

        Raises SetupError where the engine is not installed or lacks the voice, NothingToSayError for a text without
        words, VoiceFailedError where it will not speak this text, VoiceAwayError where it may later.
        """

    def version(self, voice: Voice) -> str:
        """Name the engine and its version; the same name promises the same sound."""


class Tapes(Protocol):
    """What persons have recorded."""

    def decode(self, tape: Path, name: str, path: Path) -> int:
        """Write a recording as 48 kHz mono FLAC, return its length; InputError about `name` where it is of no use."""

    def cuts(self, sound: Path, texts: Sequence[str], voice: Voice) -> Cuts:
        """Return where decoded sound says each of the texts, which follow one another in it."""

    def take(self, sound: Path, cut: Cut, text: str, voice: Voice) -> Recording:
        """Return what is said between two moments of decoded sound, its words timed."""

    def version(self) -> str:
        """Name the way of listening; the same name promises the same cuts and times."""
