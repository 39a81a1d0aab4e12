"""From blocks to chapters: what becomes an episode, where pictures and pauses that stand alone belong.

A picture or a note of a sound that stands alone goes to the head of the next paragraph; such a pause goes to the end
of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from media_service.domain.pace import LONGEST_PAUSE
from media_service.domain.script import Chapter, Cue, Kind, Paragraph, Pause, Section, Words
from media_service.intake.faults import Faults
from media_service.intake.markdown import Block, Heading
from media_service.intake.marks import Part
from media_service.messages import message


def read_chapters(
    blocks: Iterable[Heading | Block], kind: Kind | None, first_line: int, faults: Faults
) -> tuple[Chapter, ...]:
    """Return the chapters of a body; `kind` None: the front matter did not say, so nothing is held against it.

    In an audiobook every `#` begins a chapter; elsewhere the body is one chapter and headings are its sections.
    """
    found = list(blocks)
    if kind is not Kind.AUDIOBOOK or not any(isinstance(item, Heading) and item.level == 1 for item in found):
        chapters = [_chapter("", found, first_line, faults)]
    else:
        chapters = [_chapter(title, items, line, faults) for title, items, line in _cut(found, faults)]
    if kind is not None:
        for chapter in chapters:
            _expect_words(chapter, faults)
    return tuple(chapters)


def _cut(blocks: Sequence[Heading | Block], faults: Faults) -> list[tuple[str, list[Heading | Block], int]]:
    """Cut an audiobook before each `#`; what stands before the first one is a fault."""
    cut: list[tuple[str, list[Heading | Block], int]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            cut.append((block.title, [], block.line))
        elif cut:
            cut[-1][1].append(block)
    before = blocks[0]
    if not (isinstance(before, Heading) and before.level == 1):
        faults.add(before.line, message("This stands before the first chapter; write a line “# title” above it."))
    return cut


def _chapter(title: str, blocks: Iterable[Heading | Block], line: int, faults: Faults) -> Chapter:
    items: list[Paragraph | Section] = []
    waiting: list[Part] = []
    for block in blocks:
        if isinstance(block, Heading):
            items.append(Section(block.title, block.line))
        elif any(isinstance(part, Words) and not part.is_a_note() for part in block.parts):
            items.append(Paragraph((*waiting, *block.parts), block.line, block.speaker, block.verse))
            waiting = []
        else:
            waiting += _left_waiting(block.parts, items)
    for note in waiting:
        if isinstance(note, Words):
            faults.add(note.line, message("Nothing is said behind {note}; put a sentence behind it.", note=note.text))
    chapter = Chapter(title, tuple(items), line)
    _expect_seen([*_parts(chapter), *waiting], faults)
    _expect_short_silence(chapter, faults)
    return chapter


def _left_waiting(parts: Sequence[Part], items: list[Paragraph | Section]) -> list[Part]:
    """Put pauses behind the last paragraph, and return what waits for the next one."""
    last = items[-1] if items else None
    if not isinstance(last, Paragraph):
        return list(parts)
    pauses = [part for part in parts if isinstance(part, Pause)]
    items[-1] = replace(last, parts=(*last.parts, *pauses))
    return [part for part in parts if not isinstance(part, Pause)]


def _parts(chapter: Chapter) -> list[Part]:
    return [part for item in chapter.items if isinstance(item, Paragraph) for part in item.parts]


def _expect_seen(parts: Iterable[Part], faults: Faults) -> None:
    """Find pictures behind which no sentence comes before the next picture, or the end."""
    unseen: Cue | None = None
    for part in parts:
        if isinstance(part, Words) and not part.is_a_note():
            unseen = None
        elif isinstance(part, Cue):
            if unseen:
                _unseen(unseen, faults)
            unseen = part
    if unseen:
        _unseen(unseen, faults)


def _unseen(cue: Cue, faults: Faults) -> None:
    said = message("Nothing is said while {picture} is shown; put a sentence behind it.", picture=cue.picture)
    faults.add(cue.line, said)


def _expect_short_silence(chapter: Chapter, faults: Faults) -> None:
    silence = timedelta()
    for item in chapter.items:
        for part in item.parts if isinstance(item, Paragraph) else ():
            if isinstance(part, Words):
                silence = timedelta()
            elif isinstance(part, Pause):
                silence += part.length
                if silence > LONGEST_PAUSE:
                    faults.add(
                        part.line, message("Pauses follow one another here for more than 3.5 seconds; keep one.")
                    )
                    silence = timedelta()


def _expect_words(chapter: Chapter, faults: Faults) -> None:
    if not any(isinstance(item, Paragraph) for item in chapter.items):
        faults.add(chapter.line, message("There is nothing to read aloud here; write at least one sentence."))
    elif isinstance(last := chapter.items[-1], Section):
        faults.add(
            last.line,
            message("Nothing stands under the heading “{title}”; write at least one sentence.", title=last.title),
        )
