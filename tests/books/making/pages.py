"""HTML as it lies about: saved by Word, by old tools in old encodings, with navigation and advertising around the text."""

from __future__ import annotations

from html import escape

from tests.books.making import legacy
from tests.books.making.html import body, html, inline
from tests.books.making.prose import Kind, Work, work
from tests.books.making.shelf import Expected, accept, known


def by_word() -> None:
    """Saved by Word: conditional comments, `o:p`, mso styles, footnotes at the end, Windows-1258."""
    book = work("den-bien")
    text, first = "", 1
    for chapter in book.chapters:
        text += f"<h1><span lang=VI style='mso-fareast-language:EN-US'>{escape(chapter.title)}<o:p></o:p></span></h1>\n"
        for block in chapter.blocks:
            mark = '<a style=\'mso-footnote-id:ftn{0}\' href="#_ftn{0}" name="_ftnref{0}"><span class=MsoFootnoteReference>[{0}]</span></a>'
            text += f"<p class=MsoNormal style='text-align:justify'><span lang=VI>{inline(block.raw, lambda k, _, mark=mark: mark.format(k), first)}<o:p></o:p></span></p>\n"
            first += len(block.notes)
    notes = "".join(
        f'<div style=\'mso-element:footnote\' id=ftn{k}><p class=MsoFootnoteText><a href="#_ftnref{k}" name="_ftn{k}">[{k}]</a> {escape(note)}</p></div>'
        for k, note in enumerate(book.notes, 1)
    )
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1258">'
        f'<meta name=Generator content="Microsoft Word 11"><title>{escape(book.title)}</title><!--[if gte mso 9]><xml><o:DocumentProperties>'
        f"<o:Author>{escape(book.author)}</o:Author></o:DocumentProperties></xml><![endif]--><style><!-- p.MsoNormal {{margin:0}} --></style></head>"
        f"<body lang=EN-US><div class=Section1>{text}</div><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr size=1><![endif]>{notes}</div></body></html>"
    )
    expected = Expected(
        "Word's HTML", book.chapters, known(book, "title"), {"note": book.notes}, encoding="windows-1258"
    )
    accept("html-word-1258.html", legacy.cp1258(page), expected)


def old_page() -> None:
    """A page of 2001: table layout, `<br><br>` for paragraphs, VNI letters by font, no charset."""
    book = work("oc-muon-hon")

    def old(text: str) -> str:
        return legacy.vni(text).decode("latin-1")

    text = "".join(
        f'<p align=center><font face="VNI-Times" size=5 color="#800000"><b>{old(c.title)}</b></font></p><font face="VNI-Times" size=3>'
        + "<br><br>\n".join("&nbsp;&nbsp;&nbsp;" + escape(old(block.text), quote=False) for block in c.blocks)
        + "</font>"
        for c in book.chapters
    )
    page = (
        f"<HTML><HEAD><TITLE>{old(book.title)}</TITLE></HEAD><BODY><TABLE width=700 border=0><TR><TD width=120 valign=top></TD>"
        f"<TD>{text}</TD></TR></TABLE></BODY></HTML>"
    )
    accept("html-old-vni.htm", page.encode("latin-1"), Expected("hand-made HTML", book.chapters, encoding="VNI"))


def site() -> None:
    """A page of a site: menus, share buttons, scripts, comments and a footer around the article."""
    book = work("tan-van")
    text = "".join(
        f"<h2>{escape(c.title)}</h2>{body(c).replace('<h2>', '<h3>').replace('</h2>', '</h3>')}" for c in book.chapters
    )
    around = (
        "Trang chủ",
        "Đăng nhập",
        "Chia sẻ lên mạng xã hội",
        "Bản quyền thuộc Trang Văn Biển",
        "Không chạy được mã",
    )
    page = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(book.title)}</title>'
        f'<meta name="author" content="{escape(book.author)}"><script>alert("{around[4]}")</script></head><body>'
        f'<header><nav><a href="/">{around[0]}</a> <a href="/in">{around[1]}</a></nav></header><main><article><h1>{escape(book.title)}</h1>'
        f'{text}</article></main><aside><button>{around[2]}</button></aside><iframe src="http://127.0.0.1:9/"></iframe>'
        f"<footer>{around[3]}</footer><noscript>{around[4]}</noscript></body></html>"
    )
    accept("html-site.html", page.encode(), Expected("hand-made HTML5", book.chapters, known(book), unheard=around))


def utf16() -> None:
    """UTF-16 with a mark, which says so itself although its meta tag says otherwise."""
    book = work("so-tay")
    page = f'<html><head><meta charset="utf-8"><title>{book.title}</title></head><body>{chapters(book)}</body></html>'
    accept(
        "html-utf16.html",
        page.encode("utf-16"),
        Expected("hand-made HTML", book.chapters, {"title": book.title}, encoding="UTF-16"),
    )


def chapters(book: Work) -> str:
    """Return all chapters under headings of the first level."""
    return "".join(f"<h1>{escape(c.title)}</h1>{body(c)}" for c in book.chapters)


def fragments() -> None:
    """No headings at all: bold lines, named anchors and a contents list of links at the top."""
    book = work("hoi-ky")
    links = "".join(f'<li><a href="#c{n}">{escape(c.title)}</a></li>' for n, c in enumerate(book.chapters))
    text = "".join(f'<p><a name="c{n}"></a><b>{escape(c.title)}</b></p>{body(c)}' for n, c in enumerate(book.chapters))
    page = f'<html><head><meta charset="utf-8"><title>{book.title}</title></head><body><p>Mục lục</p><ul>{links}</ul>{text}</body></html>'
    accept(
        "html-contents-links.html",
        page.encode(),
        Expected("hand-made HTML", book.chapters, {"title": book.title}, {"contents": ["Mục lục"]}),
    )


def parts() -> None:
    """Parts and chapters by levels of headings; paragraphs left open."""
    book = work("lang-cat")
    text, part = "", ""
    for chapter in book.chapters:
        text += "" if chapter.part == part else f"<H1>{escape(chapter.part)}</H1>\n"
        part = chapter.part
        text += f"<H2>{escape(chapter.title)}</H2>\n" + "\n".join(f"<P>{inline(block.raw)}" for block in chapter.blocks)
    accept(
        "html-parts.html",
        f"<meta charset=utf-8><title>{book.title}</title>{text}".encode(),
        Expected("hand-made HTML", book.chapters),
    )


def entities() -> None:
    """Every letter that is not ASCII written as an entity, half of them named, in a file that says Latin-1."""
    book = work("tan-van")
    text = "".join(
        f"<h1>{escape(c.title)}</h1>"
        + "".join(
            html(block) if block.kind is not Kind.PROSE else f"<p>{escape(block.text, quote=False)}</p>"
            for block in c.blocks
        )
        for c in book.chapters
    )
    coded = text.encode("ascii", "xmlcharrefreplace").decode()
    for code, name in ((224, "agrave"), (226, "acirc"), (244, "ocirc"), (234, "ecirc"), (8220, "ldquo")):
        coded = coded.replace(f"&#{code};", f"&{name};")
    page = f'<html><head><meta charset="iso-8859-1"><title>x</title></head><body>{coded}</body></html>'
    accept("html-entities.html", page.encode("ascii"), Expected("hand-made HTML", book.chapters))


ALL = (by_word, old_page, site, utf16, fragments, parts, entities)
