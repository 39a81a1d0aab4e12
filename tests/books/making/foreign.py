"""The same texts by the tools that people use: pandoc, LibreOffice, EbookLib."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from tests.books.making.html import body
from tests.books.making.pages import chapters as headed
from tests.books.making.prose import TEXTS, Work, work
from tests.books.making.shelf import ACCEPT, Expected, accept, known

OFFICE = ("soffice", "--headless", "--norestore", "--convert-to")


def pandoc(name: str, to: str, *more: str) -> bytes:
    """Return a text as pandoc writes it."""
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        source = str(TEXTS / f"{name}.md")
        pypandoc.convert_file(source, to, format="markdown", outputfile=str(out), extra_args=["--standalone", *more])
        return out.read_bytes()


def office(data: bytes, kind: str, to: str, suffix: str) -> bytes:
    """Return a document as LibreOffice converts it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"in.{kind}"
        source.write_bytes(data)
        home = f"-env:UserInstallation=file://{folder}/home"
        subprocess.run(
            [*OFFICE, to, home, "--outdir", f"{folder}/out", str(source)], check=True, capture_output=True, timeout=180
        )
        return (Path(folder) / f"out/in.{suffix}").read_bytes()


def by_pandoc() -> None:
    """EPUB 2 and 3, DOCX, HTML, Markdown and plain text, with notes, verse, tables."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1700000000")
    for name, book, to, more in (
        ("pandoc-den-bien.epub", "den-bien", "epub3", ["--toc"]),
        ("pandoc-hoi-ky.epub", "hoi-ky", "epub2", []),
        ("pandoc-lang-cat.epub", "lang-cat", "epub3", ["--split-level=2"]),
        ("pandoc-tan-van.epub", "tan-van", "epub3", []),
        ("pandoc-den-bien.docx", "den-bien", "docx", ["--toc"]),
        ("pandoc-so-tay.docx", "so-tay", "docx", []),
        ("pandoc-tan-van.docx", "tan-van", "docx", []),
        ("pandoc-den-bien.html", "den-bien", "html", ["--toc"]),
        ("pandoc-so-tay.html", "so-tay", "html", []),
        ("pandoc-lang-cat.md", "lang-cat", "gfm", []),
        ("pandoc-tan-van.md", "tan-van", "commonmark_x", []),
        ("pandoc-oc-muon-hon.txt", "oc-muon-hon", "plain", []),
    ):
        found = work(book)
        facts = known(found) if name.rpartition(".")[2] in ("epub", "docx") else {}
        accept(
            name,
            pandoc(book, to, *more),
            Expected("pandoc", found.chapters, facts, {"note": found.notes} if found.notes else {}),
        )


def by_office() -> None:
    """PDF, DOCX, EPUB and HTML from the same documents."""
    for name, source, kind, to, suffix in (
        ("office-den-bien.pdf", "pandoc-den-bien.docx", "docx", "pdf:writer_pdf_Export", "pdf"),
        ("office-so-tay.pdf", "pandoc-so-tay.docx", "docx", "pdf:writer_pdf_Export", "pdf"),
        ("office-word.pdf", "docx-word-vietnamese.docx", "docx", "pdf:writer_pdf_Export", "pdf"),
        ("office-tan-van.docx", "", "html", "docx:MS Word 2007 XML", "docx"),
        ("office-den-bien.docx", "pandoc-den-bien.docx", "docx", "docx:MS Word 2007 XML", "docx"),
        ("office-oc.epub", "docx-pictures.docx", "docx", "epub", "epub"),
        ("office-den-bien.html", "pandoc-den-bien.docx", "docx", "html:HTML (StarWriter)", "html"),
    ):
        found = work({"so": "so-tay", "ta": "tan-van", "oc": "oc-muon-hon"}.get(name[7:9], "den-bien"))
        page = f'<meta charset="utf-8"><title>{found.title}</title>{headed(found)}'.encode()
        data = office((ACCEPT / source).read_bytes() if source else page, kind, to, suffix)
        notes = {"note": found.notes} if found.notes and "word" not in name else {}
        accept(name, data, Expected("LibreOffice", found.chapters, {}, notes))


def by_ebooklib() -> None:
    """EPUB 3 with both ways of contents, as EbookLib writes."""
    from ebooklib import epub

    book = work("oc-muon-hon")
    made = epub.EpubBook()
    made.set_identifier("oc-muon-hon")
    made.set_title(book.title)
    made.set_language("vi")
    made.add_author(book.author)
    pages = []
    for n, chapter in enumerate(book.chapters, 1):
        item = epub.EpubHtml(title=chapter.title, file_name=f"chuong_{n}.xhtml", lang="vi")
        item.content = f"<h1>{chapter.title}</h1>{body(chapter)}"
        made.add_item(item)
        pages.append(item)
    made.toc = pages
    made.add_item(epub.EpubNcx())
    made.add_item(epub.EpubNav())
    made.spine = ["nav", *pages]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.epub"
        epub.write_epub(str(path), made)
        accept("ebooklib-oc-muon-hon.epub", path.read_bytes(), Expected("EbookLib", book.chapters, known(book)))


def printed_by_pandoc() -> None:
    """Pandoc's HTML printed by WeasyPrint, pandoc's usual way to a PDF without TeX."""
    from tests.books.making.prints import weasy

    found: Work = work("lang-cat")
    page = pandoc("lang-cat", "html").decode()
    accept("pandoc-lang-cat.pdf", weasy(page), Expected("pandoc and WeasyPrint", found.chapters))


ALL = (by_pandoc, by_office, by_ebooklib, printed_by_pandoc)
