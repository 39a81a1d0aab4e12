"""Keeps to what an engine allows: each request to it waits for its turn, and no more than it takes are under way.

Turns are taken from a row that all machines share, where there is one; a single program keeps its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from media_service.domain.casting import Voice
from media_service.ports import Recording, Speech
from media_service.speech.facts import facts_of


class Turns(Protocol):
    """Who may ask next (see `stores.Turns`)."""

    def take(self, name: str, interval: timedelta) -> timedelta:
        """Reserve the next turn of that name; returns how long to wait for it."""


class OwnTurns:
    """Turns of this process alone."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._next: dict[str, float] = {}

    def take(self, name: str, interval: timedelta) -> timedelta:
        """Reserve the next turn."""
        turn = max(self._now(), self._next.get(name, 0.0))
        self._next[name] = turn + interval.total_seconds()
        return timedelta(seconds=turn - self._now())


def _no_gate(_engine: str, _count: int) -> AbstractContextManager[object]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Room:
    """What this machine gives and takes while an engine elsewhere is waited for."""

    lent: Callable[[], AbstractContextManager[None]] = nullcontext
    """The core here is lent to others."""
    gate: Callable[[str, int], AbstractContextManager[object]] = _no_gate
    """Holds one of so many places at an engine."""


class Polite:
    """Speaks through another, no more often than a voice's profile or its engine's facts allow."""

    def __init__(
        self, speech: Speech, turns: Turns, room: Room | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._speech = speech
        self._turns = turns
        self._room = room or Room()
        self._sleep = sleep

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak when it is our turn; raises DatabaseAwayError too, where turns are kept there."""
        facts = facts_of(voice.engine)
        allowed = voice.requests_per_minute or facts.requests_per_minute
        if not allowed and not facts.at_once:
            return self._speech.speak(text, voice, syllables_per_s)
        with self._room.lent(), self._room.gate(voice.engine, facts.at_once):
            if allowed:
                wait = self._turns.take(f"speech:{voice.engine}", timedelta(minutes=1) / allowed)
                self._sleep(max(0.0, wait.total_seconds()))
            return self._speech.speak(text, voice, syllables_per_s)

    def version(self, voice: Voice) -> str:
        """Name what the engine names."""
        return self._speech.version(voice)
