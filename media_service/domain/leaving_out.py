"""Judges what of a book is not read aloud: what its file says so of, and what shows itself as contents, imprint, notes.

Nothing vanishes: whatever is left out is told with its reason and its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from media_service.domain.book import (
    Block,
    Book,
    Break,
    Heading,
    Image,
    Metadata,
    Omission,
    Paragraph,
    Role,
    count_words,
)
from media_service.domain.titles import (
    folded,
    imprint_signs,
    is_bare_number,
    is_named_title,
    number_in,
    numbered,
    role_of_title,
)

_CONTENTS_LINE = re.compile(r".{0,150}?(?:[.·…_\s]{3,}|\t| )\s*(?:\d{1,4}|[ivxlc]{1,7})", re.DOTALL)
_LEADER = re.compile(r".+?(?:\.{3,}|…{2,}|(?:\. ){3,}|·{3,}|_{3,})\s*\d{1,4}")
_LISTED = {
    Role.BIBLIOGRAPHY: re.compile(
        r"^\s*[\[(]?\d{1,3}[\]).]|\b(?:1[5-9]|20)\d\d\b|\bnxb\b|nhà xuất bản|https?://|www\.", re.IGNORECASE
    ),
    Role.INDEX: re.compile(r"\d\s*$|^\w$"),
}
"""What a source has (its number, a year, a publisher, an address) and a line of an index (a page, or one letter)."""
_LONGEST_LINE = 160
"""Characters of a line of contents."""
_SHORT = 40
"""Words of a paragraph that may be part of an imprint."""
_IMPRINT_SPAN = 60
"""Blocks that an imprint goes over at most."""
_FRONT = 80
"""Blocks at either end of a book where an imprint is looked for."""


def judged(book: Book, starts: Sequence[int]) -> tuple[Block, ...]:
    """Return a book's blocks, each with the role it has; `starts` are the blocks with which chapters may begin."""
    blocks = list(book.blocks)
    _sections(blocks, set(starts))
    _contents_lines(blocks)
    _page_numbers(blocks, set(starts))
    first = next((at for at in starts if _is_story(blocks[at], book.metadata)), None)
    front = range(min(first if first is not None else _FRONT, len(blocks)))
    back = range(max(len(blocks) - _FRONT, front.stop), len(blocks))
    for zone in (front, back):
        _imprint(blocks, zone)
    _title_page(blocks, range(min(len(blocks), max(front.stop + 1, 1))), book.metadata)
    return tuple(blocks)


def omissions(blocks: Iterable[Block]) -> Iterator[Omission]:
    """Yield what is left out, blocks of one role that follow each other together."""
    for role, run in groupby(blocks, lambda block: block.role):
        if role is Role.TEXT:
            continue
        held = list(run)
        texts = [getattr(block, "text", "") for block in held]
        words = sum(map(count_words, texts))
        what = next((text for text in texts if text), "") or next(
            (block.alt or block.picture for block in held if isinstance(block, Image)), ""
        )
        if what or words:
            yield Omission(what if len(what) <= 80 else what[:79].rstrip() + "…", role, held[0].place, words)


def text_of(block: Block) -> str:
    """Return the words of a block, empty for pictures and breaks."""
    return "" if isinstance(block, Image | Break) else block.text


def _is_story(block: Block, known: Metadata) -> bool:
    """Tell whether a chapter may begin with a block: it is neither left out nor the book's own title."""
    text = text_of(block)
    return (
        block.role is Role.TEXT and role_of_title(text) is None and not (text and folded(text) == folded(known.title))
    )


def _sections(blocks: list[Block], starts: set[int]) -> None:
    """Give headings that announce what is not read aloud, and what stands under them, their role."""
    known = {folded(text): at for at, block in enumerate(blocks) if 0 < len(text := text_of(block)) < _LONGEST_LINE}
    at = 0
    while at < len(blocks):
        block = blocks[at]
        role = role_of_title(text_of(block)) if isinstance(block, Heading | Paragraph) else None
        if block.role is not Role.TEXT or role is None:
            at += 1
            continue
        end = _end_of_section(blocks, at, role, _Edges(frozenset(starts), known))
        for each in range(at, end):
            if blocks[each].role is Role.TEXT:
                blocks[each] = replace(blocks[each], role=role)
        at = max(end, at + 1)


@dataclass(frozen=True, slots=True)
class _Edges:
    """What tells where a section ends: blocks with which chapters may begin, and where each short line stands last."""

    starts: frozenset[int]
    last: Mapping[str, int]


def _end_of_section(blocks: Sequence[Block], at: int, role: Role, edges: _Edges) -> int:
    """Return where a section that begins at `at` ends: with a heading as high, or where its lines look otherwise."""
    head = blocks[at]
    level = head.level if isinstance(head, Heading) else 0
    end = at + 1
    while end < len(blocks):
        block = blocks[end]
        higher = isinstance(block, Heading) and (not level or block.level <= level)
        if higher or not level or end in edges.starts:
            again = edges.last.get(folded(text_of(block)[:_LONGEST_LINE]), 0) > end
            if not _belongs(block, role, again) or not (level or _listed(block, role)):
                break
        end += 1
    return end


