"""DOCX files as Word and its users make them, Vietnamese style names, fonts of old encodings and typed headings."""

from __future__ import annotations

import re
import unicodedata

from tests.books.making import legacy
from tests.books.making.apparatus import CONTENTS, COPYRIGHT
from tests.books.making.drawing import picture
from tests.books.making.ooxml import Docx, paragraph, pieces, run
from tests.books.making.prose import Block, Chapter, Kind, Work, work
from tests.books.making.shelf import Expected, accept, known


def facts(book: Work) -> dict[str, str]:
    """Return the properties of a document."""
    return {"dc:title": book.title, "dc:creator": book.author, "dc:language": "vi-VN"}


def simple(block: Block, style: str = "") -> str:
    """Return a block as Word has it, without notes."""
    if block.kind is Kind.VERSE:
        return "".join(paragraph(run(stanza)) for stanza in block.text.split("\n\n"))
    if block.kind is Kind.SECTION:
        return paragraph(run(block.text), "u2")
    return paragraph(pieces(block.text), style)


def body(chapter: Chapter) -> str:
    """Return a chapter's blocks."""
    return "".join(simple(block) for block in chapter.blocks)


def vietnamese_word() -> None:
    """Word in Vietnamese: style names of its own, a contents field, spelling marks, page breaks, a title page."""
    book = work("den-bien")
    rows = "".join(
        paragraph(
            f'<w:hyperlink w:anchor="_Toc{n}">{run(c.title)}{run(chr(9))}'
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF _Toc{n} \\h '
            f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(str(3 * n))}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>',
            "Mucluc1",
        )
        for n, c in enumerate(book.chapters, 1)
    )
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run(CONTENTS))}{rows}</w:sdtContent></w:sdt>"
    )
    text = paragraph(run(book.title), "Tiu") + paragraph(run(book.author)) + contents
    for n, chapter in enumerate(book.chapters, 1):
        text += paragraph(
            f'<w:r><w:br w:type="page"/></w:r><w:bookmarkStart w:id="{n}" w:name="_Toc{n}"/>{pieces(chapter.title)}<w:bookmarkEnd w:id="{n}"/>',
            "u1",
        )
        text += body(chapter)
    accept(
        "docx-word-vietnamese.docx",
        Docx(text, facts(book)).zipped(),
        Expected("Word's structure", book.chapters, known(book), {"contents": [CONTENTS]}),
    )


