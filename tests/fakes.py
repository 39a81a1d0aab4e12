"""Fakes of the doors: they keep each promise in the smallest way, write tiny files, and remember what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from media_service.domain.casting import Voice
from media_service.domain.listing import Listing, PlaylistText, Subject
from media_service.domain.look import Look
from media_service.domain.measured import (
    BedFacts,
    BookPartFacts,
    Coding,
    FilmFacts,
    FilmSeen,
    PictureFile,
    SoundFacts,
    Span,
)
from media_service.domain.motion import Move
from media_service.domain.quality_sheet import QualitySheet
from media_service.domain.read_along import Block, Box, Lettering, Lit
from media_service.domain.reading_sheet import ReadingSheet
from media_service.domain.script import Facts, Picture, Script
from media_service.domain.slide import Slide, SlideFacts, Thumbnail
from media_service.domain.tags import Tags
from media_service.domain.tape import Cut, Cuts, Tape
from media_service.domain.timeline import Clip, Word
from media_service.files.display import FolderDisplay
from media_service.files.shelf import FolderShelf
from media_service.ports import BookPart, Recording, Silence, Take, Tools
from media_service.screens import Shown
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

    def splice(self, takes: Sequence[Take], path: Path) -> Clip:
        said, words, length = [], [], 0
        for take in takes:
            words += [
                replace(word.later(length), first=word.first + take.place, last=word.last + take.place)
                for word in take.recording.words
            ]
            spoken = max(1, len(take.recording.words)) * SYLLABLE
            said.append(f"<{spoken} {take.recording.pcm.decode()}><{take.pause}>")
            length += spoken + take.pause
        path.write_text("".join(said), encoding="utf-8")
        return Clip(length, tuple(words))

    def excerpt(self, clip: Path, path: Path) -> None:
        path.write_text(f"short {clip.read_text(encoding='utf-8')}", encoding="utf-8")

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        said = [f"<{part.length}>" if isinstance(part, Silence) else part.read_text(encoding="utf-8") for part in parts]
        path.write_text("".join(said), encoding="utf-8")
        return sound_length(path)

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        sound, picture = master.read_text(encoding="utf-8"), cover.read_text(encoding="utf-8")
        path.write_text(f"mp3 {tags.title} {picture} {sound}", encoding="utf-8")

    def book_part(self, master: Path, path: Path) -> None:
        path.write_text(f"part {master.read_text(encoding='utf-8')}", encoding="utf-8")

    def book(self, parts: Sequence[BookPart], tags: Tags, cover: Path, path: Path) -> None:
        said = [f"{[mark.title for mark in one.marks]} {one.sound.read_text(encoding='utf-8')}" for one in parts]
        path.write_text(f"m4b {tags.title} {cover.read_text(encoding='utf-8')} {' '.join(said)}", encoding="utf-8")

    def passage(self, master: Path, heard: range, length: int, path: Path) -> None:
        path.write_text(f"<{length} from {heard.start} to {heard.stop}>", encoding="utf-8")

    def bed(self, master: Path, music: Path, path: Path) -> BedFacts:
        path.write_text(f"{music.name} under {master.read_text(encoding='utf-8')}", encoding="utf-8")
        return BedFacts(21.5, 17.0, -42.0, -19.0, 1.5, 2.5)

    def film_sound(self, master: Path, path: Path, bed: Path | None = None) -> None:
        under = f" over {bed.name}" if bed else ""
        path.write_text(f"aac{under} {master.read_text(encoding='utf-8')}", encoding="utf-8")

    def version(self) -> str:
        return self.program


class FakeFilm:
    """Writes what a shot shows and for how many frames, and a film as its shots one after another, then its sound."""

    def __init__(self, program: str = "fake 1") -> None:
        self.program = program

    def still(self, shown: Shown, frames: int, path: Path) -> None:
        path.write_text(f"[{_seen(shown)} x{frames}]", encoding="utf-8")

    def fade(self, before: Shown, after: Shown, frames: int, path: Path) -> None:
        path.write_text(f"[{_seen(before)} > {_seen(after)} x{frames}]", encoding="utf-8")

    def moving(self, slide: Path, move: Move, frames: range, path: Path) -> None:
        shown = slide.read_text(encoding="utf-8")
        path.write_text(f"[{shown} moving from {frames.start} x{len(frames)}]", encoding="utf-8")

    def read(self, shown: Shown, lit: Sequence[Lit], path: Path) -> None:
        states = " ".join(f"{one.first}:{one.last}" for one in lit)
        path.write_text(f"[{_seen(shown)} lit {states} x{sum(one.frames for one in lit)}]", encoding="utf-8")

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        parts = [part.read_text(encoding="utf-8") for part in (*shots, sound)]
        path.write_text(f"{''.join(parts)} ({language})", encoding="utf-8")

    def version(self) -> str:
        return self.program


def _seen(shown: Shown) -> str:
    letters = f" over {shown.letters.block.read_text(encoding='utf-8')}" if shown.letters else ""
    return f"{shown.slide.read_text(encoding='utf-8')}{letters}"


class FakeSlides:
    """Writes which slide it is."""

    def __init__(self, **versions: str) -> None:
        self.versions = versions

    def paint(self, picture: Path, name: str, path: Path) -> None:
        path.write_text(f"painted {name}", encoding="utf-8")

    def draw(self, slide: Slide, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        path.write_text(
            f"{type(slide).__name__} {picture.read_text(encoding='utf-8') if picture else ''}", encoding="utf-8"
        )
        return SlideFacts(*look.canvas.size)

    def letter(self, block: Block, look: Look, path: Path) -> Lettering:
        path.write_text(f"“{' / '.join(block.lines)}”", encoding="utf-8")
        return Lettering(Box(0, 0, 100, 20), tuple(Box(0, 0, 10, 20) for _ in block.words))

    def thumbnail(self, thumbnail: Thumbnail, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        path.write_text(f"thumbnail {thumbnail.words} {thumbnail.badge} {thumbnail.layout}", encoding="utf-8")
        return SlideFacts(1280, 720)

    def cover(self, thumbnail: Path, path: Path) -> None:
        path.write_text(f"cover of {thumbnail.read_text(encoding='utf-8')}", encoding="utf-8")

    def version(self, slide: Slide | Thumbnail | Block | None, look: Look) -> str:
        what = type(slide).__name__ if slide else "painting"
        return f"{look.style if slide else what} {self.versions.get(what, '1')}"


class FakeDescriptions:
    """Says which episode it is."""

    words = ""
    """What its templates say more."""

    def describe(self, subject: Subject) -> Listing:
        title = f"{subject.facts.title} {subject.number}/{subject.count}"
        listing = make.listing(title=title, synthetic_media=bool(subject.disclosures))
        return replace(listing, description=self.words) if self.words else listing

    def playlist(self, facts: Facts) -> PlaylistText:
        return PlaylistText(facts.playlist or facts.title, "Một danh sách phát.", facts.language)

    def version(self) -> str:
        return f"fake {self.words}"


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

    def waveform(self, sound: Path, path: Path) -> None:
        path.write_bytes(bytes(range(100)))

    def strip(self, film: Path, moments: Sequence[float], path: Path) -> None:
        path.write_text(f"{film.name} {len(moments)}", encoding="utf-8")

    def seen(self, path: Path, moments_s: Sequence[float]) -> FilmSeen:
        looks = tuple((20 * number % 256,) * 144 for number in range(len(moments_s)))
        return FilmSeen(0.5, 0.0, (), (), (), looks)

    def levels(self, path: Path, spans: Sequence[Span]) -> tuple[float, ...]:
        return (-19.0,) * len(spans)

    def coding(self, path: Path) -> Coding:
        return Coding("mp3", 44_100, 1, 0, 128) if path.suffix == ".mp3" else Coding("flac", 48_000, 1, 24, 600)

    def book_part(self, path: Path) -> BookPartFacts:
        return BookPartFacts(Coding("aac", 48_000, 1, 0, 80), -19.0, -3.4)

    def picture(self, path: Path) -> PictureFile:
        return PictureFile("JPEG", 1280, 720, 90_000)

    def frame(self, path: Path, at_s: float, picture: Path) -> None:
        picture.write_text(f"frame at {at_s:.1f}", encoding="utf-8")


class FakePages:
    """Says which episode it is about and which frames it shows."""

    def quality(self, sheet: QualitySheet) -> bytes:
        return f"{sheet.episode}: {len(sheet.report.failed)} {[*sheet.frames]}".encode()

    def readings(self, sheet: ReadingSheet) -> bytes:
        return "\n".join(f"{one.text} {one.sound.decode()}" for one in sheet.entries).encode()


class FakeJobFiles:
    """Gives the script it was made with; a picture's file holds its name."""

    def __init__(self, script: Script) -> None:
        self.script = script

    def read(self, job: Path, voices: Iterable[Voice]) -> Script:
        return self.script

    def copy_picture(self, job: Path, picture: Picture, path: Path) -> None:
        path.write_text(picture.name, encoding="utf-8")

    def copy_tape(self, job: Path, tape: Tape, path: Path) -> None:
        path.write_text(tape.name, encoding="utf-8")


