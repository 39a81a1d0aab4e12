"""The voice engines that exist, by name, and the one `Speech` that hands each voice to its engine.

An engine's library is imported when the first of its voices speaks.
"""
# ruff: noqa: PLC0415  # the imports inside are the point: start-up stays quick, and a machine may do without an engine

from __future__ import annotations

from collections.abc import Callable, Mapping

from media_service.domain.casting import Voice
from media_service.domain.tape import ENGINE as RECORDED
from media_service.errors import SetupError
from media_service.messages import message
from media_service.ports import Recording, Speech
from media_service.speech.facts import facts_of
from media_service.speech.means import Means

Maker = Callable[[Means], Speech]


def _espeak(_means: Means) -> Speech:
    from media_service.speech.espeak import Espeak

    return Espeak()


def _hum(_means: Means) -> Speech:
    from media_service.speech.hum import Hum

    return Hum()


def _gtts(means: Means) -> Speech:
    from media_service.speech.gtts import Gtts

    return Gtts(means)


def _edge(means: Means) -> Speech:
    from media_service.speech.edge import Edge

    return Edge(means)


def _piper(means: Means) -> Speech:
    from media_service.speech.piper import Piper

    return Piper(means)


def _openai(means: Means) -> Speech:
    from media_service.speech.openai import OpenAi

    return OpenAi(means)


ENGINES: Mapping[str, Maker] = {
    "edge": _edge,
    "espeak": _espeak,
    "gtts": _gtts,
    "hum": _hum,
    "openai": _openai,
    "piper": _piper,
}
"""Name in a voice profile -> how to get the engine."""


GUIDE = "espeak"
"""The engine that alignment listens to."""


class Engines:
    """Speaks every voice with the engine that its profile names, and sees to it that words are timed."""

    def __init__(self, makers: Mapping[str, Maker] = ENGINES, means: Means | None = None) -> None:
        self._makers = makers
        self._means = means or Means()
        self._made: dict[str, Speech] = {}

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak as the voice's engine does; raises SetupError where there is no such engine."""
        recording = self._engine(voice).speak(text, voice, syllables_per_s)
        if recording.words:
            return recording
        from media_service.speech.aligning import timed

        return timed(recording, text, voice, self._made_by(GUIDE))

    def version(self, voice: Voice) -> str:
        """Name the voice's engine and its version; raises SetupError where there is no such engine."""
        version = self._engine(voice).version(voice)
        if facts_of(voice.engine).tells_words:
            return version
        from media_service.speech.aligning import VERSION

        return f"{version} {VERSION}"

    def _engine(self, voice: Voice) -> Speech:
        if voice.engine == RECORDED:
            raise SetupError(
                message(
                    "Voice “{voice}” is a person's and says only what was recorded: lay the recordings in the job "
                    "folder (recordings/01.wav for chapter 1), or choose another voice.",
                    voice=voice.name,
                )
            )
        if voice.engine not in self._makers:
            raise SetupError(
                message(
                    "Voice “{voice}” asks for the engine “{engine}”, which does not exist; choose one of: {known}.",
                    voice=voice.name,
                    engine=voice.engine,
                    known=", ".join(sorted(self._makers)),
                )
            )
        return self._made_by(voice.engine)

    def _made_by(self, name: str) -> Speech:
        if name not in self._made:
            self._made[name] = self._makers.get(name, ENGINES[GUIDE])(self._means)
        return self._made[name]
