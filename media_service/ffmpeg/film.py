"""The door `Film`: drawn slides in, shots and finished films out.

A still costs the same however long it stands: one group of pictures is encoded and then repeated by copying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media_service.ffmpeg.process import TIMEOUT_S, Ffmpeg, describe_version

CODE_VERSION = 1
"""Raise it when shots are encoded in another way: old ones would not join new ones."""


@dataclass(frozen=True, slots=True)
class FfmpegFilm:
    """Films made by the ffmpeg program at `ffmpeg` and, where nothing is encoded, by its libraries in this process."""

    ffmpeg: Path
    timeout_s: float = TIMEOUT_S

    def still(self, slide: Path, frames: int, path: Path) -> None:
        """Write a shot that shows one slide; raises ToolFailedError where the slide is not a PNG."""
        from media_service.ffmpeg import drawn, mp4  # noqa: PLC0415  # PyAV waits until a film is made

        lengths = drawn.groups(frames)
        distinct = tuple(dict.fromkeys(lengths))
        encoded = path.with_name(f"{path.name}.groups")
        try:
            Ffmpeg(self.ffmpeg, self.timeout_s).run(drawn.still(slide, distinct, encoded))
            mp4.repeat(encoded, [distinct.index(length) for length in lengths], path)
        finally:
            encoded.unlink(missing_ok=True)

    def fade(self, before: Path, after: Path, frames: int, path: Path) -> None:
        """Write a shot in which one slide melts into the next."""
        from media_service.ffmpeg import drawn  # noqa: PLC0415

        Ffmpeg(self.ffmpeg, self.timeout_s).run(drawn.fade(before, after, drawn.groups(frames), path))

    def version(self) -> str:
        """Name the ffmpeg that encodes, and the way it is asked to."""
        return f"{describe_version(self.ffmpeg)} {CODE_VERSION}"

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        """Write the film; raises SetupError where the shots come from different encoders."""
        from media_service.ffmpeg import mp4  # noqa: PLC0415

        mp4.join(shots, sound, language, path)