class FakeTapes:
    """Hears every text for as long as a syllable, one after another."""

    def decode(self, tape: Path, name: str, path: Path) -> int:
        path.write_text(f"decoded {name}", encoding="utf-8")
        return 1

    def cuts(self, sound: Path, texts: Sequence[str], voice: Voice) -> Cuts:
        return Cuts(tuple(Cut(number * SYLLABLE, (number + 1) * SYLLABLE) for number, _ in enumerate(texts)))

    def take(self, sound: Path, cut: Cut, text: str, voice: Voice) -> Recording:
        return FakeSpeech().speak(text, voice, 3.0)

    def version(self) -> str:
        return "fake tapes 1"


def tools(folder: Path, script: Script, **doors: object) -> Tools:
    """One of each door: fakes, but a real shelf and a real display in `folder`."""
    tally = Tally()
    made: Mapping[str, object] = {
        "voices": (make.voice("nu-mien-bac"), make.voice("ong-cu")),
        "speech": FakeSpeech(),
        "tapes": FakeTapes(),
        "sound": FakeSound(),
        "film": FakeFilm(),
        "slides": FakeSlides(),
        "descriptions": FakeDescriptions(),
        "inspector": FakeInspector(),
        "pages": FakePages(),
        "job_files": FakeJobFiles(script),
        "shelf": FolderShelf(folder / "output" / ".shelf", tally),
        "display": FolderDisplay(folder / "output"),
        "progress": tally,
    }
    return Tools(**{**made, **doors})
