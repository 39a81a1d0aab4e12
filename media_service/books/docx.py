"""DOCX into a Book: read from its own XML, where changes, notes, text boxes and old fonts can still be told apart.

No library is between: python-docx and mammoth open the archive themselves, which must not happen before it is counted,
and neither tells deleted, hidden and boxed words from the text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from media_service.books.archive import Archive, LostEntryError
from media_service.books.docx_numbers import Numbers, read_numbers
from media_service.books.docx_styles import Style, font_of, on, read_styles
from media_service.books.gathering import Gathering, read_again
from media_service.books.markup import Element, first, found, name_of, value_of, words_of, xml
from media_service.books.package import read_metadata
from media_service.books.pictures import DecorationError, NoPictureError
from media_service.books.source import Source
from media_service.domain.book import Book, Entry, Format, Heading, Metadata, Place, Role
from media_service.domain.verse_looks import looks_like_verse
from media_service.errors import refused
from media_service.messages import message

DOCUMENT = "word/document.xml"
LINE = "\x0b"
_ASIDE = frozenset(
    ("del", "movefrom", "instrtext", "deltext", "delinstrtext", "commentreference", "ppr", "rpr", "pict")
)
_DEEPEST = 100


def read_docx(source: Source, archive: Archive) -> Book:
    """Read a DOCX; raises InputError where it holds no text."""
    into = Gathering()
    root = _part(archive, DOCUMENT)
    body = first(root, "body") if root is not None else None
    if root is None or body is None:
        raise refused(
            source.named, message("This Word file is damaged: its text cannot be read. Save it anew in Word.")
        )
    if archive.salvaged or archive.damaged:
        into.remark(message("This file is damaged: its list of contents is lost. What could be found was read."))
    walk = DocxWalk(into, source, archive, read_styles(_part(archive, "word/styles.xml")))
    walk.numbers = read_numbers(_part(archive, "word/numbering.xml"))
    walk.targets = _targets(archive)
    walk.blocks(body, Role.TEXT, 0)
    walk.finish()
    _asides(archive, into)
    blocks, encoding = read_again(into.blocks)
    if not any(getattr(block, "text", "") for block in blocks):
        raise refused(source.named, message("There is no text in this file."))
    core = _part(archive, "docProps/core.xml")
    return Book(
        Format.DOCX,
        blocks,
        into.encoding(encoding),
        read_metadata(core) if core is not None else Metadata(),
        contents=_contents(walk),
        remarks=tuple(into.remarks),
        omitted=into.omissions(),
    )


@dataclass(slots=True)
class DocxWalk:
    """Reads the body of a document."""

    into: Gathering
    source: Source
    archive: Archive
    styles: Mapping[str, Style]
    numbers: Numbers = field(default_factory=lambda: Numbers({}))
    targets: Mapping[str, str] = field(default_factory=dict)
    titles: list[tuple[str, int, int]] = field(default_factory=list)
    """Headings that Word numbers by itself: (title, level, block)."""
    _cap: str = ""
    _boxes: list[Element] = field(default_factory=list)
    _images: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, parent: Element, role: Role, depth: int) -> None:
        """Gather paragraphs and tables under an element."""
        for child in parent:
            name = name_of(child)
            if name == "p":
                self._paragraph(child, role)
            elif name == "tbl":
                self._table(child, role)
            elif name in {"sdt", "sdtcontent", "ins", "moveto", "customxml", "smarttag"} and depth < _DEEPEST:
                gallery = first(child, "docpartgallery") if name == "sdt" else None
                listed = gallery is not None and "contents" in value_of(gallery, "val").lower()
                self.blocks(child, Role.CONTENTS if listed else role, depth + 1)

    def finish(self) -> None:
        """Give out what waited for a paragraph that did not come."""
        if self._cap:
            self.into.paragraph(self._cap, Place())

    def _paragraph(self, element: Element, role: Role) -> None:
        properties = next((child for child in element if name_of(child) == "ppr"), None)
        style = self.styles.get(_said(properties, "pstyle"), self.styles.get("", Style()))
        text = self._words(element, style, 0)
        frame = first(properties, "framepr") if properties is not None else None
        if frame is not None and value_of(frame, "dropCap") in {"drop", "margin"} and text.strip():
            self._cap = text.strip()
            return
        if self._cap and text.strip():
            text, self._cap = self._cap + text.lstrip(), ""
        place = Place(line=element.sourceline or 0)
        for picture, alt in self._images:
            self.into.image(picture, alt, place, role)
        self._images = []
        self._give(text, properties, style, _role_of(style, role))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, role, 1)

    def _give(self, text: str, properties: Element | None, style: Style, role: Role) -> None:
        level = _level(properties, style)
        label = self._label(properties, style)
        lines = [" ".join(line.split()) for line in text.split(LINE)]
        if level and role is Role.TEXT:
            if label and any(lines):
                self.titles.append((f"{label} {' '.join(lines)}", level, len(self.into.blocks)))
            self.into.heading(" ".join(lines), level, Place(), role)
        elif looks_like_verse(lines):
            self.into.verse("\n".join(lines), Place(), role)
        else:
            for line in lines:
                self.into.paragraph(line, Place(), role)

    def _label(self, properties: Element | None, style: Style) -> str:
        number = first(properties, "numid") if properties is not None else None
        depth = first(properties, "ilvl") if properties is not None else None
        del style
        if number is None:
            return ""
        at = value_of(depth, "val") if depth is not None else "0"
        return self.numbers.label(value_of(number, "val"), int(at) if at.isdigit() else 0)

    def _words(self, element: Element, style: Style, depth: int) -> str:
        """Return the words of a paragraph as they are seen, line ends as LINE."""
        said: list[str] = []
        for child in element:
            name = name_of(child)
            if name == "r":
                said.append(self._run(child, style, depth))
            elif name == "alternatecontent":
                self._alternative(child, depth)
            elif name not in _ASIDE and depth < _DEEPEST:
                said.append(self._words(child, style, depth + 1))
        return "".join(said)

    def _run(self, run: Element, style: Style, depth: int) -> str:
        properties = next((child for child in run if name_of(child) == "rpr"), None)
        own = self.styles.get(_said(properties, "rstyle"), Style())
        if own.hidden or (properties is not None and (on(properties, "vanish") or on(properties, "webhidden"))):
            return ""
        font = (font_of(properties) if properties is not None else "") or own.font or style.font
        said: list[str] = []
        for child in run:
            name = name_of(child)
            if name == "t":
                said.append(self.into.from_font(str(child.text or ""), font))
            elif name in _SIGNS:
                said.append(LINE if name in {"br", "cr"} and value_of(child, "type") != "page" else _SIGNS[name])
            elif name in {"footnotereference", "endnotereference"}:
                self.into.leave_out(value_of(child, "id") or "*", Role.NOTE_MARK, Place())
            elif name == "alternatecontent":
                self._alternative(child, depth)
            elif name in {"drawing", "object", "pict"}:
                self._drawing(child)
        return "".join(said)

    def _alternative(self, element: Element, depth: int) -> None:
        """Take the first of several ways to show the same thing."""
        del depth
        chosen = next((child for child in element if name_of(child) in {"choice", "fallback"}), None)
        if chosen is not None:
            self._drawing(chosen)

    def _drawing(self, element: Element) -> None:
        for box in found(element, "txbxcontent"):
            self._boxes.append(box)
        told = first(element, "docpr")
        alt = (value_of(told, "descr") or value_of(told, "title")) if told is not None else ""
        for blip in element.iter():
            link = value_of(blip, "embed") if name_of(blip) == "blip" else ""
            link = link or (value_of(blip, "id") if name_of(blip) == "imagedata" else "")
            if link:
                self._images.append((self._picture(link), alt))

    def _picture(self, link: str) -> str:
        name = self.archive.find(self.targets.get(link, ""))
        try:
            return self.source.pictures.take(self.archive.read(name), posixpath.basename(name).rpartition(".")[0])
        except DecorationError:
            return ""
        except (NoPictureError, LostEntryError):
            self.into.remark(message("The picture {name} cannot be used; it is left out.", name=name or link))
            return ""

    def _table(self, table: Element, role: Role) -> None:
        """Read a table row by row, its cells parted by semicolons."""
        for row in table:
            if name_of(row) != "tr":
                continue
            cells = [" ".join(self._cell(cell).split()) for cell in row if name_of(cell) in {"tc", "sdt"}]
            for picture, alt in self._images:
                self.into.image(picture, alt, Place(), role)
            self._images = []
            self.into.paragraph("; ".join(cell for cell in cells if cell), Place(), role)

    def _cell(self, cell: Element) -> str:
        return " ".join(
            self._words(paragraph, self.styles.get(_said(paragraph, "pstyle"), self.styles.get("", Style())), 1)
            for paragraph in found(cell, "p")
        ).replace(LINE, " ")


_SIGNS = {"tab": " ", "br": "", "cr": "", "nobreakhyphen": "-", "softhyphen": "", "ptab": " "}


def _level(properties: Element | None, style: Style) -> int:
    said = _said(properties, "outlinelvl")
    return int(said) + 1 if said.isdigit() and int(said) < 9 else style.level


def _role_of(style: Style, role: Role) -> Role:
    if re.match(r"(?:toc|mục lục|mucluc|index) ?(?:heading|\d)", style.name):
        return Role.CONTENTS
    return Role.TITLE_PAGE if style.name in {"title", "subtitle"} and role is Role.TEXT else role


def _said(element: Element | None, name: str) -> str:
    held = first(element, name) if element is not None else None
    return "" if held is None else value_of(held, "val")


def _contents(walk: DocxWalk) -> tuple[Entry, ...]:
    """Return a contents list of the headings where Word numbers some by itself; else they speak for themselves."""
    if not walk.titles:
        return ()
    labelled = {block: title for title, _, block in walk.titles}
    return tuple(
        Entry(labelled.get(at, block.text), block.level, at)
        for at, block in enumerate(walk.into.blocks)
        if isinstance(block, Heading) and block.role is Role.TEXT
    )


def _asides(archive: Archive, into: Gathering) -> None:
    """Tell of what stands beside the text: notes, comments, headers and footers."""
    for name in sorted(archive.names):
        aside = re.fullmatch(r"word/(footnotes|endnotes|comments|header|footer)\d*\.xml", name)
        root = _part(archive, name) if aside else None
        if aside is None or root is None:
            continue
        role = Role.RUNNING_HEAD if aside[1] in {"header", "footer"} else Role.NOTE
        for held in root:
            text = words_of(held)
            if text:
                into.leave_out(text, role, Place(name))


def _targets(archive: Archive) -> Mapping[str, str]:
    """Return the files inside the archive that links of the document mean; what lies outside is none of ours."""
    root = _part(archive, "word/_rels/document.xml.rels")
    if root is None:
        return {}
    return {
        value_of(link, "Id"): posixpath.normpath(posixpath.join("word", value_of(link, "Target"))).lstrip("/")
        for link in found(root, "relationship")
        if value_of(link, "TargetMode") != "External"
    }


def _part(archive: Archive, name: str) -> Element | None:
    entry = archive.find(name)
    if not entry:
        return None
    try:
        return xml(archive.read(entry))
    except LostEntryError:
        return None
