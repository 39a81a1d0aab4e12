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
from media_service.domain.listing import Listing, PlaylistText, Subject
from media_service.domain.manifest import StepWork
from media_service.domain.measured import BedFacts
from media_service.domain.music import Piece
from media_service.domain.product import Key, Product
from media_service.domain.script import Facts, Picture, Script
from media_service.domain.tags import Tags
from media_service.domain.tape import Tape
from media_service.domain.timeline import Clip, Mark
from media_service.inspection import Inspector, Pages
from media_service.screens import Film, Slides
from media_service.voicing import Recording, Speech, Take, Tapes

__all__ = ["Recording", "Speech", "Take", "Tapes"]
"""What `voicing` defines is a door like those below."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Silence:
    """A planned silence of `length` samples; it will carry room tone."""

    length: int


@dataclass(frozen=True, slots=True)
class BookPart:
    """One episode as it goes into a book: its `part`, how many samples of it are the episode, and its chapters."""

    sound: Path
    length: int
    marks: tuple[Mark, ...]


class Sound(Protocol):
    """Makes sound files from what engines speak."""

    def clip(self, recording: Recording, path: Path) -> Clip:
        """Write a recording as 48 kHz mono FLAC: trimmed, levelled, its edges faded; words keep their sound.

        Raises SilentVoiceError where nothing is heard.
        """

    def splice(self, takes: Sequence[Take], path: Path) -> Clip:
        """Write several recordings as one clip, as `clip` does one; raises SilentVoiceError where one is silent."""

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        """Join clips and silences and write the master: FLAC 24 bit 48 kHz mono, with room tone in its silences.

        -19 LUFS and at most -3 dBTP hold on what is encoded from it too. Memory stays flat with the number of parts.
        Returns its length.
        """

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        """Write the listener's copy: MP3 44.1 kHz mono 128 kb/s with ID3 tags and the cover picture (JPEG)."""

    def book_part(self, master: Path, path: Path) -> None:
        """Write an episode as `book` takes it: AAC-LC mono 80 kb/s in MP4, between two short stretches of room tone."""

    def book(self, parts: Sequence[BookPart], tags: Tags, cover: Path, path: Path) -> None:
        """Write a whole production as M4B: its parts one after another, never encoded again, chapters, tags, cover.

        Between two of them lie at most 43 ms of room tone; memory stays flat with their number. The cover is a JPEG.
        """

    def excerpt(self, clip: Path, path: Path) -> None:
        """Write a clip once more as small as speech allows: MP3, mono, for pages that hold many."""

    def passage(self, master: Path, heard: range, length: int, path: Path) -> None:
        """Write these samples of a master, softly cut, as a master of `length` samples; room tone fills it up."""

    def bed(self, master: Path, music: Path, path: Path) -> BedFacts:
        """Write music to lie under a master, as long as it: repeated without a seam, faded, as A13 and A14 ask."""

    def film_sound(self, master: Path, path: Path, bed: Path | None = None) -> None:
        """Write the film's copy over its bed: AAC-LC 48 kHz stereo in MP4, -14 LUFS, at most -1 dBTP."""

    def version(self) -> str:
        """Name what makes the sound and the way it is asked to; the same name promises the same sound."""


class Sheets(Protocol):
    """Puts many slides on one sheet, for people who look them over."""

    def sheet(self, slides: Sequence[Path], columns: int, path: Path) -> None:
        """Write drawn slides side by side, in rows of so many, as JPEG."""


class Descriptions(Protocol):
    """Writes what a channel shows beside a video."""

    def describe(self, subject: Subject) -> Listing:
        """Fill the templates of the work's kind; the result is within the platform's limits.

        Raises InputError where a template is at fault, naming it and the line.
        """

    def playlist(self, facts: Facts) -> PlaylistText:
        """Fill the templates of the playlist that a work belongs into, as `describe` does those of a video."""

    def version(self) -> str:
        """Name all that shapes a listing besides its subject: code and templates."""


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

    def copy_tape(self, job: Path, tape: Tape, path: Path) -> None:
        """Write the bytes of a recording, as `copy_picture` does a picture's."""


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
    tapes: Tapes
    sound: Sound
    film: Film
    slides: Slides
    descriptions: Descriptions
    inspector: Inspector
    pages: Pages
    job_files: JobFiles
    shelf: Shelf
    display: Display
    progress: Progress

    music: tuple[Piece, ...] = ()
    at_once: int = 1
    """Pieces of one film in work at the same time in this process."""
