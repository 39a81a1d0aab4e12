"""The door `Inspector`: what a finished file says of itself and measures, as a listener's player would find it."""
# ruff: noqa: PLC0415  # numpy and PyAV wait until something is inspected

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from media_service.domain.measured import FilmFacts, SoundFacts
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
