"""One passage -> its clip: said by its voice or, phrase by phrase, by several; by stand-ins where a voice cannot.

Which passages there are, and in which order, is the affair of `narrate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from media_service.domain.casting import Voice
from media_service.domain.episode import Planned
from media_service.domain.fallbacks import stand_ins
from media_service.domain.fingerprint import fingerprint
from media_service.domain.passages import Passage, Phrase
from media_service.domain.product import Key, Product
from media_service.domain.spoken import Spoken, joined
from media_service.domain.timeline import Clip, as_written, samples
from media_service.errors import (
    Fault,
    InputError,
    MediaServiceError,
    NothingToSayError,
    SetupError,
    SilentVoiceError,
    VoiceAwayError,
    VoiceFailedError,
)
from media_service.ports import Recording, Take, Tools
from media_service.steps.listen import recorded

Given = ParamSpec("Given")
Result = TypeVar("Result")

VERSION = 2
"""Raise it when clips made before must be made again."""
CANNOT = (NothingToSayError, SetupError, SilentVoiceError, VoiceAwayError, VoiceFailedError)
"""Why a voice does not speak: then its stand-ins are asked, if it has any."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A phrase, what is said of it, and who says it: its own voice, or one that stands in for it."""

    phrase: Phrase
    said: Spoken
    voice: Voice

    def inputs(self, engine: str) -> tuple[object, ...]:
        """Return all that is heard of it."""
        manner = self.phrase.manner
        return (self.said.text, self.voice.sound(), manner.pace, manner.lift_db, self.phrase.pause, engine)


class _VoiceFellSilentError(Exception):
    """A voice could not speak; its cause says why."""

    def __init__(self, voice: Voice, fault: MediaServiceError) -> None:
        super().__init__(voice.name)
        self.voice = voice
        self.fault = fault


def clip(passage: Passage, episode: Planned, tools: Tools) -> Product[Clip]:
    """Return the passage's clip, by its voices or, where one cannot, by the first of its stand-ins that can.

    A stand-in's clip lies under its own key, so that the voice that was wanted is asked again next time.
    """
    if passage.tape:
        return recorded(passage, episode, tools)
    parts = [_Part(phrase, said, phrase.voice) for phrase, said in passage.said()]
    first: MediaServiceError | None = None
    while True:
        try:
            return _said(parts, episode, tools)
        except _VoiceFellSilentError as silence:
            first = first or silence.fault
            others = [_stood_in(part, silence.voice, tools) for part in parts]
        except SilentVoiceError as exc:
            raise _placed(exc, passage, episode) from exc
        parts = [part for part in others if part]
        if len(parts) < len(others):
            raise _placed(first, passage, episode)


def _stood_in(part: _Part, silent: Voice, tools: Tools) -> _Part | None:
    """Return a part with the next voice that may say it where its voice is the silent one; None where none is left."""
    if part.voice != silent:
        return part
    row = (part.phrase.voice, *stand_ins(part.phrase.voice, tools.voices))
    after = row[row.index(silent) + 1 :]
    return replace(part, voice=after[0]) if after else None


def _said(parts: Sequence[_Part], episode: Planned, tools: Tools) -> Product[Clip]:
    pace = episode.pace.articulation
    engines = [_asking(part.voice, tools.speech.version, part.voice) for part in parts]

    def make(path: Path) -> Clip:
        takes = list(_takes(parts, pace, tools))
        if len(takes) == 1:
            return _asking(parts[0].voice, tools.sound.clip, takes[0].recording, path)
        return tools.sound.splice(takes, path)

    heard = [part.inputs(engine) for part, engine in zip(parts, engines, strict=True)]
    inputs = (VERSION, heard, pace, tools.sound.version())
    made = tools.shelf.obtain(Key("clip", fingerprint(*inputs), ".flac"), Clip, make)
    facts = as_written(made.facts, joined([part.said for part in parts]))
    wanted = [part.phrase.voice.name for part in parts if part.voice != part.phrase.voice]
    spoke = [part.voice.name for part in parts]
    return replace(
        made,
        facts=replace(
            facts,
            voice=_listed(spoke),
            engine=_listed(engines),
            fallback_from=_listed(wanted),
            draft=any(part.voice.draft for part in parts),
        ),
    )


def _takes(parts: Sequence[_Part], pace: float, tools: Tools) -> Iterator[Take]:
    place = 0
    for part in parts:
        manner, voice = part.phrase.manner, part.voice
        recording: Recording = _asking(voice, tools.speech.speak, part.said.text, voice, pace * manner.pace)
        recording = replace(recording, gain_db=voice.gain + manner.lift_db)
        yield Take(recording, voice.name, place, samples(part.phrase.pause))
        place += len(part.said.text)


def _asking(voice: Voice, do: Callable[Given, Result], *args: Given.args, **named: Given.kwargs) -> Result:
    """Do what a voice is asked for; raises _VoiceFellSilentError where it cannot."""
    try:
        return do(*args, **named)
    except CANNOT as exc:
        raise _VoiceFellSilentError(voice, exc) from exc


def _listed(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _placed(fault: MediaServiceError, passage: Passage, episode: Planned) -> MediaServiceError:
    """Return a fault that lies in the text with its place in the script, any other as it is."""
    if isinstance(fault, NothingToSayError | SilentVoiceError | VoiceFailedError):
        return InputError([Fault(episode.file, passage.line, fault.said)])
    return fault
