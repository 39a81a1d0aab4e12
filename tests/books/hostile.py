"""Files made to harm: bombs, names that lead elsewhere, links, loops, entities that fetch. Each is made on the fly."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.books.making.drawing import picture
from tests.books.making.epub import CONTAINER, Epub, Part, nav, ncx, page, zipped
from tests.books.making.ooxml import HEAD, RELATION, SPACES, Docx, paragraph, run

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
TIMES = 10 if PROVE else 1
SECRET = "MẬT-KHẨU-KHÔNG-AI-ĐƯỢC-NGHE"  # the bait
META = {"identifier": "urn:x", "title": "Sách lạ", "creator": "Ai đó", "language": "vi"}
TEXT = "<h1>Chương 1</h1><p>Ngày xưa có một ông lão ngồi câu cá bên gành đá, gió thổi lồng lộng.</p>"
ONE = Part("c1.xhtml", page("x", TEXT))
MEBIBYTE = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class Lure:
    """What hostile files point to: a file with a secret, and a door on loopback that nobody may knock at."""

    secret: Path
    port: int

    @property
    def web(self) -> str:
        """The address of the door."""
        return f"http://127.0.0.1:{self.port}/x"


def entry(name: str, packed: bytes, crc: int, size: int, at: int) -> tuple[bytes, bytes]:
    """Return a local header with its data, and its entry for the directory."""
    raw = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 33, crc, len(packed), size, len(raw), 0)
    return b"PK\x03\x04" + common + raw + packed, b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack(
        "<HHHII", 0, 0, 0, 0, at
    ) + raw


def archive(entries: list[tuple[str, bytes, int, int]], shared: int = 1) -> bytes:
    """Zip packed entries; `shared`: how many names lead to each one's data."""
    body, directory, count = b"", b"", 0
    for name, packed, crc, size in entries:
        local, _ = entry(name, packed, crc, size, len(body))
        for n in range(shared):
            directory += entry(name if not n else f"{name}{n}", packed, crc, size, len(body))[1]
            count += 1
        body += local
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)


def packed(data: bytes) -> tuple[bytes, int, int]:
    """Return data deflated, its checksum and size."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush(), zlib.crc32(data), len(data)


@cache
def swollen(mebibytes: int) -> tuple[bytes, int, int]:
    """Return so many mebibytes of zeros deflated to a thousandth."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(MEBIBYTE) + squeeze.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(MEBIBYTE, crc)
    return block * mebibytes + squeeze.flush(), crc, mebibytes << 20


def sound_entries() -> list[tuple[str, bytes, int, int]]:
    """Return the entries of a sound EPUB, in which c1.xhtml is still to come."""
    with zipfile.ZipFile(io.BytesIO(Epub(META, (ONE, nav([("Chương 1", "c1.xhtml", [])]))).zipped())) as book:
        return [(name, *packed(book.read(name))) for name in book.namelist() if not name.endswith("c1.xhtml")]


