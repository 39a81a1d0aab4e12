"""From lines of pages to blocks: paragraphs across lines and pages, headings by size, verse, notes at the foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from media_service.domain.book import Block, Heading, Image, Paragraph, Place, Role, Verse, count_words
from media_service.domain.mending import mended, mended_lines
from media_service.domain.page_lines import Line
from media_service.domain.titles import is_bare_number, is_named_title, numbered, role_of_title
from media_service.domain.verse_looks import looks_like_verse

_STOP = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_DASH = re.compile(r"[–—-]\s?\S|[•*]\s")
_BULLET = re.compile(r"[•·▪◦*\ue000-\uf8ff]\s|\d{1,3}[.)]\s+\S")
_LEADER = re.compile(r"(?:\.{3,}|…{2,}|(?:\. ){3,}|·{3,}|_{3,})\s*\d{0,4}$")
_NOTE = re.compile(r"(?:\[?\d{1,3}[\].)]?|\*{1,3})\s*\S")
_LARGER = 1.12
"""Times the body's size, from which a line is a heading."""
_SMALLER = 0.93
"""Times the body's size, up to which lines at the foot of a page may be notes."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a book: the size of its letters, the distance of its lines, whether paragraphs are indented."""

    size: float
    leading: float
    indented: bool


def measures(pages: Iterable[Sequence[Line]]) -> Measures:
    """Measure pages."""
    sizes: Counter[float] = Counter()
    leadings: Counter[int] = Counter()
    shifts = [0, 0]
    for lines in pages:
        lefts = Counter(round(one.left) for one in lines)
        margin = lefts.most_common(1)[0][0] if lefts else 0
        for before, line in zip([None, *lines], lines, strict=False):
            sizes[round(line.size, 1)] += len(line.text)
            if before and before.column == line.column and 0 < before.top - line.top < 4 * line.size:
                leadings[round((before.top - line.top) * 2)] += 1
            if before and _STOP.search(before.text):
                shifts[line.left > margin + line.size * 0.6] += 1
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    return Measures(size, (leadings.most_common(1)[0][0] / 2 if leadings else size * 1.2), shifts[1] > shifts[0] * 0.5)


@dataclass(slots=True)
class PageReader:
    """Takes pages one after another and gives blocks; the paragraph at a page's end waits for the next page."""

    usual: Measures
    blocks: list[Block] = field(default_factory=list)
    _group: list[Line] = field(default_factory=list)
    _margin: float = 0.0
    _edge: float = 0.0

    def page(self, lines: Sequence[Line], images: Sequence[tuple[float, Image]]) -> None:
        """Take a page's lines in reading order, and its pictures with their upper edges."""
        notes = _notes(lines, self.usual)
        waiting = sorted(images, key=lambda one: -one[0])
        columns: dict[int, tuple[float, float]] = {}
        for column in {one.column for one in lines}:
            held = [one for one in lines if one.column == column and one.role is Role.TEXT and one not in notes]
            columns[column] = _margins(held)
        for line in lines:
            while waiting and waiting[0][0] > line.top:
                self._picture(waiting.pop(0)[1])
            if line.role is not Role.TEXT or line in notes:
                role = line.role if line.role is not Role.TEXT else Role.NOTE
                self.blocks.append(Paragraph(mended(line.text), Place(page=line.page), role))
                continue
            self._margin, self._edge = columns[line.column]
            if self._group and self._begins(self._group[-1], line):
                self._give()
            self._group.append(line)
        for _, image in waiting:
            self._picture(image)

    def finish(self) -> tuple[Block, ...]:
        """Return all blocks."""
        self._give()
        return tuple(self.blocks)

    def _picture(self, image: Image) -> None:
        """Put a picture before the paragraph that is being gathered, so that none is cut in two."""
        self.blocks.append(image)

    def _begins(self, before: Line, line: Line) -> bool:
        """Tell whether a line begins a new block."""
        if self._in_one_heading(before, line):
            return False
        if line.row or before.row or _BULLET.match(line.text):
            return True
        if _is_title(line.text) or _is_title(before.text) or _LEADER.search(before.text) or _differ(before, line):
            return True
        same = before.page == line.page and before.column == line.column
        gap = before.top - line.top
        indent = line.left - self._margin > 0.7 * line.size
        ended = _STOP.search(before.text) is not None
        if same:
            moved = line.left - before.left > 0.7 * line.size
            return gap > self.usual.leading * 1.4 or gap < 0 or (indent and moved) or self._ends(before, line, ended)
        return (indent and (self.usual.indented or ended)) or self._ends(before, line, ended)

    def _ends(self, before: Line, line: Line, ended: bool) -> bool:
        """Tell by how a line ends that its paragraph does: with a stop far from the edge, or before a dash."""
        far = self._edge - before.right
        if _BULLET.match(self._group[0].text) and far > 0.12 * (self._edge - self._margin) and line.text[:1].isupper():
            return True
        short = far > max(2.5 * before.size, 0.12 * (self._edge - self._margin))
        return ended and (short or _DASH.match(line.text) is not None)

    def _in_one_heading(self, before: Line, line: Line) -> bool:
        """Tell whether a heading goes on: as large, directly below, and neither a title of its own."""
        large = before.size >= self.usual.size * _LARGER and not _differ(before, line)
        near = before.page == line.page and 0 < before.top - line.top < 1.7 * line.size
        one = numbered(before.text)
        return (
            large and near and not _is_title(line.text) and not (one and one.bare) and not is_bare_number(before.text)
        )

    def _give(self) -> None:
        group, self._group = self._group, []
        if not group:
            return
        place = Place(page=group[0].page)
        texts = [one.text for one in group]
        width = self._edge - self._margin
        narrow = all(one.right - one.left < 0.8 * width for one in group[:-1]) or width <= 0
        said = mended(_run_on(texts))
        large = group[0].size >= self.usual.size * _LARGER and len(texts) <= 4 and len(" ".join(texts)) < 200
        if large and count_words(said):
            self.blocks.append(Heading(said, _level(group[0].size / self.usual.size), place))
        elif len(texts) > 1 and narrow and (looks_like_verse(texts) or _couplet(texts)):
            self.blocks.append(Verse(mended_lines("\n".join(texts)), place))
        elif said:
            self.blocks.append(Paragraph(said, place))


