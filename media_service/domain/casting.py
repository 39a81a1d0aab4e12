"""Who speaks: voices as values, and the cast that gives each speaker of a script one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from media_service.domain.manner import Manner, Marked
from media_service.domain.nearest import nearest
from media_service.domain.script import Facts, Script, spans_of
from media_service.domain.tape import ENGINE
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
    """How often its engine may be asked, by all workers together; 0 for as often as the engine's own facts allow."""
    gain: float = 0.0
    """Decibels louder (or softer) than the house's level for voices."""
    natural: float = 0.0
    """Syllables a second that it speaks by itself, pauses left out; 0 for what is usual with its engine."""
    fallback: tuple[str, ...] = ()
    """Names of the voices that may speak in its place when its engine cannot, the best first; none: nobody may."""

    def sound(self) -> tuple[str, str, float, int, float, float]:
        """Return the settings that are heard: what a clip's fingerprint takes of a voice."""
        return (self.engine, self.id, self.rate, self.pitch, self.gain, self.natural)


@dataclass(frozen=True, slots=True)
class Cast:
    """The narrator's voice and each character's."""

    narrator: Voice
    characters: tuple[tuple[str, Voice], ...] = ()
    others: tuple[tuple[str, Voice], ...] = ()
    """(name of a voice, or code of a language; the voice) for what single spans of the script ask for."""

    announcer: Voice | None = None
    """Who says what the program adds (title, credits) where a person reads the rest; None: the narrator."""

    @property
    def announcing(self) -> Voice:
        """The voice of titles and credits."""
        return self.announcer or self.narrator

    def voice(self, speaker: str | None) -> Voice:
        """Return the voice of a speaker; the narrator speaks for None and for names that are not in the cast."""
        return dict(self.characters).get(speaker or "", self.narrator)

    def said_in(self, manner: Manner, around: Voice) -> Voice:
        """Return the voice of a span that stands among words of the voice `around`."""
        if manner.speaker:
            return self.voice(manner.speaker)
        if manner.language and around.language.startswith(manner.language):
            return around
        return dict(self.others).get(manner.voice or manner.language, around)

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice once, the narrator first."""
        others = (*(voice for _, voice in (*self.characters, *self.others)), self.announcing)
        return tuple(dict.fromkeys((self.narrator, *others)))


def cast(script: Script, voices: Iterable[Voice]) -> Cast:
    """Give every speaker of a script the voice its front matter names; `unknown_voices` must have found none."""
    known = {voice.name: voice for voice in voices}
    characters = tuple((who, known[name]) for who, name in script.facts.cast)
    narrator = known[script.facts.narrator or DEFAULT_NARRATOR]
    asked = {one.manner.voice or one.manner.language for one in spans_of(script.chapters) if not one.manner.speaker} - {
        ""
    }
    others = ((name, known.get(name) or _speaker_of(name, narrator, known.values())) for name in sorted(asked))
    found = tuple((name, voice) for name, voice in others if voice)
    return Cast(narrator, characters, found, _announcer(narrator, known))


def _announcer(narrator: Voice, known: Mapping[str, Voice]) -> Voice | None:
    """Return who announces a work that a person reads: whom the person's profile names, or the house's narrator."""
    if narrator.engine != ENGINE:
        return None
    return next((known[name] for name in (*narrator.fallback, DEFAULT_NARRATOR) if name in known), None)


def _speaker_of(language: str, narrator: Voice, voices: Iterable[Voice]) -> Voice | None:
    """Return the voice that speaks a language for a narrator: one to publish before a draft, of his sex if there is."""
    able = [voice for voice in voices if voice.engine != ENGINE and voice.language.partition("-")[0] == language]
    return min(
        able,
        key=lambda voice: (voice.draft > narrator.draft, voice.gender != narrator.gender, voice.name),
        default=None,
    )


def unknown_voices(facts: Facts, lines: Mapping[str, int], voices: Iterable[Voice]) -> Iterator[tuple[int, Message]]:
    """Yield what is wrong with the voices a script names, each with its line.

    `lines` says on which line each key of the front matter stands ("narrator", "cast.<name>").
    """
    known = {voice.name: voice for voice in voices}
    asked = [("narrator", facts.narrator or DEFAULT_NARRATOR), *((f"cast.{who}", name) for who, name in facts.cast)]
    return ((lines.get(key, 1), no_such_voice(name, known)) for key, name in asked if name not in known)


def unknown_span_voices(spans: Iterable[Marked], voices: Iterable[Voice]) -> Iterator[tuple[int, Message]]:
    """Yield what is wrong with the voices that single spans ask for, each with its line."""
    known = {voice.name: voice for voice in voices}
    spoken = {voice.language.partition("-")[0] for voice in known.values()}
    for span in spans:
        if span.manner.voice and span.manner.voice not in known:
            yield span.line, no_such_voice(span.manner.voice, known)
        if span.manner.language and span.manner.language not in spoken:
            said = message(
                "No voice here speaks the language “{language}”; write these words in the script's language, or add a "
                "voice profile for it.",
                language=span.manner.language,
            )
            yield span.line, said


def no_such_voice(name: str, known: Iterable[str]) -> Message:
    """Say that no voice has that name, and which may have been meant."""
    near = nearest(name, known)
    if near:
        return message("There is no voice named “{name}”; did you mean “{nearest}”?", name=name, nearest=near)
    return message(
        "There is no voice named “{name}”; choose one of: {known}.", name=name, known=", ".join(sorted(known))
    )
