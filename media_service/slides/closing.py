"""Lays out closing credits: roles beside names, then notices, in the largest arrangement that fits.

What does not fit even at the smallest size loses the ends of its notices, then its last notices, and names only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from media_service.slides.styles import Style
from media_service.slides.typesetting import (
    ANCHORS,
    Block,
    Box,
    Cut,
    Text,
    cut,
    evened,
    gathered,
    place,
    printable,
    shortened_cut,
    size_at,
)

ROLE, NAME, NOTICE = "credit_role", "credit_name", "notice"
AXIS_GAP = 0.8
"""Em between a role and the name beside it."""
GUTTER = 1.8
"""Em between two columns."""
ROLE_SHARE = 0.45
"""A role takes at most this much of its column."""
ROW_GAP = 0.3
"""Em of air between rows."""
BREATH = 0.9
"""Em of air between credits and notices."""


@dataclass(frozen=True, slots=True)
class Credits:
    """What is to be said: (role, who) rows and notices."""

    rows: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to lay credits out: size by step, in so many columns, `air` as a share of the usual gaps."""

    step: int
    columns: int
    air: float = 1


ARRANGEMENTS = (
    *(Arrangement(step, columns) for step in (0, 8, 15, 23, 30) for columns in (1, 2)),
    *(Arrangement(30, columns, air) for air in (0.5, 0.2) for columns in (1, 2)),
)
"""Best first."""


def lay_out(said: Credits, style: Style, boxes: Sequence[Box]) -> Text:
    """Set credits and notices into the first box that holds them whole; see the module for what gives way first."""
    said = Credits(
        tuple((printable(role, ROLE, style), printable(name, NAME, style)) for role, name in said.rows),
        tuple(shown for notice in said.notices if (shown := printable(notice, NOTICE, style))),
    )
    for number, box in enumerate(boxes):
        for arrangement in ARRANGEMENTS:
            blocks = _arranged(said, style, box, arrangement)
            if _height(blocks) <= box.height:
                return _anchored(blocks, box, number)
    return _anchored(_cropped(said, style, boxes[-1]), boxes[-1], len(boxes) - 1)


def _anchored(blocks: Sequence[Block], box: Box, number: int) -> Text:
    down = (box.height - _height(blocks)) * ANCHORS[box.anchor]
    return replace(gathered([_moved(block, down) for block in blocks], box), box=number)


def _arranged(said: Credits, style: Style, box: Box, how: Arrangement, most_lines: int = 99) -> list[Block]:
    """Set everything from the top of the box down; each notice keeps at most so many lines."""
    blocks = _rows(said.rows, style, box, how)
    size = size_at(style.roles[NOTICE], how.step)
    y = max((block.bottom for block in blocks), default=box.y)
    y += BREATH * how.air * size if blocks else 0
    for notice in said.notices:
        one = evened(cut(NOTICE, style.roles[NOTICE], notice, (size, box.width)), box.width)
        if len(one.lines) > most_lines:
            one = shortened_cut(one, most_lines, box.width)
        blocks.append(place(one, style, replace(box, y=y, align="center")))
        y += one.role.step * size * len(one.lines) + 0.2 * how.air * size
    return blocks


def _rows(rows: Sequence[tuple[str, str]], style: Style, box: Box, how: Arrangement) -> list[Block]:
    size = size_at(style.roles[NAME], how.step)
    gutter = GUTTER * size
    width = (box.width - gutter * (how.columns - 1)) / how.columns
    share = max(1, -(-len(rows) // how.columns))
    blocks: list[Block] = []
    for number, first in enumerate(range(0, len(rows), share)):
        column = replace(box, x=box.x + number * (width + gutter), width=width)
        blocks += _column(rows[first : first + share], style, column, how)
    return blocks


def _column(rows: Sequence[tuple[str, str]], style: Style, box: Box, how: Arrangement) -> list[Block]:
    """Set rows around an axis, roles to its left and names to its right, the whole in the middle of the column."""
    size = size_at(style.roles[NAME], how.step)
    gap = AXIS_GAP * size
    roles = [cut(ROLE, style.roles[ROLE], role, (size, ROLE_SHARE * box.width)) for role, _ in rows]
    role_width = _widest(roles)
    names = [cut(NAME, style.roles[NAME], name, (size, box.width - role_width - gap)) for _, name in rows]
    left = box.x + (box.width - role_width - gap - _widest(names)) / 2
    y, blocks = box.y, []
    for role, name in zip(roles, names, strict=True):
        blocks.append(place(role, style, replace(box, x=left, y=y, width=role_width, align="right")))
        blocks.append(place(name, style, replace(box, x=left + role_width + gap, y=y, align="left")))
        y += (name.role.step * max(len(role.lines), len(name.lines)) + ROW_GAP * how.air) * size
    return blocks


def _cropped(said: Credits, style: Style, box: Box) -> list[Block]:
    """Shorten notices until all fits, then leave out the last of them; credits alone stay whatever their height."""
    for lines in (3, 2, 1):
        for arrangement in ARRANGEMENTS[-2:]:
            blocks = _arranged(said, style, box, arrangement, lines)
            if _height(blocks) <= box.height:
                return blocks
    if said.notices:
        return _cropped(replace(said, notices=said.notices[:-1]), style, box)
    return _cropped(replace(said, rows=said.rows[:-1]), style, box) if len(said.rows) > 1 else blocks


def _widest(cuts: Sequence[Cut]) -> float:
    return max((one.width(line) for one in cuts for line in one.lines), default=0)


def _height(blocks: Sequence[Block]) -> float:
    return max((block.bottom for block in blocks), default=0) - min((block.top for block in blocks), default=0)


def _moved(block: Block, down: float) -> Block:
    lines = tuple(replace(line, y=line.y + down) for line in block.lines)
    return replace(block, lines=lines, top=block.top + down, bottom=block.bottom + down)
