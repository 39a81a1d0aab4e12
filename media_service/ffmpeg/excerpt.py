"""A clip as small as speech allows, for pages that hold a hundred of them: MP3, 24 kHz mono, 40 kb/s."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from media_service.ffmpeg.streams import faults_of, samples, url

RATE = 24_000
BIT_RATE = 40_000


def excerpt(clip: Path, path: Path) -> None:
    """Write a clip again; raises ToolFailedError where it cannot be decoded."""
    pieces = [piece[:, 0] for piece in samples(clip, RATE)]
    sound = np.concatenate(pieces) if pieces else np.zeros(RATE // 10, np.int16)
    with faults_of(path), av.open(url(path), "w", format="mp3") as file:
        stream = file.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=BIT_RATE)
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format="s16p", layout="mono", rate=RATE, frame_size=stream.frame_size or 576)
        for made in (*resampler.resample(frame), *resampler.resample(None), None):
            file.mux(stream.encode(made))
