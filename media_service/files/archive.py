"""A backup as one .tar that any tar can open: tables, products behind their seals, SHA256SUMS, and backup.json last.

SHA256SUMS is as `sha256sum -c` reads it; its own checksum stands in backup.json, so the end vouches for the whole.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from media_service.domain.product import Key
from media_service.errors import ProductGoneError, refused
from media_service.files.carrying import PIECE, gone
from media_service.files.seal import key_of, opened, place, seal_place
from media_service.files.tar import Member, NotOursError, TarWriter, members
from media_service.files.whole import appearing
from media_service.holdings import Contents, Origin, Packed, Part, Table
from media_service.messages import message

_SHELF, _SUMS, _INDEX = "shelf/", "SHA256SUMS", "backup.json"
_TABLE = re.compile(r"database/[0-9]{6,}-([a-z_]{1,60})\.jsonl")
_MOST = 2 << 30
"""Bytes of what is read into memory at once: one stretch of a table, one seal."""


class _Index(msgspec.Struct, frozen=True):
    """What backup.json says; `sums` is the checksum of SHA256SUMS."""

    contents: Contents
    sums: str
    format: int = 1


class TarArchive:
    """The Archive door over one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, parts: Iterator[Part], origin: Origin, told: Callable[[int], None]) -> Contents:
        """Write a backup, whole or not at all; `told` hears how many parts there are so far."""
        with appearing(self._path) as aside, _private(aside) as file, TemporaryFile(dir=aside.parent) as sums:
            writing = _Writing(TarWriter(file), sums)
            for number, part in enumerate(parts, 1):
                writing.add(part)
                told(number)
            return writing.end(origin)

    def check(self) -> Contents:
        """Read the backup to its end; raises InputError where any byte of it is not as it was written."""
        with self._faults(), self._path.open("rb") as file:
            added, sums, index = hashlib.sha256(), "", None
            for member in members(file):
                if sums:
                    index = _index(member)
                elif member.name == _SUMS:
                    sums = member.sha256()
                else:
                    added.update(_line(member.sha256(), member.name))
            if index is None or not sums == index.sums == added.hexdigest():
                raise NotOursError(_SUMS)
            return index.contents

    def parts(self) -> Iterator[Table | Packed]:
        """Yield what is in the backup, in its order; each is to be used before the next."""
        with self._faults(), self._path.open("rb") as file:
            reading = members(file)
            for member in reading:
                if member.name == _SUMS:
                    return
                if table := _TABLE.fullmatch(member.name):
                    yield Table(table[1], member.read(_MOST))
                else:
                    yield _packed(member, reading)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
            said = message("There is no backup to be read at {path}; name one that is there.", path=self._path)
            raise refused(str(self._path), said) from fault
        except (NotOursError, msgspec.DecodeError) as fault:
            said = message("{path} is damaged, or no backup of ours; take another copy of it.", path=self._path)
            raise refused(str(self._path), said) from fault


class _Writing:
    """Writes part after part, and keeps the sums and counts."""

    def __init__(self, tar: TarWriter, sums: IO[bytes]) -> None:
        self._tar = tar
        self._sums = sums
        self._tables = self._products = self._bytes = self._missing = self._damaged = 0

    def add(self, part: Part) -> None:
        if isinstance(part, Table):
            self._tables += 1
            self._member(f"database/{self._tables:06}-{part.name}.jsonl", part.lines)
        elif isinstance(part, Key) or not self._product(part):
            self._missing += 1

    def end(self, origin: Origin) -> Contents:
        contents = Contents(
            origin=origin,
            tables=self._tables,
            products=self._products,
            bytes=self._bytes,
            missing=self._missing,
            damaged=self._damaged,
        )
        self._sums.seek(0)
        size = self._sums.seek(0, 2)
        self._sums.seek(0)
        sums = self._tar.add(_SUMS, size, iter(lambda: self._sums.read(PIECE), b""))
        index = msgspec.json.format(msgspec.json.encode(_Index(contents, sums)), indent=2)
        self._tar.add(_INDEX, len(index), [index])
        self._tar.end()
        return contents

    def _product(self, packed: Packed) -> bool:
        """Write a product behind its seal; False where it has gone before its first byte was read."""
        try:
            first = next(packed.content, b"")
        except ProductGoneError:
            return False
        self._member(_SHELF + seal_place(packed.key), packed.seal)
        self._products += 1
        if packed.size is not None:
            name = _SHELF + place(packed.key)
            try:
                sha256 = self._tar.add(name, packed.size, itertools.chain([first], packed.content))
            except NotOursError as fault:
                raise gone(name) from fault
            self._sums.write(_line(sha256, name))
            self._bytes += packed.size
            self._damaged += packed.sha256 not in {sha256, None}
        return True

    def _member(self, name: str, content: bytes) -> None:
        self._sums.write(_line(self._tar.add(name, len(content), [content]), name))


def _private(path: Path) -> IO[bytes]:
    """Make a file that nobody else may read: the database, whose own file is so, is in it whole."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _line(sha256: str, name: str) -> bytes:
    return f"{sha256}  {name}\n".encode("ascii")


def _index(member: Member) -> _Index:
    index = msgspec.json.decode(member.read(_MOST), type=_Index)
    if member.name != _INDEX or index.format != 1:
        raise NotOursError(member.name)
    return index


def _packed(member: Member, reading: Iterator[Member]) -> Packed:
    """Return the product whose seal the reader stands at; its content, if it has one, is the next member."""
    key = key_of(member.name.removeprefix(_SHELF))
    seal = member.read(_MOST) if key and member.name.startswith(_SHELF) else b""
    sealed = opened(seal, object)
    if key is None or sealed is None:
        raise NotOursError(member.name)
    if sealed.size is None:
        return Packed(key, seal, None, None, iter(()))
    content = next(reading, None)
    if content is None or content.name != _SHELF + place(key) or content.size != sealed.size:
        raise NotOursError(member.name)
    return Packed(key, seal, sealed.size, sealed.sha256, content.pieces())