def epub(body: str = TEXT, *more: Part, head: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """Return an EPUB of one chapter; `head` stands before its root element."""
    text = page("x", body).replace("<!DOCTYPE html>", head or "<!DOCTYPE html>")
    return Epub(META, (Part("c1.xhtml", text), nav([("Chương 1", "c1.xhtml", [])]), *more), extra=extra or {}).zipped()


def bomb(kind: str) -> Callable[[Lure], bytes]:
    """Return an EPUB whose chapter swells to a gibibyte, told or untold, or ten thousand names of one chapter."""

    def make(_: Lure) -> bytes:
        if kind == "names":
            return archive([*sound_entries(), ("OEBPS/c1.xhtml", *packed(TEXT.encode() * 5_000))], shared=300 * TIMES)
        data, crc, size = swollen(1_024)
        return archive([*sound_entries(), ("OEBPS/c1.xhtml", data, crc, 900 if kind == "untold" else size)])

    return make


def laughs(root: str = "html") -> str:
    """Return a document type whose last entity is a thousand million words."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "ha ">{steps}]>'


def fetching(lure: Lure, root: str = "html") -> str:
    """Return a document type that would fetch a file and an address."""
    return (
        f'<!DOCTYPE {root} SYSTEM "{lure.web}.dtd" [<!ENTITY f SYSTEM "file://{lure.secret}"><!ENTITY w SYSTEM "{lure.web}">'
        f'<!ENTITY % p SYSTEM "{lure.web}.ent"> %p;]>'
    )


def docx(body: str, doctype: str = "", relations: str = "", styles: str = "") -> bytes:
    """Return a DOCX with a doctype, further relations or other styles."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(Docx(paragraph(run("Ngày xưa có ông lão câu cá.")) + body).zipped())) as made:
        files = {name: made.read(name).decode() for name in made.namelist()}
    files["word/document.xml"] = files["word/document.xml"].replace(HEAD, HEAD + doctype)
    name = "word/_rels/document.xml.rels"
    files[name] = files[name].replace("</Relationships>", f"{relations}</Relationships>")
    if styles:
        files["word/styles.xml"] = f"{HEAD}<w:styles {SPACES}>{styles}</w:styles>"
    return zipped({name: text.encode() for name, text in files.items()})


def link_out(lure: Lure) -> bytes:
    """Return an EPUB whose chapter is a symbolic link to the secret."""
    kept = io.BytesIO(epub())
    with zipfile.ZipFile(kept, "a") as book:
        link = zipfile.ZipInfo("OEBPS/c2.xhtml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        book.writestr(link, str(lure.secret))
    return kept.getvalue()


def pictures_out(_: Lure) -> bytes:
    """Return an EPUB whose pictures have names that lead elsewhere, or are those of the job's own files."""
    names = (
        "../../../thoat-ra.png",
        "/tmp/thoat-ra.png",  # noqa: S108  # what a book may not reach
        "..\\..\\thoat-ra.png",
        "script.md",
        "intake-report.json",
        ".import",
        "a%2F..%2F..%2Fthoat-ra.png",
    )  # what a book may not reach
    parts = [Part(name, picture("PNG", 100, 90 + n), "image/png", "") for n, name in enumerate(names)]
    return epub(TEXT + "".join(f'<p><img src="{name}" alt="Tranh {n}"/></p>' for n, name in enumerate(names)), *parts)


def huge_picture(_: Lure) -> bytes:
    """Return an EPUB with a picture that says it has 3,600 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + chunk(b"IEND", b"")
    )
    return epub(TEXT + '<p><img src="to.png" alt="Tranh"/></p>', Part("to.png", png, "image/png", ""))


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of objects numbered from 1, the first of them its catalogue."""
    made, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return bytes(made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def stream(data: bytes, more: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n" % (len(data), more) + data + b"\nendstream"


def many_pages(count: int) -> bytes:
    """Return a PDF of so many pages that share one line of text."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        stream(b"BT /F 12 Tf 50 700 Td (Ngay xua co ong lao cau ca.) Tj ET"),
        *([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"] * count),
    ])  # fmt: skip


def looping_pdf(_: Lure) -> bytes:
    """Return a PDF whose pages contain themselves, whose outline leads in a circle."""
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", b"<</Type/Pages/Count 9999999/Kids[2 0 R 3 0 R 2 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]>>", b"<</Type/Outlines/First 5 0 R/Last 5 0 R/Count 9>>",
        b"<</Title(Chuong 1)/Parent 4 0 R/Next 5 0 R/First 4 0 R/Dest[3 0 R/Fit]>>",
    ])  # fmt: skip


def swollen_pdf(_: Lure) -> bytes:
    """Return a PDF of one page whose content swells to a gibibyte."""
    data = b"\x78\x9c" + swollen(1_024)[0]
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R>>", stream(data, b"/Filter/FlateDecode"),
    ])  # fmt: skip


def package_loops(_: Lure) -> bytes:
    """Return an EPUB that reads its chapter five thousand times and falls back in circles."""
    whole = Epub(META, (ONE, nav([("Chương 1", "c1.xhtml", [])])))
    made = whole.package().replace('<itemref idref="i0"/>', '<itemref idref="i0"/>' * 5_000)
    made = made.replace('id="i0"', 'id="i0" fallback="i1"').replace('id="i1"', 'id="i1" fallback="i0"')
    files = {
        "META-INF/container.xml": CONTAINER.format("OEBPS/content.opf").encode(),
        "OEBPS/content.opf": made.encode(),
    }
    return zipped(files | {f"OEBPS/{part.name}": str(part.data).encode() for part in whole.parts}, "first")


def outside_parts(lure: Lure) -> bytes:
    """Return an EPUB whose package names files of the machine and of the web as its own."""
    names = (
        f"file://{lure.secret}",
        str(lure.secret),
        f"../../../../../../../../..{lure.secret}",
        lure.web,
        "data:text/html,x",
    )
    book = Epub(
        META, (ONE, *(Part(name, "") for name in names), nav([("Chương 1", "c1.xhtml", []), ("Mật", names[0], [])]))
    )
    files = {
        "META-INF/container.xml": CONTAINER.format("OEBPS/content.opf").encode(),
        "OEBPS/content.opf": book.package().encode(),
    }
    return zipped(
        files | {"OEBPS/c1.xhtml": str(ONE.data).encode(), "OEBPS/nav.xhtml": str(book.parts[-1].data).encode()},
        "first",
    )


def remote_docx(lure: Lure) -> bytes:
    """Return a DOCX with pictures and a template that lie elsewhere."""
    outside = "".join(
        f'<Relationship Id="x{n}" Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            (
                ("image", lure.web),
                ("image", f"file://{lure.secret}"),
                ("attachedTemplate", lure.web),
                ("image", "../../../../thoat-ra.png"),
            )
        )
    )
    blips = "".join(
        f'<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="x{n}" r:link="x{n}"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        for n in range(4)
    )
    return docx(blips, relations=outside)


def deep_contents(_: Lure) -> bytes:
    """Return an EPUB whose contents list is nested three thousand deep."""
    point = '<navPoint id="n" playOrder="1"><navLabel><text>Chương</text></navLabel><content src="c1.xhtml"/>'
    list_ = ncx([])
    data = (
        str(list_.data)
        .replace("<navMap>", f"<navMap>{point * 3_000}")
        .replace("</navMap>", "</navPoint>" * 3_000 + "</navMap>")
    )
    return Epub(META, (ONE, Part(list_.name, data, list_.kind, "")), "2.0").zipped()


def loop_styles(_: Lure) -> bytes:
    """Return a DOCX whose styles are based on each other."""
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{(n + 1) % 3}"/></w:style>'
        for n in range(3)
    )
    return docx(paragraph(run("Lời kể."), "s0"), styles=made)


def remote_html(lure: Lure) -> bytes:
    """Return a page that would fetch in every way a page can."""
    return (
        f'<html><head><base href="{lure.web}"><meta http-equiv="refresh" content="0;url={lure.web}"><link rel=stylesheet href="{lure.web}">'
        f'<style>@import url("{lure.web}");</style><script src="{lure.web}"></script></head><body background="{lure.web}">{TEXT}'
        f'<img src="{lure.web}.png"><img src="file://{lure.secret}"><img src="{lure.secret}"><iframe src="{lure.web}"></iframe>'
        f'<object data="{lure.web}"></object><embed src="{lure.web}"><video src="{lure.web}"></video><svg><use href="{lure.web}#a"/>'
        f'<image href="{lure.web}"/></svg><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{lure.secret}" parse="text"/></body></html>'
    ).encode()


HOSTILE: dict[str, Callable[[Lure], bytes]] = {
    "bomb-told.epub": bomb("told"),
    "bomb-untold.epub": bomb("untold"),
    "bomb-names.epub": bomb("names"),
    "bomb-docx.docx": lambda _: archive(
        [("[Content_Types].xml", *packed(b"<Types/>")), ("word/document.xml", *swollen(1_024))]
    ),
    "bomb-nested.epub": lambda _: zipped(
        {"a.zip": zipped({"b.zip": zipped({"c.zip": archive([("d", *swollen(64))])})})}
    ),
    "laughs.epub": lambda _: epub(f"{TEXT}<p>&l9;</p>", head=laughs()),
    "laughs-package.epub": lambda _: zipped(
        {"META-INF/container.xml": (laughs("container") + CONTAINER.format("&l9;")).encode()}, "first"
    ),
    "laughs.docx": lambda _: docx(paragraph("<w:r><w:t>&l9;</w:t></w:r>"), laughs("w:document")),
    "laughs.html": lambda _: f"{laughs()}<html><body>{TEXT}<p>&l9;</p></body></html>".encode(),
    "fetch.epub": lambda lure: epub(f"{TEXT}<p>&f;</p><p>&w;</p>", head=fetching(lure)),
    "fetch.docx": lambda lure: docx(paragraph("<w:r><w:t>&f;&w;</w:t></w:r>"), fetching(lure, "w:document")),
    "fetch.html": remote_html,
    "fetch-include.epub": lambda lure: epub(
        f'{TEXT}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{lure.secret}" parse="text"/>'
    ),
    "remote.docx": remote_docx,
    "remote.md": lambda lure: (
        f"# Chương 1\n\nNgày xưa. ![a]({lure.web}.png) ![b](file://{lure.secret}) ![c]({lure.secret})\n".encode()
    ),
    "links.epub": link_out,
    "names.epub": lambda _: zipped(
        {**dict.fromkeys(("../../thoat-ra.txt", "/thoat-ra.txt", "C:\\thoat-ra.txt", "..\\thoat-ra.txt"), b"x")}
    ),
    "pictures.epub": pictures_out,
    "huge-picture.epub": huge_picture,
    "outside.epub": outside_parts,
    "loops.epub": package_loops,
    "deep-contents.epub": deep_contents,
    "styles.docx": loop_styles,
    "pages.pdf": lambda _: many_pages(100_000),
    "loops.pdf": looping_pdf,
    "swollen.pdf": swollen_pdf,
    "deep.html": lambda _: f"<html><body>{TEXT}{'<div><b>' * 20_000 * TIMES}Sâu.</body></html>".encode(),
    "deep.docx": lambda _: docx(
        "<w:tbl><w:tr><w:tc>" * 3_000 + paragraph(run("Sâu.")) + "</w:tc></w:tr></w:tbl>" * 3_000
    ),
    "wide.html": lambda _: f"<table><tr>{'<td>a</td>' * 20_000 * TIMES}</tr></table>{TEXT}".encode(),
    "long-line.txt": lambda _: ("Chương 1\n\n" + "ngày xưa " * 50_000 * TIMES).encode(),
    "headings.txt": lambda _: "".join(f"Chương {n}\n\nLời.\n\n" for n in range(3_000 * TIMES)).encode(),
    "dots.txt": lambda _: (
        "Chương "
        + "I" * 30_000 * TIMES
        + "\n\n"
        + "." * 30_000 * TIMES
        + "\n\n"
        + "– " * 30_000 * TIMES
        + "\n\nLời kể.\n"
    ).encode(),
    "quotes.md": lambda _: (
        "> " * 5_000 * TIMES
        + "Lời.\n\n"
        + "- " * 5_000 * TIMES
        + "Lời.\n\n"
        + "[" * 10_000 * TIMES
        + "\n\n"
        + "*a " * 10_000 * TIMES
    ).encode(),
}
