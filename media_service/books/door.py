"""The one door to book files: a path in, a Book out, whatever the format; the format's reader is found by content."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media_service.books import kinds
from media_service.books.archive import Archive, open_archive
from media_service.books.pictures import Pictures
from media_service.books.source import Source
from media_service.domain.book import Book, Format, Remark
from media_service.errors import NoSpaceError, refused
from media_service.messages import message

LARGEST = 500_000_000
"""Bytes of a book file."""
LARGEST_TEXT = 60_000_000
"""Bytes of one without pictures: HTML, text, Markdown."""


def read_book(path: Path, pictures: Path | None = None, *, ocr: bool = False) -> Book:
    """Read a book file; its pictures are written into the folder `pictures`, which is made if need be.

    Raises InputError with a sentence of what is wrong, and SetupError where `ocr` is asked of a machine without it.
    """
    source = Source(path, path.as_posix(), Pictures(pictures), ocr)
    size = _size(source)
    try:
        kind, book = _read(source, size)
    except OSError as exc:
        if exc.errno == errno.ENOSPC:
            raise NoSpaceError(
                message("There is no room left on the disk for this job; make room and import again.")
            ) from exc
        raise refused(
            source.named, message("This file is damaged and cannot be read to its end; copy it again.")
        ) from exc
    return book if kinds.is_named_as(path, kind) else replace(book, remarks=(_misnamed(path, kind), *book.remarks))


def _read(source: Source, size: int) -> tuple[Format, Book]:
    with source.path.open("rb") as file:
        head = file.read(4096)
        kinds.expect_readable(head, source.named)
        kind = kinds.kind_of(head, source.path)
        if kind is None:
            archive = open_archive(source.path, source.named, file)
            kind = kinds.kind_in(archive, source.named)
            return kind, _of_archive(kind)(source, archive)
        if kind is Format.PDF:
            return kind, _pdf(source)
        if size > LARGEST_TEXT:
            said = message("This file is larger than {limit} MB; cut it into several.", limit=LARGEST_TEXT // 1_000_000)
            raise refused(source.named, said)
        return kind, _of_bytes(kind)(source, head + file.read())


def _size(source: Source) -> int:
    try:
        found = source.path.stat()
    except FileNotFoundError:
        raise refused(source.named, message("There is no such file; check its name and folder.")) from None
    except OSError as exc:
        raise refused(source.named, message("This file may not be read; ask for the right to read it.")) from exc
    if not stat.S_ISREG(found.st_mode):
        raise refused(source.named, message("This is not a book file; give the path of a file."))
    if not found.st_size:
        raise refused(source.named, message("This file is empty; copy it again."))
    if found.st_size > LARGEST:
        raise refused(
            source.named,
            message("This file is larger than {limit} MB; cut it into several.", limit=LARGEST // 1_000_000),
        )
    return found.st_size


def _of_archive(kind: Format) -> Callable[[Source, Archive], Book]:
    """Return the reader of a format; its library is loaded with it, not before."""
    if kind is Format.EPUB:
        from media_service.books.epub import read_epub  # noqa: PLC0415

        return read_epub
    from media_service.books.docx import read_docx  # noqa: PLC0415

    return read_docx


def _of_bytes(kind: Format) -> Callable[[Source, bytes], Book]:
    if kind is Format.HTML:
        from media_service.books.html_file import read_html  # noqa: PLC0415

        return read_html
    if kind is Format.MARKDOWN:
        from media_service.books.markdown_file import read_markdown  # noqa: PLC0415

        return read_markdown
    from media_service.books.text_file import read_text  # noqa: PLC0415

    return read_text


def _pdf(source: Source) -> Book:
    from media_service.books.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(source)


def _misnamed(path: Path, kind: Format) -> Remark:
    said = message(
        "This file is called {suffix}, but it is {kind}; it was read as that.", suffix=path.suffix, kind=kind
    )
    return Remark(said)
