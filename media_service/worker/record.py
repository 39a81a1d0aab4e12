"""What one stage made, found and spoke: the Progress door of a worker, and a voice engine that is listened to."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from media_service.domain.casting import Voice
from media_service.domain.manifest import StepWork
from media_service.domain.product import Key
from media_service.domain.service import Made
from media_service.errors import ProductGoneError
from media_service.ports import Recording, Shelf, Speech

_BYTES_A_SAMPLE = 2


class Record:
    """Told of every product of one stage; keeps them in the order in which they came."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._products: dict[Key, float | None] = {}

    def expect(self, products: Mapping[str, int]) -> None:
        """Nothing to note: what is expected of a production stands in the database."""

    def begin(self, step: str, title: str) -> None:
        """Nothing to note: the assignment says so."""

    def product(self, key: Key, seconds: float | None) -> None:
        """Note a product; one that was made here stays so, though it is found again later."""
        with self._guard:
            if self._products.get(key) is None:
                self._products[key] = seconds

    def work(self) -> StepWork:
        """Return nothing: the work of a production is summed up in the database."""
        return StepWork({}, {}, {})

    def made(self, shelf: Shelf) -> tuple[Made, ...]:
        """Return what was made, with its size, and what was found."""
        return tuple(
            Made(key, seconds, None if seconds is None else _size(key, shelf))
            for key, seconds in self._products.items()
        )


class Heard:
    """A voice engine that is listened to: how much it spoke, and which one it was."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self.seconds = 0.0
        self.engine = ""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak as the engine does."""
        recording = self._speech.speak(text, voice, syllables_per_s)
        self.seconds += len(recording.pcm) / _BYTES_A_SAMPLE / recording.sample_rate
        self.engine = voice.engine
        return recording

    def version(self, voice: Voice) -> str:
        """Name what the engine names."""
        return self._speech.version(voice)


def _size(key: Key, shelf: Shelf) -> int | None:
    """Return a product's bytes; None where only its facts are kept."""
    try:
        return shelf.reach(key).stat().st_size
    except (ProductGoneError, FileNotFoundError):
        return None