def notes_and_changes() -> None:
    """Footnotes, an endnote, a comment, deleted, inserted, hidden and moved words, headers and footers."""
    book = work("den-bien")
    text, first = "", 1
    for chapter in book.chapters:
        text += paragraph(run(chapter.title), "u1")
        for block in chapter.blocks:
            made = ""
            for piece in re.split(r"(\^\[.*?\])", block.raw):
                if piece.startswith("^["):
                    kind = "footnote" if first == 1 else "endnote"
                    made += f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{first}"/></w:r>'
                    first += 1
                else:
                    made += changed(piece)
            text += paragraph(made)

    def note(kind: str, n: int) -> str:
        return f'<w:{kind} w:id="{n}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>" + run(" " + book.notes[n - 1]), "VnbanCcchu")}</w:{kind}>'

    rule = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    more = {
        "footnotes": rule + note("footnote", 1),
        "endnotes": note("endnote", 2),
        "comments": f'<w:comment w:id="7" w:author="Biên tập">{paragraph(run("Chỗ này cần xem lại"))}</w:comment>',
        "header1": paragraph(run("Người giữ đèn biển – bản thảo")),
        "footer1": paragraph(
            run("Trang ")
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("17")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
    }
    unheard = ["Chỗ này cần xem lại", "đoạn đã xóa", "chữ giấu", "bản thảo"]
    expected = Expected("Word's structure", book.chapters, known(book), {"note": book.notes}, unheard)
    accept("docx-notes-changes.docx", Docx(text, facts(book), more).zipped(), expected)


def changed(text: str) -> str:
    """Return a piece with words deleted, inserted and hidden around it."""
    head, _, tail = text.partition(" ")
    who = 'w:id="5" w:author="Biên tập" w:date="2020-01-01T00:00:00Z"'
    return (
        run(head)
        + f'<w:del {who}><w:r><w:delText xml:space="preserve"> đoạn đã xóa</w:delText></w:r></w:del>'
        + (f"<w:ins {who}>{run(' ' + tail)}</w:ins>" if tail else run(_))
        + run(" chữ giấu", "<w:vanish/>")
        + '<w:r><w:commentReference w:id="7"/></w:r>'
    )


def typed_headings() -> None:
    """No styles at all: headings are bold, centred and larger; a contents page typed with dots."""
    book = work("oc-muon-hon")
    centred = '<w:jc w:val="center"/>'
    bold = '<w:b/><w:sz w:val="32"/>'
    text = paragraph(run(book.author), more=centred) + paragraph(run(book.title.upper(), bold), more=centred)
    text += paragraph(run(CONTENTS.upper(), "<w:b/>"), more=centred)
    text += "".join(paragraph(run(f"{c.title}{'.' * 20}{5 * n}")) for n, c in enumerate(book.chapters, 1))
    for chapter in book.chapters:
        number, _, name = chapter.title.partition(": ")
        text += (
            paragraph(run(number.upper(), bold), more=centred)
            + paragraph(run(name.upper(), bold), more=centred)
            + body(chapter)
        )
    accept(
        "docx-typed-headings.docx",
        Docx(text, facts(book)).zipped(),
        Expected("Word's structure", book.chapters, known(book), {"contents": [CONTENTS]}),
    )


def capital_headings() -> None:
    """Headings without number: short bold lines in capitals."""
    book = work("tan-van")
    text = "".join(
        paragraph(run(c.title.upper(), "<w:b/>"), more='<w:jc w:val="center"/>') + body(c) for c in book.chapters
    )
    accept(
        "docx-capitals.docx", Docx(text, facts(book)).zipped(), Expected("Word's structure", book.chapters, known(book))
    )


def old_font(name: str, font: str, write: object, encoding: str) -> None:
    """Text of an old encoding shown by its font: the letters in the file are Latin-1."""
    book = work("den-bien")

    def old(text: str) -> str:
        return write(text).decode("latin-1")  # type: ignore[operator]

    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    text = "".join(
        paragraph(run(old(c.title), face + "<w:b/>"), "u1")
        + "".join(paragraph(run(old(block.text), face)) for block in c.blocks)
        for c in book.chapters
    )
    expected = Expected("Word's structure", book.chapters, encoding=encoding)
    accept(name, Docx(text).zipped(), expected)


def old_fonts() -> None:
    """TCVN3 by .VnTime, VNI by VNI-Times."""
    old_font("docx-vntime.docx", ".VnTime", legacy.tcvn3, "TCVN3")
    old_font("docx-vni-times.docx", "VNI-Times", legacy.vni, "VNI")


def text_boxes() -> None:
    """A pull quote in a text box, kept twice in the file (DrawingML and VML), and a drop cap in a frame of its own."""
    book = work("tan-van")
    quote = "Ai đi xa cũng mang theo một mùi nắng"
    box = paragraph(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{paragraph(run(quote))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run(quote))}</w:txbxContent></v:textbox></v:shape>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    frame = '<w:keepNext/><w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
    text = ""
    for n, chapter in enumerate(book.chapters):
        text += paragraph(run(chapter.title), "u1") + (box if n == 1 else "")
        for m, block in enumerate(chapter.blocks):
            if m == 1:
                text += paragraph(run(block.text[0]), more=frame) + paragraph(run(block.text[1:]))
            else:
                text += simple(block)
    accept(
        "docx-boxes-dropcaps.docx",
        Docx(text, facts(book)).zipped(),
        Expected("Word's structure", book.chapters, known(book), either=[quote]),
    )


def parts() -> None:
    """Parts and chapters by heading styles, one of them derived; a page on rights before."""
    book = work("lang-cat")
    text, part = "".join(paragraph(run(line)) for line in COPYRIGHT), ""
    for chapter in book.chapters:
        if chapter.part != part:
            part = chapter.part
            text += paragraph(run(part), "TenChuong")
        text += paragraph(run(chapter.title), "u2") + body(chapter)
    accept(
        "docx-parts.docx",
        Docx(text, facts(book)).zipped(),
        Expected("Word's structure", book.chapters, known(book), {"copyright": COPYRIGHT}),
    )


def decomposed() -> None:
    """NFD text with non-breaking spaces, soft and non-breaking hyphens."""
    book = work("oc-muon-hon")
    text = ""
    for chapter in book.chapters:
        text += paragraph(run(unicodedata.normalize("NFD", chapter.title)), "u1")
        for block in chapter.blocks:
            words = (
                unicodedata.normalize("NFD", block.text).replace(" một ", "\xa0một\xa0").replace("nhanh", "nha\xadnh")
            )
            bravery = unicodedata.normalize("NFD", "can đảm")
            soft = run(words).replace(bravery, bravery.replace(" ", '</w:t><w:softHyphen/><w:t xml:space="preserve"> '))
            text += paragraph(soft)
    accept("docx-nfd.docx", Docx(text, facts(book)).zipped(), Expected("Word's structure", book.chapters, known(book)))


def illustrated() -> None:
    """Pictures in the line of text with their alternative text."""
    book = work("oc-muon-hon")

    def drawing(n: int) -> str:
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="{n}" name="Picture {n}" '
            f'descr="Tranh {n}: chú ốc bên ghềnh"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:blipFill><a:blip r:embed="m{n - 1}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )

    text = ""
    for n, chapter in enumerate(book.chapters, 1):
        blocks = [simple(block) for block in chapter.blocks]
        text += paragraph(run(chapter.title), "u1") + blocks[0] + paragraph(drawing(n)) + "".join(blocks[1:])
    media = {f"image{n}.png": picture("PNG", 200, 150 + n) for n in range(1, 4)}
    accept(
        "docx-pictures.docx",
        Docx(text, facts(book), media=media).zipped(),
        Expected("Word's structure", book.chapters, known(book)),
    )


def table() -> None:
    """A real table with a merged head, numbered and marked lists by Word's numbering."""
    book = work("so-tay")
    text = ""
    for chapter in book.chapters:
        text += paragraph(run(chapter.title), "u1")
        for block in chapter.blocks:
            if block.kind is Kind.TABLE:
                rows = "".join(
                    f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{paragraph(run(cell))}</w:tc>' for cell in row)}</w:tr>"
                    for row in block.rows
                )
                text += f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"
            elif block.kind in (Kind.LIST, Kind.NUMBERED):
                mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
                text += "".join(paragraph(run(row[0]), more=mark) for row in block.rows)
            else:
                text += simple(block)
    accept(
        "docx-tables-lists.docx",
        Docx(text, facts(book)).zipped(),
        Expected("Word's structure", book.chapters, known(book)),
    )


def python_docx() -> None:
    """By python-docx, with its English heading styles and core properties."""
    import io

    import docx

    book = work("hoi-ky")
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = book.title, book.author
    made.add_heading(book.title, 0)
    for chapter in book.chapters:
        made.add_heading(chapter.title, 1)
        for block in chapter.blocks:
            made.add_paragraph(block.text)
        made.add_page_break()
    kept = io.BytesIO()
    made.save(kept)
    accept("docx-python-docx.docx", kept.getvalue(), Expected("python-docx", book.chapters, known(book)))


ALL = (
    vietnamese_word, notes_and_changes, typed_headings, capital_headings, old_fonts, text_boxes, parts, decomposed,
    illustrated, table, python_docx,
)  # fmt: skip
