"""The door `Sound`: engine recordings in, clips, masters and copies out.

How each is made is told in `clip`, `master`, `copies` and `id3`, which are imported when first used, so that a program
that only looks at its shelf starts quickly.
"""
# ruff: noqa: PLC0415  # the imports inside are the point: numpy, PyAV and pydub take half a second together

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from media_service.domain.timeline import Clip
from media_service.ffmpeg.process import TIMEOUT_S, Ffmpeg, describe_version
from media_service.ports import Recording, Silence, Tags

CODE_VERSION = 1
"""Raise it when clips, masters or copies are made in another way."""


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

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        """Write the master of an episode: -19 LUFS, room tone in its silences; return its length."""
        from media_service.ffmpeg.master import master

        return master(self._program, parts, path)

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        """Write the listener's copy, tagged."""
        from media_service.ffmpeg.copies import mp3
        from media_service.ffmpeg.id3 import tag

        mp3(self._program, master, path)
        tag(path, tags, cover)

    def version(self) -> str:
        """Name the ffmpeg at work and this room's way of asking."""
        return f"{describe_version(self.ffmpeg)} {CODE_VERSION}"

    def film_sound(self, master: Path, path: Path) -> None:
        """Write the film's copy: stereo, -14 LUFS."""
        from media_service.ffmpeg.copies import film_sound

        film_sound(self._program, master, path)
