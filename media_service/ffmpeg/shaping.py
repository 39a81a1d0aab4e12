"""What voice engines need done to sound: MP3 from outside decoded, recordings made faster or slower; each in the box.

The bytes of a service are as little trusted as a stranger's file: only MP3 is read, by a child without a network.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from media_service.domain.timeline import Word
from media_service.errors import ToolFailedError
from media_service.ffmpeg.process import Ffmpeg
from media_service.messages import message
from media_service.ports import Recording

LONGEST_S = 1800
"""Of one answer of a service: what goes on for longer is no sentence."""
PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class FfmpegShaping:
    """The ffmpeg program at `ffmpeg`."""

    ffmpeg: Path

    def decode(self, sound: bytes, sample_rate: int) -> bytes:
        """Return MP3 as mono 16-bit PCM of that rate; raises ToolFailedError for anything else, and for nothing."""
        if not looks_like_mp3(sound):
            said = message("What came is no MP3 ({head}); it is not used.", head=repr(sound[:12])[2:-1] or "…")
            raise ToolFailedError(said, "")
        pcm = self._run(sound, ["-f", "mp3"], ["-t", str(LONGEST_S), "-ac", "1", "-ar", str(sample_rate)])
        if not pcm:
            raise ToolFailedError(message("The MP3 that came holds no sound; it is not used."), "")
        return pcm

    def stretch(self, recording: Recording, tempo: float) -> Recording:
        """Return a recording that many times faster, at its own pitch, its words moved along."""
        source = ["-f", "s16le", "-ar", str(recording.sample_rate), "-ch_layout", "mono"]
        pcm = self._run(recording.pcm, source, ["-af", f"rubberband=tempo={tempo:.5f}:formant=preserved"])
        length = len(pcm) // 2
        return replace(recording, pcm=pcm, words=tuple(_faster(word, tempo, length) for word in recording.words))

    def _run(self, sound: bytes, source: Sequence[str], made: Sequence[str]) -> bytes:
        with tempfile.TemporaryDirectory(prefix="media-service-") as folder:
            given, taken = Path(folder) / "given", Path(folder) / "taken"
            given.write_bytes(sound)
            target = ["-map", "0:a:0", "-map_metadata", "-1", "-f", "s16le", f"file:{taken}"]
            files = ["-protocol_whitelist", "file", *source, "-i", f"file:{given}"]
            Ffmpeg(self.ffmpeg, PATIENCE_S).run([*files, *made, *target])
            return taken.read_bytes()


def looks_like_mp3(sound: bytes) -> bool:
    """Tell whether bytes begin as MP3 does: with its tag, or with a frame of layer III."""
    return sound[:3] == b"ID3" or (len(sound) > 3 and sound[0] == 0xFF and sound[1] & 0xE6 == 0xE2)


def _faster(word: Word, tempo: float, length: int) -> Word:
    start, end = min(round(word.start / tempo), length), min(round(word.end / tempo), length)
    return replace(word, start=start, end=end)
