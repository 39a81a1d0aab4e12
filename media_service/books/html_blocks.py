"""Walks a tree of (X)HTML and gathers its blocks: headings, paragraphs, verse, pictures, tables row by row.

Nothing is fetched and nothing is run: what is no text of the book is left out and told of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from media_service.books.gathering import Gathering
from media_service.books.markup import Element, name_of, value_of, words_of
from media_service.books.roles import is_verse, role_of
from media_service.domain.book import Place, Role
from media_service.domain.old_letters import encoding_of_font
from media_service.domain.verse_looks import looks_like_verse

DEEPEST = 400
"""Levels of nesting that are followed; what lies deeper is read as plain text."""
LINE = "\x0b"
"""Stands for a line end that the author wrote, until a paragraph is complete."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "html", "legend", "li"),
        *(
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "title",
            "tr",
        ),
        "ul",
    )
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raised figures that are no note's mark: 10³ is not 103."""
_RULE = re.compile(r"\.([\w-]+)[^{}]*\{[^{}]*?font-family\s*:\s*([^;}]+)")
_FONT = re.compile(r"font(?:-family)?\s*:\s*([^;]+)", re.IGNORECASE)


@dataclass(slots=True)
class HtmlWalk:
    """Reads one part of a book; `part` names it, `picture_of` finds the picture that an address means."""

    into: Gathering
    part: str
    picture_of: Callable[[str], str] = lambda _: ""
    fonts: bool = True
    """Whether old Vietnamese fonts tell how letters are to be read."""
    font_of_class: Mapping[str, str] = field(default_factory=dict)
    _text: list[str] = field(default_factory=list)
    _images: list[tuple[str, str]] = field(default_factory=list)
    _verse: list[str] | None = None
    _line: int = 0

    def walk(self, root: Element, role: Role = Role.TEXT) -> None:
        """Gather everything under an element."""
        self._enter(root, role, "", 0)
        self._flush(role)

    def _enter(self, element: Element, role: Role, font: str, depth: int) -> None:
        name = name_of(element)
        self._line = element.sourceline or self._line
        own = self._own_role(element, role)
        if own in {Role.CODE, Role.RUBY, Role.NOTE_MARK, Role.PAGE_NUMBER}:
            if own is not Role.CODE or name not in {"head", "style"}:
                self.into.leave_out(words_of(element), own, Place(self.part))
            self._anchor(element)
            return
        font = self._font(element, font)
        if depth > DEEPEST:
            self._text.append(self.into.from_font(words_of(element), font))
        elif name in _HEADINGS:
            self._block(element, own, font, depth, _HEADINGS[name])
        elif name in _BLOCKS:
            self._container(element, name, own, font, depth)
        elif name == "hr":
            self._flush(role)
            self.into.paragraph("* * *", self._place(), own)
        elif name == "br":
            self._text.append(LINE)
        elif name == "ruby":
            self._ruby(element, font)
        elif name in {"img", "image"}:
            self._anchor(element)
            self._image(element)
        else:
            self._anchor(element)
            self._children(element, own, font, depth)

    def _container(self, element: Element, name: str, role: Role, font: str, depth: int) -> None:
        opens_verse = self._verse is None and (is_verse(element) or name == "pre")
        if name == "tr" and not _is_layout(element):
            self._row(element, role, font)
            return
        self._flush(role)
        if opens_verse:
            self._verse = []
        self._block(element, role, font, depth)
        if self._verse is not None and not opens_verse and name not in {"p", "div"}:
            self._verse.append("")
        if opens_verse:
            lines, self._verse = self._verse or [], None
            self.into.verse("\n".join(lines), self._place(), role)

    def _block(self, element: Element, role: Role, font: str, depth: int, level: int = 0) -> None:
        self._flush(role)
        self._anchor(element)
        self._children(element, role, font, depth)
        self._flush(role, level)

    def _children(self, element: Element, role: Role, font: str, depth: int) -> None:
        parent = element.getparent()
        keeps_lines = "pre" in (name_of(element), name_of(parent) if parent is not None else "")
        raised = name_of(element) == "sup" and (element.text or "").strip().isdecimal()
        self._say((element.text or "").translate(_RAISED if raised else {}), font, keeps_lines=keeps_lines)
        for child in element:
            self._enter(child, role, font, depth + 1)
            if name_of(child) in _BLOCKS or name_of(child) in _HEADINGS:
                self._flush(role)
            self._say(child.tail, font, keeps_lines=keeps_lines)

    def _say(self, text: str | None, font: str, *, keeps_lines: bool) -> None:
        if text:
            said = self.into.from_font(text, font) if font else text
            self._text.append(said.replace("\n", LINE) if keeps_lines else said)

    def _ruby(self, element: Element, font: str) -> None:
        """Say one of two writings of a word: the one in Latin letters, since no voice here reads another."""
        small = " ".join(words_of(each) for each in element.iter() if name_of(each) == "rt")
        whole = "".join(
            str(text) for each in element.iter() if name_of(each) not in {"rt", "rp", "rtc"} for text in _own(each)
        )
        base = " ".join(whole.split())
        latin = any(char.isalpha() and char < "\u1f00" for char in base)
        said, left = (base, small) if latin or not small else (small, base)
        self.into.leave_out(left, Role.RUBY, Place(self.part))
        self._text.append(self.into.from_font(said, font))

    def _row(self, element: Element, role: Role, font: str) -> None:
        """Read a row of a table as one paragraph, its cells parted by semicolons."""
        self._flush(role)
        self._anchor(element)
        cells = []
        for cell in element:
            for each in cell.iter():
                if name_of(each) in {"img", "image"}:
                    self._image(each)
            words = " ".join(self._cell(cell, role, font).split())
            if words:
                cells.append(words)
        self._text.append("; ".join(cells))
        self._flush(role)

    def _cell(self, cell: Element, role: Role, font: str) -> str:
        inner = HtmlWalk(Gathering(), self.part, lambda _: "", self.fonts, self.font_of_class)
        inner._enter(cell, role, font, 0)
        inner._flush(role)
        for (_, why), texts in inner.into.left_out.items():
            for text in texts:
                self.into.leave_out(text, why, Place(self.part))
        return " ".join(getattr(block, "text", "") for block in inner.into.blocks)

    def _image(self, element: Element) -> None:
        address = value_of(element, "src") or value_of(element, "href")
        alt = element.get("alt") or value_of(element, "title") or ""
        if address:
            self._images.append((self.picture_of(address), alt))

    def _own_role(self, element: Element, role: Role) -> Role:
        said = role_of(element)
        return said if said and (role is Role.TEXT or said in {Role.CODE, Role.NOTE_MARK, Role.PAGE_NUMBER}) else role

    def _font(self, element: Element, font: str) -> str:
        if not self.fonts:
            return ""
        styled = _FONT.search(element.get("style") or "")
        by_class = next(
            (self.font_of_class[one] for one in (element.get("class") or "").split() if one in self.font_of_class), ""
        )
        return (element.get("face") or (styled[1] if styled else "") or by_class or font).split(",")[0]

    def _anchor(self, element: Element) -> None:
        for key in ("id", "name"):
            if element.get(key):
                self.into.anchor(f"{self.part}#{element.get(key)}")

    def _place(self) -> Place:
        return Place(self.part, line=self._line)

    def _flush(self, role: Role, level: int = 0) -> None:
        """Complete the block that is being gathered; pictures inside it come before it."""
        images, self._images = self._images, []
        for picture, alt in images:
            self.into.image(picture, alt, self._place(), role)
        text, self._text = "".join(self._text), []
        if not text.strip():
            return
        if self._verse is not None and not level:
            self._verse += [" ".join(line.split()) for line in text.split(LINE)]
        elif level:
            self.into.heading(text.replace(LINE, " "), level, self._place(), role)
        else:
            self._prose(text, role)

    def _prose(self, text: str, role: Role) -> None:
        lines = [" ".join(line.split()) for line in text.split(LINE)]
        full = [line for line in lines if line]
        if looks_like_verse(full):
            self.into.verse("\n".join(lines), self._place(), role)
        else:
            for line in full:
                self.into.paragraph(line, self._place(), role)


def _own(element: Element) -> list[str]:
    """Return the text that an element itself holds, between its children."""
    return [str(element.text or ""), *(str(child.tail or "") for child in element)]


def _is_layout(row: Element) -> bool:
    """Tell a row that only arranges the page: it has one filled cell, or cells of many paragraphs."""
    filled = [cell for cell in row if words_of(cell)]
    blocks = max((sum(name_of(each) in {"p", "div", *_HEADINGS} for each in cell.iter()) for cell in row), default=0)
    return len(filled) == 1 or blocks > 2


def fonts_of_classes(root: Element) -> Mapping[str, str]:
    """Return the old Vietnamese fonts that a page's own style sheet gives to classes."""
    sheets = "".join(str(each.text or "") for each in root.iter() if name_of(each) == "style")
    named = _RULE.findall(sheets)
    return {klass: font.strip() for klass, font in named if encoding_of_font(font.split(",")[0])}
