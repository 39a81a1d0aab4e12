"""Chapters as HTML: one way to write a block, with what stands around it left to the producer."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from tests.books.making.prose import Block, Chapter, Kind

Noted = Callable[[int, str], str]
"""From a note's number and text to the mark that stands for it."""


def no_mark(number: int, text: str) -> str:
    """Return nothing: the producer has no notes."""
    del number, text
    return ""


def inline(raw: str, mark: Noted = no_mark, first: int = 1) -> str:
    """Return a run with its notes as marks, numbered from `first`."""
    numbers = iter(range(first, 10_000))
    pieces = re.split(r"(\^\[.*?\])", raw)
    return "".join(
        mark(next(numbers), piece[2:-1]) if piece.startswith("^[") else escape(piece, quote=False) for piece in pieces
    )


def html(block: Block, mark: Noted = no_mark, first: int = 1, paragraph: str = "<p>") -> str:
    """Return a block as plain HTML."""
    if block.kind is Kind.SECTION:
        return f"<h2>{inline(block.raw)}</h2>"
    if block.kind is Kind.VERSE:
        stanzas = block.text.split("\n\n")
        return "".join(
            '<p class="tho">' + "<br/>\n".join(escape(line) for line in s.split("\n")) + "</p>" for s in stanzas
        )
    if block.kind is Kind.TABLE:
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
        return f"<table>{rows}</table>"
    if block.kind in (Kind.LIST, Kind.NUMBERED):
        tag = "ul" if block.kind is Kind.LIST else "ol"
        return f"<{tag}>{''.join(f'<li>{escape(row[0])}</li>' for row in block.rows)}</{tag}>"
    return f"{paragraph}{inline(block.raw, mark, first)}</p>"


def body(chapter: Chapter, mark: Noted = no_mark, first: int = 1, paragraph: str = "<p>") -> str:
    """Return the blocks of a chapter without its heading."""
    made: list[str] = []
    for block in chapter.blocks:
        made.append(html(block, mark, first, paragraph))
        first += len(block.notes)
    return "\n".join(made)
