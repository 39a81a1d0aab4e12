"""Catalogue records fill what a file does not say, and never what it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from pymarc import Field, Indicators, Record, Subfield

from media_service.books.drafting import BookFiles
from media_service.books.records import read_record
from media_service.domain.draft import Wishes
from media_service.errors import InputError
from tests.books.make_books import epub

FIELDS = (
    ("020", (("a", "978-604-1-23456-7 (bìa cứng)"),)),
    ("090", (("a", "895.922"), ("b", "C50C"))),
    ("100", (("a", "Nguyễn Văn Cò,"),)),
    ("245", (("a", "Con cò :"), ("b", "truyện đồng quê /"))),
    ("260", (("a", "H. :"), ("b", "Kim Đồng,"), ("c", "2021"))),
    ("520", (("a", "Chuyện một con cò."),)),
    ("650", (("a", "Văn học thiếu nhi"),)),
    ("700", (("a", "Trần Thị Dịch,"), ("e", "dịch"))),
)


def marc() -> bytes:
    record = Record(force_utf8=True)
    for tag, parts in FIELDS:
        record.add_field(Field(tag, Indicators(" ", " "), [Subfield(*part) for part in parts]))
    return bytes(record.as_marc())


MARCXML = (
    '<collection xmlns="http://www.loc.gov/MARC21/slim"><record>'
    + "".join(
        f'<datafield tag="{tag}">' + "".join(f'<subfield code="{c}">{v}</subfield>' for c, v in parts) + "</datafield>"
        for tag, parts in FIELDS
    )
    + "</record></collection>"
).encode()


@pytest.mark.parametrize("data", [marc(), MARCXML], ids=["ISO 2709", "MARCXML"])
def test_a_marc_record_is_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "record").write_bytes(data)
    known = read_record(tmp_path / "record")
    assert (known.title, known.author, known.translator) == (
        "Con cò: truyện đồng quê",
        "Nguyễn Văn Cò",
        "Trần Thị Dịch",
    )
    assert (known.publisher, known.year, known.isbn) == ("Kim Đồng", "2021", "9786041234567")
    assert (known.description, known.subjects) == ("Chuyện một con cò.", ("Văn học thiếu nhi",))
    assert known.call_number == "895.922 C50C"


def test_a_dublin_core_record_is_read(tmp_path: Path) -> None:
    (tmp_path / "dc.xml").write_text(
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Con cò</dc:title>'
        "<dc:creator>Ai đó</dc:creator>"
        "<dc:date>2019-05</dc:date><dc:subject>Cổ tích</dc:subject></metadata>",
        "utf-8",
    )
    known = read_record(tmp_path / "dc.xml")
    assert (known.title, known.author, known.year, known.subjects) == ("Con cò", "Ai đó", "2019", ("Cổ tích",))


def test_a_record_fills_what_the_file_leaves_open(tmp_path: Path) -> None:
    (tmp_path / "r.mrc").write_bytes(marc())
    draft = BookFiles().draft(epub(tmp_path / "co.epub"), tmp_path / "p", Wishes(record=tmp_path / "r.mrc"))
    assert draft.report.metadata.title == "Con cò"  # as the file has it
    assert draft.report.metadata.author == "Nguyễn Văn Cò"
    assert 'call_number: "895.922 C50C"' in draft.script


@pytest.mark.parametrize("data", [b"", b"abc", b"<html/>", b"00050     2200049   4500\x1e\x1d", b"<r>&x;</r>"])
def test_what_is_no_record_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(data)
    with pytest.raises(InputError, match="no catalogue record"):
        read_record(tmp_path / "r")
