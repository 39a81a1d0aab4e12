"""Who speaks: voices as values, and the cast that gives each speaker of a script one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from media_service.domain.nearest import nearest
from media_service.domain.script import Facts, Script
from media_service.messages import Message, message

DEFAULT_NARRATOR = "nu-mien-bac"
"""Reads where the script names no narrator."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice profile (`voices/<name>.toml`); `sound()` is what is heard of it."""

    name: str
    engine: str
    """Which engine speaks it, by its name in `speech/`."""
    id: str
    """What the engine calls it."""
    title: str
    """What people read, in Vietnamese."""
    language: str = "vi"
    region: str = ""
    gender: str = ""
    rate: float = 1.0
    """Times the pace that the age profile asks for."""
    pitch: int = 50
    """0-100; 50 is the engine's own."""
    licence: str = ""
    disclosure: str = ""
    """What a listener is told of this voice, in the script's language."""
    draft: bool = False
    """Good enough to check a work by ear, not to publish it."""
    sample: str = ""
    """A sentence that shows the voice."""
    requests_per_minute: int = 0
    """How often its engine may be asked, by all workers together; 0 where it sets no limit."""

    def sound(self) -> tuple[str, str, float, int]:
        """Return the settings that are heard: what a clip's fingerprint takes of a voice."""
        return (self.engine, self.id, self.rate, self.pitch)


@dataclass(frozen=True, slots=True)
class Cast:
    """The narrator's voice and each character's."""

    narrator: Voice
    characters: tuple[tuple[str, Voice], ...] = ()

    def voice(self, speaker: str | None) -> Voice:
        """Return the voice of a speaker; the narrator speaks for None and for names that are not in the cast."""
        return dict(self.characters).get(speaker or "", self.narrator)

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice once, the narrator first."""
        return tuple(dict.fromkeys((self.narrator, *(voice for _, voice in self.characters))))


def cast(script: Script, voices: Iterable[Voice]) -> Cast:
    """Give every speaker of a script the voice its front matter names; `unknown_voices` must have found none."""
    known = {voice.name: voice for voice in voices}
    characters = tuple((who, known[name]) for who, name in script.facts.cast)
    return Cast(known[script.facts.narrator or DEFAULT_NARRATOR], characters)


def unknown_voices(facts: Facts, lines: Mapping[str, int], voices: Iterable[Voice]) -> Iterator[tuple[int, Message]]:
    """Yield what is wrong with the voices a script names, each with its line.

    `lines` says on which line each key of the front matter stands ("narrator", "cast.<name>").
    """
    known = {voice.name: voice for voice in voices}
    asked = [("narrator", facts.narrator or DEFAULT_NARRATOR), *((f"cast.{who}", name) for who, name in facts.cast)]
    return ((lines.get(key, 1), _unknown(name, known)) for key, name in asked if name not in known)


def _unknown(name: str, known: Mapping[str, Voice]) -> Message:
    near = nearest(name, known)
    if near:
        return message("There is no voice named “{name}”; did you mean “{nearest}”?", name=name, nearest=near)
    return message(
        "There is no voice named “{name}”; choose one of: {known}.", name=name, known=", ".join(sorted(known))
    )
