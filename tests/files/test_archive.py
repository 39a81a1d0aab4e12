"""A backup comes back as it was written, or not at all; a stranger's tar is refused."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_service.domain.product import Key
from media_service.errors import InputError, ProductGoneError
from media_service.files.archive import TarArchive
from media_service.files.carrying import gone
from media_service.files.seal import Seal, written
from media_service.holdings import Contents, Origin, Packed, Part, Table

KEY = Key("clip", "0123456789abcdef0123", ".flac")
FACTS = Key("film-facts", "f" * 20, "")
ORIGIN = Origin("1.0", "0003", "2026-01-01T00:00:00+00:00")


def packed(key: Key, content: bytes, sha256: str | None = None) -> Packed:
    added = sha256 or hashlib.sha256(content).hexdigest()
    return Packed(key, written(Seal(len(content), 1.0, None, added)), len(content), added, iter([content]))


def parts() -> Iterator[Part]:
    yield Table("productions", b'{"id": 1}\n')
    yield Table("productions", b'{"id": 2}\n')
    yield packed(KEY, b"abc" * 1_000)
    yield Packed(FACTS, written(Seal(None, 1.0, "facts")), None, None, iter(()))
    yield Key("clip", "1" * 20, ".flac")


def silent(_: int) -> None:
    """Tell nobody."""


@pytest.fixture
def archive(tmp_path: Path) -> TarArchive:
    archive = TarArchive(tmp_path / "backup.tar")
    archive.write(parts(), ORIGIN, silent)
    return archive


def test_what_was_written_comes_back_in_order(tmp_path: Path) -> None:
    told: list[int] = []
    archive = TarArchive(tmp_path / "backup.tar")
    contents = archive.write(parts(), ORIGIN, told.append)
    assert contents == Contents(ORIGIN, tables=2, products=2, bytes=3_000, missing=1, damaged=0)
    assert told == [1, 2, 3, 4, 5]
    assert archive.check() == contents
    back = [
        (part.name, part.lines) if isinstance(part, Table) else (part.key, part.seal, b"".join(part.content))
        for part in archive.parts()
    ]
    assert [one[0] for one in back] == ["productions", "productions", KEY, FACTS]
    assert back[1][1] == b'{"id": 2}\n'
    assert back[2][2] == b"abc" * 1_000


def test_what_is_not_used_is_passed_over(archive: TarArchive) -> None:
    assert len(list(archive.parts())) == 4


def test_any_tar_opens_it_and_its_sums_are_those_of_its_files(archive: TarArchive, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "backup.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
        assert tar.getnames()[-2:] == ["SHA256SUMS", "backup.json"]
    for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines():
        added, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == added
    assert json.loads((tmp_path / "out" / "backup.json").read_text())["contents"]["origin"]["revision"] == "0003"


def test_any_changed_byte_and_any_cut_is_noticed(archive: TarArchive, tmp_path: Path) -> None:
    whole = (tmp_path / "backup.tar").read_bytes()
    contents = archive.check()
    for place in range(0, len(whole), 97):
        changed = bytearray(whole)
        changed[place] ^= 1
        (tmp_path / "backup.tar").write_bytes(changed)
        try:
            assert archive.check() == contents  # nothing that counts: a date in a header, padding
            assert [part.key for part in archive.parts() if isinstance(part, Packed)] == [KEY, FACTS]
        except InputError:
            continue
    for length in range(0, len(whole), 509):
        (tmp_path / "backup.tar").write_bytes(whole[:length])
        with pytest.raises(InputError, match="damaged"):
            archive.check()


def test_a_backup_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[Part]:
        yield Table("productions", b"{}\n")
        raise gone("x")

    with pytest.raises(ProductGoneError):
        TarArchive(tmp_path / "backup.tar").write(failing(), ORIGIN, silent)
    assert list(tmp_path.iterdir()) == []


def test_a_product_whose_bytes_are_not_as_sealed_is_counted(tmp_path: Path) -> None:
    archive = TarArchive(tmp_path / "backup.tar")
    assert archive.write(iter([packed(KEY, b"abd", "0" * 64)]), ORIGIN, silent).damaged == 1
    assert archive.check().damaged == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../../etc/passwd", tarfile.REGTYPE),
        ("/etc/passwd", tarfile.REGTYPE),
        ("shelf/clip/01/../../../x.json", tarfile.REGTYPE),
        ("shelf/clip/02/0123456789abcdef0123.flac.json", tarfile.REGTYPE),
        ("shelf/clip/01/0123456789abcdef0123.flac", tarfile.REGTYPE),
        ("database/000001-x;drop.jsonl", tarfile.REGTYPE),
        ("database/000001-works.jsonl", tarfile.SYMTYPE),
        ("database/000001-works.jsonl", tarfile.LNKTYPE),
        ("database/000001-works.jsonl", tarfile.XHDTYPE),
        ("database/000001-works.jsonl", tarfile.DIRTYPE),
        ("database/000001-works.jsonl", tarfile.FIFOTYPE),
    ],
)
def test_a_strangers_member_is_refused(name: str, kind: bytes, tmp_path: Path) -> None:
    header = tarfile.TarInfo(name)
    header.type, header.linkname = kind, "/etc/passwd"
    content = b""
    header.size = len(content)
    (tmp_path / "bad.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) + bytes(1_024))
    archive = TarArchive(tmp_path / "bad.tar")
    with pytest.raises(InputError, match=r"bad\.tar"):
        list(archive.parts())
    with pytest.raises(InputError, match=r"bad\.tar"):
        archive.check()


def test_a_size_that_lies_takes_no_memory(tmp_path: Path) -> None:
    for size in (1 << 40, (1 << 31) - 1):
        header = tarfile.TarInfo("database/000001-works.jsonl")
        header.size = size
        (tmp_path / "bad.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) + bytes(2_048))
        with pytest.raises(InputError, match="damaged"):
            list(TarArchive(tmp_path / "bad.tar").parts())


def test_an_ordinary_tar_and_no_file_at_all_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("readme.txt"), io.BytesIO())
    with pytest.raises(InputError, match="no backup of ours"):
        TarArchive(tmp_path / "other.tar").check()
    with pytest.raises(InputError, match="no backup to be read"):
        TarArchive(tmp_path / "none.tar").check()


def test_nobody_else_may_read_a_backup(archive: TarArchive, tmp_path: Path) -> None:
    assert (tmp_path / "backup.tar").stat().st_mode & 0o077 == 0