def _couplet(texts: Sequence[str]) -> bool:
    return (
        len(texts) == 2 and all(len(text) < 50 and text[:1].isupper() for text in texts) and not _STOP.search(texts[0])
    )


def _is_title(text: str) -> bool:
    bare = text.strip()
    return bool(numbered(bare) or is_named_title(bare) or role_of_title(bare) or is_bare_number(bare))


def _differ(before: Line, line: Line) -> bool:
    """Tell whether two lines are set otherwise: in another size, or one in bold."""
    return abs(before.size - line.size) > 0.1 * before.size or before.bold != line.bold


def _level(times: float) -> int:
    return 1 if times >= 1.45 else 2 if times >= 1.25 else 3


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Return where lines usually begin, and where the longest end."""
    if not lines:
        return 0.0, 0.0
    lefts = Counter(round(one.left) for one in lines)
    least = max(1, min(2, len(lines) - 1), len(lines) // 10)
    margin = min((left for left, count in lefts.items() if count >= least), default=min(lefts))
    rights = sorted(one.right for one in lines)
    return float(margin), rights[int(len(rights) * 0.9)] if len(rights) > 4 else rights[-1]


def _notes(lines: Sequence[Line], usual: Measures) -> frozenset[Line]:
    """Return the notes at a page's foot: the last lines, smaller than the body, from one that begins with a mark."""
    marked = _marked_notes(lines, usual)
    if marked:
        return marked
    foot: list[Line] = []
    for line in sorted((one for one in lines if one.role is Role.TEXT), key=lambda one: one.top):
        if line.size > usual.size * _SMALLER:
            break
        foot.append(line)
    first = next((at for at in range(len(foot) - 1, -1, -1) if _NOTE.match(foot[at].text)), None)
    return frozenset(foot[: first + 1]) if first is not None else frozenset()


def _marked_notes(lines: Sequence[Line], usual: Measures) -> frozenset[Line]:
    """Return the notes at a page's foot that are set like the text: apart from it, with the marks that stand in it."""
    marks = {mark for line in lines for mark in line.marks}
    body = sorted((one for one in lines if one.role is Role.TEXT), key=lambda one: -one.top)
    for before, line in pairwise(body):
        begins = re.match(r"[\[(]?(\d{1,3}|[*†‡]{1,3})[\]).]?\s+\S", line.text)
        if begins and begins[1] in marks and before.top - line.top > usual.leading * 1.3:
            return frozenset(one for one in body if one.top <= line.top)
    return frozenset()


def _run_on(texts: Sequence[str]) -> str:
    """Join the lines of a paragraph; hyphens at line ends are taken out where a word goes on in small letters."""
    joined = ""
    for text in texts:
        plain = text.strip().replace("\u2010", "-")
        if joined.endswith("\u00ad") or (
            re.search(r"[^\W\d_]-$", joined) and plain[:1].islower() and _is_foreign(joined, plain)
        ):
            joined = joined[:-1] + plain
        elif re.search(r"[^\W\d_]-$", joined):
            joined += plain
        else:
            joined = f"{joined} {plain}".strip()
    return joined


def _is_foreign(before: str, after: str) -> bool:
    """Tell a word broken by a program from one written with a hyphen: Vietnamese syllables are never broken."""
    head = re.split(r"[\s-]", before[:-1])[-1]
    tail = re.split(r"[\s,.;:!?-]", after)[0]
    return (head + tail).isascii() and len(head) > 1
