"""How often an engine is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from media_service.speech.polite import Polite, Room
from tests import fakes, make
from tests.worker.state import FakeTurns


class Lent:
    def __init__(self) -> None:
        self.now, self.slept_while = False, []

    @contextmanager
    def core(self) -> Iterator[None]:
        self.now = True
        yield
        self.now = False

    def sleep(self, seconds: float) -> None:
        self.slept_while.append((seconds, self.now))


def polite(turns: FakeTurns, lent: Lent) -> Polite:
    return Polite(fakes.FakeSpeech(), turns, Room(lent.core), lent.sleep)


def test_a_voice_with_a_limit_waits_for_its_turn_and_holds_no_core_meanwhile() -> None:
    turns, lent = FakeTurns(), Lent()
    speech = polite(turns, lent)
    voice = make.voice(requests_per_minute=20)
    said = [speech.speak("Con cò.", voice, 4.0) for _ in range(3)]
    assert lent.slept_while == [(0.0, True), (3.0, True), (6.0, True)]
    assert turns.taken == [("speech:hum", timedelta(seconds=3))] * 3
    assert all(one.words for one in said)
    assert not lent.now


def test_a_voice_without_a_limit_asks_nobody() -> None:
    turns, lent = FakeTurns(), Lent()
    polite(turns, lent).speak("Con cò.", make.voice(), 4.0)
    assert turns.taken == lent.slept_while == []


def test_a_limit_is_not_heard() -> None:
    assert make.voice().sound() == make.voice(requests_per_minute=20).sound()
