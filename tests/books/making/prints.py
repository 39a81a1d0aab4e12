"""PDFs as printers make them, by ReportLab and WeasyPrint: running heads, columns, notes, hyphens, numbers of pages."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from pathlib import Path

import fontpkg_be_vietnam_pro
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from tests.books.making import legacy
from tests.books.making.apparatus import CONTENTS, COPYRIGHT, INDEX
from tests.books.making.html import body
from tests.books.making.prose import Block, Chapter, Kind, Work, work
from tests.books.making.shelf import Expected, accept, known

FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent
WIDTH, HEIGHT = A5
HEAD_STYLE = ParagraphStyle(
    "head", fontName="B", fontSize=16, leading=22, alignment=TA_CENTER, spaceBefore=20, spaceAfter=14
)
SECTION_STYLE = ParagraphStyle("section", parent=HEAD_STYLE, fontSize=12, spaceBefore=8, spaceAfter=6)
TEXT_STYLE = ParagraphStyle("text", fontName="V", fontSize=10.5, leading=15, alignment=TA_JUSTIFY, firstLineIndent=14)
VERSE_STYLE = ParagraphStyle(
    "verse", parent=TEXT_STYLE, leftIndent=40, firstLineIndent=0, alignment=0, spaceBefore=8, spaceAfter=8
)
Draw = Callable[[Canvas, int], None]


@cache
def fonts() -> None:
    """Register the letters, regular and bold."""
    for name, file in (("V", "Regular"), ("B", "Bold")):
        pdfmetrics.registerFont(TTFont(name, next(FONTS.rglob(f"*-{file}.ttf"))))
        pdfmetrics.registerFontFamily(name, *([name] * 4))


class Marked(Flowable):
    """Puts an entry into the outline at the place where it stands."""

    def __init__(self, title: str, level: int = 0) -> None:
        super().__init__()
        self.title, self.level = title, level

    def wrap(self, *_: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Write the entry."""
        self.canv.bookmarkPage(self.title)
        self.canv.addOutlineEntry(self.title, self.title, self.level)


def flow(block: Block) -> list[Flowable]:
    """Return a block as it is set."""
    if block.kind is Kind.TABLE:
        return [
            Table(block.rows, style=[("FONT", (0, 0), (-1, -1), "V", 9), ("GRID", (0, 0), (-1, -1), 0.5, "black")]),
            Spacer(0, 8),
        ]
    if block.kind is Kind.VERSE:
        return [Paragraph(escape(stanza).replace("\n", "<br/>"), VERSE_STYLE) for stanza in block.text.split("\n\n")]
    if block.kind in (Kind.LIST, Kind.NUMBERED):
        return [
            Paragraph(f"•&nbsp;{escape(row[0])}" if block.kind is Kind.LIST else f"{n}. {escape(row[0])}", TEXT_STYLE)
            for n, row in enumerate(block.rows, 1)
        ]
    return [Paragraph(escape(block.text), SECTION_STYLE if block.kind is Kind.SECTION else TEXT_STYLE)]


def story(
    chapters: Sequence[Chapter], *, outline: bool = False, break_pages: bool = True, split: bool = False
) -> list[Flowable]:
    """Return chapters as they are set; `split`: number and name of a chapter on lines of their own."""
    fonts()
    made: list[Flowable] = []
    for chapter in chapters:
        if outline:
            made.append(Marked(chapter.title))
        title = escape(chapter.title).replace(": ", "<br/>") if split else escape(chapter.title)
        made.append(Paragraph(title, HEAD_STYLE))
        for block in chapter.blocks:
            made += flow(block)
        if break_pages:
            made.append(PageBreak())
    return made


def pdf(
    flowables: list[Flowable], draw: Draw, *, book: Work | None = None, columns: int = 1, first: Draw | None = None
) -> bytes:
    """Set flowables on pages of A5; `draw` adds heads and feet, `first` does so on pages before the text."""
    kept = io.BytesIO()
    template = BaseDocTemplate(
        kept, pagesize=A5, invariant=1, title=book.title if book else None, author=book.author if book else None
    )
    wide = (WIDTH - 80 - 14 * (columns - 1)) / columns
    frames = [Frame(40 + n * (wide + 14), 50, wide, HEIGHT - 110, 0, 0, 0, 0) for n in range(columns)]

    def after(drawer: Draw) -> Callable[[Canvas, object], None]:
        return lambda canvas, _: drawer(canvas, canvas.getPageNumber())

    pages = [PageTemplate("text", frames, onPageEnd=after(draw))]
    if first:
        pages.insert(
            0, PageTemplate("front", [Frame(40, 50, WIDTH - 80, HEIGHT - 110, 0, 0, 0, 0)], onPageEnd=after(first))
        )
    template.addPageTemplates(pages)
    template.build(flowables)
    return kept.getvalue()


