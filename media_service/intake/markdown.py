"""The body of `script.md`: lines to headings, verse, scene breaks and paragraphs, each paragraph with its speaker.

The marks inside a paragraph are read by `marks`; how blocks become chapters is the affair of `chapters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from media_service.domain.script import Pause, Words
from media_service.intake.faults import Faults
from media_service.intake.marks import LEADING, Part, read_marks
from media_service.intake.speakers import meant, prefix_of, speaker
from media_service.messages import Message, message

Line = tuple[int, str, bool]
"""A line's number, what it says, and whether it is verse."""

SCENE_BREAK = timedelta(seconds=2.5)

_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}")
WORD_RULE = re.compile(r"(?=.*[–—―])[-–—―]{2,}")
"""What word processors make of `---`."""
TYPE_HYPHENS = message("Word has turned --- into a long dash; type three hyphens.")
_FENCE = re.compile(r"`{3,}|~{3,}")
_DIALOGUE = re.compile(r"[–—]|-(?:\s|[^\W\d_])")
_LIST = re.compile(r"[*+]\s|[0-9]{1,3}[.)]\s")
_RULING = frozenset(" \t:|-")
"""What the line under a table's head is made of."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line `# …` (level 1) or `## …` (level 2)."""

    title: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it was read; it may hold pictures and pauses only."""

    parts: tuple[Part, ...]
    line: int
    speaker: str | None = None
    verse: bool = False


@dataclass(slots=True)
class _Draft:
    """The lines of a paragraph while they are gathered."""

    lines: list[str]
    line: int
    verse: bool
    speaker: str | None = None


def read_blocks(text: str, first_line: int, cast: Sequence[str], faults: Faults) -> Iterator[Heading | Block]:
    """Yield what the body says, block by block; `cast` are the names that may speak."""
    draft: _Draft | None = None
    for line, written, verse in _lines(_without_comments(text, first_line, faults), first_line, faults):
        alone = None if verse else _alone(written, line, faults)
        name, words = _named(written, line, cast, faults) if written else (None, "")
        begins = draft is None or draft.verse != verse or name or (not verse and _DIALOGUE.match(written))
        if draft and (begins or alone or not written):
            yield from _finished(draft, cast, faults)
            draft = None
        if alone:
            yield alone
        elif written:
            if not verse and (draft is None or LEADING.fullmatch(draft.lines[-1])):
                _expect_prose(written, line, faults)
            draft = draft or _Draft([], line, verse, name)
            draft.lines.append(words)
    if draft:
        yield from _finished(draft, cast, faults)


def lines_of(text: str, first_line: int) -> Iterator[Line]:
    """Yield the lines of a body without its comments; faults are told by `read_blocks`."""
    untold = Faults("")
    return _lines(_without_comments(text, first_line, untold), first_line, untold)


def _lines(text: str, first_line: int, faults: Faults) -> Iterator[Line]:
    """Yield lines; fenced code is a fault and left out."""
    fence = ""
    for line, written in enumerate(text.split("\n"), first_line):
        bare = written.strip()
        if fence:
            fence = "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
        elif _FENCE.match(bare):
            fence = bare[:3]
            faults.add(
                line, message("Blocks of code have no place in a script; take out everything up to the closing signs.")
            )
        elif re.fullmatch("={2,}", bare):
            faults.add(line, message("This line makes no heading here; write # and a space before the title instead."))
        else:
            verse = bare.startswith(">")
            yield line, bare.lstrip("> \t") if verse else bare, verse


def _alone(written: str, line: int, faults: Faults) -> Heading | Block | None:
    """Return the heading or the scene break that a line is; a heading is one even where it is written wrongly."""
    if WORD_RULE.fullmatch(written):
        faults.add(line, TYPE_HYPHENS)
    if _RULE.fullmatch(written) or WORD_RULE.fullmatch(written):
        return Block((Pause(SCENE_BREAK, line),), line)
    if not written.startswith("#"):
        return None
    title = written.lstrip("#")
    signs = written[: len(written) - len(title)]
    wrong = _wrong_heading(signs, title)
    if wrong:
        faults.add(line, wrong)
    parts = read_marks(re.sub(r"\s+#+$", "", title), line, faults)
    if any(not isinstance(part, Words) for part in parts):
        faults.add(line, message("A heading holds words only; put the picture or the pause on a line below it."))
    if any(isinstance(part, Words) and part.marked for part in parts):
        faults.add(line, message("A heading is read as it stands; take the square brackets out of it."))
    return Heading(" ".join(part.text for part in parts if isinstance(part, Words)), len(signs), line)


def _wrong_heading(signs: str, title: str) -> Message | None:
    if not title.strip():
        return message("This heading has no words; write a title behind {signs}.", signs=signs)
    if len(signs) > 2:
        return message("Headings have one # or two; take out the others.")
    if not title[0].isspace():
        return message("A heading needs a space behind {signs}; to show the sign itself write \\{signs}.", signs=signs)
    return None


def _expect_prose(written: str, line: int, faults: Faults) -> None:
    """Find what begins a paragraph that cannot be read aloud."""
    if _LIST.match(written):
        said = message("Lists are not read well aloud; write sentences, or \\ before the sign to keep it as it is.")
        faults.add(line, said)
    elif written.startswith("|") or ({"|", "-"} <= set(written) <= _RULING):
        faults.add(line, message("Tables cannot be read aloud; write sentences instead."))


def _named(written: str, line: int, cast: Sequence[str], faults: Faults) -> tuple[str | None, str]:
    """Return the speaker that a line names, and the line without the name."""
    lead = LEADING.match(written)
    begin = lead.end() if lead else 0
    prefix = prefix_of(written[begin:])
    if not prefix:
        return None, written
    name = speaker(prefix.name, cast)
    if name:
        return name, f"{written[:begin]} {prefix.words}"
    near = meant(prefix.name, cast)
    if near:
        said = message("“{written}” is not in the cast; did you mean “{nearest}”?", written=prefix.name, nearest=near)
        faults.add(line, said)
    return None, written


def _finished(draft: _Draft, cast: Sequence[str], faults: Faults) -> Iterator[Block]:
    parts = read_marks("\n".join(draft.lines), draft.line, faults, draft.verse, cast)
    if draft.speaker and not any(isinstance(part, Words) for part in parts):
        said = message("{speaker} says nothing here; write the words behind the colon.", speaker=draft.speaker)
        faults.add(draft.line, said)
    if parts:
        yield Block(parts, draft.line, draft.speaker, draft.verse)


def _without_comments(text: str, first_line: int, faults: Faults) -> str:
    """Return text without `<!-- … -->`; the number of its lines stays."""
    kept: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            line = first_line + text.count("\n", 0, start)
            faults.add(line, message("The comment that opens here is never closed; write --> behind it."))
            return "".join((*kept, text[done:start]))
        kept += [text[done:start], "\n" * text.count("\n", start, end)]
        done = end + 3
    return "".join((*kept, text[done:]))
