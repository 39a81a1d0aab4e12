"""Pieces of a paragraph put together into words, and where in them each span of its own manner lies.

What the pieces are, `marks` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from media_service.domain.manner import Manner, Marked
from media_service.domain.script import Card, Cue, Pause, Words
from media_service.intake.faults import Faults
from media_service.messages import Message, message


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a span begins that is said in a manner of its own; `name` is what the author called it."""

    manner: Manner
    name: str


@dataclass(frozen=True, slots=True)
class Closing:
    """A bracket that closes the innermost span; where none is open it is text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cue, a pause, literal text, or (`opens`, `closes`) an emphasis sign that may turn out to be text."""

    what: str | Cue | Pause | Card | Opening | Closing
    line: int
    opens: bool = False
    closes: bool = False
    manner: Manner | None = None
    """How a note of a sound, or what stands inside a span, is said."""


def in_manners(pieces: Sequence[Piece], faults: Faults) -> Iterator[Piece]:
    """Yield cues, pauses and text, the text inside a span with its manner."""
    within: list[tuple[Manner, Piece]] = []
    said = False
    for piece in pieces:
        if isinstance(piece.what, Opening):
            manner = piece.what.manner.inside(within[-1][0]) if within else piece.what.manner
            within.append((manner, piece))
            said = False
        elif isinstance(piece.what, Closing):
            if not within:
                yield replace(piece, what="]")
                continue
            manner, opening = within.pop()
            if not said:
                faults.add(opening.line, _empty(opening))
            if manner.shown_only:
                yield replace(piece, what="]", manner=manner)
        else:
            said = said or (isinstance(piece.what, str) and any(sign.isalnum() for sign in piece.what))
            yield replace(piece, manner=within[-1][0]) if within and isinstance(piece.what, str) else piece
        if isinstance(piece.what, Opening) and piece.what.manner.shown_only:
            yield replace(piece, what="[", manner=within[-1][0])
    for _, opening in within:
        faults.add(opening.line, message("[{name}: …] has no end; write ] behind its last word.", name=_name(opening)))


def _name(opening: Piece) -> str:
    return opening.what.name if isinstance(opening.what, Opening) else ""


def _empty(opening: Piece) -> Message:
    return message("There are no words in [{name}: …]; write them behind the colon.", name=_name(opening))


def words_of(run: Sequence[Piece], verse: bool) -> Iterator[Words]:
    """Yield the words that a run of text is, on one line or, in verse, on several; nothing where it is blank."""
    text = "".join(str(piece.what) for piece in run)
    is_marked = any(piece.manner for piece in run)
    shown, places = _placed(text, verse) if is_marked else (_on_lines(text, verse), ())
    if shown:
        first = next(piece for piece in run if str(piece.what).strip())
        lead = str(first.what)
        line = first.line + lead[: len(lead) - len(lead.lstrip())].count("\n")
        yield Words(shown, line, tuple(_marked(run, places)))


def _on_lines(text: str, verse: bool) -> str:
    """Return a text with its blanks as they are shown."""
    lines = [re.sub(r"[ \t\n]+", " ", line).strip() for line in (text.split("\n") if verse else [text])]
    return "\n".join(line for line in lines if line)


def _placed(text: str, verse: bool) -> tuple[str, list[int]]:
    """Return the same, and where each sign of the text has gone; -1 for blanks."""
    shown: list[str] = []
    places: list[int] = []
    blank = ""
    for sign in text:
        if sign in " \t\n":
            blank = "\n" if verse and "\n" in (blank, sign) else " "
            places.append(-1)
            continue
        if blank and shown:
            shown.append(blank)
        blank = ""
        places.append(len(shown))
        shown.append(sign)
    return "".join(shown), places


def _marked(run: Sequence[Piece], places: Sequence[int]) -> Iterator[Marked]:
    """Yield the spans of a run that are said in a manner of their own; neighbours of one manner are one."""
    last: Marked | None = None
    at = 0
    for piece in run:
        seen = [place for place in places[at : at + len(str(piece.what))] if place >= 0]
        at += len(str(piece.what))
        if piece.manner is None or not seen:
            continue
        if last and last.manner == piece.manner and seen[0] - last.last <= 1:
            last = replace(last, last=seen[-1] + 1)
            continue
        if last:
            yield last
        last = Marked(seen[0], seen[-1] + 1, piece.manner, piece.line)
    if last:
        yield last
