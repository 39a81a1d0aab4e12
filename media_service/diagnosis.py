"""What this machine has and lacks for the work, each finding with its remedy: the substance of `doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media_service.bootstrap.speaking import means
from media_service.domain.look import Look
from media_service.domain.script import Kind
from media_service.domain.slide import TitleSlide
from media_service.errors import MediaServiceError, NoSpaceError, NotWritableError, SetupError
from media_service.ffmpeg.process import Ffmpeg, bundled
from media_service.ffmpeg.trial import try_encoders
from media_service.messages import Message, message
from media_service.settings import Settings
from media_service.slides.drawing import SvgSlides
from media_service.speech.advising import advise
from media_service.speech.engines import Engines
from media_service.speech.profiles import load

Examination = Callable[[Settings], Message]
"""Looks at one part and says what was found; raises a fault that says what is to be done."""

ROOM_GB = 2
"""Free space under which a book's work may stop half-way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at: whether it is well, and what was found or is to be done."""

    part: Message
    well: bool
    said: Message


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything the work needs; a fault in one part hides no other."""
    parts: tuple[tuple[Message, Examination], ...] = (
        (message("Python"), _python),
        (message("ffmpeg"), _ffmpeg),
        (message("voices"), _voices),
        (message("slides"), _slides),
        (message("output folder"), _output),
        (message("free space"), _room),
    )
    return tuple(look_at(part, settings, look) for part, look in parts)


def look_at(part: Message, settings: Settings, look: Examination) -> Finding:
    """Look at one part; a fault becomes a finding."""
    try:
        return Finding(part, well=True, said=look(settings))
    except MediaServiceError as fault:
        return Finding(part, well=False, said=fault.said)


def _python(_settings: Settings) -> Message:
    return message("{version} at {path}", version=platform.python_version(), path=sys.executable)


def _ffmpeg(settings: Settings) -> Message:
    path = settings.ffmpeg or bundled()
    try_encoders(Ffmpeg(path, timeout_s=60))
    return message("x264, AAC and MP3 can be made ({path})", path=path)


def _voices(settings: Settings) -> Message:
    there = load(settings.folders("voices"))
    outlook = advise(there, Engines(means=means(settings)))
    if not outlook.able:
        raise SetupError(message("No voice works on this machine; look at media-service voices doctor."))
    return message(
        "{able} of {count} voices work here, the best for Vietnamese is “{best}”. {advice}",
        able=len(outlook.able),
        count=len(there),
        best=outlook.best.name if outlook.best else "–",
        advice=outlook.advice,
    )


def _slides(settings: Settings) -> Message:
    slides = SvgSlides(settings.folders("templates"))
    with tempfile.TemporaryDirectory() as folder:
        for kind in Kind:
            slides.draw(TitleSlide("Thử chữ: ẦẪỘƯỢỹ"), Look(kind.value), None, Path(folder) / "title.png")
    return message("the templates of every kind of work can be drawn")


def _output(settings: Settings) -> Message:
    nearest = _nearest(settings.output)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise NotWritableError(
            message(
                "{path} cannot be written; give this user the right to, or choose another folder with --output.",
                path=nearest,
            )
        )
    return message("{path} may be written", path=settings.output)


def _room(settings: Settings) -> Message:
    free = shutil.disk_usage(_nearest(settings.output)).free / 1e9
    if free < ROOM_GB:
        raise NoSpaceError(
            message(
                "{free:.1f} GB are left and an hour of film needs about {needed} GB; make room.",
                free=free,
                needed=ROOM_GB,
            )
        )
    return message("{free:.1f} GB are left", free=free)


def _nearest(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.parents) if one.exists())
