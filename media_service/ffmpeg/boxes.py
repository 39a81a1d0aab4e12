"""MP4 files with one sound track, written by hand: the packets are there already, only what is said of them is made.

A book of ten hours has two million packets; they are laid one behind another as bytes and told of in tables, which are
written as they are and never put together in memory. Chapters are told in both ways that players know, the list of Nero
and the text track of QuickTime.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE, Mark
from media_service.ffmpeg.streams import broken

AAC_FRAME = 1024
"""Samples that one packet of AAC-LC decodes to; as many come before the first sound, and are skipped."""
PACKETS_A_CHUNK = 47
NERO_MOST = 255
"""Chapters that the list of Nero can hold; a book with more leaves them to the text track."""
MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
TEXT_STYLE = bytes.fromhex("00000001 0000 00000000 0000000000000000 000000000001 0000 00000000") + bytes.fromhex(
    "0000000d 66746162 0001 0001 00"
)
"""How a chapter's title would be drawn, which no player does."""
UTF8 = struct.pack(">I4sI", 12, b"encd", 0x100)
_COPIED = 1 << 20


@dataclass(frozen=True, slots=True)
class Packets:
    """Packets that lie one behind another in a file: the place of the first, and the size of each in bytes."""

    path: Path
    place: int
    sizes: NDArray[np.uint32]
    """May be a view of what the file says of them, so that a book's are nowhere twice."""

    def part(self, first: int, last: int) -> Packets:
        """Return the packets from `first` up to `last`."""
        before = int(self.sizes[:first].sum(dtype=np.int64))
        return Packets(self.path, self.place + before, self.sizes[first:last])


class Box:
    """A box and its content, which is not copied into it: `len` is its length in bytes, iteration yields its pieces."""

    def __init__(self, name: bytes, *content: bytes | memoryview | Box) -> None:
        self._length = 8 + sum(map(len, content))
        self._head = struct.pack(">I4s", self._length, name)
        self._content = content

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes | memoryview]:
        yield self._head
        for piece in self._content:
            yield from piece if isinstance(piece, Box) else (piece,)


def full(name: bytes, *content: bytes | memoryview | Box, version: int = 0, flags: int = 0) -> Box:
    """Return a box that has a version and flags."""
    return Box(name, struct.pack(">I", version << 24 | flags), *content)


@dataclass(frozen=True, slots=True)
class Track:
    """A sound as packets in order; `channels` of AAC-LC at 48 kHz, `length` samples after the first frame."""

    packets: Sequence[Packets]
    channels: int
    length: int
    bitrate: int
    language: str = "und"


def packets_of(path: Path) -> Packets:
    """Return the packets of a file that ffmpeg wrote with one track; raises ToolFailedError for anything else."""
    with path.open("rb") as file:
        boxes = dict(_boxes(file.read, file.seek, path.stat().st_size))
        if not {b"mdat", b"moov"} <= boxes.keys():
            raise broken(path, "no sound in it")
        start, end = boxes[b"moov"]
        file.seek(start)
        moov = file.read(end - start)
    at = moov.find(b"stsz")
    same, count = struct.unpack_from(">II", moov, at + 8)
    sizes = np.frombuffer(moov, ">u4", 0 if same else count, at + 16)
    place = boxes[b"mdat"][0]
    if at < 0 or same or place + int(sizes.sum(dtype=np.int64)) > boxes[b"mdat"][1]:
        raise broken(path, "no sound in it")
    return Packets(path, place, sizes)


