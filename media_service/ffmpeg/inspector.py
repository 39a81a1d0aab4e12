"""The door `Inspector`: what a finished file says of itself and measures, as a listener's player would find it."""
# ruff: noqa: PLC0415  # numpy and PyAV wait until something is inspected

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media_service.domain.measured import BookPartFacts, Coding, FilmFacts, FilmSeen, PictureFile, SoundFacts, Span
from media_service.ffmpeg import command
from media_service.ffmpeg.process import TIMEOUT_S, Ffmpeg


@dataclass(frozen=True, slots=True)
class FfmpegInspector:
    """Looks at files with the ffmpeg program at `ffmpeg` and its libraries."""

    ffmpeg: Path
    timeout_s: float = TIMEOUT_S

    def sound(self, path: Path) -> SoundFacts:
        """Measure the sound of a file; raises ToolFailedError where it cannot be decoded."""
        from media_service.ffmpeg.measure import sound_facts

        return sound_facts(Ffmpeg(self.ffmpeg, self.timeout_s), path)

    def film(self, path: Path) -> FilmFacts:
        """Read the facts of a film file; raises ToolFailedError where it is no film."""
        from media_service.ffmpeg.probe import film_facts

        return film_facts(path)

    @staticmethod
    def waveform(sound: Path, path: Path) -> None:
        """Write the outline of a sound; raises ToolFailedError where it cannot be decoded."""
        from media_service.ffmpeg.waveform import peaks

        path.write_bytes(peaks(sound))

    @staticmethod
    def strip(film: Path, moments: Sequence[float], path: Path) -> None:
        """Write small pictures of a film on one sheet; raises ToolFailedError where it is no film."""
        from media_service.ffmpeg.strip import strip

        strip(film, moments, path)

    def seen(self, path: Path, moments_s: Sequence[float]) -> FilmSeen:
        """Watch a film's pictures once; raises ToolFailedError where they cannot be decoded."""
        from media_service.ffmpeg.watch import film_seen

        return film_seen(path, moments_s)

    def frame(self, path: Path, at_s: float, picture: Path) -> None:
        """Write one frame as a small JPEG; raises ToolFailedError where the film does not last so long."""
        Ffmpeg(self.ffmpeg, self.timeout_s).run(command.frame(path, at_s, picture))

    def levels(self, path: Path, spans: Sequence[Span]) -> tuple[float, ...]:
        """Return the loudness of stretches of a sound; raises ToolFailedError where it cannot be decoded."""
        from media_service.ffmpeg.levels import levels

        return levels(path, spans)

    def coding(self, path: Path) -> Coding:
        """Read how a sound file is coded; raises ToolFailedError where it is none."""
        from media_service.ffmpeg.probe import coding

        return coding(path)

    def book_part(self, path: Path) -> BookPartFacts:
        """Measure an episode's part of a book; raises ToolFailedError where it cannot be decoded."""
        from media_service.ffmpeg.measure import book_part_facts

        return book_part_facts(path)

    def picture(self, path: Path) -> PictureFile:
        """Read what a thumbnail's file is; raises ToolFailedError where it is no JPEG."""
        from media_service.ffmpeg.probe import picture_file

        return picture_file(path)
