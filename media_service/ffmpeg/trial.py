"""A trial of the encoders that the work needs, on a tenth of a second of nothing."""

from __future__ import annotations

from media_service.ffmpeg.process import Ffmpeg

_PICTURE = ("-f", "lavfi", "-i", "color=size=64x64:duration=0.1")
_SOUND = ("-f", "lavfi", "-i", "anullsrc=duration=0.1")


def try_encoders(ffmpeg: Ffmpeg) -> None:
    """Encode a little with each encoder; raises ToolFailedError or SetupError where one is missing."""
    for source, encoder in (
        (_PICTURE, ("-c:v", "libx264")),
        (_SOUND, ("-c:a", "aac")),
        (_SOUND, ("-c:a", "libmp3lame")),
    ):
        ffmpeg.run([*source, *encoder, "-f", "null", "-"])
