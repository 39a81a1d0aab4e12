"""Settings -> Tools: the only room that knows every concrete class behind the doors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from media_service.books.drafting import BookFiles
from media_service.books.job_folder import JobDrafts
from media_service.bookshelf import Books, Drafts
from media_service.bootstrap.publishing import asking, audit, channel, channel_sandbox, require_platform, sealing
from media_service.bootstrap.speaking import outlook, preview, speech
from media_service.box.call import Box
from media_service.boxed import (
    BOOK_BOUNDS,
    BOOKS,
    KNOWLEDGE,
    SCAN_BOUNDS,
    VOICES,
    BoxedBooks,
    BoxedDescriptions,
    BoxedJobFiles,
    BoxedSlides,
    BoxedTapes,
)
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.casting import Voice
from media_service.domain.lexicon import Entry, Lexicon
from media_service.domain.quota import Limits
from media_service.domain.script import Kind
from media_service.errors import SetupError
from media_service.ffmpeg import pieces
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.files.archive import TarArchive
from media_service.files.cache import Cache
from media_service.files.display import FolderDisplay
from media_service.files.folder_holdings import FolderHoldings
from media_service.files.scratch import Scratch
from media_service.files.shelf import FolderShelf
from media_service.holdings import Archive, Holdings
from media_service.intake import lexicon
from media_service.intake.faults import Faults
from media_service.intake.folder import JobFolders
from media_service.messages import message
from media_service.ports import Display, JobFiles, Progress, Tools
from media_service.preview_actions import Previewing
from media_service.reports.pages import HtmlPages
from media_service.settings import Settings
from media_service.slides.drawing import SvgSlides
from media_service.speech.profiles import load
from media_service.speech.tapes import TapeFiles
from media_service.stores import Stores

if TYPE_CHECKING:
    from media_service.files.bucket import Bucket
    from media_service.files.object_holdings import ObjectHoldings
    from media_service.files.object_shelf import ObjectShelf

__all__ = [
    "SHELF",
    "Importing",
    "archive",
    "asking",
    "audit",
    "channel",
    "channel_sandbox",
    "check_lexicon",
    "display",
    "find_job",
    "holdings",
    "importing",
    "lexicon_of",
    "lexicons_of",
    "outlook",
    "preload",
    "preview",
    "previewing",
    "reading",
    "require_platform",
    "sealing",
    "speech",
    "stores",
    "tools",
    "voices",
]

SHELF = ".shelf"
"""Folder of the shelf inside output/; a name with a dot, since people look beside it, not into it."""

TURN_S = 0.001
"""So long a thread goes on before another has its turn: those that feed encoders shall not be kept waiting."""


@contextmanager
def tools(settings: Settings, progress: Progress, boxes: tuple[Box, Box] | None = None) -> Iterator[Tools]:
    """Yield one of each door, for one production; leaves nothing unfinished behind.

    `boxes` are those that are there already, one for voices last, which whoever made them closes.
    """
    sys.setswitchinterval(TURN_S)
    ffmpeg = settings.ffmpeg or bundled()
    shelf, aside = _shelf(settings, progress), Scratch(settings.output / SHELF)
    for left in (shelf, aside):
        left.sweep()
    within, speaking = boxes or (Box(KNOWLEDGE), Box(VOICES))
    if boxes is None:
        within.open()
    try:
        yield Tools(
            voices=load(settings.folders("voices")),
            speech=speech(settings, speaking),
            tapes=BoxedTapes(TapeFiles(), within),
            sound=FfmpegSound(ffmpeg),
            film=FfmpegFilm(ffmpeg),
            slides=BoxedSlides(SvgSlides(settings.folders("templates")), within),
            descriptions=BoxedDescriptions(TemplateDescriptions(settings.folders("templates")), within),
            inspector=FfmpegInspector(ffmpeg),
            pages=HtmlPages(),
            job_files=BoxedJobFiles(_job_folders(settings), within),
            shelf=shelf,
            display=FolderDisplay(settings.output, aside),
            progress=progress,
            music=pieces.load(settings.folders("music")),
            at_once=(os.cpu_count() or 1) + 1,
        )
    finally:
        if boxes is None:
            within.close()
            speaking.close()
        aside.close()
        shelf.close()


def preload(*, channel: bool = False) -> None:
    """Import what the doors import when they are first used, for a process whose children will all use them.

    `channel`: the children speak to a channel, and do nothing else.
    """
    if channel:
        import_module("media_service.youtube.connecting").prepare()
        import_module("media_service.youtube.sandbox.tokens")
        return
    for name in ("aac", "boxes", "clip", "copies", "drawn", "id3", "master", "measure", "mp4", "probe"):
        import_module(f"media_service.ffmpeg.{name}")


@contextmanager
def stores(settings: Settings) -> Iterator[Stores]:
    """Yield the doors to the service's durable state; raises DatabaseAwayError and SetupError."""
    from media_service.database.engine import open_stores  # noqa: PLC0415  # what needs no database starts without it
    from media_service.database.outlet import Outlet  # noqa: PLC0415

    publishing = settings.publishing
    limits = Limits(publishing.uploads, publishing.units)
    with open_stores(settings.database, Outlet(publishing.channel, limits, sealing(settings))) as doors:
        yield doors


