"""A film at a glance: one small picture of each moment asked for, all on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from media_service.domain.strip import ACROSS, HEIGHT, WIDTH
from media_service.ffmpeg.streams import ONLY_FILES, demuxer, faults_of, url

_QUALITY = 4
"""Of the JPEG, in the encoder's count: 2 is the best."""


def strip(film: Path, moments: Sequence[float], path: Path) -> None:
    """Write a sheet of the film's pictures at these seconds as JPEG; raises ToolFailedError where it is no film."""
    rows = max(1, -(-len(moments) // ACROSS))
    sheet = np.zeros((rows * HEIGHT, ACROSS * WIDTH, 3), np.uint8)
    with faults_of(film), av.open(url(film), format=demuxer(film), options=ONLY_FILES) as file:
        stream = file.streams.video[0]
        for number, moment in enumerate(moments):
            picture = _at(file, stream, moment)
            if picture is not None:
                _lay(picture, sheet, number)
    _write(sheet, path)


def _at(file: av.container.InputContainer, stream: VideoStream, moment: float) -> av.VideoFrame | None:
    """Return the picture that is seen at a second."""
    file.seek(round(moment * 1_000_000), backward=True)
    last = None
    for frame in file.decode(stream):
        if last is not None and frame.time > moment:
            break
        last = frame
    return last


def _lay(frame: av.VideoFrame, sheet: NDArray[np.uint8], number: int) -> None:
    """Put a picture, whole and in its own shape, into its field."""
    scale = min(WIDTH / frame.width, HEIGHT / frame.height)
    width, height = (max(2, round(side * scale) // 2 * 2) for side in (frame.width, frame.height))
    small = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    top = number // ACROSS * HEIGHT + (HEIGHT - height) // 2
    left = number % ACROSS * WIDTH + (WIDTH - width) // 2
    sheet[top : top + height, left : left + width] = small


def _write(sheet: NDArray[np.uint8], path: Path) -> None:
    with faults_of(path), av.open(url(path), "w", format="image2", options={"update": "1"}) as file:
        stream = file.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = sheet.shape[1], sheet.shape[0], "yuvj420p"
        stream.codec_context.options = {"qmin": str(_QUALITY), "qmax": str(_QUALITY)}
        frame = av.VideoFrame.from_ndarray(sheet, format="rgb24")
        for made in (frame, None):
            file.mux(stream.encode(made))
