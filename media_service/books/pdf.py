"""PDF with a text layer into a Book by PDFium, one page open at a time; a scan is told, or read with OCR where asked.

Where lines stand is read here; what they mean together is the domain's.
"""

from __future__ import annotations

import mmap
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from media_service.books.gathering import Gathering, read_again
from media_service.books.package import isbn_in
from media_service.books.pdf_page import PageLetters, page_images
from media_service.books.source import Source
from media_service.domain.book import Block, Book, Entry, Format, Heading, Image, Metadata, Place, Role, count_words
from media_service.domain.mending import mended
from media_service.domain.page_blocks import PageReader, measures
from media_service.domain.page_lines import Line, in_order, with_furniture
from media_service.domain.titles import folded
from media_service.errors import InputError, SetupError, refused
from media_service.messages import Message, message

MOST_PAGES = 10_000
FEWEST_WORDS = 3
"""Words of a page, below which it counts as a picture of one."""
_SAMPLE = 40
"""Pages that are measured before reading begins."""
_AHEAD = 8
"""Pages that are held at a time, to see what repeats."""
_JUNK = re.compile(
    r"^(?:microsoft word|untitled|không có tiêu đề|document\d*|tài liệu\d*|\(?(?:unspecified|anonymous)\)?)\b"
    r"|\.(?:docx?|indd|pmd|qxd|pdf)$",
    re.IGNORECASE,
)
"""What programs write where nobody has said anything."""

_Page = tuple[tuple[Line, ...], list[tuple[float, Image]]]


def read_pdf(source: Source) -> Book:
    """Read a PDF; raises InputError where it is locked, damaged, too long, or a scan that nobody asked to recognise."""
    document = _opened(source)
    try:
        count = len(document)
        if not count or count > MOST_PAGES:
            said = message("This PDF has {count} pages; at most {most} are read. Cut it.", count=count, most=MOST_PAGES)
            raise refused(source.named, said)
        into = Gathering()
        sampled = _Pages(source, document, Gathering(), images=False)
        usual = measures(lines for lines, _ in map(sampled.page, _sample(count)))
        pages = _Pages(source, document, into)
        pages.recognised |= sampled.recognised
        reader = PageReader(usual)
        for lines, images in _with_furniture(pages.page(number) for number in range(count)):
            reader.page(lines, images)
        blocks = reader.finish()
        if pages.scanned and count_words(" ".join(getattr(block, "text", "") for block in blocks)) < 3 * count:
            raise refused(source.named, _scan(source))
        if pages.scanned:
            said = message(
                "These pages are pictures without text and are missing: {pages}.", pages=_ranges(pages.scanned)
            )
            into.remark(said)
        blocks, encoding = read_again(_without_repeated(blocks, count))
        contents = tuple(_contents(document, blocks))
        return Book(
            Format.PDF,
            blocks,
            into.encoding(encoding),
            _metadata(document),
            contents,
            remarks=tuple(into.remarks),
            omitted=into.omissions(),
        )
    finally:
        document.close()


def _opened(source: Source) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.path)
    except pypdfium2.PdfiumError as exc:
        raise _locked_or_damaged(source, exc) from exc


