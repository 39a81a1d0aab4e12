"""Plain text and Markdown in every encoding and layout that offices have kept."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable

from tests.books.making import legacy
from tests.books.making.apparatus import COPYRIGHT
from tests.books.making.prose import Block, Chapter, Kind, Work, work
from tests.books.making.shelf import Expected, accept, known


def text(book: Work, *, heading: Callable[[str], str] = str, join: str = "\n\n", width: int = 0) -> str:
    """Return a work as plain text; `width` breaks lines as typewriters did."""
    made = []
    for chapter in book.chapters:
        made.append(heading(chapter.title))
        made += [
            textwrap.fill(block.text, width) if width and block.kind is Kind.PROSE else block.text
            for block in chapter.blocks
        ]
    return join.join(made) + "\n"


def unicode_files() -> None:
    """UTF-8 with and without mark, UTF-16 either way round, NFD, with each kind of line end."""
    book = work("den-bien")
    plain = text(book)
    for name, data, encoding in (
        ("txt-utf8.txt", plain.encode(), "UTF-8"),
        ("txt-utf8-bom-crlf.txt", plain.replace("\n", "\r\n").encode("utf-8-sig"), "UTF-8"),
        ("txt-utf16le.txt", plain.replace("\n", "\r\n").encode("utf-16"), "UTF-16"),
        ("txt-utf16be.txt", b"\xfe\xff" + plain.encode("utf-16-be"), "UTF-16"),
        ("txt-nfd-cr.txt", unicodedata.normalize("NFD", plain).replace("\n", "\r").encode(), "UTF-8"),
    ):
        accept(name, data, Expected("hand-made", book.chapters, encoding=encoding))


def old_files() -> None:
    """Windows-1258, TCVN3, VNI and VPS."""
    for name, book, write, encoding in (
        ("txt-cp1258.txt", "den-bien", legacy.cp1258, "Windows-1258"),
        ("txt-tcvn3.txt", "den-bien", legacy.tcvn3, "TCVN3"),
        ("txt-vni.txt", "den-bien", legacy.vni, "VNI"),
        ("txt-vps.txt", "den-bien", legacy.vps, "VPS"),
        ("txt-tcvn3-spelled.txt", "oc-muon-hon", legacy.tcvn3, "TCVN3"),
        ("txt-vni-parts.txt", "hoi-ky", legacy.vni, "VNI"),
    ):
        found = work(book)
        accept(name, write(text(found).replace("\n", "\r\n")), Expected("hand-made", found.chapters, encoding=encoding))


def wrapped() -> None:
    """Lines broken at 65 characters, paragraphs indented and not parted by blank lines."""
    book = work("den-bien")
    made = []
    for chapter in book.chapters:
        made.append("\n\n" + chapter.title.upper().replace(": ", "\n").center(65).rstrip() + "\n")
        made += [textwrap.fill(block.text, 65, initial_indent="    ") for block in chapter.blocks]
    accept("txt-wrapped-indented.txt", "\n".join(made).encode(), Expected("hand-made", book.chapters))
    accept("txt-wrapped.txt", text(book, width=60).encode(), Expected("hand-made", book.chapters))


def one_line_paragraphs() -> None:
    """Each line is a paragraph, no blank lines at all."""
    book = work("oc-muon-hon")
    accept("txt-line-a-paragraph.txt", text(book, join="\n").encode(), Expected("hand-made", book.chapters))


def capitals() -> None:
    """Headings are lines in capitals; a title page and a page on rights before them."""
    book = work("tan-van")
    front = (
        f"{book.author.upper()}\n\n{book.title.upper()}\n\n{book.metadata['publisher']}\n\n\n"
        + "\n".join(COPYRIGHT)
        + "\n\n\n"
    )
    accept(
        "txt-capitals.txt",
        (front + text(book, heading=str.upper)).encode(),
        Expected("hand-made", book.chapters, left_out={"copyright": COPYRIGHT}),
    )


def numbered() -> None:
    """Headings by number alone: Roman numbers, “Phần”, “Quyển”, “Truyện thứ”, “Mục”."""
    book = work("den-bien")
    for name, titles in (
        (
            "txt-roman.txt",
            ("I. Mở đầu", "II. Ngọn đèn", "III. Đêm bão", "IV. Buổi sáng", "V. Học việc", "VI. Không tắt"),
        ),
        (
            "txt-truyen.txt",
            ("Truyện thứ nhất", "Truyện thứ hai", "Truyện thứ ba", "Truyện thứ tư", "Truyện thứ năm", "Truyện thứ sáu"),
        ),
        ("txt-muc.txt", ("Mục 1. Mở đầu", "Mục 2. Đèn", "Mục 3. Bão", "Mục 4. Sáng", "Mục 5. Học", "Mục 6. Hết")),
        ("txt-quyen.txt", ("QUYỂN MỘT", "QUYỂN HAI", "QUYỂN BA", "QUYỂN BỐN", "QUYỂN NĂM", "QUYỂN SÁU")),
        (
            "txt-chuong-tens.txt",
            (
                "Chương mười chín",
                "Chương hai mươi",
                "Chương hai mươi mốt",
                "Chương hai mươi lăm",
                "Chương ba mươi",
                "Chương ba mươi tư",
            ),
        ),
    ):
        chapters = [Chapter(title, old.blocks) for title, old in zip(titles, book.chapters, strict=True)]
        accept(name, text(Work(book.metadata, tuple(chapters))).encode(), Expected("hand-made", chapters))


def talk_of_chapters() -> None:
    """Sentences that begin like headings and are none."""
    book = work("oc-muon-hon")
    more = "Chương trình văn nghệ đêm ấy kéo dài đến khuya, phần ai nấy hát, bài nào cũng vui.\n\nHồi đó biển còn nhiều cá lắm.\n\nPhần tôi, tôi chỉ ngồi nghe.\n\nTập truyện này còn dài."
    blocks = tuple(Block(Kind.PROSE, raw) for raw in more.split("\n\n"))
    chapters = [Chapter(c.title, (*c.blocks[:2], *blocks, *c.blocks[2:])) for c in book.chapters]
    accept(
        "txt-false-headings.txt", text(Work(book.metadata, tuple(chapters))).encode(), Expected("hand-made", chapters)
    )


def markdown() -> None:
    """Markdown with front matter and notes, with underlined headings, with HTML in it."""
    book = work("den-bien")
    _, head, body = book.source.split("---\n", 2)
    notes, made = [], body
    for n, note in enumerate(book.notes, 1):
        made = made.replace(f"^[{note}]", f"[^{n}]")
        notes.append(f"[^{n}]: {note}")
    accept(
        "md-front-matter.md",
        f"---\n{head}---\n{made}\n\n{chr(10).join(notes)}\n".encode(),
        Expected("hand-made", book.chapters, known(book), {"note": book.notes}),
    )
    book = work("tan-van")
    body = book.source.split("---\n", 2)[2]
    lines = []
    for line in body.splitlines():
        heading = line[2:] if line.startswith("# ") else line[3:] if line.startswith("## ") else ""
        lines.append(f"{heading}\n{('=' if line.startswith('# ') else '-') * len(heading)}" if heading else line)
    made = "\n".join(lines).replace("| ", "", 0)
    verse = "\n".join(
        f"{line[2:]}  " if line.startswith("| ") else "" if line == "|" else line for line in made.splitlines()
    )
    accept("md-underlined.markdown", verse.encode(), Expected("hand-made", book.chapters))
    book = work("so-tay")
    body = (
        book.source.split("---\n", 2)[2].replace("nước nhĩ.", "<b>nước nhĩ</b>.").replace("Gạo ngâm", "**Gạo** _ngâm_")
    )
    accept(
        "md-table-html.md",
        ("<!-- Ghi chú của người gõ -->\n\n" + body).encode(),
        Expected("hand-made", book.chapters, unheard=["Ghi chú của người gõ"]),
    )


ALL = (unicode_files, old_files, wrapped, one_line_paragraphs, capitals, numbered, talk_of_chapters, markdown)
