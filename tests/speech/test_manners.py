"""Long texts in parts, patience with what is away, turns, and words as services tell of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.box.call import Box
from media_service.boxed import VOICES, BoxedEspeak
from media_service.domain.casting import Voice
from media_service.errors import NothingToSayError, VoiceAwayError, VoiceFailedError, refused
from media_service.messages import message
from media_service.ports import Recording
from media_service.speech.espeak import Espeak
from media_service.speech.parting import parts
from media_service.speech.patient import PAUSES_S, REST_S, Patient
from media_service.speech.plain import plain
from media_service.speech.polite import OwnTurns, Polite
from media_service.speech.told_words import Told, timed
from tests import fakes, make


@given(st.text(alphabet="ab ,.;\n“”…ạ", max_size=400), st.integers(5, 60))
def test_parts_are_short_in_order_and_lose_no_letter(text: str, limit: int) -> None:
    spans = list(parts(text, limit))
    assert all(0 < last - first <= limit for first, last in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = {place for first, last in spans for place in range(first, last)}
    assert all(place in kept for place, letter in enumerate(text) if not letter.isspace())


def test_a_text_is_cut_after_a_sentence_then_after_a_clause_then_between_words() -> None:
    text = "Trời xanh. Biển lặng, gió nhẹ và nắng vàng rải khắp bãi cát dài."
    assert [text[first:last] for first, last in parts(text, 30)] == [
        "Trời xanh.",
        "Biển lặng,",
        "gió nhẹ và nắng vàng rải khắp",
        "bãi cát dài.",
    ]


class Away(fakes.FakeSpeech):
    def __init__(self, times: int, after: timedelta | None = None) -> None:
        super().__init__()
        self.times, self.after, self.asked = times, after, 0

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        self.asked += 1
        if self.asked <= self.times:
            raise VoiceAwayError(message("away"), self.after)
        return super().speak(text, voice, syllables_per_s)


def test_what_is_away_is_asked_again_after_growing_pauses() -> None:
    slept: list[float] = []
    Patient(Away(2), slept.append).speak("Một", make.voice(), 3.5)
    assert slept == list(PAUSES_S)


def test_what_stays_away_rests_and_is_asked_again_after_that() -> None:
    now = [0.0]
    away = Away(3)
    patient = Patient(away, lambda _: None, lambda: now[0])
    for _ in range(2):
        with pytest.raises(VoiceAwayError):
            patient.speak("Một", make.voice(), 3.5)
    assert away.asked == 3
    now[0] = REST_S + 1
    assert patient.speak("Một", make.voice(), 3.5).pcm


def test_who_asks_for_a_long_rest_gets_it() -> None:
    away = Away(1, timedelta(minutes=5))
    with pytest.raises(VoiceAwayError) as caught:
        Patient(away, lambda _: None).speak("Một", make.voice(), 3.5)
    assert caught.value.after == timedelta(minutes=5)
    assert away.asked == 1


def test_an_engine_s_own_facts_set_its_turns_where_a_profile_says_nothing() -> None:
    slept: list[float] = []
    polite = Polite(fakes.FakeSpeech(), OwnTurns(lambda: 0.0), sleep=slept.append)
    for _ in range(3):
        polite.speak("Một", make.voice(engine="gtts"), 3.5)
    assert slept == [0.0, 1.5, 3.0]


def test_words_that_a_service_tells_together_share_their_time() -> None:
    said = plain("Chào TP Hồ, bạn!")
    words = timed(said, [Told("Chào", 0.1, 0.4), Told("TP Hồ", 0.5, 1.0), Told("bạn", 1.1, 1.3)], 1000, 1400)
    assert [(word.start, word.end) for word in words] == [(100, 400), (500, 750), (750, 1000), (1100, 1300)]


@pytest.mark.parametrize("told", [[], [Told("khác", 0.0, 1.0)], [Told("", 0.0, 1.0)]])
def test_words_that_are_not_in_the_text_time_nothing(told: list[Told]) -> None:
    assert timed(plain("Chào bạn"), told, 1000, 2000) == ()


@given(st.lists(st.tuples(st.sampled_from(["Chào", "bạn", "nhé", ","]), st.floats(-1, 5), st.floats(-1, 5))))
def test_whatever_a_service_tells_words_lie_inside_the_sound(told: list[tuple[str, float, float]]) -> None:
    words = timed(plain("Chào bạn, chào bạn nhé"), [Told(*one) for one in told], 1000, 3000)
    assert all(0 <= word.start <= word.end <= 3000 for word in words)


def test_espeak_says_the_same_in_the_box() -> None:
    voice = Voice("nữ", "espeak", "vi+Annie", "Giọng nữ")
    with Box(VOICES) as box:
        boxed = BoxedEspeak(box)
        assert boxed.speak("Xin chào, \ud800 bạn.", voice, 3.5) == Espeak().speak("Xin chào, ? bạn.", voice, 3.5)
        with pytest.raises(NothingToSayError):
            boxed.speak("…", voice, 3.5)


def test_a_crash_of_the_library_fails_one_sentence() -> None:
    class Crashing:
        def call(self, about: str, *_: object) -> object:
            raise refused(about, message("SIGSEGV"))

    with pytest.raises(VoiceFailedError, match="breaks off at “Xin chào”"):
        BoxedEspeak(Crashing()).speak("Xin chào", Voice("nữ", "espeak", "vi", ""), 3.5)
