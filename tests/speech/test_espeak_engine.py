"""What eSpeak NG alone must keep, beside what every engine promises."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from media_service.domain.casting import Voice
from media_service.errors import SetupError
from media_service.ports import Recording
from media_service.speech import espeak_library
from media_service.speech.espeak import Espeak, words_per_minute

HELLO = "Xin chào các em, hôm nay trời đẹp quá."


def voice(name: str, pitch: int = 50) -> Voice:
    return Voice("thử", "espeak", name, "Giọng thử", pitch=pitch)


def fundamental_hz(recording: Recording) -> float:
    """Median pitch of what is voiced, by autocorrelation."""
    sound = np.frombuffer(recording.pcm, "<i2").astype(float)
    found = []
    for begin in range(0, len(sound) - 1200, 600):
        frame = sound[begin : begin + 1200] * np.hanning(1200)
        echo = np.correlate(frame, frame, "full")[1199:]
        lag = 50 + int(np.argmax(echo[50:360]))
        if echo[lag] > 0.5 * echo[0] > 0:
            found.append(recording.sample_rate / lag)
    return float(np.median(found))


def between(recording: Recording, word: int) -> float:
    return (recording.words[word].start - recording.words[word - 1].end) / recording.sample_rate


@pytest.mark.parametrize(
    "name", ["xx", "vi+nope", "vi+", "+f2", "", "vie", "Vietnamese (Northern)", "vi+../f2", "vi+f2\x00", "VI"]
)
def test_a_voice_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(SetupError, match="has no voice"):
        Espeak().speak(HELLO, voice(name), 3.3)


def test_a_machine_without_the_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(SetupError, match="install the package espeakng-loader"):
        Espeak().speak(HELLO, voice("vi"), 3.3)


def test_voice_data_under_too_long_a_path_is_said_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    deep = tmp_path / ("d" * 160)
    deep.symlink_to(espeak_library._data())
    monkeypatch.setattr(espeak_library, "_data", lambda: deep)
    with pytest.raises(SetupError, match="shorter than 160 characters"):
        Espeak().speak(HELLO, voice("vi"), 3.3)
    capfd.readouterr()


def test_pitch_raises_the_voice() -> None:
    low, middle, high = (fundamental_hz(Espeak().speak(HELLO, voice("vi", pitch), 3.3)) for pitch in (20, 50, 90))
    assert low < 0.9 * middle < 0.8 * high


def test_another_process_gives_the_same_bytes() -> None:
    here = Espeak().speak(HELLO, voice("vi+f5"), 3.3)
    program = (
        "import hashlib\n"
        "from media_service.domain.casting import Voice\n"
        "from media_service.speech.espeak import Espeak\n"
        f"said = Espeak().speak({HELLO!r}, Voice('thử', 'espeak', 'vi+f5', ''), 3.3)\n"
        "print(hashlib.sha256(said.pcm).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(here.pcm).hexdigest()


def test_many_threads_may_speak_at_once() -> None:
    alone = {name: Espeak().speak(HELLO, voice(name), 3.3) for name in ("vi", "vi+f5", "vi-vn-x-south+m3")}
    together: dict[str, Recording] = {}

    def speak(name: str) -> None:
        together[name] = Espeak().speak(HELLO, voice(name), 3.3)

    threads = [threading.Thread(target=speak, args=(name,)) for name in alone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_figure_is_one_word_however_many_syllables_it_has() -> None:
    text = "Có 1.945 em bé."
    recording = Espeak().speak(text, voice("vi"), 3.3)
    assert [text[word.first : word.last] for word in recording.words] == ["Có", "1.945", "em", "bé"]
    lengths = [word.end - word.start for word in recording.words]
    assert lengths[1] > 3 * lengths[0]


def test_the_end_of_a_sentence_is_a_longer_pause_than_a_colon_and_that_than_a_comma() -> None:
    recording = Espeak().speak("Mẹ gọi, con thưa: dạ. Trời ơi", voice("vi"), 3.3)
    comma, colon, sentence = (between(recording, word) for word in (2, 4, 5))
    assert (comma, colon, sentence) == pytest.approx((0.25, 0.35, 0.6), abs=0.01)


def test_a_question_mark_before_the_speaker_s_name_ends_no_sentence() -> None:
    recording = Espeak().speak("“Ai đó?” tôi hỏi. Im lặng.", voice("vi"), 3.3)
    assert between(recording, 2) == pytest.approx(0.35, abs=0.01)
    assert between(recording, 4) == pytest.approx(0.6, abs=0.01)


def test_nothing_but_silence_lies_between_two_clauses() -> None:
    recording = Espeak().speak("Mẹ gọi, con thưa", voice("vi"), 3.3)
    gap = np.frombuffer(recording.pcm, "<i2")[recording.words[1].end : recording.words[2].start]
    assert gap.size > 0
    assert not gap.any()


def test_no_shipped_kind_of_voice_reaches_the_end_of_the_scale() -> None:
    for name in ("vi", "vi+Annie", "vi+grandma", "vi+grandpa", "vi-vn-x-south+m3", "vi-vn-x-central+Annie"):
        sound = np.frombuffer(Espeak().speak(HELLO * 3, voice(name, 90), 3.3).pcm, "<i2").astype(int)
        assert np.abs(sound).max() < 31_000, name


@pytest.mark.parametrize(("asked", "speed"), [(0.1, 80), (3.12, 120), (3.4, 130), (99, 300)])
def test_speeds_between_measured_points_are_read_off_the_line(asked: float, speed: int) -> None:
    assert words_per_minute("vi+f1", asked) == speed


def test_the_version_names_library_wheel_and_code() -> None:
    assert Espeak().version(voice("vi")).startswith("espeak-ng 1.")
    assert Espeak().version(voice("vi")).count("/") == 2
