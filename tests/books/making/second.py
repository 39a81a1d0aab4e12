"""A second row, made after a reader had passed the first: the same habits of producers in other mixtures."""

from __future__ import annotations

import textwrap
from html import escape

from tests.books.making import legacy
from tests.books.making.apparatus import COPYRIGHT
from tests.books.making.epub import Epub, Part, facts, nav, ncx, page
from tests.books.making.html import body, inline
from tests.books.making.ooxml import Docx, paragraph, run
from tests.books.making.plain import text
from tests.books.making.prose import Chapter, Work, work
from tests.books.making.shelf import Expected, accept, known


def anchored_parts() -> None:
    """EPUB 2: parts and chapters in one document, told apart by anchors alone; the package lies in a folder of its own."""
    book = work("lang-cat")
    made, toc, part = "", [], ""
    for n, chapter in enumerate(book.chapters):
        if chapter.part != part:
            part = chapter.part
            toc.append((part, f"Text/all.html#p{n}", []))
            made += f'<div id="p{n}" class="part"><p><b>{escape(part)}</b></p></div>'
        toc[-1][2].append((chapter.title, f"Text/all.html#c{n}"))
        made += f'<p id="c{n}" class="chap">{escape(chapter.title)}</p>{body(chapter)}'
    epub = Epub(facts(book.metadata), (Part("Text/all.html", page("x", made)), ncx(toc)), "2.0", "ops/book/package.opf")
    accept("second-anchored-parts.epub", epub.zipped(), Expected("hand-made EPUB 2", book.chapters, known(book)))


def notes_in_chapters() -> None:
    """EPUB 3: notes as a numbered list under “Chú thích” at the end of each chapter, contents in another folder."""
    book = work("den-bien")
    parts, first = [], 1
    for n, chapter in enumerate(book.chapters, 1):
        made = body(chapter, lambda k, _: f'<sup id="b{k}"><a href="#f{k}">{k}</a></sup>', first)
        notes = "".join(
            f'<li id="f{k}">{escape(note)} <a href="#b{k}">↩</a></li>' for k, note in enumerate(chapter.notes, first)
        )
        made += f"<hr/><h3>Chú thích</h3><ol>{notes}</ol>" if notes else ""
        first += len(chapter.notes)
        parts.append(Part(f"text/{n:03}.xhtml", page("x", f"<h2>{escape(chapter.title)}</h2>{made}")))
    toc = [(c.title, f"../text/{n:03}.xhtml", []) for n, c in enumerate(book.chapters, 1)]
    epub = Epub(facts(book.metadata), (*parts, nav(toc, name="nav/toc.xhtml")))
    accept(
        "second-notes-in-chapters.epub",
        epub.zipped(),
        Expected("hand-made EPUB 3", book.chapters, known(book), {"note": book.notes}),
    )


def mixed_headings() -> None:
    """DOCX: parts by a heading style, chapters typed in bold; the page on rights behind the text."""
    book = work("lang-cat")
    made, part = "", ""
    for chapter in book.chapters:
        if chapter.part != part:
            part = chapter.part
            made += paragraph(run(part), "u1")
        made += paragraph(run(chapter.title, "<w:b/>"), more='<w:jc w:val="center"/>')
        made += "".join(paragraph(run(block.text)) for block in chapter.blocks)
    made += paragraph('<w:r><w:br w:type="page"/></w:r>') + "".join(paragraph(run(line)) for line in COPYRIGHT)
    meta = {"dc:title": book.title, "dc:creator": book.author}
    accept(
        "second-mixed-headings.docx",
        Docx(made, meta).zipped(),
        Expected("Word's structure", book.chapters, known(book), {"copyright": COPYRIGHT}),
    )


def shouted_vni() -> None:
    """VNI with headings in capitals over two lines, text broken at 70 characters."""
    book = work("oc-muon-hon")
    made = []
    for chapter in book.chapters:
        number, _, name = chapter.title.partition(": ")
        made += [
            number.upper(),
            name.upper(),
            "",
            *("\n".join(textwrap.wrap(block.text, 70)) + "\n" for block in chapter.blocks),
        ]
    accept(
        "second-shouted-vni.txt",
        legacy.vni("\r\n".join(made).replace("\n", "\r\n")),
        Expected("hand-made", book.chapters, encoding="VNI"),
    )


def vps_page() -> None:
    """VPS in an HTML page that says windows-1252, with headings of the third level."""
    book = work("hoi-ky")
    made = "".join(
        f"<h3>{escape(c.title)}</h3>" + "".join(f"<p>{inline(b.raw)}" for b in c.blocks) for c in book.chapters
    )
    head = b"<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1252'><title>x</title></head><body>"
    accept(
        "second-vps.html",
        head + legacy.vps(made) + b"</body></html>",
        Expected("hand-made HTML", book.chapters, encoding="VPS"),
    )


def broken_lines() -> None:
    """HTML whose paragraphs are parted by one `<br>` and an indent, headings in bold capitals."""
    book = work("oc-muon-hon")
    made = "".join(
        f"<center><b>{escape(c.title.upper())}</b></center><br>\n"
        + "<br>\n".join(f"&nbsp; &nbsp; {escape(b.text, quote=False)}" for b in c.blocks)
        + "<br>\n"
        for c in book.chapters
    )
    accept(
        "second-broken-lines.html",
        f"<meta charset=utf-8><body>{made}</body>".encode(),
        Expected("hand-made HTML", book.chapters),
    )


def numbers_alone() -> None:
    """Chapters that are numbers alone, “1”, “2”, centred between blank lines."""
    book = work("den-bien")
    chapters = [Chapter(str(n), c.blocks) for n, c in enumerate(book.chapters, 1)]
    made = text(Work(book.metadata, tuple(chapters)), heading=lambda title: f"\n{title:^60}\n".rstrip() + "\n")
    accept("second-numbers-alone.txt", made.encode(), Expected("hand-made", chapters))


def three_levels() -> None:
    """Markdown: the book's title on the first level, chapters on the second, sections on the third."""
    book = work("tan-van")
    made = book.source.split("---\n", 2)[2].replace("\n## ", "\n### ").replace("\n# ", "\n## ")
    made = f"# {book.title}\n\n#{made.lstrip()}" if made.startswith("# ") else f"# {book.title}\n\n{made}"
    lines = [line[2:] + "\\" if line.startswith("| ") else "" if line == "|" else line for line in made.splitlines()]
    made = "\n".join(lines).replace("\\\n\n", "\n\n")
    accept("second-three-levels.md", made.encode(), Expected("hand-made", book.chapters))


ALL = (
    anchored_parts, notes_in_chapters, mixed_headings, shouted_vni, vps_page, broken_lines, numbers_alone, three_levels,
)  # fmt: skip
