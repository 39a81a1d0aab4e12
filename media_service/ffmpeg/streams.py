"""Sound files read and written inside this process, piece by piece, through PyAV; a file's faults become ours here."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.errors import MediaServiceError, NoSpaceError, ToolFailedError
from media_service.messages import message

Samples = NDArray[np.int16]
ONLY_FILES = {"protocol_whitelist": "file"}


def url(path: Path) -> str:
    """Name a file so that nothing in its name is read as a protocol."""
    return f"file:{path}"


def demuxer(path: Path) -> str:
    """Name the container of one of our files by its first bytes, so that no other reader is ever tried on it.

    Raises ToolFailedError for anything that this program does not make.
    """
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"RIFF":
        return "wav"
    if head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] >= b"\xe0"):
        return "mp3"
    raise broken(path, "unknown format")


def broken(path: Path, reason: str) -> MediaServiceError:
    """Return the fault of a file that cannot be read or written."""
    said = message("{file} cannot be used ({reason}); remove it and make it again.", file=path.name, reason=reason)
    return ToolFailedError(said, reason)


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn PyAV's errors into ours, naming the file."""
    try:
        yield
    except (av.FFmpegError, OSError) as exc:
        if exc.errno == errno.ENOSPC:
            said = message("The disk is full; make room, then run the same command again.")
            raise NoSpaceError(said) from exc
        raise broken(path, exc.strerror or str(exc)) from exc


def samples(path: Path, rate: int = SAMPLE_RATE, layout: str = "mono") -> Iterator[Samples]:
    """Yield the sound of a file as 16-bit pieces of shape (samples, channels); memory does not grow with its length."""
    with faults_of(path), av.open(url(path), format=demuxer(path), options=ONLY_FILES) as file:
        resampler = AudioResampler(format="s16", layout=layout, rate=rate)
        for frame in file.decode(audio=0):
            yield from _pieces(resampler, frame)
        yield from _pieces(resampler, None)


def _pieces(resampler: AudioResampler, frame: av.AudioFrame | None) -> Iterator[Samples]:
    for resampled in resampler.resample(frame):
        yield resampled.to_ndarray().reshape(-1, len(resampled.layout.channels)).astype(np.int16, copy=False)


def write_flac(sound: Samples, path: Path) -> None:
    """Write mono 16-bit samples at 48 kHz as FLAC."""
    with faults_of(path), av.open(url(path), "w", format="flac") as file:
        stream = file.add_stream("flac", rate=SAMPLE_RATE, layout="mono", format="s16")
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        for made in (frame, None):
            file.mux(stream.encode(made))
