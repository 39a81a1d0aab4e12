"""Settings -> Tools: the only module that knows every concrete class behind the doors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from media_service.box.call import Box
from media_service.boxed import KNOWLEDGE, BoxedDescriptions, BoxedJobFiles, BoxedSlides
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.casting import Voice
from media_service.errors import SetupError
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
from media_service.intake.folder import JobFolders
from media_service.messages import message
from media_service.ports import JobFiles, Progress, Tools
from media_service.settings import Settings
from media_service.slides.drawing import SvgSlides
from media_service.speech.engines import Engines
from media_service.speech.profiles import load
from media_service.stores import Stores

if TYPE_CHECKING:
    from media_service.files.bucket import Bucket
    from media_service.files.object_holdings import ObjectHoldings
    from media_service.files.object_shelf import ObjectShelf

SHELF = ".shelf"
"""Folder of the shelf inside output/; a name with a dot, since people look beside it, not into it."""


@contextmanager
def tools(settings: Settings, progress: Progress, box: Box | None = None) -> Iterator[Tools]:
    """Yield one of each door, for one production; leaves nothing unfinished behind.

    `box` is one that is open already, which whoever opened it closes.
    """
    ffmpeg = settings.ffmpeg or bundled()
    shelf, aside = _shelf(settings, progress), Scratch(settings.output / SHELF)
    for left in (shelf, aside):
        left.sweep()
    within = box or Box(KNOWLEDGE)
    if box is None:
        within.open()
    try:
        yield Tools(
            voices=load(settings.folders("voices")),
            speech=Engines(),
            sound=FfmpegSound(ffmpeg),
            film=FfmpegFilm(ffmpeg),
            slides=BoxedSlides(SvgSlides(settings.folders("templates")), within),
            descriptions=BoxedDescriptions(TemplateDescriptions(settings.folders("templates")), within),
            inspector=FfmpegInspector(ffmpeg),
            job_files=BoxedJobFiles(JobFolders(), within),
            shelf=shelf,
            display=FolderDisplay(settings.output, aside),
            progress=progress,
            at_once=(os.cpu_count() or 1) + 1,
        )
    finally:
        if box is None:
            within.close()
        aside.close()
        shelf.close()


def preload() -> None:
    """Import what the doors import when they are first used, for a process whose children will all use them."""
    for name in ("clip", "copies", "drawn", "id3", "master", "measure", "mp4", "probe"):
        import_module(f"media_service.ffmpeg.{name}")


@contextmanager
def stores(settings: Settings) -> Iterator[Stores]:
    """Yield the doors to the service's durable state; raises DatabaseAwayError and SetupError."""
    from media_service.database.engine import open_stores  # noqa: PLC0415  # what needs no database starts without it

    with open_stores(settings.database) as doors:
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
        yield BoxedJobFiles(JobFolders(), box), load(settings.folders("voices"))


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
