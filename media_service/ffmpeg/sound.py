"""The door `Sound`: engine recordings in, clips, masters and copies out.

How each is made is told in `clip`, `master`, `copies` and `id3`, which are imported when first used, so that a program
that only looks at its shelf starts quickly.
"""
# ruff: noqa: PLC0415  # the imports inside are the point: numpy, PyAV and pydub take half a second together

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from media_service.domain.measured import BedFacts
from media_service.domain.tags import Tags
from media_service.domain.timeline import Clip
from media_service.ffmpeg.process import TIMEOUT_S, Ffmpeg, describe_version
from media_service.ports import BookPart, Recording, Silence, Take

CODE_VERSION = 5
"""Raise it when clips, masters or copies are made in another way."""


@cache
def _library() -> str:
    return metadata.version("av")


@dataclass(frozen=True, slots=True)
class FfmpegSound:
    """Sound made by the ffmpeg program at `ffmpeg` and, for clips without number, by its libraries in this process."""

    ffmpeg: Path
    timeout_s: float = TIMEOUT_S

    @property
    def _program(self) -> Ffmpeg:
        return Ffmpeg(self.ffmpeg, self.timeout_s)

    def clip(self, recording: Recording, path: Path) -> Clip:
        """Write one passage as 48 kHz mono FLAC; raises SilentVoiceError where nothing is heard."""
        from media_service.ffmpeg.clip import clip

        return clip(recording, path)

    def splice(self, takes: Sequence[Take], path: Path) -> Clip:
        """Write one passage that several takes make; raises SilentVoiceError where nothing is heard in one."""
        from media_service.ffmpeg.splice import splice

        return splice(takes, path)

    def excerpt(self, clip: Path, path: Path) -> None:
        """Write a clip again as a small MP3; raises ToolFailedError where it cannot be decoded."""
        from media_service.ffmpeg.excerpt import excerpt

        excerpt(clip, path)

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        """Write the master of an episode: -19 LUFS, room tone in its silences; return its length."""
        from media_service.ffmpeg.master import master

        return master(parts, path)

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        """Write the listener's copy, tagged."""
        from media_service.ffmpeg.copies import mp3
        from media_service.ffmpeg.id3 import tag

        mp3(self._program, master, path)
        tag(path, tags, cover)

    def passage(self, master: Path, heard: range, length: int, path: Path) -> None:
        """Write these samples of a master as a master of `length` samples."""
        from media_service.ffmpeg import command

        self._program.run(command.passage(master, heard, length, path))

    def version(self) -> str:
        """Name the ffmpeg at work, the library that encodes AAC, and this room's way of asking."""
        return f"{describe_version(self.ffmpeg)} PyAV {_library()} {CODE_VERSION}"

    def bed(self, master: Path, music: Path, path: Path) -> BedFacts:
        """Write music to lie under a master."""
        from media_service.ffmpeg.bed import bed

        return bed(master, music, path)

    def film_sound(self, master: Path, path: Path, bed: Path | None = None) -> None:
        """Write the film's copy: stereo, -14 LUFS."""
        from media_service.ffmpeg.copies import film_sound

        film_sound(master, path, bed)

    def book_part(self, master: Path, path: Path) -> None:
        """Write an episode as a book takes it."""
        from media_service.ffmpeg.book import part

        part(master, path)

    def book(self, parts: Sequence[BookPart], tags: Tags, cover: Path, path: Path) -> None:
        """Write a production as M4B."""
        from media_service.ffmpeg.book import bind

        bind(parts, tags, cover, path)
