"""A trial of the encoders that the work needs of the program, on a tenth of a second of nothing."""

from __future__ import annotations

from media_service.errors import SetupError, ToolFailedError, ToolKilledError
from media_service.ffmpeg.process import Ffmpeg
from media_service.messages import message

_PICTURE = ("-f", "lavfi", "-i", "color=size=64x64:duration=0.1")
_SOUND = ("-f", "lavfi", "-i", "anullsrc=duration=0.1")


def try_encoders(ffmpeg: Ffmpeg) -> None:
    """Encode a little with each encoder; raises SetupError where one is missing."""
    for source, encoder in ((_PICTURE, "libx264"), (_SOUND, "libmp3lame")):
        try:
            ffmpeg.run([*source, "-c", encoder, "-f", "null", "-"])
        except (ToolFailedError, ToolKilledError) as exc:
            said = message(
                "ffmpeg at {path} cannot make {encoder}; name another in MEDIA_SERVICE_FFMPEG.",
                path=ffmpeg.path,
                encoder=encoder,
            )
            raise SetupError(said) from exc
