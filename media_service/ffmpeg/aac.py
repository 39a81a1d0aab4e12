"""AAC made once and used twice: mono packets from FFmpeg's encoder, and the same said on both sides of two.

A packet of one channel becomes one of two by taking it as their middle, with a side that is nothing: both sides then
decode to exactly what the one decoded to, at its cost, a fourth of what encoding both would take.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_service.errors import MediaServiceError
from media_service.ffmpeg.boxes import AAC_FRAME, Packets, packets_of
from media_service.ffmpeg.streams import broken, writing_aac

Sound = NDArray[np.float32]

EIGHT_SHORT = 2
SECTION_ESCAPE = {False: (5, 31), True: (3, 7)}
"""Bits of a section's length, and the length that another one follows, for long and for short windows."""


def encode(pieces: Iterable[Sound], kbps: int, path: Path) -> Packets:
    """Encode a mono sound at 48 kHz and return its packets: the first is the encoder's run-up."""
    with writing_aac(path, kbps) as put:
        for piece in pieces:
            put(piece)
    return packets_of(path)


def on_both_sides(packets: Packets, path: Path) -> Packets:
    """Write mono packets as packets of two channels that sound the same, and return them."""
    sizes = np.zeros(len(packets.sizes), np.uint32)
    with packets.path.open("rb") as mono, path.open("wb") as file:
        mono.seek(packets.place)
        for number, size in enumerate(packets.sizes):
            pair = _pair(mono.read(int(size)), packets.path)
            sizes[number] = len(pair)
            file.write(pair)
    return Packets(path, 0, sizes)


@dataclass(frozen=True, slots=True)
class _Window:
    """What a packet's window is: its words, how many bands it codes, and how many groups of them."""

    bits: int
    length: int
    bands: int
    groups: int
    short: bool


def _pair(packet: bytes, path: Path) -> bytes:
    """Return one packet as a pair: head, window, that all is middle, the middle as it was, an empty side, the end."""
    whole = int.from_bytes(packet)
    total = 8 * len(packet)
    end = total - ((whole & -whole).bit_length() - 1) - 3  # before the three ones that close a packet
    if not packet or whole >> (total - 3) or (whole >> (total - end - 3)) & 7 != 7:
        raise _strange(path)
    window = _window(whole, total)
    gain = (whole >> (total - 15)) & 0xFF
    rest_bits = end - 15 - window.length
    rest = (whole >> (total - end)) & ((1 << rest_bits) - 1)
    side, side_bits = _nothing(window)
    parts = [(1, 3), (1, 5), (window.bits, window.length), (2, 2), (gain, 8), (rest, rest_bits), (side, side_bits)]
    bits = 0
    size = 3
    for value, width in parts:
        bits, size = bits << width | value, size + width
    bits = bits << 3 | 7
    return (bits << -size % 8).to_bytes((size + 7) // 8)


def _window(whole: int, total: int) -> _Window:
    """Read the window of a packet, which stands behind its name, number and gain."""
    at = 15
    short = (whole >> (total - at - 3)) & 3 == EIGHT_SHORT
    length = 15 if short else 11
    bits = (whole >> (total - at - length)) & ((1 << length) - 1)
    if short:
        return _Window(bits, length, (bits >> 7) & 15, 8 - (bits & 0x7F).bit_count(), short)
    return _Window(bits, length, (bits >> 1) & 63, 1, short)


def _nothing(window: _Window) -> tuple[int, int]:
    """Return a channel that codes nothing, and how many bits that takes: no band of any group holds a figure."""
    width, most = SECTION_ESCAPE[window.short]
    bits, size = 0, 8  # its gain
    for _ in range(window.groups if window.bands else 0):
        left = window.bands
        bits, size = bits << 4, size + 4  # of the codebook that says nothing
        while left >= most:
            bits, size, left = bits << width | most, size + width, left - most
        bits, size = bits << width | left, size + width
    return bits << 3, size + 3  # no pulses, no shaping, no gain control


def _strange(path: Path) -> MediaServiceError:
    return broken(path, "its AAC is of another kind")


def length(packets: Packets) -> int:
    """Return how many samples packets decode to, the first of them being the run-up."""
    return AAC_FRAME * (len(packets.sizes) - 1)
