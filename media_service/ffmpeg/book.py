"""A production as one M4B: each episode encoded by itself, then laid behind the others without encoding again.

AAC's packets overlap, so two streams cannot just follow one another: what one fades out the next must fade in. Every
episode is therefore encoded between two frames of the same room tone; where two meet, both have said the same, and the
joint decodes to that tone, to the sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_service.domain.tags import Tags
from media_service.domain.timeline import Mark
from media_service.ffmpeg import aac, boxes
from media_service.ffmpeg.boxes import AAC_FRAME, Packets, Track
from media_service.ffmpeg.copies import under_ceiling
from media_service.ffmpeg.itunes import told
from media_service.ffmpeg.language import iso_639_2
from media_service.ffmpeg.master import PIECE
from media_service.ffmpeg.room import room_tone
from media_service.ffmpeg.streams import broken, faults_of, waves
from media_service.ports import BookPart

KBPS = 80
"""Standard A7 asks 64-96 for speech on one channel."""


def part(master: Path, path: Path) -> None:
    """Encode one episode so that it can be laid beside others, no peak in it above the ceiling."""

    def encode(gain_db: float) -> None:
        factor = np.float32(10 ** (gain_db / 20))
        aac.encode(_between_tones(piece * factor for piece in waves(master, PIECE)), KBPS, path)

    under_ceiling(encode, path)


def bind(parts: Sequence[BookPart], tags: Tags, cover: Path, path: Path) -> None:
    """Lay episodes one behind another, with their chapters and what the book says of itself."""
    laid = tuple(_laid(parts))
    marks = [Mark(mark.title, one.start + mark.start) for one in laid for mark in one.part.marks]
    track = Track(
        packets=[one.packets for one in laid],
        channels=1,
        length=laid[-1].start + laid[-1].part.length,
        bitrate=KBPS * 1000,
        language=iso_639_2(tags.language),
    )
    with faults_of(path):
        boxes.write(path, track, marks, told(tags, cover.read_bytes()), b"M4B ")


@dataclass(frozen=True, slots=True)
class _Laid:
    """An episode's packets, and the sample of the book at which it begins."""

    part: BookPart
    packets: Packets
    start: int


def _laid(parts: Sequence[BookPart]) -> Iterator[_Laid]:
    start = 0
    for one in parts:
        frames = -(-one.length // AAC_FRAME)
        packets = boxes.packets_of(one.sound)
        if len(packets.sizes) != frames + 3:  # the run-up, a tone on either side
            raise broken(one.sound, "it is not as long as its episode")
        yield _Laid(one, packets.part(1, frames + 2), start)
        start += (frames + 1) * AAC_FRAME


def _between_tones(pieces: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Yield a sound between two frames of room tone, itself lengthened to whole frames by some more of it."""
    seam = room_tone(0, AAC_FRAME)
    length = 0
    for piece in chain([seam], pieces):
        length += len(piece)
        yield piece
    yield room_tone(length, -length % AAC_FRAME)
    yield seam