def nothing(canvas: Canvas, number: int) -> None:
    """Draw nothing."""


def centred_number(canvas: Canvas, number: int) -> None:
    """Draw the number of the page below."""
    canvas.setFont("V", 9)
    canvas.drawCentredString(WIDTH / 2, 28, str(number))


def running(left: str, right: str) -> Draw:
    """Return what draws the author on the left pages and the book on the right ones, with numbers at the edges."""

    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont("V", 8)
        if number % 2:
            canvas.drawRightString(WIDTH - 40, HEIGHT - 36, f"{right}    {number}")
        else:
            canvas.drawString(40, HEIGHT - 36, f"{number}    {left}")

    return draw


def one_column() -> None:
    """Running heads, numbers of pages, an outline."""
    book = work("den-bien")
    data = pdf(story(book.chapters, outline=True), running(book.author, book.title), book=book)
    expected = Expected("ReportLab", book.chapters, known(book), {"running-head": []})
    accept("pdf-heads-outline.pdf", data, expected)


def no_outline() -> None:
    """The same without an outline: headings are told by their size and words; chapters begin in mid-page."""
    book = work("den-bien")
    data = pdf(story(book.chapters, break_pages=False), centred_number)
    accept("pdf-no-outline.pdf", data, Expected("ReportLab", book.chapters))


def split_titles() -> None:
    """“Chương 1” and its name on two lines, no outline."""
    book = work("oc-muon-hon")
    accept(
        "pdf-split-titles.pdf",
        pdf(story(book.chapters, split=True), centred_number, book=book),
        Expected("ReportLab", book.chapters, known(book)),
    )


def two_columns() -> None:
    """Two columns a page, headings inside them."""
    book = work("den-bien")
    data = pdf(
        story(book.chapters, break_pages=False, outline=True), running("Tủ sách biển", "Số 12"), book=book, columns=2
    )
    accept(
        "pdf-two-columns.pdf",
        data,
        Expected("ReportLab", book.chapters, known(book), {"running-head": ["Tủ sách biển"]}),
    )


def front_and_index() -> None:
    """Title page, rights, typed contents with dots, Roman numbers before the text, an index behind it."""
    book = work("tan-van")
    fonts()
    rows = [Paragraph(f"{escape(c.title)} {'.' * 40} {2 * n + 1}", TEXT_STYLE) for n, c in enumerate(book.chapters)]
    front: list[Flowable] = [
        Spacer(0, 120), Paragraph(book.author, SECTION_STYLE), Paragraph(book.title.upper(), HEAD_STYLE),
        Paragraph(book.metadata["publisher"], SECTION_STYLE), PageBreak(),
        *(Paragraph(line, TEXT_STYLE) for line in COPYRIGHT), PageBreak(),
        Paragraph(CONTENTS, HEAD_STYLE), *rows, NextPageTemplate("text"), PageBreak(),
    ]  # fmt: skip
    back = [Paragraph("Bảng tra cứu", HEAD_STYLE), *(Paragraph(line, TEXT_STYLE) for line in INDEX)]

    def roman(canvas: Canvas, number: int) -> None:
        canvas.setFont("V", 9)
        canvas.drawCentredString(WIDTH / 2, 28, ("i", "ii", "iii", "iv")[number - 1])

    def arabic(canvas: Canvas, number: int) -> None:
        canvas.setFont("V", 9)
        canvas.drawCentredString(WIDTH / 2, 28, f"- {number - 3} -")

    data = pdf([*front, *story(book.chapters), *back], arabic, book=book, first=roman)
    accept(
        "pdf-front-index.pdf",
        data,
        Expected(
            "ReportLab",
            book.chapters,
            known(book),
            {"copyright": COPYRIGHT, "contents": [CONTENTS], "index": INDEX, "page-number": []},
        ),
    )


def capitals() -> None:
    """Chapters named in capitals without a number, verse between prose."""
    book = work("tan-van")
    shouted = [Chapter(c.title.upper(), c.blocks) for c in book.chapters]
    accept(
        "pdf-capitals-verse.pdf",
        pdf(story(shouted), centred_number, book=book),
        Expected("ReportLab", book.chapters, known(book)),
    )


def parts() -> None:
    """Parts on pages of their own, with an outline of two levels."""
    book = work("lang-cat")
    fonts()
    made: list[Flowable] = []
    part = ""
    for chapter in book.chapters:
        if chapter.part != part:
            part = chapter.part
            made += [Marked(part), Spacer(0, 150), Paragraph(part, HEAD_STYLE), PageBreak()]
        made += [Marked(chapter.title, 1), *story([chapter])]
    accept(
        "pdf-parts-outline.pdf", pdf(made, centred_number, book=book), Expected("ReportLab", book.chapters, known(book))
    )


