"""Where a book's chapters begin: from its own contents list, else from headings, else from the look of its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from media_service.domain.book import Block, Book, Entry, Heading, Paragraph, Role
from media_service.domain.titles import (
    CHAPTER,
    PART,
    Numbered,
    folded,
    is_bare_number,
    is_capitals,
    is_named_title,
    number_in,
    numbered,
)


class Basis(StrEnum):
    """What told where chapters begin."""

    CONTENTS = "contents"
    HEADINGS = "headings"
    PATTERNS = "patterns"
    NOTHING = "nothing"


@dataclass(slots=True)
class Node:
    """A title with the number of the block it begins at, and the titles under it."""

    title: str
    block: int
    depth: int
    under: list[Node] = field(default_factory=list)

    @property
    def number(self) -> Numbered | None:
        """What the title is as a numbered one."""
        return numbered(self.title)


@dataclass(frozen=True, slots=True)
class Outline:
    """Every title of a book as a tree in order, and what it was read from."""

    basis: Basis
    nodes: tuple[Node, ...]

    def starts(self) -> tuple[int, ...]:
        """Return the numbers of all blocks at which a title begins."""
        return tuple(node.block for node in _all(self.nodes))


def outline(book: Book, blocks: Sequence[Block]) -> Outline:
    """Return a book's outline; titles of what is left out (`blocks` with their roles) are no part of it."""
    listed = list(_leading_to_text(book.contents, blocks))
    headed = _paired(_headings(blocks), blocks)
    if len({entry.block for entry in listed}) >= 2:
        return Outline(Basis.CONTENTS, _tree(_completed(listed, blocks)))
    if len(headed) >= 2 or (headed and listed):
        return Outline(Basis.HEADINGS, _tree(headed))
    patterned = _patterns(blocks)
    if len(patterned) > len(headed):
        return Outline(Basis.PATTERNS, _tree(patterned))
    single = headed or [(entry.depth, entry.title, entry.block) for entry in listed]
    return Outline(Basis.HEADINGS if single else Basis.NOTHING, _tree(single))


def _leading_to_text(contents: Sequence[Entry], blocks: Sequence[Block]) -> Iterator[Entry]:
    """Yield the lines of a contents list under which anything is read aloud."""
    ends = sorted({entry.block for entry in contents} | {len(blocks)})
    for entry in contents:
        end = ends[bisect_right(ends, entry.block)] if entry.block < len(blocks) else entry.block
        if any(block.role is Role.TEXT for block in blocks[entry.block : end]):
            yield entry


def _completed(listed: Sequence[Entry], blocks: Sequence[Block]) -> list[tuple[int, str, int]]:
    """Return a contents list in the order of the text, with fuller titles and the chapters that it forgot.

    A heading that says more than its line in the list is the real title; one that is as high as all that the list leads
    to is a chapter too.
    """
    heads = [_heading_at(entry, blocks) for entry in listed]
    titles = [
        (
            entry.depth,
            head.text if head and folded(head.text).startswith(folded(entry.title)) else entry.title,
            entry.block,
        )
        for entry, head in zip(listed, heads, strict=True)
    ]
    levels = {head.level for head in heads if head}
    depths = {entry.depth for entry in listed}
    if len(levels) != 1 or len(depths) != 1 or None in heads:
        return sorted(titles, key=lambda title: title[2])
    known = {id(head) for head in heads}
    forgotten = [
        (listed[0].depth, block.text, at)
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and block.role is Role.TEXT and block.level in levels and id(block) not in known
    ]
    return sorted([*titles, *forgotten], key=lambda title: title[2])


def _paired(titles: Sequence[tuple[int, str, int]], blocks: Sequence[Block]) -> list[tuple[int, str, int]]:
    """Return titles with a number alone (`Chương 1`) and the name right below it as one."""
    made: list[tuple[int, str, int]] = []
    for depth, title, at in titles:
        last = made[-1] if made else None
        one = numbered(last[1]) if last else None
        alone = last is not None and ((one is not None and one.bare) or is_bare_number(last[1]))
        if last and alone and depth >= last[0] and numbered(title) is None and not _text_between(last[2], at, blocks):
            made[-1] = (last[0], f"{last[1].rstrip(' .:–—-')}. {title}", last[2])
        else:
            made.append((depth, title, at))
    return made


def _text_between(first: int, last: int, blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Paragraph) and block.role is Role.TEXT for block in blocks[first + 1 : last])


def _says_more(heading: str, listed: str) -> bool:
    return folded(heading).startswith(folded(listed) + " ")


