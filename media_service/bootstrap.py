"""Settings -> Tools: the only module that knows every concrete class behind the doors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_service.describing.templates import TemplateDescriptions
from media_service.domain.casting import Voice
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.files.display import FolderDisplay
from media_service.files.shelf import FolderShelf
from media_service.intake.folder import JobFolders
from media_service.ports import JobFiles, Progress, Tools
from media_service.settings import Settings
from media_service.slides.drawing import SvgSlides
from media_service.speech.engines import Engines
from media_service.speech.profiles import load

SHELF = ".shelf"
"""Folder of the shelf inside output/; a name with a dot, since people look beside it, not into it."""


@contextmanager
def tools(settings: Settings, progress: Progress) -> Iterator[Tools]:
    """Yield one of each door, for one production; leaves nothing unfinished behind."""
    ffmpeg = settings.ffmpeg or bundled()
    shelf = FolderShelf(settings.output / SHELF, progress)
    shelf.sweep()
    try:
        yield Tools(
            voices=load(settings.folders("voices")),
            speech=Engines(),
            sound=FfmpegSound(ffmpeg),
            film=FfmpegFilm(ffmpeg),
            slides=SvgSlides(settings.folders("templates")),
            descriptions=TemplateDescriptions(settings.folders("templates")),
            inspector=FfmpegInspector(ffmpeg),
            job_files=JobFolders(),
            shelf=shelf,
            display=FolderDisplay(settings.output),
            progress=progress,
            at_once=(os.cpu_count() or 1) + 1,
        )
    finally:
        shelf.close()


def reading(settings: Settings) -> tuple[JobFiles, tuple[Voice, ...]]:
    """Return what looking a job over needs: no engine, no shelf."""
    return JobFolders(), load(settings.folders("voices"))


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
