"""Plain .tar, written and read block by block: only what an archive of ours holds, plain files of sober names.

`tarfile` itself would follow what a stranger's headers say (links, sparse files, headers of any size), and keeps a
record of every member in memory; here one block of 512 bytes decides, and nothing is kept.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from media_service.files.carrying import PIECE

BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)


class NotOursError(ValueError):
    """Bytes that this module did not write; never leaves `files`."""


class TarWriter:
    """Writes members one after another, in flat memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, name: str, size: int, content: Iterable[bytes]) -> str:
        """Write a member and return its SHA-256; raises NotOursError where its content is not of that size."""
        header = tarfile.TarInfo(name)
        header.size = size
        self._file.write(header.tobuf(tarfile.GNU_FORMAT))  # it knows sizes beyond 8 GB
        written, added = 0, hashlib.sha256()
        for piece in content:
            self._file.write(piece)
            added.update(piece)
            written += len(piece)
        if written != size:
            raise NotOursError(name)
        self._file.write(bytes(-size % BLOCK))
        return added.hexdigest()

    def end(self) -> None:
        """Write the end of the archive."""
        self._file.write(END)


@dataclass(slots=True)
class Member:
    """One member while the reader stands at it."""

    name: str
    size: int
    left: int
    file: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """Yield what is left of it."""
        while self.left:
            piece = self.file.read(min(PIECE, self.left))
            if not piece:
                raise NotOursError(self.name)
            self.left -= len(piece)
            yield piece

    def read(self, most: int) -> bytes:
        """Return all of it; raises NotOursError where that is more than so many bytes."""
        if self.size > most:
            raise NotOursError(self.name)
        return b"".join(self.pieces())

    def sha256(self) -> str:
        """Return the checksum of all of it."""
        added = hashlib.sha256()
        for piece in self.pieces():
            added.update(piece)
        return added.hexdigest()


def members(file: IO[bytes]) -> Iterator[Member]:
    """Yield the members up to the end of the archive; raises NotOursError for anything but a plain file."""
    while (block := file.read(BLOCK)) != END[:BLOCK]:
        try:
            header = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as fault:
            raise NotOursError(str(fault)) from fault
        if header.type != tarfile.REGTYPE or header.size < 0:
            raise NotOursError(header.name)
        member = Member(header.name, header.size, header.size, file)
        yield member
        for _ in member.pieces():
            pass
        if len(file.read(-header.size % BLOCK)) != -header.size % BLOCK:
            raise NotOursError(header.name)
    if file.read() != END[BLOCK:]:
        raise NotOursError("no end")
