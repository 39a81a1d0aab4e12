"""Fakes of the doors: they keep each promise in the smallest way, write tiny files, and remember what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from media_service.domain.casting import Voice
from media_service.domain.listing import Listing, Subject
from media_service.domain.measured import FilmFacts, SoundFacts, Span
from media_service.domain.script import Picture, Script
from media_service.domain.slide import Slide, Thumbnail
from media_service.domain.timeline import Clip, Word
from media_service.files.display import FolderDisplay
from media_service.files.shelf import FolderShelf
from media_service.ports import Recording, Silence, Tags, Tools
from media_service.tally import Tally
from tests import make

SYLLABLE = 12_000


def sound_length(path: Path) -> int:
    """Return how long the sound in a fake clip, track or film is, in samples."""
    return sum(map(int, re.findall(r"<(\d+)", path.read_text(encoding="utf-8"))))


def frames(path: Path) -> int:
    """Return how many frames a fake shot or film has."""
    return sum(map(int, re.findall(r" x(\d+)\]", path.read_text(encoding="utf-8"))))


class FakeSpeech:
    """Speaks every word for a quarter of a second."""

    def __init__(self, engine: str = "fake 1") -> None:
        self.spoken: list[str] = []
        self.engine = engine

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        self.spoken.append(text)
        words, place = [], 0
        for number, one in enumerate(text.split()):
            first = text.index(one, place)
            place = first + len(one)
            words.append(Word(first, place, number * SYLLABLE, (number + 1) * SYLLABLE))
        return Recording(text.encode(), 48_000, tuple(words))

    def version(self, voice: Voice) -> str:
        return self.engine


class FakeSound:
    """Writes the text of what it was given behind its length, so that a test can read a track."""

    def __init__(self, program: str = "fake 1") -> None:
        self.program = program

    def clip(self, recording: Recording, path: Path) -> Clip:
        length = max(1, len(recording.words)) * SYLLABLE
        path.write_text(f"<{length} {recording.pcm.decode()}>", encoding="utf-8")
        return Clip(length, recording.words)

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        said = [f"<{part.length}>" if isinstance(part, Silence) else part.read_text(encoding="utf-8") for part in parts]
        path.write_text("".join(said), encoding="utf-8")
        return sound_length(path)

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        sound, picture = master.read_text(encoding="utf-8"), cover.read_text(encoding="utf-8")
        path.write_text(f"mp3 {tags.title} {picture} {sound}", encoding="utf-8")

    def film_sound(self, master: Path, path: Path) -> None:
        path.write_text(f"aac {master.read_text(encoding='utf-8')}", encoding="utf-8")

    def version(self) -> str:
        return self.program


class FakeFilm:
    """Writes what a shot shows and for how many frames, and a film as its shots one after another, then its sound."""

    def __init__(self, program: str = "fake 1") -> None:
        self.program = program

    def still(self, slide: Path, frames: int, path: Path) -> None:
        path.write_text(f"[{slide.read_text(encoding='utf-8')} x{frames}]", encoding="utf-8")

    def fade(self, before: Path, after: Path, frames: int, path: Path) -> None:
        shown = " > ".join(slide.read_text(encoding="utf-8") for slide in (before, after))
        path.write_text(f"[{shown} x{frames}]", encoding="utf-8")

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        parts = [part.read_text(encoding="utf-8") for part in (*shots, sound)]
        path.write_text(f"{''.join(parts)} ({language})", encoding="utf-8")

    def version(self) -> str:
        return self.program


class FakeSlides:
    """Writes which slide it is."""

    def __init__(self, **versions: str) -> None:
        self.versions = versions

    def paint(self, picture: Path, name: str, path: Path) -> None:
        path.write_text(f"painted {name}", encoding="utf-8")

    def draw(self, slide: Slide, style: str, picture: Path | None, path: Path) -> None:
        path.write_text(
            f"{type(slide).__name__} {picture.read_text(encoding='utf-8') if picture else ''}", encoding="utf-8"
        )

    def thumbnail(self, thumbnail: Thumbnail, style: str, picture: Path | None, path: Path) -> None:
        path.write_text(f"thumbnail {thumbnail.words} {thumbnail.badge}", encoding="utf-8")

    def version(self, slide: Slide | Thumbnail | None, style: str) -> str:
        what = type(slide).__name__ if slide else "painting"
        return f"{style if slide else what} {self.versions.get(what, '1')}"


class FakeDescriptions:
    """Says which episode it is."""

    def describe(self, subject: Subject) -> Listing:
        title = f"{subject.facts.title} {subject.number}/{subject.count}"
        return make.listing(title=title, synthetic_media=bool(subject.disclosures))


class FakeInspector:
    """Finds every file as the standards want it."""

    def sound(self, path: Path) -> SoundFacts:
        mp3 = path.suffix == ".mp3"
        codec, rate, channels, loudness = ("mp3", 44_100, 1, -19.0) if mp3 else ("aac", 48_000, 2, -14.0)
        return SoundFacts(codec, rate, channels, 10.0, loudness, -3.5, 4.0, -20.0, -66.0, 0.0, (Span(0.0, 0.75),))

    def film(self, path: Path) -> FilmFacts:
        colour = ("bt709", "bt709", "bt709", "tv")
        return FilmFacts(
            "h264", "High", "yuv420p", 1920, 1080, 30.0, colour, "aac", 48_000, 0.0, 0.0, 10.0, 10.0, 15, True, False
        )


class FakeJobFiles:
    """Gives the script it was made with; a picture's file holds its name."""

    def __init__(self, script: Script) -> None:
        self.script = script

    def read(self, job: Path, voices: Iterable[Voice]) -> Script:
        return self.script

    def copy_picture(self, job: Path, picture: Picture, path: Path) -> None:
        path.write_text(picture.name, encoding="utf-8")


def tools(folder: Path, script: Script, **doors: object) -> Tools:
    """One of each door: fakes, but a real shelf and a real display in `folder`."""
    tally = Tally()
    made: Mapping[str, object] = {
        "voices": (make.voice("nu-mien-bac"), make.voice("ong-cu")),
        "speech": FakeSpeech(),
        "sound": FakeSound(),
        "film": FakeFilm(),
        "slides": FakeSlides(),
        "descriptions": FakeDescriptions(),
        "inspector": FakeInspector(),
        "job_files": FakeJobFiles(script),
        "shelf": FolderShelf(folder / "output" / ".shelf", tally),
        "display": FolderDisplay(folder / "output"),
        "progress": tally,
    }
    return Tools(**{**made, **doors})
