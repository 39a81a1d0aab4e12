"""How long it takes to read whole books and how much memory, beside plain extraction: `python -m benchmarks.importing`.

The books are made on the fly: an EPUB and a PDF of 500 pages, PDFs of 750 and 3,000 pages to see whether memory grows.
Times are of `media-service import` as a person runs it, start and child included; the peer is a Python of its own that
opens the same file by the same plain library (zipfile and html.parser, pypdfium2), writes its text and does no more.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.books import sentence
from tests.books.hostile import pdf, stream
from tests.books.importing import run, watched
from tests.books.making.epub import Epub, Part, nav, page

LINES_A_PAGE = 30
WORDS_A_LINE = 10
PAGES_A_CHAPTER = 12
PLAIN_EPUB = """
import sys, zipfile, html.parser
out = []
class Words(html.parser.HTMLParser):
    def handle_data(self, data): out.append(data)
with zipfile.ZipFile(sys.argv[1]) as book:
    for name in book.namelist():
        if name.endswith("xhtml"): Words().feed(book.read(name).decode())
open(sys.argv[2], "w").write(" ".join(out))
"""
PLAIN_PDF = """
import sys, pypdfium2
book = pypdfium2.PdfDocument(sys.argv[1])
open(sys.argv[2], "w").write("\\n".join(page.get_textpage().get_text_bounded() for page in book))
"""


FACE = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial/DW 500"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/Arial/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    b"/Ascent 900/Descent -200/CapHeight 700/StemV 80>>>>"
)
FLAT = 0.2
"""What four times the pages may take more, as a share, beyond what PDFium itself and the plain text take more."""


@dataclass(frozen=True, slots=True)
class Made:
    """A book and how many words its paragraphs have."""

    data: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a book took; `kept` is the share of its words that the script has."""

    seconds: float
    cpu_s: float
    peak_mb: float
    kept: float
    plain_cpu_s: float
    plain_mb: float


@dataclass(frozen=True, slots=True)
class Aim:
    """A book to be read, with the limits it must keep; None: none."""

    name: str
    make: Callable[[], Made]
    suffix: str
    plain: str
    seconds: float | None = None
    peak_mb: float | None = None


def main() -> None:
    """Print a table, and end with 1 where a limit is not kept."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--small", action="store_true", help="a tenth of the pages, to try the benchmark itself")
    tenth = 10 if asked.parse_args().small else 1
    aims = (
        Aim("EPUB, 500 pages", lambda: epub(500 // tenth), ".epub", PLAIN_EPUB, 5, 300),
        Aim("PDF, 500 pages", lambda: printed(500 // tenth), ".pdf", PLAIN_PDF, 60, 500),
        Aim("PDF, 750 pages", lambda: printed(750 // tenth), ".pdf", PLAIN_PDF),
        Aim("PDF, 3,000 pages", lambda: printed(3_000 // tenth), ".pdf", PLAIN_PDF),
    )
    heads = (
        f"{'seconds':>8} {'CPU s':>8} {'peak MB':>8} {'words kept':>11} {'plain CPU':>10} {'plain MB':>9} {'ratio':>6}"
    )
    print(f"{'':18} {heads}")
    taken = [measure(aim) for aim in aims]
    fewer, more = taken[2:]
    ours, plain = more.peak_mb - fewer.peak_mb, more.plain_mb - fewer.plain_mb
    grown = (ours - plain) / fewer.peak_mb
    print(
        f"Four times the pages take {ours:.0f} MB more, read plainly {plain:.0f} MB: {grown:+.0%} of our own"
        f"{'' if grown < FLAT else ', over the limit'}."
    )
    sys.exit(grown >= FLAT or any(over(aim, one) for aim, one in zip(aims, taken, strict=True)))


def measure(aim: Aim) -> Taken:
    """Import one book and read it plainly; print the line."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        book = home / f"sach{aim.suffix}"
        words = aim.make()
        book.write_bytes(words.data)
        done = run(home, [book])
        scripts = list((home / "jobs").glob("*/script.md"))
        if done.code or not scripts:
            sys.exit(f"{aim.name}: {done.said}")
        kept = sum(line.count(" ") + 1 for line in scripts[0].read_text(encoding="utf-8").splitlines() if ends(line))
        plain = watched([sys.executable, "-c", aim.plain, str(book), str(home / "plain.txt")], home)
    one = Taken(done.seconds, done.cpu_s, done.peak_mb, kept / words.count, plain.cpu_s, plain.peak_mb)
    print(
        f"{aim.name:18} {one.seconds:8.1f} {one.cpu_s:8.1f} {one.peak_mb:8.0f} {100 * one.kept:10.2f}% "
        f"{one.plain_cpu_s:10.1f} {one.plain_mb:9.0f} {one.cpu_s / one.plain_cpu_s:6.1f}"
        f"{'  over the limit' if over(aim, one) else ''}",
        flush=True,
    )
    return one