def _belongs(block: Block, role: Role, again: bool) -> bool:
    """Tell whether a line under a title looks like a part of what it announces; `again`: it stands once more below."""
    text = text_of(block)
    if not text:
        return True
    if role is Role.CONTENTS:
        short = len(text) < _LONGEST_LINE and (_CONTENTS_LINE.fullmatch(text) is not None or again)
        return short or _LEADER.fullmatch(text) is not None
    if numbered(text) or is_named_title(text) or role_of_title(text):
        return False
    if role is Role.NOTE:
        return bool(re.match(r"[\[(]?(?:\d{1,4}|\*{1,3})[\]).:\s]", text))
    if role is Role.COPYRIGHT and not isinstance(block, Heading):
        return imprint_signs(text) > 0
    return not isinstance(block, Heading)


def _listed(block: Block, role: Role) -> bool:
    """Tell whether a line looks like the list that a plain line announced, whose end no heading tells."""
    look = _LISTED.get(role)
    return not look or not text_of(block) or look.search(text_of(block)) is not None


def _contents_lines(blocks: list[Block]) -> None:
    """Find a contents list by its leaders: three lines or more that end in dots and a page."""
    run: list[int] = []
    for at, block in enumerate([*blocks, None]):
        if block is not None and block.role is Role.TEXT and _LEADER.fullmatch(text_of(block)):
            run.append(at)
            continue
        if len(run) >= 3:
            for each in run:
                blocks[each] = replace(blocks[each], role=Role.CONTENTS)
        run = []


def _page_numbers(blocks: list[Block], starts: set[int]) -> None:
    """Find printed page numbers that were taken for text: lines that are numbers alone and only grow."""
    found = [
        (at, number)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.role is Role.TEXT and at not in starts
        if (number := number_in(_PAGE.sub("", block.text))) is not None and is_bare_number(_PAGE.sub("", block.text))
    ]
    grows = all(before[1] < after[1] for before, after in pairwise(found))
    if len(found) >= 3 and grows:
        for at, _ in found:
            blocks[at] = replace(blocks[at], role=Role.PAGE_NUMBER)


_PAGE = re.compile(r"^(?:trang|tr\.|page|p\.)\s+", re.IGNORECASE)


def _imprint(blocks: list[Block], zone: range) -> None:
    """Find the lines that publishers must print: several of their signs near each other, in short paragraphs."""
    signed = [
        at
        for at in zone
        if blocks[at].role is Role.TEXT
        and count_words(text_of(blocks[at])) <= _SHORT
        and imprint_signs(text_of(blocks[at]))
    ]
    if not signed:
        return
    run = range(signed[0], signed[-1] + 1)
    signs = imprint_signs("\n".join(text_of(blocks[at]) for at in signed))
    short = all(count_words(text_of(blocks[at])) <= _SHORT for at in run)
    if (
        signs < 2
        or not any(_STRONG.search(text_of(blocks[at])) for at in signed)
        or len(run) > _IMPRINT_SPAN
        or not short
    ):
        return
    for at in run:
        if blocks[at].role is Role.TEXT:
            blocks[at] = replace(blocks[at], role=Role.COPYRIGHT)


def _title_page(blocks: list[Block], zone: range, known: Metadata) -> None:
    """Find the book's title and its makers where they stand before the first chapter as on a title page."""
    names = {
        folded(name) for name in (known.title, known.author, known.translator, known.publisher, known.year) if name
    }
    for at in zone:
        text = folded(text_of(blocks[at]))
        if blocks[at].role is Role.TEXT and text and _only_names(text, names):
            blocks[at] = replace(blocks[at], role=Role.TITLE_PAGE)


def _only_names(text: str, names: set[str]) -> bool:
    """Tell whether a line holds nothing but names that are known."""
    left = _by_line(text)
    for name in sorted(names, key=len, reverse=True):
        left = _by_line(left.replace(name, "", 1).strip())
    return not left


def _by_line(text: str) -> str:
    return re.sub(r"^(?:tac gia|nguoi dich|dich gia|nha xuat ban|nxb|by) ", "", text)


_STRONG = re.compile(
    r"©|\bisbn\b|copyright|all rights reserved|chịu trách nhiệm|nộp lưu chiểu|in xong|giấy phép xuất bản|"
    r"quyết định xuất bản|số xuất bản|đăng k[ýí] (?:kế hoạch )?xuất bản|qđxb|khổ sách|khuôn khổ|sửa bản in|"
    r"trình bày bìa|vẽ bìa|bản quyền",
    re.IGNORECASE,
)
"""Signs that no story has; one of them at least makes an imprint."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A block that is read aloud, with its number in the book."""

    number: int
    block: Block


def kept(blocks: Sequence[Block]) -> tuple[Kept, ...]:
    """Return the blocks that are read aloud."""
    return tuple(Kept(number, block) for number, block in enumerate(blocks) if block.role is Role.TEXT)
