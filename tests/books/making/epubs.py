"""EPUBs as the makers of books build them: Calibre's split files, InDesign's spans, guides, notes, broken contents."""

from __future__ import annotations

import unicodedata
from html import escape
from urllib.parse import quote

from tests.books.making.apparatus import CONTENTS, COPYRIGHT, INDEX, SOURCES
from tests.books.making.drawing import picture
from tests.books.making.epub import Epub, Part, facts, nav, ncx, page
from tests.books.making.html import body, html, inline
from tests.books.making.prose import Block, Chapter, Kind, Work, work
from tests.books.making.shelf import Expected, accept, known

PLAIN = '<p class="calibre1">'
CALIBRE_CSS = Part("stylesheet.css", ".calibre{display:block}.calibre1{text-indent:1.5em}", "text/css", "")


def entries(book: Work, name: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return flat contents; `name` has a place for the number."""
    return [(chapter.title, name.format(n), []) for n, chapter in enumerate(book.chapters, 1)]


def documents(book: Work, name: str = "c{}.xhtml") -> list[Part]:
    """Return one plain document a chapter."""
    return [
        Part(name.format(n), page(chapter.title, f"<h1>{escape(chapter.title)}</h1>\n{body(chapter)}"))
        for n, chapter in enumerate(book.chapters, 1)
    ]


def calibre_split() -> None:
    """EPUB 2 as Calibre converts: split files, `calibre` classes, headings that are bold paragraphs, an SVG cover."""
    book = work("den-bien")
    cover = (
        '<div><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        'width="100%" height="100%" viewBox="0 0 60 90"><image width="60" height="90" xlink:href="cover.jpeg"/></svg></div>'
    )
    notes = book.notes
    parts = [Part("titlepage.xhtml", page("Cover", cover))]
    first = 1
    for n, chapter in enumerate(book.chapters):
        text = body(
            chapter,
            lambda k, _: f'<a id="r{k}" href="index_split_006.html#n{k}"><sup class="calibre5">[{k}]</sup></a>',
            first,
            '<p class="calibre1">',
        )
        first += len(chapter.notes)
        head = f'<p class="calibre2" id="calibre_pb_{n}"><span class="bold">{escape(chapter.title)}</span></p>'
        parts.append(Part(f"index_split_00{n}.html", page("Unknown", head + text, attributes=' class="calibre"')))
    listed = "".join(
        f'<p class="calibre1" id="n{k}"><a href="index_split_001.html#r{k}">[{k}]</a> {escape(note)}</p>'
        for k, note in enumerate(notes, 1)
    )
    parts.append(Part("index_split_006.html", page("Unknown", f'<p class="calibre2"><b>Chú thích</b></p>{listed}')))
    toc = [(c.title, f"index_split_00{n}.html", []) for n, c in enumerate(book.chapters)]
    epub = Epub(
        facts(book.metadata),
        (*parts, CALIBRE_CSS, Part("cover.jpeg", picture("JPEG", 60, 90), "image/jpeg", ""), ncx(toc)),
        "2.0",
        "content.opf",
        '<guide><reference type="cover" href="titlepage.xhtml" title="Cover"/></guide>',
    )
    expected = Expected(
        "Calibre's structure, EPUB 2", book.chapters, known(book, "title author publisher language"), {"note": notes}
    )
    accept("epub2-calibre-split.epub", epub.zipped(), expected)


def calibre_one_file() -> None:
    """All chapters in one document; the contents point to anchors in it."""
    book = work("oc-muon-hon")
    text = "".join(
        f'<div class="calibre3"><a id="filepos{n}00"></a><p class="calibre4"><b>{escape(c.title)}</b></p></div>'
        f'{body(c, paragraph=PLAIN)}<div class="mbp_pagebreak"></div>'
        for n, c in enumerate(book.chapters, 1)
    )
    parts = (Part("index.html", page("Unknown", text)), CALIBRE_CSS, ncx(entries(book, "index.html#filepos{}00")))
    epub = Epub(facts(book.metadata), parts, "2.0", "content.opf")
    accept(
        "epub2-anchors.epub",
        epub.zipped(),
        Expected("Calibre's structure from MOBI, EPUB 2", book.chapters, known(book)),
    )


def indesign() -> None:
    """EPUB 3 as InDesign exports: spans in every line, page breaks with printed numbers, a list of pages."""
    book = work("tan-van")
    parts, toc, pages, number = [], [], "", 5
    for n, chapter in enumerate(book.chapters):
        made = [
            f'<p class="Tieu-de-chuong ParaOverride-1"><span class="CharOverride-2">{escape(chapter.title)}</span></p>'
        ]
        for block in chapter.blocks:
            made.append(spans(block, number))
            pages += f'<li><a href="Bon-mua-{n}.xhtml#p{number}">{number}</a></li>'
            number += 1
        text = f'<div id="_idContainer00{n}" class="_idGenObjectStyleOverride-1">{"".join(made)}</div>'
        parts.append(Part(f"Bon-mua-{n}.xhtml", page("Bon-mua", text, attributes=f' id="Bon-mua-{n}"')))
        toc.append((chapter.title, f"Bon-mua-{n}.xhtml#_idContainer00{n}", []))
    more = f'<nav epub:type="page-list" hidden="hidden"><ol>{pages}</ol></nav>'
    epub = Epub(facts(book.metadata), (*parts, nav(toc, more, "toc.xhtml")))
    numbers = [str(n) for n in range(5, number)]
    accept(
        "epub3-indesign.epub",
        epub.zipped(),
        Expected("InDesign's structure, EPUB 3", book.chapters, known(book), {"page-number": numbers}),
    )


def spans(block: Block, number: int) -> str:
    """Return a block in pieces, with a printed page number in its midst."""
    words = html(block)
    if block.kind is not Kind.PROSE:
        mark = f'<div epub:type="pagebreak" role="doc-pagebreak" id="p{number}" title="{number}">{number}</div>'
        return mark + words
    half = len(block.text) // 2
    half = block.text.index(" ", half)
    mark = f'<span epub:type="pagebreak" role="doc-pagebreak" id="p{number}" title="{number}">{number}</span>'
    letters = [block.text[:3], block.text[3:half], mark, block.text[half:]]
    return (
        '<p class="Normal">'
        + "".join(
            piece if piece is mark else f'<span class="CharOverride-{n}">{escape(piece)}</span>'
            for n, piece in enumerate(letters)
        )
        + "</p>"
    )


def popup_notes() -> None:
    """EPUB 3 with notes as asides at the end of each chapter and marks between words."""
    book = work("den-bien")
    parts, first = [], 1
    for n, chapter in enumerate(book.chapters, 1):
        text = body(chapter, lambda k, _: f'<a epub:type="noteref" role="doc-noteref" href="#n{k}">{k}</a>', first)
        asides = "".join(
            f'<aside epub:type="footnote" role="doc-footnote" id="n{k}"><p>{k}. {escape(note)}</p></aside>'
            for k, note in enumerate(chapter.notes, first)
        )
        first += len(chapter.notes)
        section = f'<section epub:type="chapter"><h1>{escape(chapter.title)}</h1>{text}{asides}</section>'
        parts.append(Part(f"Text/chuong-{n}.xhtml", page(chapter.title, section)))
    epub = Epub(facts(book.metadata), (nav(entries(book, "Text/chuong-{}.xhtml")), *parts))
    accept(
        "epub3-popup-notes.epub",
        epub.zipped(),
        Expected("Sigil's structure, EPUB 3", book.chapters, known(book), {"note": book.notes}),
    )


def whole_apparatus() -> None:
    """EPUB 3 with all that is not read: title page, copyright, contents, sources, index, each named by its type."""
    book = work("lang-cat")
    parts = [
        Part("cover.xhtml", page("Bìa", '<section epub:type="cover"><img src="bia.png" alt="Bìa sách"/></section>')),
        Part(
            "title.xhtml",
            page("t", f'<section epub:type="titlepage"><h1>{book.title}</h1><p>{book.author}</p></section>'),
        ),
        Part("rights.xhtml", page("r", f'<section epub:type="copyright-page">{lines(COPYRIGHT)}</section>')),
    ]
    toc: list[tuple[str, str, list[tuple[str, str]]]] = []
    for n, chapter in enumerate(book.chapters, 1):
        if not toc or toc[-1][0] != chapter.part:
            toc.append((chapter.part, f"p{n}.xhtml", []))
            head = f'<section epub:type="part"><h1>{escape(chapter.part)}</h1></section>'
            parts.append(Part(f"p{n}.xhtml", page(chapter.part, head)))
        toc[-1][2].append((chapter.title, f"c{n}.xhtml"))
        text = f'<section epub:type="chapter"><h2>{escape(chapter.title)}</h2>{body(chapter)}</section>'
        parts.append(Part(f"c{n}.xhtml", page(chapter.title, text)))
    parts.append(
        Part(
            "sources.xhtml",
            page("s", f'<section epub:type="bibliography"><h1>Tài liệu tham khảo</h1>{lines(SOURCES)}</section>'),
        )
    )
    parts.append(
        Part("index.xhtml", page("i", f'<section epub:type="index"><h1>Bảng tra cứu</h1>{lines(INDEX)}</section>'))
    )
    toc += [("Tài liệu tham khảo", "sources.xhtml", []), ("Bảng tra cứu", "index.xhtml", [])]
    image = Part("bia.png", picture("PNG", 60, 90), "image/png", "", "cover-image")
    epub = Epub(facts(book.metadata), (*parts, nav(toc, spine="yes"), image))
    left_out = {"copyright": COPYRIGHT, "bibliography": SOURCES, "index": INDEX}
    accept("epub3-apparatus.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book), left_out))


def lines(texts: tuple[str, ...]) -> str:
    """Return each text as a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def guided() -> None:
    """EPUB 2 where only the guide says what is what, and the contents page is typed by hand."""
    book = work("hoi-ky")
    shown = "".join(f'<p><a href="c{n}.xhtml">{escape(c.title)}</a></p>' for n, c in enumerate(book.chapters, 1))
    parts = (
        Part(
            "bia.xhtml",
            page("Bìa", f"<div><p>{book.author}</p><p>{book.title}</p><p>{book.metadata['publisher']}</p></div>"),
        ),
        Part("banquyen.xhtml", page("Bản quyền", lines(COPYRIGHT))),
        Part("mucluc.xhtml", page("Mục lục", f"<h2>{CONTENTS}</h2>{shown}")),
        *documents(book),
        ncx(entries(book, "c{}.xhtml")),
    )
    guide = (
        '<guide><reference type="title-page" href="bia.xhtml"/><reference type="toc" href="mucluc.xhtml"/>'
        '<reference type="copyright-page" href="banquyen.xhtml"/><reference type="text" href="c1.xhtml"/></guide>'
    )
    epub = Epub(facts(book.metadata), parts, "2.0", guide=guide)
    expected = Expected(
        "hand-made EPUB 2 with a guide", book.chapters, known(book), {"copyright": COPYRIGHT, "contents": [CONTENTS]}
    )
    accept("epub2-guide.epub", epub.zipped(), expected)


def unnamed_apparatus() -> None:
    """EPUB 2 where nothing says what a page is: copyright and contents must be told by their words."""
    book = work("oc-muon-hon")
    shown = "".join(f"<p>{escape(c.title)}</p>" for c in book.chapters)
    parts = (
        Part("a.xhtml", page("a", f"<p>{book.author}</p><h1>{book.title}</h1><p>{book.metadata['publisher']}</p>")),
        Part("b.xhtml", page("b", lines(COPYRIGHT))),
        Part("m.xhtml", page("m", f"<p><b>{CONTENTS}</b></p>{shown}")),
        *documents(book),
        ncx(entries(book, "c{}.xhtml")),
    )
    expected = Expected(
        "hand-made EPUB 2", book.chapters, known(book), {"copyright": COPYRIGHT, "contents": [CONTENTS]}
    )
    accept("epub2-unnamed-apparatus.epub", Epub(facts(book.metadata), parts, "2.0").zipped(), expected)


def no_contents() -> None:
    """EPUB 2 whose contents are empty: headings are all there is."""
    book = work("den-bien")
    epub = Epub(facts(book.metadata), (*documents(book), ncx([])), "2.0")
    accept("epub2-no-contents.epub", epub.zipped(), Expected("hand-made EPUB 2", book.chapters, known(book)))


def patterns_only() -> None:
    """EPUB without contents and without headings: chapters can be told only by “Chương” in a paragraph."""
    book = work("oc-muon-hon")
    text = "".join(f"<p><strong>{escape(c.title)}</strong></p>{body(c)}" for c in book.chapters)
    epub = Epub(facts(book.metadata), (Part("all.xhtml", page("x", text)), ncx([])), "2.0")
    accept("epub2-patterns-only.epub", epub.zipped(), Expected("hand-made EPUB 2", book.chapters, known(book)))


def continued() -> None:
    """Each chapter lies in three files, of which the contents name the first."""
    book = work("den-bien")
    parts: list[Part] = []
    for n, chapter in enumerate(book.chapters, 1):
        for m, blocks in enumerate((chapter.blocks[:1], chapter.blocks[1:2], chapter.blocks[2:])):
            head = "" if m else f"<h1>{escape(chapter.title)}</h1>"
            parts.append(Part(f"c{n}-{m}.xhtml", page("x", head + body(Chapter("", blocks)) or "<p></p>")))
    epub = Epub(facts(book.metadata), (*parts, nav(entries(book, "c{}-0.xhtml"))))
    accept("epub3-continued.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def forgotten() -> None:
    """The contents name two of six chapters; the others have headings and must not be lost."""
    book = work("den-bien")
    toc = [entry for entry in entries(book, "c{}.xhtml") if "Chương 2" in entry[0] or "Chương 4" in entry[0]]
    epub = Epub(facts(book.metadata), (*documents(book), nav(toc)))
    accept("epub3-contents-forget.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def contents_disagree() -> None:
    """The contents stand in another order than the spine, which is how the book is read."""
    book = work("den-bien")
    epub = Epub(facts(book.metadata), (*documents(book), nav(entries(book, "c{}.xhtml")[::-1])))
    accept("epub3-contents-backwards.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def split_headings() -> None:
    """Number and name of a chapter stand in two headings, whole in the contents."""
    book = work("den-bien")
    parts = []
    for n, chapter in enumerate(book.chapters, 1):
        number, _, name = chapter.title.partition(": ")
        head = f"<h2>{escape(number)}</h2>" + (f"<h3>{escape(name)}</h3>" if name else "")
        parts.append(
            Part(f"c{n}.xhtml", page("x", head.upper().replace("H2", "h2").replace("H3", "h3") + body(chapter)))
        )
    epub = Epub(facts(book.metadata), (*parts, nav(entries(book, "c{}.xhtml"))))
    accept("epub3-split-headings.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def drawn_headings() -> None:
    """Headings are pictures; their names stand in the alternative text and in the contents."""
    book = work("oc-muon-hon")
    parts = [
        Part(f"c{n}.xhtml", page("x", f'<h1><img src="h{n}.png" alt="{escape(c.title)}"/></h1>{body(c)}'))
        for n, c in enumerate(book.chapters, 1)
    ]
    images = [Part(f"h{n}.png", picture("PNG", 80, 20 + n), "image/png", "") for n in range(1, 4)]
    epub = Epub(facts(book.metadata), (*parts, *images, nav(entries(book, "c{}.xhtml"))))
    accept("epub3-drawn-headings.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def illustrated() -> None:
    """Pictures with alternative text and captions."""
    book = work("oc-muon-hon")
    caption = "Tranh vẽ: bạn đọc nhí Minh Khuê"
    parts = []
    for n, chapter in enumerate(book.chapters, 1):
        figure = f'<figure><img src="images/t{n}.jpg" alt="Tranh chương {n}: chú ốc trên bãi"/><figcaption>{caption}</figcaption></figure>'
        blocks = [html(block) for block in chapter.blocks]
        parts.append(
            Part(
                f"c{n}.xhtml", page("x", f"<h1>{escape(chapter.title)}</h1>" + blocks[0] + figure + "".join(blocks[1:]))
            )
        )
    images = [Part(f"images/t{n}.jpg", picture("JPEG", 320, 200 + n), "image/jpeg", "") for n in range(1, 4)]
    epub = Epub(facts(book.metadata), (*parts, *images, nav(entries(book, "c{}.xhtml"))))
    expected = Expected("hand-made EPUB 3", book.chapters, known(book), either=[caption] * 3)
    accept("epub3-pictures.epub", epub.zipped(), expected)


def out_of_line() -> None:
    """The notes lie in a document outside the reading line, the contents inside it."""
    book = work("den-bien")
    parts, first = [], 1
    for n, chapter in enumerate(book.chapters, 1):
        text = body(chapter, lambda k, _: f'<sup><a href="notes.xhtml#n{k}">({k})</a></sup>', first)
        first += len(chapter.notes)
        parts.append(Part(f"c{n}.xhtml", page("x", f"<h1>{escape(chapter.title)}</h1>{text}")))
    notes = "".join(f'<p id="n{k}">({k}) {escape(note)}</p>' for k, note in enumerate(book.notes, 1))
    parts.append(Part("notes.xhtml", page("x", notes), spine="no"))
    epub = Epub(facts(book.metadata), (nav(entries(book, "c{}.xhtml"), spine="yes"), *parts))
    accept(
        "epub3-out-of-line.epub",
        epub.zipped(),
        Expected("hand-made EPUB 3", book.chapters, known(book), {"note": book.notes}),
    )


def quoted_names() -> None:
    """Vietnamese file names, escaped in the package, whose document lies at the root."""
    book = work("oc-muon-hon")
    name = quote("Chữ/Chương {}.xhtml", safe="/{}")
    epub = Epub(facts(book.metadata), (*documents(book, name), ncx(entries(book, name))), "2.0", "sach.opf")
    accept("epub2-quoted-names.epub", epub.zipped(), Expected("hand-made EPUB 2", book.chapters, known(book)))


def utf16() -> None:
    """Documents in UTF-16 with a byte order mark, which EPUB allows."""
    book = work("oc-muon-hon")
    parts = [
        Part(part.name, str(part.data).replace('encoding="utf-8"', 'encoding="UTF-16"').encode("utf-16"))
        for part in documents(book)
    ]
    epub = Epub(facts(book.metadata), (*parts, nav(entries(book, "c{}.xhtml"))))
    accept("epub3-utf16.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def decomposed() -> None:
    """Everything in NFD, as some Macs wrote."""
    book = work("tan-van")

    def loose(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    parts = [Part(part.name, loose(str(part.data))) for part in documents(book)]
    toc = [(loose(title), href, []) for title, href, _ in entries(book, "c{}.xhtml")]
    meta = {name: loose(value) for name, value in facts(book.metadata).items()}
    accept(
        "epub2-nfd.epub",
        Epub(meta, (*parts, ncx(toc)), "2.0").zipped(),
        Expected("hand-made EPUB 2", book.chapters, known(book)),
    )


def tables() -> None:
    """Lists and a table with a head and a caption."""
    book = work("so-tay")
    epub = Epub(facts(book.metadata), (*documents(book), nav(entries(book, "c{}.xhtml"))))
    accept("epub3-tables-lists.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def small_marks() -> None:
    """Drop caps, soft hyphens, non-breaking and zero-width spaces, ligatures, named entities, curly quotes."""
    book = work("tan-van")
    parts = []
    for n, chapter in enumerate(book.chapters, 1):
        blocks = []
        for m, block in enumerate(chapter.blocks):
            text = html(block)
            if block.kind is Kind.PROSE:
                words = block.text
                drop = f'<span class="dropcap">{words[0]}</span>{escape(words[1:])}' if m == 1 else escape(words)
                text = f"<p>{drop.replace(' và ', '&nbsp;v&#xE0; ').replace('ng ', 'ng&#8203; ', 1).replace('nh', 'n&shy;h', 2)}</p>"
            blocks.append(text)
        parts.append(Part(f"c{n}.xhtml", page("x", f"<h1>{escape(chapter.title)}</h1>{''.join(blocks)}")))
    epub = Epub(facts(book.metadata), (*parts, nav(entries(book, "c{}.xhtml"))))
    accept("epub3-small-marks.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def sloppy() -> None:
    """Not XML at all: capital tags, open paragraphs, bare ampersands, as old converters wrote."""
    book = work("den-bien")
    parts = []
    for n, chapter in enumerate(book.chapters, 1):
        text = "".join(f"<P ALIGN=justify>{inline(block.raw)}<BR CLEAR=all>" for block in chapter.blocks)
        whole = f"<HTML><HEAD><TITLE>x & y</TITLE><META CHARSET=utf-8></HEAD><BODY BGCOLOR=#ffffff><H2>{escape(chapter.title)}</H2><HR>{text}</BODY>"
        parts.append(Part(f"c{n}.html", whole))
    epub = Epub(facts(book.metadata), (*parts, ncx(entries(book, "c{}.html"))), "2.0", mimetype="")
    accept(
        "epub2-sloppy.epub", epub.zipped(), Expected("hand-made EPUB 2 without mimetype", book.chapters, known(book))
    )


def printed_numbers() -> None:
    """Page numbers and running heads typed between the paragraphs, as scans turned into EPUB have."""
    book = work("den-bien")
    parts, number = [], 7
    for n, chapter in enumerate(book.chapters, 1):
        blocks = []
        for m, block in enumerate(chapter.blocks):
            blocks.append(html(block))
            if m % 2:
                blocks.append(f"<p>– {number} –</p>")
                number += 1
        parts.append(Part(f"c{n}.xhtml", page("x", f"<h1>{escape(chapter.title)}</h1>{''.join(blocks)}")))
    epub = Epub(facts(book.metadata), (*parts, ncx(entries(book, "c{}.xhtml"))), "2.0", mimetype="last")
    expected = Expected(
        "hand-made EPUB 2", book.chapters, known(book), {"page-number": [f"– {n} –" for n in range(7, number)]}
    )
    accept("epub2-printed-numbers.epub", epub.zipped(), expected)


def hidden_fonts() -> None:
    """Fonts veiled by the algorithm of the IDPF, which protects fonts and not the text."""
    book = work("oc-muon-hon")
    veil = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><enc:CipherData>'
        '<enc:CipherReference URI="OEBPS/f.otf"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    font = Part("f.otf", bytes(range(256)), "application/vnd.ms-opentype", "")
    epub = Epub(
        facts(book.metadata),
        (*documents(book), font, nav(entries(book, "c{}.xhtml"))),
        extra={"META-INF/encryption.xml": veil.encode()},
    )
    accept("epub3-veiled-fonts.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def scripted() -> None:
    """Scripts, styles, forms and remote references, none of which are words."""
    book = work("oc-muon-hon")
    parts = [
        Part(
            f"c{n}.xhtml",
            page(
                "x",
                f"<h1>{escape(c.title)}</h1><script>document.write('Không được đọc')</script>"
                f'<img src="http://127.0.0.1:9/x.png" alt=""/>{body(c)}<style>p{{color:red}}</style><p hidden="hidden">Chữ ẩn đi</p>'
                '<p style="display:none">Chữ không hiện</p>',
                '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"/><script src="http://127.0.0.1:9/x.js"/>',
            ),
            properties="scripted",
        )
        for n, c in enumerate(book.chapters, 1)
    ]
    epub = Epub(facts(book.metadata), (*parts, nav(entries(book, "c{}.xhtml"))))
    expected = Expected(
        "hand-made EPUB 3", book.chapters, known(book), unheard=["Không được đọc", "Chữ ẩn đi", "Chữ không hiện"]
    )
    accept("epub3-scripts.epub", epub.zipped(), expected)


def untitled_contents() -> None:
    """The contents say “Chương 1” alone; the name stands in the chapter's own headings."""
    book = work("den-bien")
    parts = []
    for n, chapter in enumerate(book.chapters, 1):
        number, _, name = chapter.title.partition(": ")
        parts.append(Part(f"c{n}.xhtml", page("x", f"<h1>{number}<br/>{escape(name)}</h1>{body(chapter)}")))
    toc = [(c.title.partition(": ")[0], f"c{n}.xhtml", []) for n, c in enumerate(book.chapters, 1)]
    epub = Epub(facts(book.metadata), (*parts, nav(toc)))
    accept("epub3-short-contents.epub", epub.zipped(), Expected("hand-made EPUB 3", book.chapters, known(book)))


def ruby() -> None:
    """Chinese characters with their Vietnamese reading above: the reading is what can be said."""
    title = "Chữ tâm"
    raw = (
        "Thầy đồ viết lên bảng chữ {心|tâm}, nét móc cong như vành trăng, ba nét chấm như ba ngôi sao.",
        "Rồi thầy viết {南國|Nam quốc} và bảo cả lớp đọc theo thật to.",
    )
    made = []
    for text in raw:
        html_text = text
        for pair in ("心|tâm", "南國|Nam quốc"):
            base, above = pair.split("|")
            html_text = html_text.replace(f"{{{pair}}}", f"<ruby>{base}<rp>(</rp><rt>{above}</rt><rp>)</rp></ruby>")
        made.append(f"<p>{html_text}</p>")
    heard = tuple(
        Block(Kind.PROSE, text.replace("{心|tâm}", "tâm").replace("{南國|Nam quốc}", "Nam quốc")) for text in raw
    )
    chapter = Chapter(title, heard)
    part = Part("c1.xhtml", page(title, f"<h1>{title}</h1>{''.join(made)}"))
    meta = {"identifier": "urn:x", "title": "Lớp học cũ", "creator": "Nguyễn Văn Khế", "language": "vi"}
    expected = Expected(
        "hand-made EPUB 3", [chapter], {"title": "Lớp học cũ", "author": "Nguyễn Văn Khế"}, either=["心", "南國"]
    )
    accept("epub3-ruby.epub", Epub(meta, (part, nav([(title, "c1.xhtml", [])]))).zipped(), expected)


ALL = (
    calibre_split, calibre_one_file, indesign, popup_notes, whole_apparatus, guided, unnamed_apparatus, no_contents,
    patterns_only, continued, forgotten, contents_disagree, split_headings, drawn_headings, illustrated, out_of_line,
    quoted_names, utf16, decomposed, tables, small_marks, sloppy, printed_numbers, hidden_fonts, scripted,
    untitled_contents, ruby,
)  # fmt: skip