def over(aim: Aim, one: Taken) -> bool:
    """Tell whether a limit is not kept."""
    return one.seconds > (aim.seconds or one.seconds) or one.peak_mb > (aim.peak_mb or one.peak_mb)


def ends(line: str) -> bool:
    """Tell whether a line of a script is a paragraph of the book: each ends with a full stop."""
    return line.endswith(".") and not line.startswith("#")


def paragraphs(chapter: int, count_of_lines: int) -> list[str]:
    """Return so many paragraphs of about three lines."""
    chance = random.Random(chapter)  # noqa: S311  # the same book each time
    return [" ".join(sentence(chance, chapter, n + k) for k in range(2)) for n in range(0, 2 * count_of_lines // 3, 2)]


def book_of(pages: int) -> list[tuple[str, list[str]]]:
    """Return a book's chapters: titles and paragraphs."""
    chapters = max(1, pages // PAGES_A_CHAPTER)
    return [
        (f"Chương {n}: Chuyện thứ {n}", paragraphs(n, LINES_A_PAGE * PAGES_A_CHAPTER)) for n in range(1, chapters + 1)
    ]


def count(book: list[tuple[str, list[str]]]) -> int:
    """Return the number of words in a book's paragraphs."""
    return sum(len(text.split()) for _, texts in book for text in texts)


def epub(pages: int) -> Made:
    """Return an EPUB 3 with a document for each chapter."""
    book = book_of(pages)
    parts = [
        Part(f"c{n}.xhtml", page(title, f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in texts)))
        for n, (title, texts) in enumerate(book, 1)
    ]
    contents = nav([(title, f"c{n}.xhtml", []) for n, (title, _) in enumerate(book, 1)])
    meta = {"identifier": "urn:x", "title": "Sách để đo", "creator": "Thư viện", "language": "vi"}
    return Made(Epub(meta, (*parts, contents)).zipped(), count(book))


def printed(pages: int) -> Made:
    """Return a PDF with running heads, page numbers and an outline of chapters."""
    book = book_of(pages)
    sheets = [
        (title, lines[at : at + LINES_A_PAGE], not at)
        for title, texts in book
        for lines in [set_in_lines(texts)]
        for at in range(0, len(lines), LINES_A_PAGE)
    ]
    first = 6
    starts = [(title, n) for n, (title, _, opens) in enumerate(sheets) if opens]
    outline = first + 2 * len(sheets)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines %d 0 R>>" % outline,
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(sheets), b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(sheets)))),
        b"<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        FACE,
        stream(letters()),
    ]
    for n, (title, lines, opens) in enumerate(sheets):
        packed = zlib.compress(drawn(title, lines, n + 1, opens=opens))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (first + 2 * n + 1)
        )
        objects.append(stream(packed, b"/Filter/FlateDecode"))
    objects.append(
        b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (outline + 1, outline + len(starts), len(starts))
    )
    for k, (title, n) in enumerate(starts, 1):
        following = b"/Next %d 0 R" % (outline + k + 1) if k < len(starts) else b""
        name = ("\ufeff" + title).encode("utf-16-be").hex().encode()
        objects.append(
            b"<</Title<%s>/Parent %d 0 R%s/Dest[%d 0 R/XYZ 0 595 0]>>" % (name, outline, following, first + 2 * n)
        )
    return Made(pdf(objects), count(book))


def set_in_lines(texts: list[str]) -> list[str]:
    """Return paragraphs as lines; the first line of each is indented."""
    made = []
    for text in texts:
        words = text.split()
        made += [
            ("\t" if not at else "") + " ".join(words[at : at + WORDS_A_LINE])
            for at in range(0, len(words), WORDS_A_LINE)
        ]
    return made


def drawn(title: str, lines: list[str], number: int, *, opens: bool) -> bytes:
    """Return the content of a page."""

    def line(text: str, x: int, y: int, size: int) -> bytes:
        return b"BT /F %d Tf %d %d Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())

    made = [line(title, 40, 520, 14)] if opens else [line("Sách để đo", 40, 565, 7)]
    made += [line(text.lstrip("\t"), 55 if text[0] == "\t" else 40, 495 - 15 * n, 9) for n, text in enumerate(lines)]
    return b"".join([*made, line(str(number), 205, 25, 8)])


def letters() -> bytes:
    """Return the map from codes to Unicode, which are the same."""
    rows = [b"<%02x00><%02xff><%02x00>" % (n, n, n) for n in range(0x21)]
    return (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/X def/CMapType 2 def"
        b" 1 begincodespacerange<0000><ffff>endcodespacerange %d beginbfrange %s endbfrange endcmap end end"
        % (len(rows), b"".join(rows))
    )


if __name__ == "__main__":
    main()
