"""What a film file says of itself: its streams as PyAV reads them, and the order of its boxes read by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import av
from av.video.stream import VideoStream

from media_service.domain.measured import Coding, FilmFacts, PictureFile
from media_service.ffmpeg.streams import ONLY_FILES, broken, demuxer, faults_of, url

PRIMARIES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020"}
TRANSFERS = {1: "bt709", 6: "smpte170m", 8: "linear", 13: "iec61966-2-1"}
MATRICES = {0: "gbr", 1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020nc"}
RANGES = {1: "tv", 2: "pc"}
"""The names ffmpeg gives to the numbers of ITU-T H.273."""
BRANCHES = frozenset({b"moov", b"trak"})
"""Boxes on the way to an edit list (ISO/IEC 14496-12)."""


def film_facts(path: Path) -> FilmFacts:
    """Read the facts of a film file; raises ToolFailedError where it lacks a picture or a sound."""
    boxes = _boxes(path)
    with faults_of(path), av.open(url(path), format=demuxer(path), options=ONLY_FILES) as file:
        if not file.streams.video or not file.streams.audio:
            raise broken(path, "no picture or no sound in it")
        picture, sound = file.streams.video[0], file.streams.audio[0]
        coded = picture.codec_context
        return FilmFacts(
            video_codec=coded.name,
            profile=coded.profile or "",
            pixel_format=coded.pix_fmt or "",
            width=coded.width,
            height=coded.height,
            frame_rate=float(picture.average_rate or 0),
            color=_color(picture),
            audio_codec=sound.codec_context.name,
            audio_rate=sound.codec_context.sample_rate,
            video_start_s=_seconds(picture, picture.start_time),
            audio_start_s=_seconds(sound, sound.start_time),
            video_duration_s=_seconds(picture, picture.duration),
            audio_duration_s=_seconds(sound, sound.duration),
            key_frame_interval=_key_frame_interval(file),
            moov_first=boxes.index(b"moov") < boxes.index(b"mdat") if {b"moov", b"mdat"} <= set(boxes) else False,
            edit_list=b"edts" in boxes,
        )


def _seconds(stream: av.stream.Stream, ticks: int | None) -> float:
    return float((ticks or 0) * (stream.time_base or 0))


def _color(picture: VideoStream) -> tuple[str, str, str, str]:
    coded = picture.codec_context
    return (
        PRIMARIES.get(coded.color_primaries, "unknown"),
        TRANSFERS.get(coded.color_trc, "unknown"),
        MATRICES.get(coded.colorspace, "unknown"),
        RANGES.get(coded.color_range, "unknown"),
    )


def _key_frame_interval(file: av.container.InputContainer) -> int:
    """Return the most frames from one key frame to the next, or to the end."""
    longest = since = 0
    for packet in file.demux(video=0):
        if packet.size:
            since = 1 if packet.is_keyframe else since + 1
            longest = max(longest, since)
    return longest


def _boxes(path: Path) -> list[bytes]:
    """Name the boxes of an MP4 in order, those inside `moov` and its tracks among them."""
    with faults_of(path), path.open("rb") as file:
        return list(_walk(file, 0, path.stat().st_size))


def _walk(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        size, kind, body = int.from_bytes(head[:4]), head[4:8], start + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16]), start + 16
        yield kind
        if size == 0:  # to the end of the file
            return
        if size < 8:  # nonsense; what follows cannot be found
            return
        if kind in BRANCHES:
            yield from _walk(file, body, start + size)
        start += size


def coding(path: Path) -> Coding:
    """Read how a sound file is coded, from its first stream; raises ToolFailedError where it has none."""
    with faults_of(path), av.open(url(path), format=demuxer(path), options=ONLY_FILES) as file:
        if not file.streams.audio:
            raise broken(path, "no sound in it")
        sound = file.streams.audio[0]
        coded = sound.codec_context
        return Coding(
            codec=coded.name.removesuffix("float"),
            sample_rate=coded.sample_rate,
            channels=coded.channels,
            bits=_flac_bits(path) if coded.name == "flac" else 0,
            kbps=round((coded.bit_rate or file.bit_rate or 0) / 1000),
        )


def _flac_bits(path: Path) -> int:
    """Return the bits of a sample as STREAMINFO tells (RFC 9639, 8.2); decoders widen 24 to 32."""
    with path.open("rb") as file:
        packed = int.from_bytes(file.read(26)[18:])
    return (packed >> 36 & 31) + 1


def picture_file(path: Path) -> PictureFile:
    """Read what a thumbnail's file is; raises ToolFailedError where it is no JPEG."""
    with faults_of(path), av.open(url(path), format="jpeg_pipe", options=ONLY_FILES) as file:
        coded = file.streams.video[0].codec_context
        kind = "JPEG" if coded.name == "mjpeg" else coded.name
        return PictureFile(kind, coded.width, coded.height, path.stat().st_size)
