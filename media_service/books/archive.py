"""Opens ZIP files (EPUB, DOCX) that nobody trusts: names, entries, ratio and real bytes are counted before any parser.

Nothing is ever unpacked by name: an entry is bytes in memory. A ZIP whose list is lost is salvaged entry by entry.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from media_service.errors import InputError, refused
from media_service.messages import Message, message

MOST_ENTRIES = 20_000
LARGEST_ENTRY = 60_000_000
"""Bytes of one entry, unpacked."""
LARGEST_WHOLE = 400_000_000
"""Bytes of all entries that are read, unpacked."""
STEEPEST = 300
"""Times that an entry of more than a megabyte may be larger than it lies in the file; text is about 10."""
_CHUNK = 1 << 16
_LOCAL = b"PK\x03\x04"
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, struct.error, OSError, LookupError, OverflowError),
)
"""What the ZIP reader raises on bytes that are not what they seem."""


class LostEntryError(Exception):
    """An entry that is not there, or whose bytes are damaged."""


@dataclass(frozen=True, slots=True)
class _Salvaged:
    offset: int
    packed: int
    stored: bool


@dataclass(slots=True)
class Archive:
    """An open ZIP file; `salvaged` where its own list of entries could not be read."""

    file: str
    source: BinaryIO
    zip: zipfile.ZipFile | None
    names: dict[str, str | _Salvaged] = field(default_factory=dict)
    """Name in NFC -> how the entry is found."""
    damaged: list[str] = field(default_factory=list)
    """Entries that could not be read whole."""
    _read: int = 0

    @property
    def salvaged(self) -> bool:
        """Whether the list of entries was lost."""
        return self.zip is None

    def __contains__(self, name: object) -> bool:
        """Tell whether there is an entry of that name."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """Return an entry's bytes; raises LostEntryError, and InputError where it is a bomb."""
        at = self.names.get(name)
        if at is None:
            raise LostEntryError(name)
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in self._pieces(at):
                size += len(piece)
                self._expect_bounds(size, self._packed(at))
                pieces.append(piece)
        except _FAULTS as exc:
            self.damaged.append(name)
            if not pieces:
                raise LostEntryError(name) from exc
        self._read += size
        return b"".join(pieces)

    def find(self, name: str) -> str:
        """Return the entry that a name means, whatever its capitals; empty where there is none."""
        plain = unicodedata.normalize("NFC", name)
        if plain in self.names:
            return plain
        folded = plain.casefold()
        return next((known for known in self.names if known.casefold() == folded), "")

    def _expect_bounds(self, size: int, packed: int) -> None:
        if size > LARGEST_ENTRY or self._read + size > LARGEST_WHOLE or (size > 1 << 20 and size > STEEPEST * packed):
            raise _bomb(self.file)

    def _packed(self, at: str | _Salvaged) -> int:
        if isinstance(at, _Salvaged):
            return max(at.packed, 1)
        return max(self.zip.getinfo(at).compress_size, 1) if self.zip else 1

    def _pieces(self, at: str | _Salvaged) -> Iterator[bytes]:
        if isinstance(at, str):
            if self.zip is not None:
                with self.zip.open(at) as entry:
                    while piece := entry.read(_CHUNK):
                        yield piece
            return
        self.source.seek(at.offset)
        left, inflate = at.packed, None if at.stored else zlib.decompressobj(-15)
        while left > 0 and (raw := self.source.read(min(_CHUNK, left))):
            left -= len(raw)
            if inflate is None:
                yield raw
                continue
            while raw:
                yield inflate.decompress(raw, _CHUNK)
                raw = inflate.unconsumed_tail
            if inflate.eof:
                return


def open_archive(path: Path, file: str, source: BinaryIO) -> Archive:
    """Open a ZIP file whose bytes are `source`; raises InputError where it is a bomb or no entry can be read."""
    try:
        opened = zipfile.ZipFile(source)
        infos = opened.infolist()
    except _FAULTS:
        return _salvage(path, file, source)
    if len(infos) > MOST_ENTRIES:
        raise _bomb(file)
    archive = Archive(file, source, opened)
    for info in infos:
        _expect_plain(info, file)
        if not info.is_dir():
            name = _expect_name(info.filename, file)
            archive.names.setdefault(name, info.filename)
    return archive


def _expect_plain(info: zipfile.ZipInfo, file: str) -> None:
    """Refuse what no book needs: links, and entries behind a password."""
    if info.external_attr >> 16 & 0o170000 == 0o120000:
        raise refused(file, message("This file holds a link in place of a document; save the book anew."))
    if info.flag_bits & 1:
        raise refused(file, message("This file is locked with a password; save it without one."))


def _expect_name(name: str, file: str) -> str:
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    parts = PurePosixPath(plain).parts
    if plain.startswith("/") or ".." in parts or "\x00" in plain or (parts and parts[0].endswith(":")):
        raise refused(
            file, message("This file holds an entry whose name leads out of it ({name}); refused.", name=plain[:80])
        )
    return plain


def _bomb(file: str) -> InputError:
    said: Message = message(
        "Unpacked, this file would be far larger than a book is; it was not opened. Save the book anew from its source."
    )
    return refused(file, said)


def _salvage(path: Path, file: str, source: BinaryIO) -> Archive:
    """Find the entries of a ZIP by their own heads, where the list at its end is lost or cut off."""
    if path.stat().st_size > LARGEST_WHOLE:
        raise _bomb(file)
    source.seek(0)
    data = source.read()
    archive = Archive(file, source, None)
    at = data.find(_LOCAL)
    while at >= 0 and len(archive.names) < MOST_ENTRIES:
        head = data[at : at + 30]
        if len(head) < 30:
            break
        flags, method, packed, named, extra = struct.unpack("<6xHH8xI4xHH", head)
        begin = at + 30 + named + extra
        following = data.find(_LOCAL, begin)
        packed = packed or (following if following > 0 else len(data)) - begin
        raw = data[at + 30 : at + 30 + named].decode("utf-8" if flags & 0x800 else "cp437", errors="replace")
        if method in {0, 8} and not flags & 1 and raw and not raw.endswith("/"):
            archive.names.setdefault(_expect_name(raw, file), _Salvaged(begin, packed, method == 0))
        at = data.find(_LOCAL, max(begin, at + 4))
    if not archive.names:
        raise refused(file, message("This file is damaged and nothing in it can be read; copy it again."))
    return archive
