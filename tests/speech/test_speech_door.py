"""What every voice engine promises, asked of each that is shipped."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import numpy as np
import pytest

from media_service.domain.casting import Voice
from media_service.errors import NothingToSayError
from media_service.ports import Recording, Speech
from media_service.speech.engines import Engines

TALE = (
    "Ngày xửa ngày xưa, ở một làng chài ven biển, có một chú rùa con vừa chui ra khỏi lớp cát ấm.",
    "Chàng dế ăn khỏe, chóng lớn, càng bóng nhẫy, râu cong vút, rồi đâm ra kiêu căng, chẳng coi ai ra gì.",
    "Thế rồi họ dựng lều, đan lưới bắt cá, hái rau rừng, hứng nước suối.",
    "Trên đồi, ba ngôi tháp gạch sẫm màu thời gian đứng lặng giữa nắng và gió.",
    "Tí Xíu mừng quá, nhắm thẳng phía ánh trăng mà đi, để lại sau lưng một hàng dấu chân bé tí.",
)
HOSTILE = (
    "Xin <break time='9s'/> chào <b>bạn</b> &lt;nhé&gt;",
    "Xin [[h@'loU]] chào bạn",
    "Xin \x01120P chào \x00 bạn \x07 nhé",
    "em 😀 cười 👨‍👩‍👧 to 👍🏽 thật",
    "Hôm nay 你好 tôi học English và русский",
    "dòng một\ndòng hai\r\n\r\ndòng ba\tcuối",
    "lẻ \ud800 loi",
    "của\u00a0tôi\u200b tốt \ufeffnhé",
    "*bảy* _tám_ #chín {mười} ~ ^ | \\ hết",
    "Hay quá!!!??? Thật…… à....",
    "http://thuvien.vn/a?b=c&d=e 50% 1.234,5 km",
    "tre-em Ka-tê a-b-c Dế-Mèn-phiêu-lưu-ký",
    "x" * 300,
    "một " * 400,
)


def quiet_removed_s(recording: Recording) -> float:
    """Length without pauses, as standard A12 measures it: quieter than -45 dB for 0.15 s."""
    sound = np.abs(np.frombuffer(recording.pcm, "<i2").astype(int))
    loud = np.flatnonzero(sound >= 32768 * 10 ** (-45 / 20))
    gaps = np.diff(np.concatenate([[-1], loud, [len(sound)]]))
    return float(len(sound) - gaps[gaps > 0.15 * recording.sample_rate].sum()) / recording.sample_rate


def shown(text: str, recording: Recording) -> list[str]:
    return [text[word.first : word.last] for word in recording.words]


class SpeechContract:
    """Inherit, and give the voices."""

    voice: Voice
    other: Voice

    @pytest.fixture
    def speech(self) -> Speech:
        return Engines()

    def test_every_word_is_timed_once_in_order(self, speech: Speech) -> None:
        for text in TALE:
            assert shown(text, speech.speak(text, self.voice, 3.3)) == text.replace(",", "").replace(".", "").split()

    def test_words_do_not_overlap_and_lie_inside_the_sound(self, speech: Speech) -> None:
        for text in (*TALE, *HOSTILE):
            recording = speech.speak(text, self.voice, 3.3)
            ends = [(word.start, word.end) for word in recording.words]
            assert ends[0][0] == 0
            assert ends[-1][1] <= len(recording.pcm) // 2
            assert all(start < end for start, end in ends), text
            assert all(before[1] <= after[0] for before, after in pairwise(ends)), text

    def test_no_word_of_a_hostile_text_is_lost(self, speech: Speech) -> None:
        for text in HOSTILE:
            recording = speech.speak(text, self.voice, 3.3)
            spans = [(word.first, word.last) for word in recording.words]
            assert all(before[1] <= after[0] for before, after in pairwise(spans)), text
            covered = {place for first, last in spans for place in range(first, last)}
            assert all(place in covered for place, letter in enumerate(text) if letter.isalnum()), text

    def test_markup_and_phoneme_codes_do_nothing(self, speech: Speech) -> None:
        plain = speech.speak("Xin break time 9s chào bạn", self.voice, 3.3)
        marked = speech.speak("Xin <break time='9s'/> chào bạn", self.voice, 3.3)
        assert len(marked.pcm) < 1.5 * len(plain.pcm)
        assert (
            speech.speak("Xin \x01300P\x015S chào", self.voice, 3.3).pcm
            == speech.speak("Xin  300P 5S chào", self.voice, 3.3).pcm
        )

    def test_the_first_word_begins_with_the_sound_and_the_last_ends_with_it(self, speech: Speech) -> None:
        for text in TALE:
            recording = speech.speak(text, self.voice, 3.3)
            loud = np.flatnonzero(np.abs(np.frombuffer(recording.pcm, "<i2").astype(int)) > 180)
            assert abs(loud[0] - recording.words[0].start) <= 0.03 * recording.sample_rate
            assert abs(loud[-1] - recording.words[-1].end) <= 0.03 * recording.sample_rate

    @pytest.mark.parametrize("asked", [2.5, 3.3, 3.7, 4.5, 5.0])
    def test_the_pace_is_what_was_asked(self, speech: Speech, asked: float) -> None:
        recordings = [speech.speak(text, self.voice, asked) for text in TALE]
        syllables = sum(len(recording.words) for recording in recordings)
        pace = syllables / sum(quiet_removed_s(recording) for recording in recordings)
        assert pace == pytest.approx(asked * self.voice.rate, rel=0.06)

    def test_a_comma_is_a_pause_as_long_as_the_age_profile_asks(self, speech: Speech) -> None:
        for asked, pause in ((3.3, 0.25), (3.7, 0.25), (4.5, 0.2)):
            recording = speech.speak("Trời xanh, biển lặng", self.voice, asked)
            gap = (recording.words[2].start - recording.words[1].end) / recording.sample_rate
            assert gap == pytest.approx(pause, abs=0.01)

    def test_the_same_words_give_the_same_bytes_whoever_spoke_between(self, speech: Speech) -> None:
        first = speech.speak(TALE[0], self.voice, 3.3)
        other = speech.speak(TALE[1], self.other, 4.5)
        assert speech.speak(TALE[0], self.voice, 3.3) == first
        assert speech.speak(TALE[1], self.other, 4.5) == other
        assert first.pcm != speech.speak(TALE[0], self.other, 3.3).pcm

    def test_a_text_in_pieces_of_letters_sounds_like_one_in_whole_letters(self, speech: Speech) -> None:
        apart = unicodedata.normalize("NFD", TALE[0])
        recording = speech.speak(apart, self.voice, 3.3)
        assert recording.pcm == speech.speak(TALE[0], self.voice, 3.3).pcm
        assert [unicodedata.normalize("NFC", word) for word in shown(apart, recording)][:2] == ["Ngày", "xửa"]

    @pytest.mark.parametrize("text", ["", " \n\t", "...", "?!… — “”", "😀 👍🏽", "<>[]{}*", "\x00\x01"])
    def test_a_text_without_words_is_refused_by_name(self, speech: Speech, text: str) -> None:
        with pytest.raises(NothingToSayError, match="nothing to say"):
            speech.speak(text, self.voice, 3.3)

    def test_a_very_long_text_is_spoken_to_its_last_word(
        self, speech: Speech, record_property: pytest.RecordProperty
    ) -> None:
        text = (" ".join(TALE) + " ") * 30
        assert len(text) > 12_000
        begun = time.perf_counter()
        recording = speech.speak(text, self.voice, 4.5)
        seconds = time.perf_counter() - begun
        record_property("times_faster_than_listening", len(recording.pcm) / 2 / recording.sample_rate / seconds)
        assert len(recording.words) == len(text.split())
        assert recording.words[-1].end == len(recording.pcm) // 2

    def test_the_version_names_the_engine(self, speech: Speech) -> None:
        assert self.voice.engine in speech.version(self.voice)


class TestEspeak(SpeechContract):
    voice = Voice("nữ", "espeak", "vi+Annie", "Giọng nữ", pitch=62)
    other = Voice("cụ", "espeak", "vi+grandpa", "Giọng cụ", pitch=40)


class TestEspeakSouthern(SpeechContract):
    voice = Voice("nam", "espeak", "vi-vn-x-south+m3", "Giọng nam")
    other = Voice("bà", "espeak", "vi+f5", "Giọng bà", rate=0.9)


class TestHum(SpeechContract):
    voice = Voice("ngân", "hum", "", "Tiếng ngân")
    other = Voice("ngân cao", "hum", "", "Tiếng ngân cao", pitch=80)
