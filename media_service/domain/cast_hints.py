"""Who may speak a line of a book: told by dashes, quotation marks and “… nói”, “… hỏi” of Vietnamese prose.

Only suggestions: a person accepts them line by line, and a line of which nothing is sure stays with the narrator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_service.domain.book import Block, Paragraph, Place
from media_service.domain.chaptering import Chapter
from media_service.messages import Message, message

_VERBS = (
    "nói tiếp|nói|hỏi|đáp|trả lời|bảo|kêu|thưa|gọi|thét|quát|la|reo|than thở|than|thở dài|thì thầm|thầm thì|lẩm bẩm|gắt"
    "|hét|rên|phán|tâu|kể|giục|van xin|van|năn nỉ|nhắc|dặn|cãi|khuyên|mắng|rủ|ra lệnh|đồng ý|ngắt lời|tiếp lời|hô|khóc"
    "|cười"
)
_KIN = (
    "ông|bà|cô|chú|bác|cậu|dì|mợ|thím|anh|chị|em|thằng|con|cái|lão|mụ|cụ|thầy|má|mẹ|bố|cha|ba|vua|quan|chàng|nàng|sư"
    "|dượng"
)
_ROLES = (
    "nhà vua|vua cha|hoàng hậu|hoàng tử|công chúa|thái tử|người anh|người em|người chị|người mẹ|người cha|bà lão"
    "|ông lão|bà cụ|ông cụ|ông già|bà già|bà mẹ|cô bé|cậu bé|chú bé|em bé|người chồng|người vợ|phú ông|viên quan"
)
_UPPER = "".join(
    char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper() and (char < "\u0250" or char > "\u1e9f")
)
_LOWER = _UPPER.lower()
_CAPITAL = rf"[{_UPPER}][{_LOWER}]*"
_NAME = rf"(?<!\w)(?:(?:(?:{_KIN})\s+)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}|(?i:{_ROLES}))"
_TAG = re.compile(rf"(?P<name>{_NAME})(?:\s+(?!{_VERBS}\b)[{_LOWER}]+){{0,4}}?\s+(?P<verb>{_VERBS})\b")
_DASH = re.compile(r"[–—-]\s*")
_INSIDE = re.compile(r"\s[–—-]\s+(?P<after>[^–—]{3,120})")
_QUOTE = re.compile(r"[“\"«](?P<said>[^”\"»]+)[”\"»]\s*[,.–—-]*\s*(?P<after>.{0,120})")
_NOT_NAMES = frozenset(
    (
        *("Tôi", "Ta", "Nó", "Họ", "Chúng", "Rồi", "Thế", "Nhưng", "Và", "Khi", "Bỗng", "Lúc", "Vừa", "Nghe", "Thấy"),
        *("Nếu", "Vì", "Một", "Hai", "Cả", "Sau", "Trước", "Ai", "Mọi", "Các", "Những", "Có", "Không", "Đã", "Còn"),
    )
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A line that somebody may speak; `mixed`: the narrator's words stand in it too."""

    chapter: int
    block: int
    speaker: str
    why: Message
    mixed: bool
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Speakers with how many lines they have, most first; the lines; how many more of which nobody is sure."""

    speakers: tuple[tuple[str, int], ...] = ()
    hints: tuple[Hint, ...] = ()
    unsure: int = 0


def suggested(chapters: Sequence[Chapter]) -> Cast:
    """Return who may speak in a book."""
    hints: list[Hint] = []
    unsure = 0
    for number, chapter in enumerate(chapters):
        for at, name, why, mixed in _spoken(chapter.blocks):
            if not name:
                unsure += 1
                continue
            block = chapter.blocks[at]
            text = block.text if isinstance(block, Paragraph) else ""
            hints.append(Hint(number, at, name, why, mixed, block.place, text[:80]))
    counts = Counter(hint.speaker for hint in hints)
    return Cast(tuple(counts.most_common()), tuple(hints), unsure)


_BEFORE = message("the sentence before says who speaks")
_WITHIN = message("the line itself says who speaks")


def _spoken(blocks: Sequence[Block]) -> Iterator[tuple[int, str, Message, bool]]:
    """Yield each spoken line with its speaker; the name is empty where nothing is sure."""
    announced = ""
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            announced = ""
            continue
        text = block.text
        dash = _DASH.match(text)
        quote = None if dash else re.match(_QUOTE, text)
        if not (dash or quote):
            announced = _announced(text)
            continue
        inside = _INSIDE.search(text, dash.end()) if dash else quote
        named = _name_in(inside["after"]) if inside else ""
        if named:
            yield at, named, _WITHIN, True
        else:
            yield at, announced, _BEFORE, False
        announced = ""


def _announced(text: str) -> str:
    """Return who speaks next, where a narrator's paragraph ends with `… nói:`."""
    if not text.rstrip().endswith(":"):
        return ""
    last = re.split(r"(?<=[.!?…])\s", text.rstrip())[-1]
    return _name_in(last)


def _name_in(text: str) -> str:
    """Return the speaker that a clause names, as a cast writes it."""
    found = _TAG.search(text)
    if not found or found["name"].split()[0] in _NOT_NAMES:
        return ""
    name = " ".join(found["name"].split())
    return name[0].upper() + name[1:]
