"""Tells what a file is by its content, whatever it is called, and what to do with those that cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

from media_service.books.archive import Archive
from media_service.domain.book import Format
from media_service.domain.encodings import decoded
from media_service.errors import refused
from media_service.messages import Message, message

SUFFIXES = {
    Format.EPUB: (".epub",),
    Format.DOCX: (".docx", ".docm"),
    Format.PDF: (".pdf",),
    Format.HTML: (".html", ".htm", ".xhtml"),
    Format.TEXT: (".txt", ".text"),
    Format.MARKDOWN: (".md", ".markdown"),
}
_NOT_READ = (
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Word 97–2003 (.doc)"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb".{60}BOOKMOBI", re.DOTALL), "MOBI, AZW"),
    (re.compile(rb"AT&TFORM"), "DjVu"),
    (re.compile(rb"ITSF"), "CHM"),
    (re.compile(rb"Rar!"), "RAR"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "7z"),
    (re.compile(rb"\x1f\x8b"), "gzip"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\x00\x00|II\*\x00|MM\x00\*", re.DOTALL), "PNG, JPEG, GIF, TIFF"),
    (re.compile(rb"ID3|\xff\xfb|OggS|....ftyp|RIFF", re.DOTALL), "MP3, MP4, WAV"),
    (re.compile(rb"\x7fELF|MZ"), "EXE"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|h1|p|div|table|font|center)[\s>/]",
    re.DOTALL | re.IGNORECASE,
)


def expect_readable(head: bytes, file: str) -> None:
    """Refuse files of kinds that are not read, with what to save them as."""
    for sign, kind in _NOT_READ:
        if sign.match(head):
            raise refused(file, _not_read(kind))


def kind_of(head: bytes, path: Path) -> Format | None:
    """Return what a file is by its first bytes; None for a ZIP file, which has to be looked into."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if _HTML.match(decoded(head[:2000]).text):
        return Format.HTML
    suffix = path.suffix.lower()
    if suffix in SUFFIXES[Format.HTML] and b"<" in head:
        return Format.HTML
    return Format.MARKDOWN if suffix in SUFFIXES[Format.MARKDOWN] else Format.TEXT


def kind_in(archive: Archive, file: str) -> Format:
    """Return which book a ZIP file is; raises InputError where it is none."""
    names = archive.names
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return Format.DOCX
    if "META-INF/container.xml" in names or any(name.lower().endswith((".opf", ".ncx")) for name in names):
        return Format.EPUB
    if archive.salvaged:
        raise refused(file, message("This file is damaged and nothing in it can be read; copy it again."))
    raise refused(file, _other_archive(tuple(names)))


def is_named_as(path: Path, kind: Format) -> bool:
    """Tell whether a file's name says what it is."""
    return path.suffix.lower() in SUFFIXES[kind] or kind is Format.TEXT


def _other_archive(names: tuple[str, ...]) -> Message:
    if "content.xml" in names:
        return _not_read("ODT")
    return message("This is a ZIP file; unpack it and give the book file that is in it.")


def _not_read(kind: str) -> Message:
    return message(
        "This is a {kind} file, which cannot be read; save it as DOCX, EPUB, PDF or text (UTF-8).", kind=kind
    )
