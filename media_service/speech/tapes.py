"""The door `Tapes`: what a person has recorded, made fit to work with, cut where the text is said, and timed.

Bytes that nobody trusts are touched in `taping` alone, which is called in a box; here is read what that wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np

from media_service.domain.casting import Voice
from media_service.domain.tape import Cut, Cuts
from media_service.domain.timeline import SAMPLE_RATE
from media_service.errors import SilentVoiceError
from media_service.messages import message
from media_service.ports import Recording, Speech
from media_service.speech import aligning
from media_service.speech.cutting import CODE_VERSION, cuts
from media_service.speech.espeak import Espeak
from media_service.speech.taping import ONLY_FILES, Samples, decode, samples_of


@dataclass(frozen=True, slots=True)
class TapeFiles:
    """Recordings read by PyAV, and listened to with the embedded voice engine as guide."""

    guide: Speech = field(default_factory=Espeak)

    def decode(self, tape: Path, name: str, path: Path) -> int:
        """Write a recording as 48 kHz mono FLAC; see `taping.decode`."""
        return decode(tape, name, path)

    def cuts(self, sound: Path, texts: Sequence[str], voice: Voice) -> Cuts:
        """Return where in decoded sound each text is said; memory does not grow with its length."""
        return Cuts(tuple(cuts(samples_of(sound, "flac", cutting_rate()), texts, voice, self.guide)))

    def take(self, sound: Path, cut: Cut, text: str, voice: Voice) -> Recording:
        """Return what is said between two moments of decoded sound, its words timed."""
        pcm = _between(sound, cut)
        if not pcm:
            raise SilentVoiceError(message("The recording ends before this sentence; record it again."))
        return aligning.timed(Recording(pcm, SAMPLE_RATE, ()), text, voice, self.guide)

    def version(self) -> str:
        """Name the way of listening; the same name promises the same cuts and times."""
        return f"{self.guide.version(aligning.guide_of(Voice('', '', '', '')))} {aligning.VERSION} cut/{CODE_VERSION}"


def cutting_rate() -> int:
    """Return the rate at which recordings are listened to for their text."""
    return 16_000


def _between(sound: Path, cut: Cut) -> bytes:
    """Return the samples of a cut, read from a little before it on."""
    pieces: list[Samples] = []
    with av.open(f"file:{sound}", format="flac", options=ONLY_FILES) as file:
        stream = file.streams.audio[0]
        if stream.time_base and cut.start > SAMPLE_RATE:
            file.seek(int((cut.start - SAMPLE_RATE) / SAMPLE_RATE / stream.time_base), stream=stream)
        for frame in file.decode(stream):
            place = round(float(frame.time or 0.0) * SAMPLE_RATE)
            if place >= cut.end:
                break
            heard = frame.to_ndarray().reshape(-1)
            pieces.append(heard[max(cut.start - place, 0) : max(cut.end - place, 0)].astype(np.int16))
    return np.concatenate(pieces).tobytes() if pieces else b""
