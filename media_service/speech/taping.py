"""Recordings of any accepted kind decoded to sound that the program keeps: the one place that touches their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.errors import refused
from media_service.messages import message

LONGEST_S = 4 * 3600
ONLY_FILES = {"protocol_whitelist": "file"}
_DEMUXERS = {b"RIFF": "wav", b"fLaC": "flac", b"ID3": "mp3", b"\xff": "mp3"}

Samples = NDArray[np.int16]


def decode(tape: Path, name: str, path: Path) -> int:
    """Write a recording of any accepted kind as 48 kHz mono FLAC and return its length.

    Raises InputError, which calls it `name`, where it is damaged, silent or longer than four hours.
    """
    length, peak = 0, 0
    try:
        with av.open(f"file:{path}", "w", format="flac") as file:
            stream = file.add_stream("flac", rate=SAMPLE_RATE, layout="mono", format="s16")
            for piece in samples_of(tape, _demuxer(tape)):
                frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), format="s16", layout="mono")
                frame.sample_rate, frame.pts = SAMPLE_RATE, length
                file.mux(stream.encode(frame))
                length += len(piece)
                peak = max(peak, int(np.abs(piece.astype(np.int32)).max(initial=0)))
                if length > LONGEST_S * SAMPLE_RATE:
                    raise refused(name, message("{tape} is longer than four hours; cut it.", tape=name))
            file.mux(stream.encode(None))
    except (av.FFmpegError, ValueError, IndexError) as exc:
        said = message("{tape} is damaged and cannot be heard to its end; save it again as WAV.", tape=name)
        raise refused(name, said) from exc
    if peak < 33:  # -60 dBFS, as for what an engine gives back
        raise refused(name, message("Nothing is heard in {tape}; record it again.", tape=name))
    return length


def samples_of(path: Path, demuxer: str, rate: int = SAMPLE_RATE) -> Iterator[Samples]:
    """Yield the first sound of a file as mono 16-bit pieces."""
    with av.open(f"file:{path}", format=demuxer, options=ONLY_FILES) as file:
        resampler = AudioResampler(format="s16", layout="mono", rate=rate)
        for frame in chain(file.decode(audio=0), [None]):
            for made in resampler.resample(frame):
                yield made.to_ndarray().reshape(-1).astype(np.int16)


def _demuxer(tape: Path) -> str:
    with tape.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mov"
    return next((name for begin, name in _DEMUXERS.items() if head.startswith(begin)), "wav")
