"""Zips an EPUB by hand, so that a book can have any structure, also a wrong one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the book; `spine` empty: not in the reading order, else the value of `linear`."""

    name: str
    data: str | bytes
    kind: str = XHTML
    spine: str = "yes"
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Epub:
    """A book to be zipped; `opf` is the path of its package document, all other names are relative to the folder."""

    facts: dict[str, str]
    parts: tuple[Part, ...]
    version: str = "3.0"
    opf: str = "OEBPS/content.opf"
    guide: str = ""
    extra: dict[str, bytes] = field(default_factory=dict)
    mimetype: str = "first"

    def package(self) -> str:
        """Return the package document."""
        facts = "".join(
            f"<dc:{name}" + (' id="bookid"' if name == "identifier" else "") + f">{escape(value)}</dc:{name}>"
            for name, value in self.facts.items()
        )
        items = "".join(
            f'<item id="i{n}" href="{part.name}" media-type="{part.kind}"'
            + (f' properties="{part.properties}"' if part.properties else "")
            + "/>"
            for n, part in enumerate(self.parts)
        )
        refs = "".join(
            f'<itemref idref="i{n}"' + (' linear="no"' if part.spine == "no" else "") + "/>"
            for n, part in enumerate(self.parts)
            if part.spine
        )
        ncx = [n for n, part in enumerate(self.parts) if part.kind == "application/x-dtbncx+xml"]
        toc = f' toc="i{ncx[0]}"' if ncx else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" '
            f'version="{self.version}" unique-identifier="bookid">\n'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{facts}'
            f"</metadata>\n<manifest>{items}</manifest>\n<spine{toc}>{refs}</spine>\n{self.guide}</package>"
        )

    def zipped(self) -> bytes:
        """Return the file."""
        folder = self.opf.rpartition("/")[0]
        files: dict[str, bytes] = {"META-INF/container.xml": CONTAINER.format(self.opf).encode()}
        files[self.opf] = self.package().encode()
        for part in self.parts:
            name = unquote(f"{folder}/{part.name}" if folder else part.name)
            files[name] = part.data.encode() if isinstance(part.data, str) else part.data
        return zipped(files | self.extra, self.mimetype)


def zipped(files: dict[str, bytes], mimetype: str = "") -> bytes:
    """Zip files in order, with fixed times; `mimetype`: first, last or empty for none."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        if mimetype == "first":
            archive.writestr(zipfile.ZipInfo("mimetype"), b"application/epub+zip")
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
        if mimetype == "last":
            archive.writestr(zipfile.ZipInfo("mimetype"), b"application/epub+zip", zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def facts(metadata: dict[str, str], names: str = "title creator language identifier publisher date") -> dict[str, str]:
    """Return Dublin Core of a work's metadata."""
    all_facts = {
        "identifier": f"urn:isbn:{metadata.get('isbn', '9786040000002')}",
        "title": metadata["title"],
        "creator": metadata["author"],
        "language": metadata["language"],
        "publisher": metadata["publisher"],
        "date": metadata["year"],
        "description": metadata["description"],
    }
    return {name: all_facts[name] for name in ["identifier", *names.split()] if name in all_facts}


def page(title: str, body: str, head: str = "", attributes: str = "") -> str:
    """Return an XHTML document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="vi" xml:lang="vi"><head><title>{escape(title)}</title>{head}'
        f"</head>\n<body{attributes}>\n{body}\n</body></html>"
    )


def nav(
    entries: list[tuple[str, str, list[tuple[str, str]]]], more: str = "", name: str = "nav.xhtml", spine: str = ""
) -> Part:
    """Return the navigation document of EPUB 3; entries may have children."""

    def item(title: str, href: str) -> str:
        return f'<a href="{href}">{escape(title)}</a>' if href else f"<span>{escape(title)}</span>"

    rows = "".join(
        f"<li>{item(title, href)}"
        + (f"<ol>{''.join(f'<li>{item(*child)}</li>' for child in children)}</ol>" if children else "")
        + "</li>"
        for title, href, children in entries
    )
    body = f'<nav epub:type="toc" id="toc"><h1>Mục lục</h1><ol>{rows}</ol></nav>{more}'
    return Part(name, page("Mục lục", body), spine=spine, properties="nav")


def ncx(entries: list[tuple[str, str, list[tuple[str, str]]]], name: str = "toc.ncx") -> Part:
    """Return the navigation of EPUB 2; entries may have children."""
    count = iter(range(1, 10_000))

    def point(title: str, href: str, children: list[tuple[str, str]]) -> str:
        n = next(count)
        inner = "".join(point(*child, []) for child in children)
        return (
            f'<navPoint id="n{n}" playOrder="{n}"><navLabel><text>{escape(title)}</text></navLabel>'
            f'<content src="{href}"/>{inner}</navPoint>'
        )

    points = "".join(point(*entry) for entry in entries)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" '
        '"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" '
        f'version="2005-1"><head/><docTitle><text>Sách</text></docTitle><navMap>{points}</navMap></ncx>'
    )
    return Part(name, text, kind="application/x-dtbncx+xml", spine="")
