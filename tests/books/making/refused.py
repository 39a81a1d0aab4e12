"""Files that must be refused, each by a sentence that names its fault."""

from __future__ import annotations

import io
import zlib

from tests.books.making.drawing import picture
from tests.books.making.epub import Epub, Part, facts, nav, page, zipped
from tests.books.making.prose import work
from tests.books.making.shelf import reject

ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData>'
    '<enc:CipherReference URI="OEBPS/c1.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
)
LOCKED = ("drm", "protected", "encrypted", "locked", "khóa", "khoá", "mã hóa", "mã hoá", "bảo vệ")
PASSWORD = (*LOCKED, "password", "mật khẩu")
NO_TEXT = ("scan", "no text", "picture", "không có chữ", "ảnh chụp", "bản quét", "ocr")
EMPTY = ("empty", "nothing", "no text", "no word", "without a word", "rỗng", "trống", "không có")
BROKEN = ("broken", "damaged", "not a", "cannot be read", "cut off", "hỏng", "không phải", "không đọc được", "no ")
FOREIGN = ("not a book", "kind", "format", "type", "save", "is a", "định dạng", "loại", "lưu", "nhận ra")


def locked_epubs() -> None:
    """Content encrypted by Adobe's and Apple's and Readium's ways."""
    meta = facts(work("oc-muon-hon").metadata)
    parts = (Part("c1.xhtml", zlib.compress(page("x", "<p>Mật</p>").encode())), nav([("Một", "c1.xhtml", [])]))
    for name, algorithm, extra in (
        (
            "epub-adept.epub",
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            {"META-INF/rights.xml": b'<rights xmlns="http://ns.adobe.com/adept"/>'},
        ),
        ("epub-fairplay.epub", "http://www.w3.org/2001/04/xmlenc#aes256-cbc", {"META-INF/sinf.xml": b"<sinf/>"}),
        ("epub-lcp.epub", "http://www.w3.org/2001/04/xmlenc#aes256-cbc", {"META-INF/license.lcpl": b"{}"}),
    ):
        book = Epub(meta, parts, extra={"META-INF/encryption.xml": ENCRYPTED.format(algorithm).encode(), **extra})
        reject(name, book.zipped(), LOCKED, "hand-made EPUB 3")


def pdfs() -> None:
    """With a password, a scan, without pages, cut short, words that are no PDF."""
    from pypdf import PdfReader, PdfWriter
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    kept = io.BytesIO()
    canvas = Canvas(kept, invariant=1)
    for n in range(3):
        canvas.drawImage(ImageReader(io.BytesIO(picture("JPEG", 300, 400 + n))), 50, 100, 495, 640)
        canvas.showPage()
    canvas.save()
    reject("pdf-scan.pdf", kept.getvalue(), NO_TEXT, "ReportLab")
    words = io.BytesIO()
    canvas = Canvas(words, invariant=1)
    canvas.drawString(50, 700, "Ngay xua")
    canvas.save()
    for name, algorithm in (("pdf-password-rc4.pdf", "RC4-128"), ("pdf-password-aes.pdf", "AES-256")):
        writer = PdfWriter(PdfReader(io.BytesIO(words.getvalue())))
        writer.encrypt("bi-mat", "chu", algorithm=algorithm)
        locked = io.BytesIO()
        writer.write(locked)
        reject(name, locked.getvalue(), PASSWORD, "pypdf")
    empty = io.BytesIO()
    PdfWriter().write(empty)
    reject("pdf-no-pages.pdf", empty.getvalue(), (*EMPTY, *BROKEN, *NO_TEXT), "pypdf")
    reject("pdf-junk.pdf", b"%PDF-1.4\n" + b"khong phai\n" * 40, BROKEN, "hand-made")


def wrong_kinds() -> None:
    """Old Word, RTF, a Kindle book, a spreadsheet, a picture, a program, a plain archive."""
    reject("word-97.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), FOREIGN, "hand-made")
    reject(
        "word-97-named-docx.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        (*FOREIGN, *BROKEN, *PASSWORD),
        "hand-made",
    )
    reject("rich.rtf", rb"{\rtf1\ansi Ng\'e0y x\'b0a}", FOREIGN, "hand-made")
    reject("kindle.mobi", bytes(60) + b"BOOKMOBI" + bytes(200), FOREIGN, "hand-made")
    sheet = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    reject("sheet.xlsx", sheet, FOREIGN, "hand-made")
    reject("picture.epub", picture("PNG", 30, 30), (*FOREIGN, *BROKEN), "Pillow")
    reject(
        "program.txt",
        b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4,
        (*FOREIGN, *BROKEN, "binary", "text"),
        "hand-made",
    )
    reject("archive.zip", zipped({"a.bin": b"\0\1", "b.bin": b"\2"}), FOREIGN, "hand-made")


def empty_files() -> None:
    """Nothing at all, or nothing that can be heard."""
    for name in ("none.txt", "none.epub", "none.docx", "none.pdf", "none.html"):
        reject(name, b"", EMPTY, "hand-made")
    reject("blank.txt", b"\xef\xbb\xbf \r\n\r\n \xc2\xa0\r\n", EMPTY, "hand-made")
    reject(
        "tags.html",
        b"<html><head><title>x</title></head><body><script>1</script><p> </p></body></html>",
        EMPTY,
        "hand-made",
    )
    meta = facts(work("oc-muon-hon").metadata)
    reject("epub-no-spine.epub", Epub(meta, (nav([]),)).zipped(), (*EMPTY, *BROKEN), "hand-made EPUB 3")
    reject(
        "epub-no-package.epub",
        zipped({"META-INF/container.xml": b"<container/>"}, "first"),
        (*BROKEN, *EMPTY),
        "hand-made",
    )


def broken_archives() -> None:
    """Zips of which nothing can be saved."""
    whole = Epub(facts(work("oc-muon-hon").metadata), (nav([]),)).zipped()
    reject("epub-cut.epub", whole[:60], BROKEN, "hand-made EPUB 3")
    reject("docx-cut.docx", b"PK\x03\x04" + bytes(40), BROKEN, "hand-made")


ALL = (locked_epubs, pdfs, wrong_kinds, empty_files, broken_archives)