def _boxes(read: object, seek: object, size: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield the outermost boxes of a file: name, and where its content begins and ends."""
    place = 0
    while place + 8 <= size:
        seek(place)  # type: ignore[operator]
        length, name = struct.unpack(">I4s", read(8))  # type: ignore[operator]
        head = 8
        if length == 1:
            (length,), head = struct.unpack(">Q", read(8)), 16  # type: ignore[operator]
        if length < head:
            return
        yield name, (place + head, place + length)
        place += length


def write(
    path: Path, track: Track, marks: Sequence[Mark] = (), tags: Box | None = None, brand: bytes = b"M4A "
) -> None:
    """Write a track as MP4 with its index in front; with its chapters and what it says of itself, if it has any."""
    titles = [_title(mark.title) for mark in marks]
    head = Box(b"ftyp", brand, struct.pack(">I", 0), brand, b"mp42isom")
    place = len(head) + len(_movie(track, marks, titles, tags, 0)) + 16
    sound = sum(int(part.sizes.sum(dtype=np.int64)) for part in track.packets)
    with path.open("wb") as file:
        file.writelines(head)
        file.writelines(_movie(track, marks, titles, tags, place))
        file.write(struct.pack(">I4sQ", 1, b"mdat", 16 + sum(map(len, titles)) + sound))
        file.writelines(titles)
        for part in track.packets:
            for piece in _bytes_of(part):
                file.write(piece)


def _bytes_of(packets: Packets) -> Iterator[bytes]:
    left = int(packets.sizes.sum(dtype=np.int64))
    with packets.path.open("rb") as file:
        file.seek(packets.place)
        while left:
            piece = file.read(min(left, _COPIED))
            if not piece:
                raise broken(packets.path, "it ends too early")
            left -= len(piece)
            yield piece


def _movie(track: Track, marks: Sequence[Mark], titles: Sequence[bytes], tags: Box | None, place: int) -> Box:
    """Return the index of a file whose content begins at `place`: chapter titles, then sound."""
    tracks = 2 if titles else 1
    parts = [
        full(b"mvhd", struct.pack(">QQIQ", 0, 0, SAMPLE_RATE, track.length), _played(), MATRIX, bytes(24),
             struct.pack(">I", tracks + 1), version=1),
        _sound_track(track, place + sum(map(len, titles)), chapters=bool(titles)),
    ]  # fmt: skip
    if titles:
        parts.append(_chapter_track(track, marks, titles, place))
    told = [*([_nero(marks)] if 0 < len(marks) <= NERO_MOST else []), *([tags] if tags else [])]
    return Box(b"moov", *parts, *([Box(b"udta", *told)] if told else []))


def _played() -> bytes:
    return struct.pack(">IH", 0x10000, 0x100) + bytes(10)


def _sound_track(track: Track, place: int, *, chapters: bool) -> Box:
    sizes = [part.sizes for part in track.packets]
    count, largest = sum(map(len, sizes)), max(int(some.max(initial=0)) for some in sizes)
    edits = full(b"elst", struct.pack(">IQQI", 1, track.length, AAC_FRAME, 0x10000), version=1)
    table = [
        full(b"stsd", struct.pack(">I", 1), _coding(track, largest)),
        full(b"stts", struct.pack(">III", 1, count, AAC_FRAME)),
        *_places(sizes, PACKETS_A_CHUNK, place),
    ]
    return Box(
        b"trak",
        _head(1, track.length, flags=3, volume=0x100),
        Box(b"edts", edits),
        *([Box(b"tref", Box(b"chap", struct.pack(">I", 2)))] if chapters else []),
        _media(b"soun", count * AAC_FRAME, track.language, full(b"smhd", bytes(4)), table),
    )


def _chapter_track(track: Track, marks: Sequence[Mark], titles: Sequence[bytes], place: int) -> Box:
    starts = [mark.start for mark in marks]
    lengths = [end - start for start, end in zip(starts, [*starts[1:], track.length], strict=True)]
    sizes = np.array([len(title) for title in titles], np.uint32)
    table = [
        full(b"stsd", struct.pack(">I", 1), Box(b"text", bytes(6), struct.pack(">H", 1), TEXT_STYLE)),
        full(b"stts", struct.pack(">I", len(lengths)), *(struct.pack(">II", 1, length) for length in lengths)),
        *_places([sizes], len(titles), place),
    ]
    kind = Box(b"gmhd", full(b"gmin", bytes.fromhex("0040 8000 8000 8000 0000 0000")), Box(b"text", MATRIX))
    return Box(
        b"trak",
        _head(2, track.length, flags=0, volume=0),
        _media(b"text", track.length, track.language, kind, table),
    )


def _head(number: int, length: int, flags: int, volume: int) -> Box:
    times = struct.pack(">QQIIQ", 0, 0, number, 0, length)
    return full(b"tkhd", times, bytes(12), struct.pack(">HH", volume, 0), MATRIX, bytes(8), version=1, flags=flags)


def _media(kind: bytes, length: int, language: str, head: Box, table: Iterable[Box]) -> Box:
    said = 0
    for letter in language:
        said = said << 5 | (ord(letter) - 0x60)
    here = full(b"url ", flags=1)
    return Box(
        b"mdia",
        full(b"mdhd", struct.pack(">QQIQHH", 0, 0, SAMPLE_RATE, length, said, 0), version=1),
        full(b"hdlr", bytes(4), kind, bytes(13)),
        Box(
            b"minf", head, Box(b"dinf", full(b"dref", struct.pack(">I", 1), here)),
            Box(b"stbl", *table),
        ),
    )  # fmt: skip


def _places(sizes: Sequence[NDArray[np.uint32]], together: int, place: int) -> Iterator[Box]:
    """Yield the tables that say where each packet lies."""
    count = sum(map(len, sizes))
    whole, rest = divmod(count, together)
    runs = [(1, together)] * (whole > 0) + [(whole + 1, rest)] * (rest > 0)
    yield full(b"stsc", struct.pack(">I", len(runs)), *(struct.pack(">III", *run, 1) for run in runs))
    yield full(b"stsz", struct.pack(">II", 0, count), *(_plain(some, ">u4") for some in sizes))
    yield full(b"co64", struct.pack(">I", whole + (rest > 0)), *_firsts(sizes, together, place))


def _firsts(sizes: Iterable[NDArray[np.uint32]], together: int, place: int) -> Iterator[memoryview]:
    """Yield where the packets lie with which a new chunk begins, as a table has it."""
    number = 0
    for some in sizes:
        ends = np.cumsum(some, dtype=np.int64) + place
        yield _plain((ends - some)[-number % together :: together], ">u8")
        number, place = number + len(some), int(ends[-1]) if len(some) else place


def _plain(numbers: NDArray[np.integer], kind: str) -> memoryview:
    """Return numbers as bytes, without copying those that are of that kind already."""
    return numbers.astype(kind, copy=False).view(np.uint8).data


def _coding(track: Track, largest: int) -> Box:
    """Say that this is AAC-LC, in the words of MPEG-4."""
    config = struct.pack(">H", 2 << 11 | 3 << 7 | track.channels << 3)  # AAC-LC, 48 kHz
    decoder = b"\x04" + bytes([13 + 2 + len(config)]) + b"\x40\x15" + struct.pack(">I", largest)[1:]
    decoder += struct.pack(">II", track.bitrate, track.bitrate) + b"\x05" + bytes([len(config)]) + config
    stream = b"\x03" + bytes([3 + len(decoder) + 3]) + bytes(3) + decoder + b"\x06\x01\x02"
    sound = struct.pack(">6xHQHHIHH", 1, 0, track.channels, 16, 0, SAMPLE_RATE, 0)
    return Box(b"mp4a", sound, full(b"esds", stream))


def _title(title: str) -> bytes:
    said = title.encode()
    return struct.pack(">H", len(said)) + said + UTF8


def _nero(marks: Sequence[Mark]) -> Box:
    """Return the list that most players read, of `NERO_MOST` chapters at most."""
    listed = []
    for mark in marks:
        title = mark.title.encode()[:255].decode(errors="ignore").encode()
        listed.append(struct.pack(">QB", mark.start * 10_000_000 // SAMPLE_RATE, len(title)) + title)
    return full(b"chpl", struct.pack(">IB", 0, len(listed)), *listed, version=1)
