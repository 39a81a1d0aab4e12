"""The doors to the outside, each a narrow promise, and `Tools`, which holds one of each for the steps to use.

Every door that makes a file writes it at the path it is given and leaves nothing else behind; the shelf sees to it
that the file appears whole or not at all. All lengths are samples at 48 kHz unless a name says otherwise. All doors but
Descriptions, JobFiles and Progress may raise ToolFailedError, ToolKilledError, NoSpaceError and SetupError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from media_service.domain.casting import Voice
from media_service.domain.listing import Listing, Subject
from media_service.domain.manifest import StepWork
from media_service.domain.measured import FilmFacts, SoundFacts
from media_service.domain.product import Key, Product
from media_service.domain.script import Picture, Script
from media_service.domain.slide import Slide, Thumbnail
from media_service.domain.timeline import Clip, Word

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Recording:
    """What an engine gave back: mono 16-bit little-endian `pcm` at `sample_rate`.

    `words` are timed in samples of that rate; their `first:last` are characters of the text that was spoken. Empty
    where the engine gives no times.
    """

    pcm: bytes
    sample_rate: int
    words: tuple[Word, ...]


class Speech(Protocol):
    """A voice engine."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text` at about that many syllables a second (pauses left out), times the voice's own rate.

        Raises SetupError where the engine is not installed or lacks the voice, NothingToSayError for a text without
        words.
        """

    def version(self, voice: Voice) -> str:
        """Name the engine and its version; the same name promises the same sound."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A planned silence of `length` samples; it will carry room tone."""

    length: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What a sound file says of itself."""

    title: str
    album: str
    artist: str
    narrator: str
    number: int
    count: int
    language: str
    year: str
    comment: str
    """Disclosure and rights, in people's words."""


class Sound(Protocol):
    """Makes sound files from what engines speak."""

    def clip(self, recording: Recording, path: Path) -> Clip:
        """Write a recording as 48 kHz mono FLAC: trimmed, levelled, its edges faded; words keep their sound.

        Raises SilentVoiceError where nothing is heard.
        """

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        """Join clips and silences and write the master: FLAC 24 bit 48 kHz mono, with room tone in its silences.

        -19 LUFS and at most -3 dBTP hold on what is encoded from it too. Memory stays flat with the number of parts.
        Returns its length.
        """

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        """Write the listener's copy: MP3 44.1 kHz mono 128 kb/s with ID3 tags and the cover picture (JPEG)."""

    def film_sound(self, master: Path, path: Path) -> None:
        """Write the film's copy: AAC-LC 48 kHz stereo in MP4, -14 LUFS, at most -1 dBTP."""

    def version(self) -> str:
        """Name what makes the sound and the way it is asked to; the same name promises the same sound."""


class Film(Protocol):
    """Makes moving pictures from drawn slides; every shot joins every other without encoding again."""

    def still(self, slide: Path, frames: int, path: Path) -> None:
        """Write a shot that shows one slide."""

    def fade(self, before: Path, after: Path, frames: int, path: Path) -> None:
        """Write a shot in which one slide melts into the next."""

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        """Write the film: shots in order and the sound in its language, MP4 as standards V1-V3 ask, both from 0:00.

        Raises SetupError where shots come from different encoders.
        """

    def version(self) -> str:
        """Name the encoder and its version; shots of different versions do not join."""


class Slides(Protocol):
    """Draws slides and thumbnails, over pictures that it has painted once."""

    def paint(self, picture: Path, name: str, path: Path) -> None:
        """Write a picture of any accepted kind as PNG: upright, in sRGB, an SVG drawn as large as a slide needs it.

        `name` is the file's name in people's words. Raises InputError where the picture is damaged or refused.
        """

    def draw(self, slide: Slide, style: str, picture: Path | None, path: Path) -> None:
        """Write a slide as PNG, 1920 x 1080, over its painted picture. `style` names the look (a kind of work).

        Raises InputError where template, style or text is at fault; so does `thumbnail`.
        """

    def thumbnail(self, thumbnail: Thumbnail, style: str, picture: Path | None, path: Path) -> None:
        """Write a thumbnail as JPEG, 1280 x 720, at most 2 MB."""

    def version(self, slide: Slide | Thumbnail | None, style: str) -> str:
        """Name all that shapes a slide besides its words and its picture; for None, what shapes a painted picture."""


class Descriptions(Protocol):
    """Writes what a channel shows beside a video."""

    def describe(self, subject: Subject) -> Listing:
        """Fill the templates of the work's kind; the result is within the platform's limits.

        Raises InputError where a template is at fault, naming it and the line.
        """


class Inspector(Protocol):
    """Looks at finished files as a listener's player would."""

    def sound(self, path: Path) -> SoundFacts:
        """Measure the sound of a file (any that holds one sound stream)."""

    def film(self, path: Path) -> FilmFacts:
        """Read the facts of a film file."""


class Shelf(Protocol):
    """Keeps products, whole or absent, by the fingerprint of their inputs."""

    def obtain(self, key: Key, facts: type[Value], make: Callable[[Path], Value]) -> Product[Value]:
        """Return the product of that key, calling `make(path)` only where it is not there yet.

        `make` writes the file at the path it gets and returns its facts. After a failure nothing is there.
        Raises NoSpaceError and NotWritableError.
        """

    def reach(self, key: Key) -> Path:
        """Return where this machine can read a product's file; it stays there while its production is worked on.

        Raises ProductGoneError where the shelf has lost it: who makes it again has it back.
        """

    def learn(self, key: Key, facts: type[Value], find: Callable[[], Value]) -> Value:
        """Return what is known under that key, calling `find()` only where nothing is; only the facts are kept."""


class Display(Protocol):
    """Shows products to people: under `output/`, by names that people read, each file whole or absent."""

    def show(self, content: Path | bytes, name: str) -> None:
        """Let a product's file, or a small text, be seen as `name` (`slug/01/video.mp4`).

        Replaces what stood there, unless it is the same already.
        """

    def read(self, name: str) -> bytes | None:
        """Return what stands under a name, None where nothing does."""

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder; none where there is no such folder."""

    def withdraw(self, name: str) -> None:
        """Take a name away, and its folder where that is empty now; the product stays on the shelf."""


class JobFiles(Protocol):
    """Reads what staff hand in."""

    def read(self, job: Path, voices: Iterable[Voice]) -> Script:
        """Read a job folder whose script may name these voices; raises InputError with every fault found."""

    def copy_picture(self, job: Path, picture: Picture, path: Path) -> None:
        """Write the bytes of a script's picture; raises InputError where they are gone, changed or outside it now."""


class Progress(Protocol):
    """Is told how the work of one production goes."""

    def expect(self, products: Mapping[str, int]) -> None:
        """Note how many products of each kind will be needed."""

    def begin(self, step: str, title: str) -> None:
        """Note that a step begins, for the episode of that title; the step before has ended."""

    def product(self, key: Key, seconds: float | None) -> None:
        """Note that a product is there: made in so many seconds, or found (None)."""

    def work(self) -> StepWork:
        """Return what has been done so far."""


@dataclass(frozen=True, slots=True)
class Tools:
    """One of each door, and the voices that may be cast."""

    voices: tuple[Voice, ...]

    speech: Speech
    sound: Sound
    film: Film
    slides: Slides
    descriptions: Descriptions
    inspector: Inspector
    job_files: JobFiles
    shelf: Shelf
    display: Display
    progress: Progress

    at_once: int = 1
    """Pieces of one film in work at the same time in this process."""