def _heading_at(entry: Entry, blocks: Sequence[Block]) -> Heading | None:
    """Return the heading that a line of the contents list leads to, where nothing else to be read stands before it."""
    for block in blocks[entry.block : entry.block + 4]:
        if isinstance(block, Heading):
            return block
        if isinstance(block, Paragraph) and block.role is Role.TEXT:
            return None
    return None


def _headings(blocks: Sequence[Block]) -> list[tuple[int, str, int]]:
    """Return headings as (level, title, block); numbered lines that are no headings count where no heading is one."""
    found = [
        (block.level, block.text, at)
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and block.role is Role.TEXT
    ]
    ranks = {one.rank for _, title, _ in found if (one := numbered(title))}
    lines = [
        (one.rank, block.text, at)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and block.role is Role.TEXT
        and (one := numbered(block.text))
        and one.rank <= CHAPTER
    ]
    if found and len(lines) >= 2 and CHAPTER not in ranks:
        shallow = {title for _, title, _ in found}
        return sorted(
            [*lines, *((1 if is_named_title(t) else 3, t, at) for _, t, at in found if t in shallow)],
            key=lambda one: one[2],
        )
    return found


def _patterns(blocks: Sequence[Block]) -> list[tuple[int, str, int]]:
    """Return lines that look like titles as (depth, title, block)."""
    lines = [
        (at, block.text)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph | Heading) and block.role is Role.TEXT
    ]
    named = [(CHAPTER, text, at) for at, text in lines if is_named_title(text)]
    found = [(one.rank, text, at) for at, text in lines if (one := numbered(text))]
    if len(found) >= 2 or (found and named):
        return sorted([*found, *named], key=lambda one: one[2])
    return sorted([*(_counted(lines) or _capitals(lines)), *named], key=lambda one: one[2]) or found


def _counted(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str, int]]:
    """Return lines that are numbers alone, where they count on from 1 or 2."""
    bare = [(at, text, number_in(text)) for at, text in lines if is_bare_number(text)]
    named = [(at, text, number_in(text)) for at, text in lines if len(text) <= 90 and text[-1] not in ".,;:"]
    counting = []
    expected = 0
    for at, text, number in bare if len(bare) > 1 else named:
        if number is not None and (number == expected + 1 or (not expected and number in {1, 2})):
            counting.append((CHAPTER, text, at))
            expected = number
    return counting if len(counting) >= 2 else []


def _capitals(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str, int]]:
    """Return lines in capitals, where they are few among the others."""
    found = [(CHAPTER, text, at) for at, text in lines if is_capitals(text) and len(text) <= 90]
    alone = [one for one, before in zip(found, [(0, "", -9), *found], strict=False) if one[2] != before[2] + 1]
    return alone if len(alone) >= 2 and len(found) * 3 <= len(lines) else []


def _tree(titles: Sequence[tuple[int, str, int]]) -> tuple[Node, ...]:
    roots: list[Node] = []
    above: list[Node] = []
    for depth, title, block in titles:
        node = Node(title, block, depth)
        while above and above[-1].depth >= depth:
            above.pop()
        (above[-1].under if above else roots).append(node)
        above.append(node)
    return tuple(roots)


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.under)


def chosen(nodes: Sequence[Node], words_between: WordsBetween) -> Iterator[Node]:
    """Yield the titles with which chapters begin, a part before the first chapter under it.

    A title is cut further only where what is under it are chapters: it is called a part, what is under it is called
    chapters, or it is the whole book's.
    """
    if len(nodes) == 1 and len(nodes[0].under) >= 2 and nodes[0].number is None:
        yield nodes[0]
        yield from chosen(nodes[0].under, words_between)
        return
    for node in nodes:
        yield node
        if node.under and _holds_chapters(node, words_between):
            yield from chosen(node.under, words_between)


def _holds_chapters(node: Node, words_between: WordsBetween) -> bool:
    called = Counter(one.rank for child in node.under if (one := child.number))
    if called[CHAPTER]:
        return node.number is None or node.number.rank == PART
    if node.number is not None:
        return node.number.rank == PART
    return (
        is_bare_number(node.under[0].title) is False and words_between.own(node) == 0 and words_between.mean(node) > 600
    )


@dataclass(frozen=True, slots=True)
class WordsBetween:
    """How many words stand before each block of a book."""

    before: tuple[int, ...]
    """One more than there are blocks."""

    def own(self, node: Node) -> int:
        """Count the words between a title and the first one under it, the title itself left out."""
        return self.before[node.under[0].block] - self.before[min(node.block + 1, node.under[0].block)]

    def mean(self, node: Node) -> float:
        """Count the words that each title under one has, on the average, but for the last."""
        first, last = node.under[0].block, node.under[-1].block
        return (self.before[last] - self.before[first]) / max(len(node.under) - 1, 1)
