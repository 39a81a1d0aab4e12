"""What ffmpeg is asked to do with drawn slides, as argument lists made from values; the sister of `command`.

Slides become plain frames, which `frames` looks at; what it draws of them is encoded, always with settings that let any
shot follow any other in a film without encoding again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import ffmpeg

from media_service.domain.read_along import Box
from media_service.domain.script import MOST_PIXELS
from media_service.domain.timeline import FRAME_RATE

GOP = FRAME_RATE // 2
"""Frames of a closed group of pictures (standard V2: half the frame rate)."""
REORDERED = 1
"""Frames by which decoding runs ahead of showing: B-frames, none of which is built upon."""
X264 = {"b-pyramid": "none", "b-adapt": 0, "aq-mode": 3, "ref": 1, "stitchable": 1}
"""Two B-frames always and in one layer; more bits for the dark, where gradients would band. Slow pictures gain nothing
from more than one frame to look back to, and what is said at the head of a shot depends on none of its pictures."""
ENCODER = {
    "c:v": "libx264",
    "profile:v": "high",
    "level": "4.0",
    "preset": "veryfast",
    "bf": 2,
    "g": GOP,
    "keyint_min": 1,
    "sc_threshold": 0,
    "x264-params": ":".join(f"{name}={value}" for name, value in X264.items()),
    "threads": 1,
}
"""Chosen by measure: at CRF 17 `veryfast` draws what moves within half a decibel of `medium` at CRF 18, as large, in
less than half the time. One thread each: several pieces are in work at once."""
MOVING_CRF = 17
STANDING_CRF = 14
"""What stands is looked at for long, and costs one picture however long it stands."""
BT709 = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
SCALE = {"out_color_matrix": "bt709", "out_range": "tv", "flags": "lanczos+accurate_rnd+full_chroma_int"}
Size = tuple[int, int]


def groups(frames: int) -> tuple[int, ...]:
    """Cut a shot into closed groups of at most `GOP` frames, none of a single frame unless it is all there is.

    Decoders tell two key frames in a row apart by a number that repeated groups share (H.264, 7.4.3: idr_pic_id).
    """
    whole, rest = divmod(frames, GOP)
    if rest == 1 and whole:
        return (GOP,) * (whole - 1) + (GOP // 2 + 1, GOP // 2 + 1)
    return (GOP,) * whole + ((rest,) if rest else ())


def plain(slide: Path, size: Size, path: Path) -> list[str]:
    """Write a slide as one frame of that size, as it is encoded: planes one behind the other, no head."""
    return _raw(_drawn(slide), size, path)


def lettered(slide: Path, block: Path, place: Box, size: Size, path: Path) -> list[str]:
    """Write a slide under a block as two such frames: the block as it stands, then with all its words lit."""
    sides = _drawn(slide).filter("format", "gbrp").split()
    halves = _drawn(block).filter("format", "gbrap").split()
    height = place.bottom - place.top
    over = [
        ffmpeg.overlay(
            sides[number],
            halves[number].filter("crop", place.right - place.left, height, 0, number * height),
            x=place.left,
            y=place.top,
            format="gbrp",
        )
        for number in range(2)
    ]
    return _raw(ffmpeg.concat(*over), size, path)


def encoded(size: Size, lengths: Sequence[int], crf: int, path: Path) -> list[str]:
    """Encode frames from standard input, drawn as `plain` writes them, in closed groups of these lengths."""
    starts = [0, *accumulate(lengths)][:-1]
    width, height = size
    given = ffmpeg.input("pipe:0", f="rawvideo", pixel_format="yuv420p", s=f"{width}x{height}", framerate=FRAME_RATE)
    output = given.filter("setparams", **BT709).output(
        f"file:{path}",
        f="mp4",
        r=FRAME_RATE,
        crf=crf,
        force_key_frames="expr:" + "+".join(f"eq(n,{start})" for start in starts),
        fflags="+bitexact",
        map_metadata=-1,
        **{"bsf:v": "filter_units=remove_types=6"},  # the encoder's signature, which every group would repeat
        **ENCODER,
    )
    return [str(argument) for argument in output.get_args()]


def _drawn(picture: Path) -> Any:
    reader = {"f": "png_pipe", "framerate": FRAME_RATE, "max_pixels": MOST_PIXELS, "protocol_whitelist": "file,pipe"}
    return ffmpeg.input(f"file:{picture}", **reader)


def _raw(stream: Any, size: Size, path: Path) -> list[str]:
    """Turn RGB into what is encoded, by the same matrix that it is then tagged with."""
    converted = stream.filter("scale", *size, **SCALE).filter("format", "yuv420p")
    return [str(argument) for argument in converted.output(f"file:{path}", f="rawvideo").get_args()]
