"""The engine of Google Translate behind the `Speech` door: no key, one voice a language, no times of words.

gTTS writes the questions and knows the protocol's names; they are asked by `asking`, because gTTS itself switches off
the check of certificates, follows a server elsewhere and reads without an end.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

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

_PATH = "/_/TranslateWebserverUi/data/batchexecute"
_SOUND = re.compile(r'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"\]')
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Gtts:
    """Google Translate's voice, as its web page reads aloud. A voice's id is a language (`vi`)."""

    means: Means

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text`, of at most 100 characters; raises as the door says."""
        facts = FACTS["gtts"]
        said = plain(text)
        mp3 = b"".join(self._asked(body) for body in _client(said.text, voice).get_bodies())
        try:
            pcm = self.means.shaping.decode(mp3, facts.sample_rate)
        except ToolFailedError as exc:
            raise away(facts.title, exc.said) from exc
        wanted = tempo(voice, syllables_per_s, facts)
        return paced(Recording(pcm, facts.sample_rate, ()), said, wanted, self.means.shaping)

    def version(self, voice: Voice) -> str:  # noqa: ARG002  # what Google changes on its side has no name
        """Name the client and this code."""
        return f"gtts {version('gTTS')}/{CODE_VERSION}"

    def _asked(self, body: str) -> bytes:
        from gtts import gTTS  # noqa: PLC0415  # only who speaks with it needs it

        headers = {name: value for name, value in gTTS.GOOGLE_TTS_HEADERS.items() if name.lower() != "referer"}
        referer = {"Referer": f"{self.means.google}/"}
        question = Question(FACTS["gtts"].title, self.means.google + _PATH, body.encode(), {**headers, **referer})
        answer = ask(question).decode(errors="replace")
        found = _SOUND.search(answer)
        if not found:
            raise away(question.engine, message("there is no sound in its answer"))
        try:
            return base64.b64decode(found[1], validate=True)
        except binascii.Error as exc:
            raise away(question.engine, message("there is no sound in its answer")) from exc


def _client(text: str, voice: Voice) -> Any:
    from gtts import gTTS  # noqa: PLC0415  # only who speaks with it needs it

    if not _LANGUAGE.fullmatch(voice.id):
        said = message(
            "Voice “{voice}” has the id “{id}”, which is no language; write for example “vi”.",
            voice=voice.name,
            id=voice.id,
        )
        raise SetupError(said)
    # Its own changes to texts are for texts that nobody has made ready to be spoken.
    return gTTS(text, lang=voice.id, lang_check=False, pre_processor_funcs=[])
