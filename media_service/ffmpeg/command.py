"""What ffmpeg is asked to do with sound, as argument lists made from values; nothing is run or looked at here.

Every input is opened as a plain file by a demuxer named beforehand, so that a file's own words never choose a reader;
no picture hidden in one is unpacked beyond what the house takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from media_service.domain.script import MOST_PIXELS
from media_service.domain.timeline import SAMPLE_RATE

OVERSAMPLED = 4 * SAMPLE_RATE
"""The limiter works here, where a true peak is hardly higher than the highest sample (ITU-R BS.1770)."""
PCM = {"f": "s16le", "ar": SAMPLE_RATE, "ch_layout": "mono"}
METER = {"peak": "true", "framelog": "quiet"}
BARE = {"map_metadata": -1, "fflags": "+bitexact", "flags:a": "+bitexact"}
"""Nothing in a file but its content: the same sound gives the same bytes."""
ROOM_TONE = f"anoisesrc=color=pink:seed=1:sample_rate={SAMPLE_RATE}:amplitude=0.0039,highpass=f=80,lowpass=f=4000"
"""What a quiet room sounds like, at -66 dBFS RMS: soft, without rumble or hiss, and the same each time."""
PLAIN_AAC = {"aac_coder": "fast", "aac_ms": 0, "aac_is": 0, "aac_pns": 0, "aac_tns": 0}
"""At 384 kb/s the encoder's thrift buys nothing: without it the same 52 dB of fidelity takes a quarter of the time."""


@dataclass(frozen=True, slots=True)
class Chain:
    """How speech is brought to its level: gain, then a limiter, behind a gentle compressor where one is needed."""

    gain_db: float
    limit_db: float
    threshold_db: float | None = None
    """Above this the compressor leaves a third of what rises; None: no compressor."""


def gather(path: Path) -> list[str]:
    """Write what comes through the pipe (16-bit mono at 48 kHz) to a file, as it is, and measure it."""
    stream = _input("pipe:0", PCM).filter("ebur128", **METER)
    return _arguments(stream.output(_file(path), f="s16le", **BARE))


def master(gathered: Path, length: int, chain: Chain, path: Path) -> list[str]:
    """Level what was gathered, lay room tone under it, write 24-bit FLAC of exactly `length` samples, measure it."""
    speech = _levelled(_input(_file(gathered), PCM), chain)
    speech = speech.filter("apad", whole_len=length).filter("atrim", end_sample=length)
    tone = ffmpeg.input(ROOM_TONE, f="lavfi")
    mixed = ffmpeg.filter([speech, tone], "amix", inputs=2, duration="first", normalize="false")
    metered = mixed.filter("ebur128", **METER)
    coded = {"f": "flac", "c:a": "flac", "sample_fmt": "s32", "bits_per_raw_sample": 24}
    return _arguments(metered.output(_file(path), **coded, **BARE))


def mp3(source: Path, gain_db: float, path: Path) -> list[str]:
    """Encode a master for listeners: 44.1 kHz mono at a constant 128 kb/s, without tags."""
    stream = _input(_file(source), {"f": "flac"}).filter("volume", f"{gain_db:.2f}dB").filter("aresample", 44100)
    return _arguments(
        stream.output(_file(path), f="mp3", **{"c:a": "libmp3lame", "b:a": "128k"}, id3v2_version=0, **BARE)
    )


def film_sound(source: Path, chain: Chain, path: Path) -> list[str]:
    """Encode a master for the film: the same on both sides, AAC-LC 48 kHz at 384 kb/s, in MP4."""
    sides = _levelled(_input(_file(source), {"f": "flac"}), chain).filter_multi_output("asplit")
    stream = ffmpeg.filter([sides[0], sides[1]], "join", inputs=2, channel_layout="stereo")
    coded = {"f": "mp4", "c:a": "aac", "b:a": "384k", **PLAIN_AAC}
    return _arguments(stream.output(_file(path), **coded, **BARE))


def weigh(path: Path, demuxer: str) -> list[str]:
    """Decode a sound file and measure its loudness and true peak."""
    return _arguments(_input(_file(path), {"f": demuxer}).filter("ebur128", **METER).output("-", f="null"))


def inspect(path: Path, demuxer: str) -> list[str]:
    """Decode a sound file once and measure all that ffmpeg's meters tell: loudness, peak, RMS and pauses."""
    stream = _input(_file(path), {"f": demuxer})["a:0"].filter("ebur128", **METER)
    stream = stream.filter("astats", measure_perchannel="none").filter("silencedetect", noise="-45dB", duration=0.15)
    return _arguments(stream.output("-", f="null"))


def _levelled(stream: Any, chain: Chain) -> Any:
    if chain.threshold_db is not None:
        threshold = f"{chain.threshold_db:.2f}dB"
        stream = stream.filter("acompressor", threshold=threshold, ratio=3, attack=3, release=120)
    limit = f"{chain.limit_db:.2f}dB"
    return (
        stream.filter("volume", f"{chain.gain_db:.2f}dB")
        .filter("aresample", OVERSAMPLED)
        .filter("alimiter", limit=limit, attack=5, release=60, level="false", latency="true")
        .filter("aresample", SAMPLE_RATE)
    )


def _file(path: Path) -> str:
    return f"file:{path}"


def _input(source: str, reader: dict[str, Any]) -> Any:
    return ffmpeg.input(source, max_pixels=MOST_PIXELS, protocol_whitelist="file,pipe", **reader)


def _arguments(output: Any) -> list[str]:
    return [str(argument) for argument in output.get_args()]
