"""What ffmpeg is asked to do with sound, as argument lists made from values; nothing is run or looked at here.

Every input is opened as a plain file by a demuxer named beforehand, so that a file's own words never choose a reader;
no picture hidden in one is unpacked beyond what the house takes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ffmpeg

from media_service.domain.script import MOST_PIXELS
from media_service.domain.timeline import SAMPLE_RATE

METER = {"peak": "true", "framelog": "quiet"}
BARE = {"map_metadata": -1, "fflags": "+bitexact", "flags:a": "+bitexact"}
"""Nothing in a file but its content: the same sound gives the same bytes."""
ROOM_TONE = f"anoisesrc=color=pink:seed=1:sample_rate={SAMPLE_RATE}:amplitude=0.0039,highpass=f=80,lowpass=f=4000"
"""What a quiet room sounds like, at -66 dBFS RMS: soft, without rumble or hiss, and the same each time."""
EDGE_S = 0.2
"""An excerpt comes and goes so softly."""


def passage(source: Path, heard: range, length: int, path: Path) -> list[str]:
    """Write these samples of a master with soft edges, and room tone behind them up to `length` samples."""
    seconds = len(heard) / SAMPLE_RATE
    part = _input(_file(source), {"f": "flac"}).filter("atrim", start_sample=heard.start, end_sample=heard.stop)
    soft = part.filter("asetpts", "PTS-STARTPTS").filter("afade", type="in", duration=EDGE_S)
    soft = soft.filter("afade", type="out", start_time=f"{max(seconds - EDGE_S, 0):.6f}", duration=EDGE_S)
    whole = soft.filter("apad", whole_len=length).filter("atrim", end_sample=length)
    tone = ffmpeg.input(ROOM_TONE, f="lavfi").filter("volume", 0, enable=f"lt(t,{seconds - EDGE_S / 2:.6f})")
    mixed = ffmpeg.filter([whole, tone], "amix", inputs=2, duration="first", normalize="false")
    coded = {"f": "flac", "c:a": "flac", "sample_fmt": "s32", "bits_per_raw_sample": 24}
    return _arguments(mixed.output(_file(path), **coded, **BARE))


def mp3(source: Path, gain_db: float, path: Path) -> list[str]:
    """Encode a master for listeners: 44.1 kHz mono at a constant 128 kb/s, without tags."""
    stream = _input(_file(source), {"f": "flac"}).filter("volume", f"{gain_db:.2f}dB").filter("aresample", 44100)
    return _arguments(
        stream.output(
            _file(path), f="mp3", **{"c:a": "libmp3lame", "b:a": "128k"}, compression_level=7, id3v2_version=0, **BARE
        )
    )


def inspect(path: Path, demuxer: str) -> list[str]:
    """Decode a sound file once and measure all that ffmpeg's meters tell: loudness, peak, RMS and pauses."""
    stream = _input(_file(path), {"f": demuxer})["a:0"].filter("ebur128", **METER)
    stream = stream.filter("astats", measure_perchannel="none").filter("silencedetect", noise="-45dB", duration=0.15)
    return _arguments(stream.output("-", f="null"))


def frame(path: Path, at_s: float, picture: Path) -> list[str]:
    """Write the frame of a film that stands at that second as a JPEG of 320 pixels across."""
    stream = _input(_file(path), {"f": "mov", "ss": f"{at_s:.3f}"})["v:0"].filter("scale", 320, -2)
    return _arguments(stream.output(_file(picture), f="mjpeg", **{"frames:v": 1, "q:v": 5}))


def _file(path: Path) -> str:
    return f"file:{path}"


def _input(source: str, reader: dict[str, Any]) -> Any:
    return ffmpeg.input(source, max_pixels=MOST_PIXELS, protocol_whitelist="file,pipe", **reader)


def _arguments(output: Any) -> list[str]:
    return [str(argument) for argument in output.get_args()]
