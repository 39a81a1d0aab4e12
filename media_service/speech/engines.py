"""The voice engines that exist, by name, and the one `Speech` that hands each voice to its engine.

An engine's library is imported when the first of its voices speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from media_service.domain.casting import Voice
from media_service.errors import SetupError
from media_service.messages import message
from media_service.ports import Recording, Speech


def _espeak() -> Speech:
    from media_service.speech.espeak import Espeak  # noqa: PLC0415  # numpy and a C library: start-up stays quick

    return Espeak()


def _hum() -> Speech:
    from media_service.speech.hum import Hum  # noqa: PLC0415  # numpy: start-up stays quick

    return Hum()


ENGINES: Mapping[str, Callable[[], Speech]] = {"espeak": _espeak, "hum": _hum}
"""Name in a voice profile -> how to get the engine."""


class Engines:
    """Speaks every voice with the engine that its profile names."""

    def __init__(self, makers: Mapping[str, Callable[[], Speech]] = ENGINES) -> None:
        self._makers = makers
        self._made: dict[str, Speech] = {}

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak as the voice's engine does; raises SetupError where there is no such engine."""
        return self._engine(voice).speak(text, voice, syllables_per_s)

    def version(self, voice: Voice) -> str:
        """Name the voice's engine and its version; raises SetupError where there is no such engine."""
        return self._engine(voice).version(voice)

    def _engine(self, voice: Voice) -> Speech:
        if voice.engine not in self._makers:
            raise SetupError(
                message(
                    "Voice “{voice}” asks for the engine “{engine}”, which does not exist; choose one of: {known}.",
                    voice=voice.name,
                    engine=voice.engine,
                    known=", ".join(sorted(self._makers)),
                )
            )
        if voice.engine not in self._made:
            self._made[voice.engine] = self._makers[voice.engine]()
        return self._made[voice.engine]
