"""An HTML file into a Book; pictures beside it are taken along, remote ones are left out and never fetched."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from media_service.books.gathering import Gathering
from media_service.books.html_blocks import HtmlWalk, fonts_of_classes
from media_service.books.markup import Element, found, html_of, value_of, words_of
from media_service.books.notes import find_notes
from media_service.books.package import isbn_in, year_in
from media_service.books.pictures import LARGEST, DecorationError, NoPictureError
from media_service.books.source import Source
from media_service.domain.book import Book, Format, Metadata, Place, Role
from media_service.domain.encodings import decoded
from media_service.domain.mending import mended
from media_service.errors import refused
from media_service.messages import message


def read_html(source: Source, data: bytes) -> Book:
    """Read an HTML file; raises InputError where it has no text."""
    read = decoded(data)
    into = Gathering()
    metadata = walk_html(source, read.text, into, fonts=read.encoding.name.startswith("UTF"))
    if not into.blocks:
        raise refused(source.named, message("There is no text in this file."))
    return Book(
        Format.HTML,
        tuple(into.blocks),
        into.encoding(read.encoding),
        metadata,
        remarks=tuple(into.remarks),
        omitted=into.omissions(),
    )


def walk_html(source: Source, text: str, into: Gathering, *, fonts: bool) -> Metadata:
    """Gather the blocks of a page and return what its head says of it."""
    root = html_of(text)
    if root is None:
        return Metadata()
    find_notes({"": root}, lambda part, address: f"{part}#{unquote(address.partition('#')[2])}")
    HtmlWalk(into, "", _picture_taker(source, into), fonts, fonts_of_classes(root)).walk(root)
    return _metadata(root)


def _metadata(root: Element) -> Metadata:
    named = {
        (value_of(meta, "name") or value_of(meta, "property")).lower(): mended(value_of(meta, "content"))
        for meta in found(root, "meta")
    }

    def first_of(*names: str) -> str:
        return next((named[name] for name in names if named.get(name)), "")

    title = next((words_of(each) for each in found(root, "title")), "")
    return Metadata(
        title=first_of("dc.title", "dcterms.title", "og:title") or mended(title),
        author=first_of("dc.creator", "dcterms.creator", "author", "book:author"),
        publisher=first_of("dc.publisher", "dcterms.publisher"),
        year=year_in(first_of("dc.date", "dcterms.issued", "dcterms.date", "date")),
        isbn=isbn_in(first_of("dc.identifier", "dcterms.identifier", "book:isbn")),
        language=value_of(root, "lang") or first_of("dc.language", "dcterms.language"),
        description=first_of("dc.description", "dcterms.description", "description", "og:description"),
        subjects=tuple(mended(one) for one in first_of("keywords", "dc.subject").split(",") if one.strip()),
    )


def _picture_taker(source: Source, into: Gathering) -> Callable[[str], str]:
    def take(address: str) -> str:
        name = PurePosixPath(unquote(address)).stem
        try:
            data = _embedded(address) if address.startswith("data:") else _beside(source, address)
            return source.pictures.take(data, "tranh" if address.startswith("data:") else name)
        except DecorationError:
            return ""
        except (NoPictureError, OSError, ValueError):
            if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address) and not address.startswith("data:"):
                into.leave_out(address[:60], Role.CODE, Place())
            else:
                into.remark(message("The picture {name} cannot be used; it is left out.", name=address[:60]))
            return ""

    return take


def _embedded(address: str) -> bytes:
    head, _, body = address.partition(",")
    if not head.endswith(";base64") or len(body) > LARGEST * 2:
        raise NoPictureError
    try:
        return base64.b64decode(unquote(body), validate=False)
    except binascii.Error as exc:
        raise NoPictureError from exc


def _beside(source: Source, address: str) -> bytes:
    """Return the bytes of a picture in the file's own folder or below it."""
    name = unquote(address.partition("?")[0].partition("#")[0])
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\", name):
        raise NoPictureError
    folder = source.path.parent.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or not path.is_file() or path.stat().st_size > LARGEST:
        raise NoPictureError
    return path.read_bytes()
