"""Catalogue records into metadata: MARC 21 (ISO 2709, MARCXML) and Dublin Core, as library systems give them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from media_service.books.markup import Element, found, name_of, value_of, words_of, xml
from media_service.books.package import isbn_in, read_metadata, year_in
from media_service.domain.book import Metadata
from media_service.domain.encodings import decoded
from media_service.domain.mending import mended
from media_service.errors import refused
from media_service.messages import message

LARGEST = 10_000_000
_Field = tuple[str, tuple[tuple[str, str], ...]]
"""Tag, and its subfields (code, value); a control field has one with an empty code."""
_TRANSLATOR = re.compile(r"\btrl\b|dịch|translat", re.IGNORECASE)


def read_record(path: Path) -> Metadata:
    """Return what a record says; raises InputError where the file is none."""
    named = path.as_posix()
    try:
        if path.stat().st_size > LARGEST:
            raise refused(
                named, message("This file is larger than {limit} MB; cut it into several.", limit=LARGEST // 1_000_000)
            )
        data = path.read_bytes()
    except OSError as exc:
        raise refused(named, message("This record cannot be read; check its name and folder.")) from exc
    if data.lstrip()[:1] == b"<":
        root = xml(data)
        known = None if root is None else _of_xml(root)
    else:
        known = _of_marc(data)
    if known is None or known == Metadata():
        said = message("This is no catalogue record that is known: give MARC 21 (.mrc), MARCXML or Dublin Core.")
        raise refused(named, said)
    return known


def _of_xml(root: Element) -> Metadata:
    record = next(found(root, "record"), root)
    fields = [_field(element) for element in record.iter() if name_of(element) in {"datafield", "controlfield"}]
    return _of_fields(fields) if fields else read_metadata(root)


def _field(element: Element) -> _Field:
    if name_of(element) == "controlfield":
        return value_of(element, "tag"), (("", words_of(element)),)
    parts = [(value_of(child, "code"), words_of(child)) for child in element if name_of(child) == "subfield"]
    return value_of(element, "tag"), tuple(parts)


def _of_marc(data: bytes) -> Metadata | None:
    """Read the first record of a file in ISO 2709."""
    from pymarc import MARCReader  # noqa: PLC0415  # waits until a record is read

    reader = MARCReader(data, to_unicode=True, force_utf8=False, permissive=True, file_encoding="utf-8")
    record = next(iter(reader), None)
    if record is None:
        return None
    fields = [
        (
            field.tag,
            tuple((part.code, part.value) for part in field.subfields)
            if field.subfields
            else (("", field.data or ""),),
        )
        for field in record.fields
    ]
    return _of_fields(fields)


def _of_fields(fields: Iterable[_Field]) -> Metadata:
    """Read MARC 21 fields: title 245, makers 1xx and 7xx, imprint 26x, ISBN 020, language 041, call number 090."""
    held: dict[str, list[Mapping[str, str]]] = {}
    for tag, parts in fields:
        values: dict[str, str] = {}
        for code, value in parts:
            values.setdefault(code, _text(value))
        held.setdefault(tag, []).append(values)

    def first_of(*places: str) -> str:
        return next((one[place[3:]] for place in places for one in held.get(place[:3], ()) if one.get(place[3:])), "")

    makers = [*held.get("700", ()), *held.get("710", ())]
    imprint = [one for one in held.get("264", ()) if one.get("b") or one.get("c")] or held.get("260", [])
    title = " : ".join(part for part in (first_of("245a"), first_of("245b")) if part)
    return Metadata(
        title=title.replace(" : ", ": "),
        author=first_of("100a", "110a"),
        translator=", ".join(
            one["a"] for one in makers if one.get("a") and _TRANSLATOR.search(f"{one.get('e', '')} {one.get('4', '')}")
        ),
        publisher=next((one["b"] for one in imprint if one.get("b")), ""),
        year=year_in(*(one.get("c", "") for one in imprint), first_of("008")[7:11]),
        isbn=isbn_in(*(one.get("a", "") for one in held.get("020", ()))),
        language=first_of("041a") or first_of("008")[35:38],
        description=first_of("520a"),
        subjects=tuple(dict.fromkeys(_subjects(held))),
        call_number=" ".join(part for part in (first_of("090a", "084a", "082a"), first_of("090b", "082b")) if part),
    )


def _subjects(held: Mapping[str, list[Mapping[str, str]]]) -> Iterator[str]:
    for tag in ("650", "651", "653", "655"):
        yield from (one["a"] for one in held.get(tag, ()) if one.get("a"))


def _text(value: str) -> str:
    """Return a value without the signs that MARC puts between fields (ISBD)."""
    plain = mended(decoded(value.encode()).text)
    return re.sub(r"\s*[/:;,=]$", "", re.sub(r"(?<=[^\W\d_]{3})\.$", "", plain)).strip("[] ")
