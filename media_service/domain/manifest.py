"""What a production says of itself (`production.json`): others find everything that was made by reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from media_service.domain.casting import Cast
from media_service.domain.edition import Edition
from media_service.domain.quality import Gate
from media_service.domain.rights import Rights
from media_service.domain.script import Facts

FILE_NAMES = {
    "video": "video.mp4",
    "audio_mp3": "audio.mp3",
    "captions_srt": "captions.srt",
    "captions_vtt": "captions.vtt",
    "thumbnail": "thumbnail.jpg",
    "thumbnail_1": "thumbnail-1.jpg",
    "thumbnail_2": "thumbnail-2.jpg",
    "thumbnail_3": "thumbnail-3.jpg",
    "description": "description.txt",
    "listing": "listing.json",
    "timing": "timing.json",
    "quality": "quality.json",
    "quality_page": "quality.html",
}
"""The files of an episode, and what each is called in its folder."""

OTHER_FILMS: Mapping[Edition, tuple[str, str]] = {
    Edition.STILL: ("video_still", "video-still.mp4"),
    Edition.READ_ALONG: ("video_read_along", "video-read-along.mp4"),
    Edition.SHORT: ("video_short", "video-short.mp4"),
    Edition.SOUND_ONLY: ("video_sound_only", "video-sound-only.mp4"),
}
"""The films beside the main one: the key of each in the manifest, and what it is called. Not every episode has them."""

RIGHTS = "rights.json"
BOOK = "audiobook.m4b"
"""All episodes in one file, for players of audiobooks."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A voice that spoke in another's place; several names stand beside each other where a passage has several."""

    wanted: str
    spoke: str
    engine: str
    passages: int


@dataclass(frozen=True, slots=True)
class EpisodeEntry:
    """One finished episode; `files` are paths relative to the manifest, `/` between.

    Their keys are those of FILE_NAMES, and of OTHER_FILMS where the episode has such a film.
    """

    number: int
    title: str
    duration_s: float
    files: Mapping[str, str]
    failed_gates: tuple[Gate, ...] = ()
    """The gates of the standards that do not hold."""
    stand_ins: tuple[StandIn, ...] = ()
    """Voices that spoke where the ones that were cast could not."""


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
    """Files of the whole production, by what they are: `rights`, `audio_m4b`."""
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
