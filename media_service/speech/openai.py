"""Any server that speaks OpenAI's speech API behind the `Speech` door: most new neural voices come with one.

No times of words. Where the server is and the key it wants are settings; the key stands in no message and no log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from media_service.domain.casting import Voice
from media_service.errors import SetupError, ToolFailedError
from media_service.messages import message
from media_service.ports import Recording
from media_service.speech.asking import Question, ask, away
from media_service.speech.facts import FACTS
from media_service.speech.means import Means
from media_service.speech.pacing import paced, tempo
from media_service.speech.plain import plain

CODE_VERSION = 1
"""Raised whenever the same words and voice come out otherwise than before."""


@dataclass(frozen=True, slots=True)
class OpenAi:
    """A server of the settings' choice. A voice's id is its model and its voice (`tts-1:nova`)."""

    means: Means

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text`; raises as the door says."""
        facts = FACTS["openai"]
        said = plain(text)
        wanted = tempo(voice, syllables_per_s, facts)
        model, _, name = voice.id.rpartition(":")
        asked = {
            "model": model,
            "voice": name,
            "input": said.text,
            "response_format": "mp3",
            "speed": round(wanted.of_engine, 2),
        }
        try:
            pcm = self.means.shaping.decode(ask(self._question(asked)), facts.sample_rate)
        except ToolFailedError as exc:
            raise away(facts.title, exc.said) from exc
        return paced(Recording(pcm, facts.sample_rate, ()), said, wanted, self.means.shaping)

    def version(self, voice: Voice) -> str:  # noqa: ARG002  # the API names no version of its voices
        """Name the server and this code; raises SetupError where the settings name none."""
        return f"openai {self._server()}/{CODE_VERSION}"

    def _question(self, asked: dict[str, object]) -> Question:
        body = json.dumps(asked, ensure_ascii=False).encode()
        url = f"{self._server()}/audio/speech"
        return Question(FACTS["openai"].title, url, body, {"Content-Type": "application/json"}, self._key())

    def _server(self) -> str:
        if not self.means.openai:
            raise SetupError(message("No server with OpenAI's speech API is set up; name it in MEDIA_SERVICE_OPENAI."))
        return self.means.openai

    def _key(self) -> str:
        file = self.means.openai_key
        if file is None:
            return ""
        try:
            return file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as exc:
            said = message("The key of the voice service cannot be read from {file}; correct the file.", file=file)
            raise SetupError(said) from exc
