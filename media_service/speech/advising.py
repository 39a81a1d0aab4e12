"""Which voices work on this machine, which is the best for Vietnamese, and how a better one is had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from media_service.domain.casting import Voice
from media_service.domain.tape import ENGINE
from media_service.errors import SetupError
from media_service.messages import Message, message
from media_service.ports import Speech
from media_service.speech.facts import facts_of

_RANKS = ("piper", "edge", "openai", "gtts", "espeak")
"""Engines by what is to be recommended: what speaks on this machine before what needs a service without a contract."""
BEST = "vais1000"
"""The voice to install where none of a machine's own is fit to publish."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a machine stands with voices."""

    able: tuple[Voice, ...]
    """Voices whose engine and model are there; a service may still not answer."""
    unable: tuple[tuple[Voice, Message], ...]
    """The others, and what each lacks."""
    best: Voice | None
    advice: Message


def advise(voices: Iterable[Voice], speech: Speech) -> Outlook:
    """Look at every voice; nothing is asked of a service."""
    able: list[Voice] = []
    unable: list[tuple[Voice, Message]] = []
    for voice in voices:
        if voice.engine == ENGINE:
            able.append(voice)  # whoever recorded it has spoken already
            continue
        try:
            speech.version(voice)
            able.append(voice)
        except SetupError as fault:
            unable.append((voice, fault.said))
    asked = (voice for voice in able if voice.language.startswith("vi") and voice.engine != ENGINE)
    best = min(asked, key=_rank, default=None)
    return Outlook(tuple(able), tuple(unable), best, _advice(best))


def _rank(voice: Voice) -> tuple[bool, int, str]:
    rank = _RANKS.index(voice.engine) if voice.engine in _RANKS else len(_RANKS)
    return voice.draft, rank, voice.name


def _advice(best: Voice | None) -> Message:
    if best is not None and not best.draft and not facts_of(best.engine).online:
        return message("Nothing better can be had on this machine.")
    if best is not None and facts_of(best.engine).online:
        return message(
            "It needs a network and sends the text away; one that speaks on this machine: install "
            "media-service[piper], then media-service voices install {voice}.",
            voice=BEST,
        )
    return message(
        "It is a draft voice; a better one: install media-service[piper], then media-service voices install {voice}.",
        voice=BEST,
    )
