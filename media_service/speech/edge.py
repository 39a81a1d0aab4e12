"""The voices of Microsoft Edge behind the `Speech` door, with the times of their words; no key.

edge-tts speaks the protocol. Where the service is asked is a setting: the client is given a connector that leads there
and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from media_service.domain.casting import Voice
from media_service.errors import SetupError, ToolFailedError
from media_service.messages import message
from media_service.ports import Recording
from media_service.speech.asking import LARGEST, SILENCE_S, WHOLE_S, away
from media_service.speech.facts import FACTS
from media_service.speech.means import Means
from media_service.speech.pacing import Tempo, paced, tempo
from media_service.speech.plain import plain
from media_service.speech.told_words import Told, timed

if TYPE_CHECKING:
    from edge_tts import Communicate

CODE_VERSION = 1
"""Raised whenever the same words and voice come out otherwise than before."""

_TICKS_A_SECOND = 10_000_000
_HERTZ_A_STEP = 2
"""A step of a profile's pitch (0-100, 50 is the voice's own) in hertz."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Microsoft's neural voices, as its browser reads aloud. A voice's id is theirs (`vi-VN-HoaiMyNeural`)."""

    means: Means

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text`; raises as the door says."""
        facts = FACTS["edge"]
        said = plain(text)
        wanted = tempo(voice, syllables_per_s, facts)
        mp3, told = self._asked(said.text, voice, wanted)
        try:
            pcm = self.means.shaping.decode(mp3, facts.sample_rate)
        except ToolFailedError as exc:
            raise away(facts.title, exc.said) from exc
        words = timed(said, told, facts.sample_rate, len(pcm) // 2)
        return paced(Recording(pcm, facts.sample_rate, words), said, wanted, self.means.shaping)

    def version(self, voice: Voice) -> str:  # noqa: ARG002  # what Microsoft changes on its side has no name
        """Name the client and this code."""
        return f"edge {version('edge-tts')}/{CODE_VERSION}"

    def _asked(self, text: str, voice: Voice, wanted: Tempo, *, again: bool = True) -> tuple[bytes, Sequence[Told]]:
        import aiohttp  # noqa: PLC0415  # only who speaks with it needs it
        from anyio.from_thread import start_blocking_portal  # noqa: PLC0415
        from edge_tts.exceptions import EdgeTTSException  # noqa: PLC0415

        try:
            with start_blocking_portal() as thread:  # its own: the caller's may run a loop already, and bears no other
                return thread.call(self._heard, text, voice, wanted)
        except aiohttp.ClientResponseError as exc:
            raise away(FACTS["edge"].title, f"HTTP {exc.status}") from exc
        except (aiohttp.ClientError, EdgeTTSException, TimeoutError, OSError, UnicodeDecodeError) as exc:
            raise away(FACTS["edge"].title, type(exc).__name__) from exc
        except RuntimeError as exc:  # refused (403): its clock is set by the service's now, but it cannot ask again
            if again:
                return self._asked(text, voice, wanted, again=False)
            raise away(FACTS["edge"].title, message("it blocks this address"), timedelta(hours=1)) from exc
        except (ValueError, KeyError, TypeError) as exc:  # its client believes whatever comes
            raise away(FACTS["edge"].title, message("its answer makes no sense")) from exc

    async def _heard(self, text: str, voice: Voice, wanted: Tempo) -> tuple[bytes, Sequence[Told]]:
        import anyio  # noqa: PLC0415  # only who speaks with it needs it

        sound = bytearray()
        told: list[Told] = []
        with anyio.fail_after(WHOLE_S):
            async for piece in self._client(text, voice, wanted).stream():
                if piece["type"] == "audio":
                    sound.extend(piece["data"])
                else:
                    told.append(_told(piece))
                if len(sound) > LARGEST:
                    raise away(FACTS["edge"].title, message("its answer has no end"))
        return bytes(sound), told

    def _client(self, text: str, voice: Voice, wanted: Tempo) -> Communicate:
        from edge_tts import Communicate  # noqa: PLC0415  # only who speaks with it needs it

        from media_service.speech.edge_address import OneAddress  # noqa: PLC0415  # as above

        try:
            return Communicate(
                text,
                voice.id,
                rate=f"{round(100 * (wanted.of_engine - 1)):+d}%",
                pitch=f"{(voice.pitch - 50) * _HERTZ_A_STEP:+d}Hz",
                boundary="WordBoundary",
                connector=OneAddress(self.means.edge),
                receive_timeout=int(SILENCE_S),
            )
        except ValueError as exc:
            said = message(
                "The voice service {engine} has no voice “{voice}”; correct the id in the voice profile.",
                engine=FACTS["edge"].title,
                voice=voice.id,
            )
            raise SetupError(said) from exc


def _told(piece: Any) -> Told:
    seconds = piece["offset"] / _TICKS_A_SECOND
    return Told(str(piece["text"]), seconds, seconds + piece["duration"] / _TICKS_A_SECOND)
