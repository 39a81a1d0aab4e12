"""What ffmpeg is asked to do with drawn slides, as argument lists made from values; the sister of `command`.

Every shot is encoded with the same settings, so that any may follow any in a film without encoding again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import ffmpeg

from media_service.domain.script import MOST_PIXELS
from media_service.domain.timeline import FRAME_RATE

GOP = FRAME_RATE // 2
"""Frames of a closed group of pictures (standard V2: half the frame rate)."""
REORDERED = 1
"""Frames by which decoding runs ahead of showing: B-frames, none of which is built upon."""
X264 = {"b-pyramid": "none", "b-adapt": 0, "aq-mode": 3}
"""Two B-frames always and in one layer; more bits for the dark, where gradients would band."""
ENCODER = {
    "c:v": "libx264",
    "profile:v": "high",
    "level": "4.0",
    "preset": "medium",
    "crf": 18,
    "bf": 2,
    "g": GOP,
    "keyint_min": 1,
    "sc_threshold": 0,
    "x264-params": ":".join(f"{name}={value}" for name, value in X264.items()),
    "threads": 1,
}
"""Chosen by eye and by measure: 50 dB and more of drawn slides, no step to be seen between groups. One thread each:
several pieces are in work at once."""
BT709 = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
SCALE = {"out_color_matrix": "bt709", "out_range": "tv", "flags": "lanczos+accurate_rnd+full_chroma_int"}


def groups(frames: int) -> tuple[int, ...]:
    """Cut a shot into closed groups of at most `GOP` frames, none of a single frame unless it is all there is.

    Decoders tell two key frames in a row apart by a number that repeated groups share (H.264, 7.4.3: idr_pic_id).
    """
    whole, rest = divmod(frames, GOP)
    if rest == 1 and whole:
        return (GOP,) * (whole - 1) + (GOP // 2 + 1, GOP // 2 + 1)
    return (GOP,) * whole + ((rest,) if rest else ())


def still(slide: Path, lengths: Sequence[int], path: Path) -> list[str]:
    """Encode groups of these lengths that all show one slide."""
    return _encoded(_standing(_converted(_drawn(slide)), sum(lengths)), lengths, path)


def fade(before: Path, after: Path, lengths: Sequence[int], path: Path) -> list[str]:
    """Encode groups of these lengths in which one slide melts into the next, in even steps, neither shown pure."""
    frames = sum(lengths)
    sides = [_standing(_drawn(slide).filter("format", "gbrp"), frames + 2) for slide in (before, after)]
    melting = ffmpeg.filter(sides, "xfade", transition="fade", duration=f"{(frames + 1) / FRAME_RATE:.6f}", offset=0)
    inner = melting.filter("trim", start_frame=1, end_frame=frames + 1).filter("setpts", "PTS-STARTPTS")
    return _encoded(_converted(inner), lengths, path)


def _drawn(slide: Path) -> Any:
    reader = {"f": "png_pipe", "framerate": FRAME_RATE, "max_pixels": MOST_PIXELS, "protocol_whitelist": "file,pipe"}
    return ffmpeg.input(f"file:{slide}", **reader)


def _converted(stream: Any) -> Any:
    """Turn RGB into what is encoded, by the same matrix that it is then tagged with."""
    return stream.filter("scale", 1920, 1080, **SCALE).filter("format", "yuv420p").filter("setparams", **BT709)


def _standing(stream: Any, frames: int) -> Any:
    return stream.filter("loop", loop=frames - 1, size=1).filter("setpts", f"N/{FRAME_RATE}/TB")


def _encoded(stream: Any, lengths: Sequence[int], path: Path) -> list[str]:
    starts = [0, *accumulate(lengths)][:-1]
    output = stream.output(
        f"file:{path}",
        f="mp4",
        r=FRAME_RATE,
        force_key_frames="expr:" + "+".join(f"eq(n,{start})" for start in starts),
        fflags="+bitexact",
        map_metadata=-1,
        **{"bsf:v": "filter_units=remove_types=6"},  # the encoder's signature, which every group would repeat
        **ENCODER,
    )
    return [str(argument) for argument in output.get_args()]