def table() -> None:
    """A ruled table and lists."""
    book = work("so-tay")
    accept(
        "pdf-table.pdf",
        pdf(story(book.chapters, outline=True), centred_number, book=book),
        Expected("ReportLab", book.chapters, known(book)),
    )


def decomposed() -> None:
    """Letters and tones as glyphs of their own, as some makers write: the text layer is NFD."""
    book = work("oc-muon-hon")
    loose = [
        Chapter(c.title, tuple(Block(Kind.PROSE, unicodedata.normalize("NFD", block.text)) for block in c.blocks))
        for c in book.chapters
    ]
    accept(
        "pdf-nfd.pdf",
        pdf(story(loose, outline=True), centred_number, book=book),
        Expected("ReportLab", book.chapters, known(book)),
    )


def old_letters() -> None:
    """TCVN3 letters in a Latin font, as printed from .VnTime: the text layer is Latin-1."""
    book = work("den-bien")
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A5, invariant=1)
    number = 1
    for chapter in book.chapters:
        y = HEIGHT - 60
        canvas.setFont("Times-Bold", 16)
        canvas.drawCentredString(WIDTH / 2, y, legacy.tcvn3(chapter.title).decode("latin-1"))
        y -= 30
        for block in chapter.blocks:
            words, line = legacy.tcvn3(block.text).decode("latin-1").split(" "), "    "
            for word in [*words, ""]:
                if word and pdfmetrics.stringWidth(f"{line} {word}", "Times-Roman", 11) < WIDTH - 80:
                    line = f"{line} {word}" if line.strip() else line + word
                    continue
                canvas.setFont("Times-Roman", 11)
                canvas.drawString(40, y, line)
                y, line = y - 15, word
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(WIDTH / 2, 28, str(number))
        number += 1
        canvas.showPage()
    canvas.save()
    accept("pdf-tcvn3.pdf", kept.getvalue(), Expected("ReportLab", book.chapters, encoding="TCVN3"))


def woven() -> None:
    """By WeasyPrint: notes at the foot of the page, hyphenated foreign words, ligatures, running heads, an outline."""
    book = work("den-bien")
    style = (
        "@page{size:A5;margin:22mm 18mm;@top-center{content:string(t);font-size:8pt}@bottom-center{content:counter(page);font-size:8pt}}"
        "h1{string-set:t content();break-before:page;text-align:center}body{font:10.5pt/1.5 'DejaVu Serif';text-align:justify;hyphens:auto}"
        "p{margin:0;text-indent:5mm}.n{float:footnote;font-size:8pt}"
    )
    foreign = "Ông vẫn giữ bức thư của ngài lighthouse-keeper Archibald Featherstonehaugh, officially the chief lighthousekeeper of northwestern Scotland, người từng specifically characterized the extraordinarily difficult responsibilities of the international lighthouse administration."
    chapters = [
        *book.chapters[:-1],
        Chapter(book.chapters[-1].title, (*book.chapters[-1].blocks, Block(Kind.PROSE, foreign))),
    ]
    text = "".join(
        f"<h1>{escape(c.title)}</h1>" + body(c, lambda _, note: f'<span class="n">{escape(note)}</span>')
        for c in chapters
    ).replace(escape(foreign), f'<span lang="en">{escape(foreign)}</span>')
    page = f'<html lang="vi"><head><meta name="author" content="{book.author}"><title>{book.title}</title><style>{style}</style></head><body>{text}</body></html>'
    accept(
        "pdf-weasyprint-notes.pdf",
        weasy(page),
        Expected("WeasyPrint", chapters, known(book), {"note": book.notes, "page-number": []}),
    )


def woven_columns() -> None:
    """By WeasyPrint: two columns under headings that span both, large first letters."""
    book = work("hoi-ky")
    style = (
        "@page{size:A4;margin:20mm;@bottom-right{content:'Trang ' counter(page)}}h2{text-align:center;break-before:page}"
        "div{columns:2;column-gap:9mm;text-align:justify}body{font:11pt/1.5 'DejaVu Serif'}p{margin:0 0 2mm}"
        "div>p:first-child::first-letter{font-size:26pt;line-height:1}"
    )
    text = "".join(f"<h2>{escape(c.title)}</h2><div>{body(c)}</div>" for c in book.chapters)
    page = f'<html lang="vi"><head><meta name="author" content="{book.author}"><title>{book.title}</title><style>{style}</style></head><body>{text}</body></html>'
    accept("pdf-weasyprint-columns.pdf", weasy(page), Expected("WeasyPrint", book.chapters, known(book)))


def weasy(page: str) -> bytes:
    """Return a page set by WeasyPrint."""
    import weasyprint

    made = weasyprint.HTML(string=page).write_pdf()
    assert isinstance(made, bytes)
    return made


ALL = (
    one_column,
    no_outline,
    split_titles,
    two_columns,
    front_and_index,
    capitals,
    parts,
    table,
    decomposed,
    old_letters,
    woven,
    woven_columns,
)
