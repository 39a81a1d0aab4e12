"""Lines as a page shows them, put in reading order: columns one after another, what repeats at the edges told apart.

All measures are points, 72 an inch; `top` grows upwards, as in PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from media_service.domain.book import Role
from media_service.domain.titles import folded, is_bare_number

GAP = 2.0
"""Widths of a letter between two pieces of a line, beyond which they may be of two columns."""
_FEWEST = 5
"""Pieces on either side that make a column."""
_NEAR = 8
"""Pages around one that are looked at for what repeats."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line; `size` is the height of its letters, `marks` are note marks taken out of it."""

    text: str
    page: int
    left: float
    right: float
    top: float
    size: float
    bold: bool = False
    column: int = 0
    role: Role = Role.TEXT
    marks: tuple[str, ...] = ()
    row: bool = False
    """Whether it is a row of a table: pieces far apart at one height."""


def in_order(pieces: Sequence[Line]) -> tuple[Line, ...]:
    """Return a page's pieces as whole lines in reading order."""
    gutter = _gutter(pieces)
    if gutter is None:
        return tuple(_joined(pieces))
    ordered: list[Line] = []
    for across, band in groupby(sorted(pieces, key=lambda one: -one.top), lambda one: one.left < gutter < one.right):
        held = list(band)
        if across:
            ordered += _joined(held)
        else:
            for column in (1, 2):
                side = [one for one in held if (one.left >= gutter) == (column == 2)]
                ordered += [replace(one, column=column) for one in _joined(side)]
    return tuple(ordered)


def with_furniture(pages: Sequence[Sequence[Line]], at: int) -> tuple[Line, ...]:
    """Return the lines of page `at` of a run of pages, running heads and page numbers told by what is near them."""
    lines = pages[at]
    edges = _edges(lines)
    around = [page for number, page in enumerate(pages) if number != at and abs(number - at) <= _NEAR]
    known = Counter(sign for page in around for sign in {_sign(one) for one in _edges(page)})
    least = 1 if len(around) < 4 else 2
    apart = _set_apart(lines)
    return tuple(
        replace(one, role=Role.RUNNING_HEAD if one in apart and not _is_number(one) else _furniture(one, known, least))
        if one in edges
        else one
        for one in lines
    )


def _set_apart(lines: Sequence[Line]) -> frozenset[Line]:
    """Return the first and the last line of a page where they are small and far from the text, as nothing of it is."""
    if len(lines) < 4:
        return frozenset()
    size = Counter(round(one.size, 1) for one in lines).most_common(1)[0][0]
    down = sorted(lines, key=lambda one: -one.top)
    found = []
    for line, near in ((down[0], down[1]), (down[-1], down[-2])):
        if line.size < size * 0.9 and abs(line.top - near.top) > 2.2 * size and len(line.text) < 80:
            found.append(line)
    return frozenset(found)


def _is_number(line: Line) -> bool:
    return is_bare_number(re.sub(r"^(?:trang|page|tr\.)\s*", "", line.text.strip(), flags=re.IGNORECASE))


def _furniture(line: Line, known: Counter[tuple[str, int]], least: int) -> Role:
    sign = _sign(line)
    repeats = max(known[sign[0], sign[1] + shift] for shift in (-1, 0, 1))
    number = line.text.strip(" –—-[]().")
    if _is_number(line) or re.fullmatch(r"[ivxl]{1,6}", number):
        return Role.PAGE_NUMBER if repeats or number[-1:].isdigit() else Role.TEXT
    return Role.RUNNING_HEAD if repeats >= least and sign[0] else Role.TEXT


def _sign(line: Line) -> tuple[str, int]:
    """Return what a line at an edge is known by: its words but for numbers, and its height on the page."""
    words = folded(line.text)
    return ("#" if is_bare_number(line.text) else re.sub(r"\d+", "#", words), round(line.top / 6))


def _edges(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines at a page's top and bottom that may be furniture: few, short, apart from the text."""
    tops = sorted({round(one.top, 1) for one in lines}, reverse=True)
    gaps = [before - after for before, after in pairwise(tops)]
    if not gaps:
        return ()
    least = sorted(gaps)[len(gaps) // 2] * 1.25
    head = next((at for at, gap in enumerate(gaps[:2], 1) if gap > least), 0)
    foot = next((at for at, gap in enumerate(gaps[:-3:-1], 1) if gap > least), 0)
    size = Counter(round(one.size, 1) for one in lines).most_common(1)[0][0]
    edge = {*tops[:head], *(tops[-foot:] if foot else ())}
    small = {round(one.top, 1) for one in lines if abs(one.size - size) > 0.08 * size} & {*tops[:2], *tops[-2:]}
    return tuple(one for one in lines if round(one.top, 1) in edge | small and len(one.text) < 120)


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Return where two columns are parted: a band in the middle that hardly any line crosses, with lines beside it."""
    if len(pieces) < 2 * _FEWEST:
        return None
    left, right = min(one.left for one in pieces), max(one.right for one in pieces)
    best: tuple[int, float] | None = None
    for step in range(30, 71, 2):
        at = left + (right - left) * step / 100
        crossing = sum(one.left < at < one.right for one in pieces)
        before = [one for one in pieces if one.right <= at]
        after = [one for one in pieces if one.left >= at]
        if min(len(before), len(after)) < _FEWEST or crossing * 4 > len(pieces) or not _side_by_side(before, after):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, at)
    return best[1] if best else None


def _side_by_side(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Tell columns of prose from a table: lines on either side are full, and begin at one place."""
    for side in (before, after):
        begins = Counter(round(one.left / 3) for one in side)
        width = max(one.right for one in side) - min(one.left for one in side)
        full = sum(one.right - one.left > width * 0.6 for one in side)
        if begins.most_common(1)[0][1] * 2 < len(side) or full * 2 < len(side):
            return False
    overlap = min(max(one.top for one in side) for side in (before, after)) - max(
        min(one.top for one in side) for side in (before, after)
    )
    return overlap > 0


def _joined(pieces: Iterable[Line]) -> Iterator[Line]:
    """Yield whole lines from top to bottom: pieces at one height belong together."""
    row: list[Line] = []
    for piece in sorted(pieces, key=lambda one: (-one.top, one.left)):
        if row and row[0].top - piece.top > max(row[0].size, piece.size) * 0.5:
            yield _whole(row)
            row = []
        row.append(piece)
    if row:
        yield _whole(row)


def _whole(row: Sequence[Line]) -> Line:
    ordered = sorted(row, key=lambda one: one.left)
    main = max(ordered, key=lambda one: len(one.text))
    text, row_of_cells = ordered[0].text, False
    for before, piece in pairwise(ordered):
        apart = piece.left - before.right > GAP * 2 * main.size and not re.search(r"[.…_·]$", before.text)
        cells = apart and not (piece is ordered[-1] and piece.text.isdigit() and len(ordered) == 2)
        row_of_cells = row_of_cells or cells
        text += f"; {piece.text}" if cells else f" {piece.text}"
    return replace(
        main,
        text=text,
        left=ordered[0].left,
        right=max(one.right for one in ordered),
        top=main.top,
        bold=all(one.bold for one in ordered),
        marks=tuple(mark for one in ordered for mark in one.marks),
        row=row_of_cells,
    )