@contextmanager
def holdings(settings: Settings) -> Iterator[Holdings]:
    """Yield the shelf as its keeper sees it."""
    held = _holdings(settings)
    try:
        yield held
    finally:
        held.close()


def _shelf(settings: Settings, progress: Progress) -> FolderShelf | ObjectShelf:
    if not settings.service.shelf:
        return FolderShelf(settings.output / SHELF, progress)
    bucket, cache = _bucket(settings)
    from media_service.files.object_shelf import ObjectShelf  # noqa: PLC0415  # its library is an extra

    return ObjectShelf(bucket, cache, progress)


def _holdings(settings: Settings) -> FolderHoldings | ObjectHoldings:
    if not settings.service.shelf:
        return FolderHoldings(settings.output / SHELF)
    bucket, cache = _bucket(settings)
    from media_service.files.object_holdings import ObjectHoldings  # noqa: PLC0415  # its library is an extra

    return ObjectHoldings(bucket, cache)


def _bucket(settings: Settings) -> tuple[Bucket, Cache]:
    """Return the bucket of a shelf that many machines share, and this machine's copies of what lies there."""
    try:
        from media_service.files.bucket import Bucket  # noqa: PLC0415  # its library is an extra
    except ModuleNotFoundError as exc:
        said = message("A shelf on an S3 server needs an addition to this program; install media-service[s3].")
        raise SetupError(said) from exc
    return Bucket(settings.service.shelf), Cache(settings.state / "cache", settings.service.cache_bytes)


def archive(path: Path) -> Archive:
    """Return the backup that lies, or will lie, at a path."""
    return TarArchive(path)


@contextmanager
def reading(settings: Settings) -> Iterator[tuple[JobFiles, tuple[Voice, ...]]]:
    """Yield what looking a job over needs: no engine, no shelf."""
    with Box(KNOWLEDGE) as box:
        yield BoxedJobFiles(_job_folders(settings), box), load(settings.folders("voices"))


@contextmanager
def previewing(settings: Settings) -> Iterator[Previewing]:
    """Yield what drawing a job's slides needs: no engine, no shelf."""
    with Box(KNOWLEDGE) as box, TemporaryDirectory() as aside:
        slides = BoxedSlides(SvgSlides(settings.folders("templates")), box)
        job_files = BoxedJobFiles(_job_folders(settings), box)
        at_once = (os.cpu_count() or 1) + 1
        yield Previewing(job_files, load(settings.folders("voices")), slides, slides, Path(aside), at_once)


def lexicon_of(settings: Settings, first: Iterable[Path] = ()) -> Lexicon:
    """Return what this house knows of reading; what the files named `first` say comes before it."""
    return Lexicon([*(entry for file in first for entry in lexicon.read(file)), *_house(settings)])


def display(settings: Settings) -> Display:
    """Return what people are shown in the output folder."""
    return FolderDisplay(settings.output)


def voices(settings: Settings) -> tuple[Voice, ...]:
    """Return the voices that may be cast."""
    return load(settings.folders("voices"))


def lexicons_of(names: Iterable[str], settings: Settings) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of each lexicon meant, by its file: a file, a job's own; all of the house where none is named.

    Raises InputError with every fault of a lexicon.
    """
    named = [Path(name) for name in names]
    files = [file if file.is_file() else find_job(str(file), settings) / lexicon.FILE_NAME for file in named]
    files = files or lexicon.files(settings.folders("voices"))
    return {file.as_posix(): lexicon.read(file) for file in files}


def check_lexicon(lines: Iterable[str], named: str) -> None:
    """Look lines of a lexicon over that are not in a file yet; raises InputError with every fault, by its line."""
    faults = Faults(named)
    lexicon.read_lines("\n".join(lines), faults)
    if faults:
        raise faults.error()


def _house(settings: Settings) -> tuple[Entry, ...]:
    return lexicon.load(settings.folders("voices"))


def _job_folders(settings: Settings) -> JobFolders:
    slides = SvgSlides(settings.folders("templates"))
    themes = {kind.value: slides.themes(kind.value) for kind in Kind}
    return JobFolders(_house(settings), themes, pieces.load(settings.folders("music")))


Importing = tuple[Books, Drafts]
"""What importing books needs."""


@contextmanager
def importing(*, ocr: bool = False) -> Iterator[Importing]:
    """Yield the doors for importing books, each book read in a box."""
    with Box(BOOKS, SCAN_BOUNDS if ocr else BOOK_BOUNDS) as box:
        yield BoxedBooks(BookFiles(), box), JobDrafts()


def find_job(name: str, settings: Settings) -> Path:
    """Return the job folder meant by a path, a path of its script, or the name of a job in `jobs/`.

    A folder that is nowhere is returned as it was named: reading it says what is wrong.
    """
    path = Path(name)
    try:
        if path.is_file():
            return path.parent
        if path.exists() or len(path.parts) != 1:
            return path
        return next((folder / name for folder in settings.folders("jobs") if (folder / name).is_dir()), path)
    except OSError:  # a name longer than the disk allows, a folder that may not be entered
        return path