def _locked_or_damaged(source: Source, exc: pypdfium2.PdfiumError) -> InputError:
    if getattr(exc, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and _encrypted(source.path):
        return refused(source.named, message("This PDF is locked with a password; save it without one."))
    return refused(source.named, message("This PDF is damaged and cannot be opened; copy or save it again."))


def _encrypted(path: Path) -> bool:
    """Tell whether a file says of itself that it is: PDFium may give the reason of an earlier file's refusal."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b"/Encrypt") >= 0


def _scan(source: Source) -> Message:
    if source.ocr:
        return message("Even with recognition no text was found in this scan.")
    return message(
        "This PDF is a scan: its pages are pictures without text. Import it with --ocr, or find a copy with text."
    )


class _Pages:
    """Reads pages one by one, each closed before the next is opened."""

    def __init__(
        self, source: Source, document: pypdfium2.PdfDocument, into: Gathering, *, images: bool = True
    ) -> None:
        self._source = source
        self._document = document
        self._into = into
        self._images = images
        self.scanned: list[int] = []
        self.recognised: dict[int, tuple[Line, ...]] = {}
        """Pages whose letters have been recognised already, which takes seconds each."""

    def page(self, number: int) -> _Page:
        """Return the lines of a page in reading order, and its pictures with their upper edges."""
        try:
            page = self._document[number]
        except pypdfium2.PdfiumError:
            if self._images:
                self._into.remark(message("This page is damaged; it is missing."), Place(page=number + 1))
            return (), []
        try:
            lines = in_order(tuple(PageLetters(page, number + 1, self._into).lines()))
            few = sum(count_words(line.text) for line in lines) < FEWEST_WORDS
            if few and page_images(page, None, number + 1)[1]:
                return self._recognised(page, number + 1) or lines, []
            if not self._images:
                return lines, []
            for line in lines:
                for mark in line.marks:
                    self._into.leave_out(mark, Role.NOTE_MARK, Place(page=number + 1))
            return lines, page_images(page, self._source.pictures, number + 1)[0]
        finally:
            page.close()

    def _recognised(self, page: pypdfium2.PdfPage, number: int) -> tuple[Line, ...]:
        if not self._source.ocr:
            self.scanned.append(number)
            return ()
        try:
            from media_service.books.ocr import DPI, recognised  # noqa: PLC0415  # its library is an extra
        except ModuleNotFoundError as exc:
            said = message("Recognising letters needs an addition to this program; install media-service[ocr].")
            raise SetupError(said) from exc
        lines = self.recognised.pop(number, ())
        if not lines:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
            lines = recognised(picture, number, page.get_height())
        if not self._images:
            self.recognised[number] = lines
        if not lines:
            self.scanned.append(number)
        return lines


def _sample(count: int) -> Iterator[int]:
    step = max(1, count // _SAMPLE)
    return iter(range(0, count, step))


def _with_furniture(pages: Iterator[_Page]) -> Iterator[_Page]:
    """Yield pages with running heads and page numbers told; some pages before and behind each are looked at."""
    held: deque[_Page] = deque()
    at = 0
    for page in pages:
        held.append(page)
        if len(held) > 2 * _AHEAD:
            if at > _AHEAD:
                held.popleft()
                at -= 1
            yield _told(held, at)
            at += 1
    while at < len(held):
        yield _told(held, at)
        at += 1


def _told(held: deque[_Page], at: int) -> _Page:
    return with_furniture([lines for lines, _ in held], at), held[at][1]


def _without_repeated(blocks: tuple[Block, ...], pages: int) -> Iterator[Block]:
    """Yield blocks; a picture that stands on many pages is decoration."""
    times = Counter(block.picture for block in blocks if isinstance(block, Image))
    often = {picture for picture, count in times.items() if count > max(3, pages // 10)}
    for block in blocks:
        if isinstance(block, Image) and block.picture in often:
            yield replace(block, role=Role.DECORATION)
        else:
            yield block


def _contents(document: pypdfium2.PdfDocument, blocks: tuple[Block, ...]) -> Iterator[Entry]:
    """Yield the document's bookmarks, each with the block that it means on its page."""
    first: dict[int, int] = {}
    for at, block in enumerate(blocks):
        if block.role is Role.TEXT:
            first.setdefault(block.place.page, at)
    for mark in document.get_toc(max_depth=6):
        target = mark.get_dest()
        page = target.get_index() if target else None
        title = mended(mark.get_title())
        if page is None or not title:
            continue
        begin = next((first[known] for known in range(page + 1, page + 4) if known in first), None)
        if begin is not None:
            yield Entry(title, mark.level + 1, _meant(title, begin, blocks))


def _meant(title: str, begin: int, blocks: tuple[Block, ...]) -> int:
    """Return the block on a page that says a title, else the first one."""
    wanted = folded(title)
    page = blocks[begin].place.page
    for at in range(begin, len(blocks)):
        if blocks[at].place.page > page:
            break
        if blocks[at].role is not Role.TEXT:
            continue
        text = folded(getattr(blocks[at], "text", ""))
        if text and (
            text == wanted or wanted.startswith(text + " ") or (isinstance(blocks[at], Heading) and text in wanted)
        ):
            return at
    return begin


def _metadata(document: pypdfium2.PdfDocument) -> Metadata:
    try:
        said = document.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return Metadata()
    known = {name: "" if _JUNK.search(mended(value)) else mended(value) for name, value in said.items()}
    return Metadata(
        title=known.get("Title", ""),
        author=known.get("Author", ""),
        isbn=isbn_in(known.get("Subject", ""), known.get("Keywords", "")),
        description=known.get("Subject", ""),
        subjects=tuple(one.strip() for one in re.split("[,;]", known.get("Keywords", "")) if one.strip()),
    )


def _ranges(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:20]))
    return shown if len(pages) <= 20 else f"{shown}…"
