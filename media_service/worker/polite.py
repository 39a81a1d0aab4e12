"""Keeps to what an engine allows: each request to it waits for its turn, taken from a row that all machines share."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from media_service.domain.casting import Voice
from media_service.ports import Recording, Speech
from media_service.stores import Turns


class Polite:
    """Speaks through another, no more often than a voice's `requests_per_minute`.

    An engine that sets such a limit computes elsewhere: while it is waited for, the core here is `lent` to others.
    """

    def __init__(
        self,
        speech: Speech,
        turns: Turns,
        lent: Callable[[], AbstractContextManager[None]],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._speech = speech
        self._turns = turns
        self._lent = lent
        self._sleep = sleep

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak when it is our turn; raises DatabaseAwayError too, for turns are kept there."""
        if not voice.requests_per_minute:
            return self._speech.speak(text, voice, syllables_per_s)
        with self._lent():
            wait = self._turns.take(f"speech:{voice.engine}", timedelta(minutes=1) / voice.requests_per_minute)
            self._sleep(max(0.0, wait.total_seconds()))
            return self._speech.speak(text, voice, syllables_per_s)

    def version(self, voice: Voice) -> str:
        """Name what the engine names."""
        return self._speech.version(voice)
