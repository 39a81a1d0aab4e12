"""Writes a book's chapters as people write scripts by hand: front matter, headings, paragraphs, verse, picture cues.

Whatever would be a mark of scripts is written so that it is read as the words it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from media_service.domain.book import Block, Break, Heading, Image, Metadata, Paragraph, Verse
from media_service.domain.chaptering import Chapter
from media_service.domain.script import Kind

ALT = "Tranh trong sách"
"""What a picture is called whose book does not say what it shows."""
_MARKS = re.compile(r"[\\*_`\[\]~|<#]")
_COMMENT = re.compile(r"\\<!--")
_LEADING = re.compile(r"^(?:([>=+])|(\d{1,3})([.)])(?=\s)|(-)(?![\s\w]))")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
UNANSWERED = """# Chưa ai điền quyền sử dụng, nên tác phẩm làm được nhưng chưa đăng được. Xem docs/kich-ban.md.
# rights:
#   text: {basis: permission, evidence: Thư đồng ý ngày …, holder: …}
#   voice: {basis: synthetic}
# made_for_kids: true"""
"""What stands in the place of answers that nobody has given yet."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands at the head of a script."""

    metadata: Metadata
    kind: Kind
    source: str
    cover: str = ""
    cast: tuple[tuple[str, int], ...] = ()
    """Speakers that may be cast, each with the number of lines."""


def script_text(heads: Heads, chapters: Sequence[Chapter], speakers: Mapping[tuple[int, int], str]) -> str:
    """Return a whole script; `speakers` names who may say a block, by the numbers of chapter and block."""
    parts = ["\n".join(("---", *_front(heads), "---"))]
    by_chapter: dict[int, dict[int, str]] = {}
    for (number, block), name in speakers.items():
        by_chapter.setdefault(number, {})[block] = name
    for number, chapter in enumerate(chapters):
        if chapter.title:
            parts.append(f"# {escaped(chapter.title)}")
        parts += _body(chapter, by_chapter.get(number, {}))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return words so that a script says them as they are, wherever in a line they stand."""
    safe = _COMMENT.sub(r"\\<\\!--", _MARKS.sub(lambda mark: "\\" + mark[0], text))
    return _LEADING.sub(_escaped_lead, safe)


def unplaced(chapter: Chapter) -> tuple[Image, ...]:
    """Return the pictures of a chapter for which there is no paragraph of their own."""
    return tuple(_placed(chapter.blocks)[1])


def _escaped_lead(found: re.Match[str]) -> str:
    if found[2]:
        return f"{found[2]}\\{found[3]}"
    return "\\" + found[0]


def _front(heads: Heads) -> Iterator[str]:
    known = heads.metadata
    values = {
        "title": known.title,
        "kind": heads.kind.value,
        "author": known.author,
        "translator": known.translator,
        "publisher": known.publisher,
        "year": known.year,
        "language": _language(known.language),
        "summary": known.description[:1000],
        "cover": heads.cover,
    }
    for key, value in values.items():
        if value:
            yield f"{key}: {_yaml(value)}"
    if known.subjects:
        yield f"tags: [{', '.join(map(_quoted, known.subjects[:30]))}]"
    if known.call_number:
        yield "borrow:"
        yield f"  call_number: {_quoted(known.call_number)}"
    if known.isbn:
        yield f"# ISBN: {known.isbn}"
    if heads.cast:
        yield "# Gợi ý nhân vật: bỏ dấu # ở những dòng muốn dùng, chọn lại giọng, rồi chấp nhận từng lời thoại ở dưới."
        yield "# cast:"
        yield from (f"#   {name}: nu-mien-bac  # {count} lời thoại" for name, count in heads.cast)
    yield from UNANSWERED.split("\n")


def _language(code: str) -> str:
    """Return a language's code where it is another than Vietnamese and written as scripts write it."""
    plain = code.replace("_", "-").strip()
    short = plain.split("-")[0].lower()
    fits = plain if _LANGUAGE.fullmatch(plain) else short
    return fits if _LANGUAGE.fullmatch(fits) and short not in {"vi", "vie", "und"} else ""


def _yaml(value: str) -> str:
    plain = re.fullmatch(r"[^\W\d_][\w ,.()–-]*", value) and value.strip() == value
    return value if plain and value.lower() not in _WORDS_OF_YAML else _quoted(value)


_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def _quoted(value: str) -> str:
    """Return a value in straight quotation marks; those that stand around the whole of it are taken off."""
    inner = re.sub(r"^“([^“”]*)”$", r"\1", value)
    return json.dumps(inner, ensure_ascii=False)


def _body(chapter: Chapter, speakers: Mapping[int, str]) -> Iterator[str]:
    cues, _ = _placed(chapter.blocks)
    last = max((at for at, block in enumerate(chapter.blocks) if isinstance(block, Paragraph | Verse)), default=-1)
    broke = True
    for at, block in enumerate(chapter.blocks):
        if isinstance(block, Break):
            if not broke and at < last:
                yield "***"
            broke = True
            continue
        said = _said(block, speakers.get(at, ""), last=at > last)
        if said:
            broke = isinstance(block, Heading)
            yield cues.get(at, "") + said


def _said(block: Block, speaker: str, *, last: bool) -> str:
    if isinstance(block, Heading):
        return escaped(block.text) if last else f"## {escaped(block.text)}"
    if isinstance(block, Verse):
        return "\n".join(f"> {escaped(line)}".rstrip() for line in block.lines)
    if isinstance(block, Paragraph):
        mark = f"<!-- {speaker}: --> " if speaker else ""
        return mark + escaped(block.text)
    return ""


def _placed(blocks: Sequence[Block]) -> tuple[dict[int, str], list[Image]]:
    """Return the cue before each paragraph that has one, and the pictures that are left over."""
    cues: dict[int, str] = {}
    waiting: list[Image] = []
    free: list[int] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Image) and block.picture:
            waiting.append(block)
        elif isinstance(block, Paragraph | Verse):
            if waiting:
                cues[at] = _cue(waiting.pop(0))
            else:
                free.append(at)
    while waiting and free:
        cues[free.pop()] = _cue(waiting.pop())
    return cues, waiting


def _cue(image: Image) -> str:
    alt = re.sub(r"([\\\[\]])", r"\\\1", image.alt or ALT)
    return f"![{alt}]({image.picture})\n"
