"""Tiny books for tests that are not about a format: as EPUB, as a MARC record, as plain text."""

from __future__ import annotations

import zipfile
from pathlib import Path

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="o.opf"/></rootfiles></container>'
)
CHAPTERS = (
    (
        "Chương 1. Trên đồng",
        "Ngày xưa có một con cò trắng. Cò đứng giữa đồng, nhìn mây bay và nghe gió thổi suốt buổi chiều dài.",
    ),
    (
        "Chương 2. Chiều về",
        "Chiều xuống, cò bay về tổ. Trăng lên, cả cánh đồng ngủ yên, chỉ còn tiếng dế kêu ran ngoài bờ ruộng.",
    ),
)


def epub(path: Path, chapters: tuple[tuple[str, str], ...] = CHAPTERS, title: str = "Con cò") -> Path:
    """Write an EPUB of those chapters (title, paragraphs parted by empty lines)."""
    names = [f"c{number}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    refs = "".join(f'<itemref idref="{name}"/>' for name in names)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr(
            "o.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>",
        )
        for name, (head, text) in zip(names, chapters, strict=True):
            body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
            book.writestr(name, f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{head}</h1>{body}</body></html>')
    return path
