"""Sound files read and written inside this process, piece by piece, through PyAV; a file's faults become ours here."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE
from media_service.errors import MediaServiceError, NoSpaceError, ToolFailedError
from media_service.messages import message

Samples = NDArray[np.int16]
_PLAIN = {"flt": (np.dtype(np.float32), 1.0), "fltp": (np.dtype(np.float32), 1.0), "s32": (np.dtype(np.int32), 2**-31)}
"""Kinds of frames whose samples are taken as they lie, and what makes waves of them."""
PLAIN_AAC = {"aac_coder": "fast", "aac_pns": "0", "aac_tns": "0"}
"""The encoder's thrift, left out: at these rates it buys nothing and costs most of the time."""
QUICK_FLAC = {"compression_level": "4"}
"""As small as at the usual level (5), and some tenths quicker."""
LONG_FRAMES = {"frame_size": "16384"}
"""For clips, of which an episode reads hundreds: a third as many turns, each of which may wait for other threads."""
BARE = {"fflags": "+bitexact"}
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
    if head[:4] == b"OggS":
        return "ogg"
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
            if frame.format.name == "s16" and frame.sample_rate == rate and frame.layout.name == layout:
                yield _held(frame, np.dtype(np.int16)).reshape(-1, len(frame.layout.channels))
            else:
                yield from _pieces(resampler, frame)
        yield from _pieces(resampler, None)


def waves(path: Path, together: int, rate: int | None = SAMPLE_RATE) -> Iterator[NDArray[np.float32]]:
    """Yield the sound of a file as mono pieces of some `together` samples, between -1 and 1; None: at its own rate."""
    with faults_of(path), av.open(url(path), format=demuxer(path), options=ONLY_FILES) as file:
        resampler = AudioResampler(format="flt", layout="mono", rate=rate)
        waiting: list[NDArray[np.float32]] = []
        length = 0
        for frame in chain(file.decode(audio=0), [None]):
            come = _come(frame, resampler, rate)
            waiting += come
            length += sum(map(len, come))
            if frame is None or length >= together:
                yield np.concatenate([np.zeros(0, np.float32), *waiting])
                waiting.clear()
                length = 0


def _come(frame: av.AudioFrame | None, resampler: AudioResampler, rate: int | None) -> list[NDArray[np.float32]]:
    """Return the waves of a frame: as they lie in it where it needs no resampler."""
    if frame and frame.sample_rate == (rate or frame.sample_rate) and _is_plain(frame):
        kind, scale = _PLAIN[frame.format.name]
        held = _held(frame, kind)
        return [held if scale == 1 else held.astype(np.float32) * np.float32(scale)]
    return [made.to_ndarray().reshape(-1).astype(np.float32) for made in resampler.resample(frame)]


def _is_plain(frame: av.AudioFrame) -> bool:
    return frame.format.name in _PLAIN and frame.layout.name == "mono"


def _held(frame: av.AudioFrame, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return the samples of a packed frame, or of a mono one, as they lie in it."""
    plane: Any = frame.planes[0]  # which is a buffer, though its types do not say so
    return np.frombuffer(plane, kind)[: frame.samples * len(frame.layout.channels)]


def _pieces(resampler: AudioResampler, frame: av.AudioFrame | None) -> Iterator[Samples]:
    for resampled in resampler.resample(frame):
        yield resampled.to_ndarray().reshape(-1, len(resampled.layout.channels)).astype(np.int16, copy=False)


def write_flac(sound: Samples, path: Path) -> None:
    """Write mono 16-bit samples at 48 kHz as FLAC."""
    with _writing(path, "flac", "flac", "s16", {**QUICK_FLAC, **LONG_FRAMES}) as put:
        put(sound)


@contextmanager
def writing_flac(path: Path) -> Iterator[Callable[[NDArray[np.int32]], None]]:
    """Give what writes pieces of mono sound at 48 kHz one after another as FLAC of 24 bits, the upper ones of 32."""
    with _writing(path, "flac", "flac", "s32", {"bits_per_raw_sample": "24", **QUICK_FLAC}) as put:
        yield put


@contextmanager
def writing_aac(path: Path, kbps: int) -> Iterator[Callable[[NDArray[np.float32]], None]]:
    """Give what writes pieces of mono sound at 48 kHz, between -1 and 1, one after another as AAC-LC in MP4."""
    with _writing(path, "mp4", "aac", "fltp", {"b": str(kbps * 1000), "flags": "+bitexact", **PLAIN_AAC}) as put:
        yield put


@contextmanager
def _writing(
    path: Path, container: str, codec: Literal["flac", "aac"], form: str, options: Mapping[str, str]
) -> Iterator[Callable[[NDArray[Any]], None]]:
    with faults_of(path), av.open(url(path), "w", format=container, options=BARE) as file:
        stream = file.add_stream(codec, rate=SAMPLE_RATE, layout="mono", format=form)
        stream.options = dict(options)
        place = 0

        def put(sound: NDArray[Any]) -> None:
            nonlocal place
            if not sound.size:  # FFmpeg takes that for the end
                return
            frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format=form, layout="mono")
            frame.sample_rate, frame.pts, place = SAMPLE_RATE, place, place + sound.size
            file.mux(stream.encode(frame))

        yield put
        file.mux(stream.encode(None))
