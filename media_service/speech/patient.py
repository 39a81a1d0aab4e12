"""Asks a service again that does not answer, and lets one rest that still does not: what is away costs nobody hours."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from media_service.domain.casting import Voice
from media_service.errors import VoiceAwayError
from media_service.ports import Recording, Speech

PAUSES_S = (1.0, 4.0)
"""Before each further try."""
REST_S = 60.0
"""So long nothing more is asked of an engine whose tries have all failed."""


class Patient:
    """Speaks through another."""

    def __init__(
        self,
        speech: Speech,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._speech = speech
        self._sleep = sleep
        self._now = now
        self._resting: dict[str, tuple[float, VoiceAwayError]] = {}

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak when the engine can; raises VoiceAwayError at once while it rests."""
        until, fault = self._resting.get(voice.engine, (0.0, None))
        if fault is not None and self._now() < until:
            raise VoiceAwayError(fault.said, timedelta(seconds=until - self._now()) if fault.after else None)
        for pause in (*PAUSES_S, None):
            try:
                return self._speech.speak(text, voice, syllables_per_s)
            except VoiceAwayError as exc:
                asked = exc.after.total_seconds() if exc.after else 0.0
                if pause is None or asked > pause:
                    self._resting[voice.engine] = (self._now() + max(REST_S, asked), exc)
                    raise
                self._sleep(pause)
        raise AssertionError

    def version(self, voice: Voice) -> str:
        """Name what the engine names."""
        return self._speech.version(voice)
