"""What a production says of itself (`production.json`): others find everything that was made by reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class EpisodeEntry:
    """One finished episode; `files` are paths relative to the manifest, `/` between, by the keys of FILE_NAMES."""

    number: int
    title: str
    duration_s: float
    files: Mapping[str, str]
    failed_gates: tuple[str, ...] = ()
    """Ids of the standards' gates that do not hold (`quality` has the values)."""


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
    kind: str
    language: str
    made_at: str
    draft_voice: bool
    """Some voice is good enough to check the work by ear only; publishing it needs a waiver."""
    files: Mapping[str, str]
    episodes: tuple[EpisodeEntry, ...]
    work: StepWork


def folder(number: int) -> str:
    """Return the name of an episode's folder beside the manifest."""
    return f"{number:02d}"
