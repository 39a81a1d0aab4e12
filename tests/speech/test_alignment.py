"""Word times found by alignment, held against those that an engine knows: voices, paces, timbres, noise, pauses."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from media_service.domain.casting import Voice
from media_service.ports import Recording
from media_service.speech.aligning import timed
from media_service.speech.engines import Engines
from media_service.speech.espeak import Espeak
from media_service.speech.features import HOP_S
from media_service.speech.warping import warp
from tests import make

WHOLE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
"""All texts rather than two; about two minutes."""

TEXTS = (
    "Ngày xưa, ở một làng nọ ven biển, có hai anh em nhà kia cha mẹ mất sớm, chỉ còn lại một cây khế sau nhà.",
    "Trên đồi Bà Nài, ba ngôi tháp gạch đỏ đứng lặng giữa nắng và gió, nhìn ra biển suốt hơn một nghìn năm.",
    "Sóng vỗ rì rào, trăng lên, rùa con tìm đường về biển; mẹ nó đã bơi đi từ lâu lắm rồi.",
    "Thư viện mở cửa từ bảy giờ sáng, ai cũng có thể vào đọc, ngồi bao lâu cũng được, chẳng ai hỏi tiền.",
    "Dế Mèn đứng lặng hồi lâu trước mộ bạn, nghĩ mãi về bài học đường đời đầu tiên của mình.",
    "Người em chèo thuyền theo chim ra tận đảo xa, chỉ lấy đầy túi ba gang rồi quay về.",
)[: 6 if WHOLE else 2]

VOICES = {
    "a man": ("vi+m3", 35, 3.5),
    "a slow man": ("vi+m7", 30, 2.6),
    "a fast high voice": ("vi+f2", 75, 4.8),
    "a southerner": ("vi-vn-x-south+m1", 50, 3.5),
    "a voice of the Centre": ("vi-vn-x-central+f4", 50, 3.3),
    "a whisper": ("vi+whisper", 50, 3.5),
    "a croaking voice": ("vi+croak", 40, 3.0),
}


def spoken(text: str, how: tuple[str, int, float]) -> Recording:
    name, pitch, pace = how
    return Espeak().speak(text, Voice("x", "espeak", name, "x", pitch=pitch), pace)


def sound(recording: Recording) -> NDArray[np.float64]:
    return np.frombuffer(recording.pcm, "<i2").astype(float)


def with_sound(recording: Recording, samples: NDArray[np.float64]) -> Recording:
    return replace(recording, pcm=np.clip(samples, -32_768, 32_767).astype("<i2").tobytes())


def noisy(recording: Recording, ratio_db: float) -> Recording:
    clean = sound(recording)
    level = np.sqrt(np.square(clean).mean()) * 10 ** (-ratio_db / 20)
    return with_sound(recording, clean + np.random.default_rng(1).normal(0, level, len(clean)))


def muffled(recording: Recording) -> Recording:
    return with_sound(recording, np.convolve(sound(recording), np.hanning(12) / np.hanning(12).sum(), "same"))


def taller(recording: Recording) -> Recording:
    """The same by a larger throat: everything lower, formants too, and slower."""
    return replace(recording, sample_rate=round(recording.sample_rate * 0.88))


def waited_for(recording: Recording) -> Recording:
    """The same behind a second of silence."""
    rate = recording.sample_rate
    words = tuple(replace(word, start=word.start + rate, end=word.end + rate) for word in recording.words)
    return replace(recording, pcm=bytes(2 * rate) + recording.pcm, words=words)


SPOILT = {"noise at 20 dB": lambda one: noisy(one, 20), "noise at 10 dB": lambda one: noisy(one, 10)} | {
    "behind a wall": muffled,
    "a larger throat": taller,
    "after a silence": waited_for,
}


def mistakes(recordings: Iterator[tuple[str, Recording]]) -> list[float]:
    """Seconds between where each word begins and ends and where alignment puts it."""
    found = []
    for text, known in recordings:
        aligned = timed(replace(known, words=()), text, make.voice(), Espeak())
        assert [(word.first, word.last) for word in aligned.words] == [(word.first, word.last) for word in known.words]
        for one, other in zip(aligned.words, known.words, strict=True):
            found += [abs(one.start - other.start), abs(one.end - other.end)]
    return [mistake / known.sample_rate for mistake in found]


@pytest.mark.parametrize("how", VOICES.values(), ids=VOICES)
def test_words_of_another_voice_are_found_within_a_tenth_of_a_second(how: tuple[str, int, float]) -> None:
    assert np.percentile(mistakes((text, spoken(text, how)) for text in TEXTS), 95) <= 0.10


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_words_are_found_in_spoilt_sound(spoil) -> None:  # type: ignore[no-untyped-def]
    assert np.percentile(mistakes((text, spoil(spoken(text, VOICES["a man"]))) for text in TEXTS), 95) <= 0.10


def test_english_is_led_by_an_english_voice() -> None:
    text = "Once upon a time there were two brothers who lived in a small house near the sea."
    known = Espeak().speak(text, Voice("x", "espeak", "en-us+m3", "x"), 4.0)
    aligned = timed(replace(known, words=()), text, make.voice(language="en"), Espeak())
    apart = [abs(one.start - other.start) for one, other in zip(aligned.words, known.words, strict=True)]
    assert np.percentile(apart, 95) / known.sample_rate <= 0.10


def test_what_takes_twice_as_long_costs_twice_as_much() -> None:
    frames = np.cumsum(np.random.default_rng(1).normal(0, 0.3, (8_000, 13)), axis=0).astype(np.float32)

    def cost(length: int) -> float:
        begun = time.process_time()
        assert warp(frames[:length], frames[: length - 3]).cost < 1
        return time.process_time() - begun

    cost(500)
    assert cost(8_000) <= 3 * 4 * cost(2_000)  # in a square it would be sixteen times


def test_silence_and_what_cannot_be_said_get_no_times() -> None:
    silence = Recording(bytes(22_050), 22_050, ())
    assert timed(silence, "Ngày xưa", make.voice(), Espeak()) == silence
    known = spoken("Ngày xưa", VOICES["a man"])
    assert timed(replace(known, words=()), "…", make.voice(), Espeak()).words == ()
    unheard_of = make.voice(language="tlh")
    assert timed(replace(known, words=()), "Ngày xưa", unheard_of, Espeak()).words == ()


class Mute:
    """An engine that speaks, and tells nothing of its words."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        return replace(spoken(text, VOICES["a man"]), words=())

    def version(self, voice: Voice) -> str:
        return "mute 1"


def test_an_engine_that_tells_no_words_has_them_found() -> None:
    engines = Engines({"mute": lambda _: Mute(), "espeak": lambda _: Espeak()})
    voice = make.voice(engine="mute")
    recording = engines.speak("Ngày xưa có hai anh em.", voice, 3.5)
    assert len(recording.words) == 6
    assert recording.words[-1].end <= len(recording.pcm) // 2
    assert recording.words[-1].end / recording.sample_rate > HOP_S
    assert engines.version(voice) != Mute().version(voice)
    assert engines.version(make.voice(engine="espeak")) == Espeak().version(voice)
