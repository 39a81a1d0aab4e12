"""Spoils files by chance: bits, lengths, entries of archives, XML, text. The same seed spoils in the same way."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.books.making.epub import zipped

Spoil = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Turn over a few bits."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Leave off the end, or the beginning."""
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.7 else data[at:]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """Write a piece twice, at another place."""
    at, size, to = (chance.randrange(len(data) + 1) for _ in range(3))
    return data[:to] + data[at : at + size % 5_000] + data[to:]


def blanked(data: bytes, chance: random.Random) -> bytes:
    """Overwrite a piece with zeros, or with chance."""
    at, size = chance.randrange(len(data) + 1), chance.randrange(2_000)
    filling = bytes(size) if chance.random() < 0.5 else chance.randbytes(size)
    return data[:at] + filling + data[at + size :]


def members(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive; none where it is no archive any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        KeyError,
        LookupError,
    ):
        return {}
    except Exception:  # noqa: BLE001  # zlib.error and what else a spoilt archive raises
        return {}


def inside(spoil: Spoil) -> Spoil:
    """Spoil one member of an archive, and zip it again so that the archive itself is sound."""

    def spoilt(data: bytes, chance: random.Random) -> bytes:
        files = members(data)
        if not files:
            return spoil(data, chance)
        name = chance.choice(sorted(files))
        return zipped(files | {name: spoil(files[name], chance)}, "first" if "mimetype" not in files else "")

    return spoilt


def renamed(data: bytes, chance: random.Random) -> bytes:
    """Give a member a name that leads elsewhere, or that no file can have."""
    files = members(data)
    if not files:
        return data
    name = chance.choice(sorted(files))
    odd = chance.choice(
        (
            "../../x",
            "/etc/x",
            "C:\\x",
            "a" * 300,
            "x\\..\\..\\y",
            "",
            ".",
            "..",
            "con",
            "\u202ex",
            "a/" * 100 + "b",
            name.upper(),
        )
    )
    return zipped({(odd if key == name else key): value for key, value in files.items()} or files)


def lost(data: bytes, chance: random.Random) -> bytes:
    """Leave a member out."""
    files = members(data)
    if files:
        del files[chance.choice(sorted(files))]
    return zipped(files) if files else data


def lying(data: bytes, chance: random.Random) -> bytes:
    """Change the numbers in the headers of an archive: sizes, methods, flags, places."""
    made = bytearray(data)
    for mark, span in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46), (b"PK\x05\x06", 22)):
        places = [at for at in range(len(made) - span) if made[at : at + 4] == mark]
        if places and chance.random() < 0.6:
            at = chance.choice(places)
            made[at + chance.randrange(4, span)] = chance.randrange(256)
    return bytes(made)


INSERTS = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\x1a",
        b"\r",
        b"\x0c",
        b"\xc2\xa0" * 50,
        b"\xe2\x80\xae",
        b"\xf4\x90\x80\x80",
    ),
    *(
        b"<",
        b">",
        b"&",
        b"&lt",
        b"&#0;",
        b"&#x110000;",
        b"&bogus;",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?",
        b"<p>" * 400,
        b"</p>" * 40,
    ),
    *(
        b"<div>" * 3_000,
        b"<b><i>" * 500,
        b"<table><tr><td>" * 200,
        b"<svg/onload=1>",
        b'<a href="' + b"x" * 9_000 + b'">',
        b"<h1>" * 300,
    ),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
        b"<w:p/>" * 500,
        b"<w:tbl><w:tr><w:tc>" * 100,
    ),
    *(
        b"\n# \n" * 200,
        b"> " * 900,
        b"- " * 900,
        b"[" * 2_000,
        b"![" * 1_000,
        b"*_`" * 700,
        b"| a " * 900 + b"\n",
        b"\n---\n" * 90,
        b"[^1]: x\n" * 90,
    ),
    *(
        b"a" * 30_000,
        b"\xcc\x81" * 3_000,
        "ệ".encode() * 5_000,
        b"\n" * 20_000,
        b"Ch\xad\xac" * 900,
        "[nghỉ 9s]\n![x](../../x.png)\n".encode() * 20,
    ),
    *(
        b"\nTitle: x\nkind: y\n---\n",
        b" 0 R",
        b"/Kids [1 0 R 1 0 R 1 0 R]",
        b"/Length 99999999999",
        b"endobj",
        b"xref\n0 99999999\n",
        b"/Parent 1 0 R",
    ),
)


def sprinkled(data: bytes, chance: random.Random) -> bytes:
    """Insert what parsers stumble over."""
    for _ in range(chance.choice((1, 2, 6))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(INSERTS) + data[at:]
    return data


def shuffled(data: bytes, chance: random.Random) -> bytes:
    """Put the pieces between angle brackets, or the lines, into another order, or leave some out."""
    mark = b"<" if data.count(b"<") > 5 else b"\n"
    pieces = data.split(mark)
    if len(pieces) < 3:
        return data
    for _ in range(chance.choice((1, 4, 30))):
        a, b = chance.randrange(1, len(pieces)), chance.randrange(1, len(pieces))
        if chance.random() < 0.5:
            pieces[a], pieces[b] = pieces[b], pieces[a]
        else:
            pieces[a] = pieces[b] if chance.random() < 0.5 else b""
    return mark.join(pieces)


def renumbered(data: bytes, chance: random.Random) -> bytes:
    """Change digits: lengths and references of a PDF, code points, sizes."""
    made = bytearray(data)
    places = [at for at, byte in enumerate(made) if 48 <= byte <= 57]
    for at in chance.sample(places, min(len(places), chance.choice((1, 5, 40)))):
        made[at] = chance.randrange(48, 58)
    return bytes(made)


WAYS: tuple[Spoil, ...] = (
    flipped, cut, doubled, blanked, renamed, lost, lying, sprinkled, shuffled, renumbered,
    *map(inside, (flipped, cut, sprinkled, sprinkled, shuffled, shuffled, renumbered)),
)  # fmt: skip
ENDINGS = (".epub", ".docx", ".pdf", ".html", ".txt", ".md")


def spoilt(sources: list[Path], seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that a seed makes of one of the sources."""
    chance = random.Random(seed)  # noqa: S311  # the same file for the same seed
    source = chance.choice(sources)
    data = source.read_bytes()
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(WAYS)(data, chance)
    ending = source.suffix if chance.random() < 0.95 else chance.choice(ENDINGS)
    return f"f{seed:05d}-{source.stem}{ending}", data
