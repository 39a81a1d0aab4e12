"""What a production says of itself (`production.json`): others find everything that was made by reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from media_service.domain.casting import Cast
from media_service.domain.quality import Gate
from media_service.domain.rights import Rights
from media_service.domain.script import Facts

FILE_NAMES = {
    "video": "video.mp4",
    "audio_mp3": "audio.mp3",
    "captions_srt": "captions.srt",
    "captions_vtt": "captions.vtt",
    "thumbnail": "thumbnail.jpg",
    "description": "description.txt",
    "listing": "listing.json",
    "timing": "timing.json",
    "quality": "quality.json",
}
"""The files of an episode, and what each is called in its folder."""

RIGHTS = "rights.json"


@dataclass(frozen=True, slots=True)
class EpisodeEntry:
    """One finished episode; `files` are paths relative to the manifest, `/` between, by the keys of FILE_NAMES."""

    number: int
    title: str
    duration_s: float
    files: Mapping[str, str]
    failed_gates: tuple[Gate, ...] = ()
    """The gates of the standards that do not hold."""


@dataclass(frozen=True, slots=True)
class StepWork:
    """What a run had to do: products by kind, and the seconds spent in each step."""

    made: Mapping[str, int]
    reused: Mapping[str, int]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A finished production. `made_at` is ISO 8601 with its time zone."""

    title: str
    slug: str
    job: str
    """The job folder's name."""
    kind: str
    language: str
    made_at: str
    draft_voice: bool
    """Some voice is good enough to check the work by ear only; publishing it needs a waiver."""
    files: Mapping[str, str]
    """Files of the whole production, by what they are: `rights`."""
    episodes: tuple[EpisodeEntry, ...]
    work: StepWork


@dataclass(frozen=True, slots=True)
class VoiceUsed:
    """A voice that is heard in a production, and on what terms."""

    name: str
    title: str
    engine: str
    licence: str
    disclosure: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what grounds a production may be shown (`rights.json`): what publishing it will ask for."""

    rights: Rights
    voices: tuple[VoiceUsed, ...]
    made_for_kids: bool | None


def grounds(facts: Facts, cast: Cast) -> Grounds:
    """Return the grounds of a production, as its script and its voices give them."""
    voices = tuple(
        VoiceUsed(voice.name, voice.title, voice.engine, voice.licence, voice.disclosure, voice.draft)
        for voice in cast.voices()
    )
    return Grounds(facts.rights, voices, facts.made_for_kids)


def folder(number: int) -> str:
    """Return the name of an episode's folder beside the manifest."""
    return f"{number:02d}"
