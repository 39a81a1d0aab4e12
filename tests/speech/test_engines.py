"""Which engine speaks a voice, and when it is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from media_service.domain.casting import Voice
from media_service.domain.timeline import Word
from media_service.errors import SetupError
from media_service.ports import Recording, Speech
from media_service.speech.engines import ENGINES, Engines
from media_service.speech.facts import FACTS


class Bell:
    """Rings once, and counts how often it was made."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        return Recording(b"\1\0", 8000, (Word(0, len(text), 0, 1),))

    def version(self, voice: Voice) -> str:
        return "bell 1"


def test_a_voice_is_spoken_by_the_engine_it_names() -> None:
    speech: Speech = Engines({"bell": lambda _: Bell()})
    voice = Voice("chuông", "bell", "", "Chuông")
    assert speech.speak("boong", voice, 3.0).pcm == b"\1\0"
    assert speech.version(voice).startswith("bell 1")
    assert Bell.made == 1


def test_an_unknown_engine_is_named_with_those_that_exist() -> None:
    with pytest.raises(
        SetupError, match="“piano”, which does not exist; choose one of: edge, espeak, gtts, hum, openai, piper"
    ):
        Engines().version(Voice("dương cầm", "piano", "", ""))


def test_every_engine_of_the_table_has_its_facts() -> None:
    assert ENGINES.keys() == FACTS.keys()


def test_no_engine_is_imported_before_a_voice_speaks() -> None:
    program = (
        "import sys, media_service.speech.engines; print('numpy' in sys.modules, 'espeakng_loader' in sys.modules)"
    )
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert seen.stdout.split() == ["False", "False"]
