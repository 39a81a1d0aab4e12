"""The marks inside a paragraph: pictures, pauses, emphasis, links, escapes. What makes a paragraph, `markdown` knows.

What is no mark of ours is a fault rather than read aloud.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

from media_service.domain.nearest import without_marks
from media_service.domain.pace import LONGEST_PAUSE
from media_service.domain.script import Cue, Pause, Words
from media_service.intake.faults import Faults
from media_service.messages import message

Part = Words | Cue | Pause

_INNER = r"(?:[^\[\]\\]|\\.)*"
_TARGET = r"(?:[^()\n]|\([^()\n]*\))*"
_MARK = re.compile(
    rf"""
      \\(?P<literal>[!-/:-@\[-`{{-~])
    | (?P<cue>!\[(?P<alt>{_INNER})\]\((?P<target>{_TARGET})\))
    | (?P<broken_cue>!\[)
    | (?P<link>\[(?P<label>{_INNER})\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))
    | (?P<bracket>\[(?P<inside>[^\[\]\n]*)\])
    | (?P<tag></?[A-Za-z!?][^<>\n]*>?)
    | (?P<emphasis>\*+|_+|~~)
    | (?P<code>`)
    """,
    re.VERBOSE | re.DOTALL,
)
LEADING = re.compile(rf"(?:\s*(?:!\[{_INNER}\]\({_TARGET}\)|\[[^\[\]\n]*\]))+")
"""Pictures and pauses that a line begins with; a speaker's name may stand behind them."""

_PAUSE = re.compile(r"\s*nghỉ\s+([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(ms|s|giây)\s*", re.IGNORECASE)
_PAUSE_WORDS = {"nghi", "ngung", "dung", "ngat", "pause", "break", "silence"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cue, a pause, literal text, or (`opens`, `closes`) an emphasis sign that may turn out to be text."""

    what: str | Cue | Pause
    line: int
    opens: bool = False
    closes: bool = False


def read_marks(text: str, first_line: int, faults: Faults, verse: bool = False) -> tuple[Part, ...]:
    """Return a paragraph's parts; `text` has its line ends as written, its first line is `first_line`.

    Words come on one line, in verse with their line ends. Faults are noted and left out.
    """
    pieces = _without_emphasis(list(_pieces(text, first_line, faults)), faults)
    parts: list[Part] = []
    run: list[_Piece] = []
    for piece in pieces:
        if isinstance(piece.what, str):
            run.append(piece)
        else:
            parts += [*_words(run, verse), piece.what]
            run = []
    return (*parts, *_words(run, verse))


def _words(run: list[_Piece], verse: bool) -> Iterator[Words]:
    text = "".join(str(piece.what) for piece in run)
    lines = [re.sub(r"[ \t\n]+", " ", line).strip() for line in (text.split("\n") if verse else [text])]
    shown = "\n".join(line for line in lines if line)
    if shown:
        first = next(piece for piece in run if str(piece.what).strip())
        lead = str(first.what)
        yield Words(shown, first.line + lead[: len(lead) - len(lead.lstrip())].count("\n"))


def _pieces(text: str, first_line: int, faults: Faults) -> Iterator[_Piece]:
    ends = [found.start() for found in re.finditer("\n", text)]
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() > done:
            yield _Piece(text[done : mark.start()], first_line + bisect_left(ends, done))
        yield from _piece(mark, first_line + bisect_left(ends, mark.start()), faults)
        done = mark.end()
    if done < len(text):
        yield _Piece(text[done:], first_line + bisect_left(ends, done))


def _piece(mark: re.Match[str], line: int, faults: Faults) -> Iterator[_Piece]:
    if mark["literal"]:
        yield _Piece(mark["literal"], line)
    elif mark["cue"]:
        yield _Piece(_cue(mark["alt"], mark["target"], line, faults), line)
    elif mark["link"]:
        yield from _pieces(mark["label"], line, faults)
    elif mark["bracket"]:
        yield from _bracket(mark["inside"], line, faults)
    elif mark["emphasis"]:
        start, end = mark.span()
        opens = not mark.string[end : end + 1].isspace() and end < len(mark.string)
        closes = start > 0 and not mark.string[start - 1].isspace()
        if mark["emphasis"][0] == "_":  # within a word it is part of the word
            opens = opens and not mark.string[max(0, start - 1) : start].isalnum()
            closes = closes and not mark.string[end : end + 1].isalnum()
        yield _Piece(mark["emphasis"], line, opens, closes)
    elif mark["broken_cue"]:
        faults.add_once(line, message("This picture is not complete; write ![what it shows](file.png)."))
    elif mark["tag"]:
        said = message("“{tag}” looks like HTML, which scripts do not use; take it out or write \\<.", tag=mark["tag"])
        faults.add_once(line, said)
    else:
        faults.add_once(line, message("The sign ` is not used in scripts; write ’ or take it out."))


def _cue(alt: str, target: str, line: int, faults: Faults) -> Cue:
    titled = re.fullmatch(r"(.*?)\s+(?:\"[^\"]*\"|'[^']*')\s*", target, re.DOTALL)
    name = (titled[1] if titled else target).strip()
    if name.startswith("<") and name.endswith(">"):
        name = name[1:-1]
    shown = " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", alt).split())
    if not shown:
        faults.add(
            line, message("This picture has no description; write in [ ] what it shows, for those who cannot see.")
        )
    return Cue(file_name(name), shown, line)


def file_name(written: str) -> str:
    """Return a picture's path as files have it: editors write spaces and accents as `%20`."""
    try:
        plain = unquote(written, errors="strict")
    except UnicodeDecodeError:
        plain = written
    parts = unicodedata.normalize("NFC", plain).split("/")
    return "/".join(part for at, part in enumerate(parts) if part != "." and (part or at == 0))


def _bracket(inside: str, line: int, faults: Faults) -> Iterator[_Piece]:
    """Yield a pause, or the brackets themselves where they hold no word (`[…]`)."""
    if not any(char.isalnum() for char in inside):
        yield _Piece(f"[{inside}]", line)
        return
    pause = _PAUSE.fullmatch(inside)
    length = _length(pause[1], pause[2]) if pause else timedelta()
    if pause and timedelta() < length <= LONGEST_PAUSE:
        yield _Piece(Pause(length, line), line)
    elif pause:
        said = message("The pause [{written}] must be longer than 0 and at most 3.5 seconds.", written=inside)
        faults.add(line, said)
    elif re.split(r"[^a-z]", without_marks(inside).casefold().strip())[0] in _PAUSE_WORDS:
        said = message("[{written}] is not written as a pause; write for example [nghỉ 2s].", written=inside)
        faults.add(line, said)
    else:
        said = message(
            "[{written}] is no mark that scripts know; to show the brackets write \\[{written}\\].", written=inside
        )
        faults.add(line, said)


def _length(number: str, unit: str) -> timedelta:
    amount = float(number.replace(",", "."))
    try:
        return timedelta(milliseconds=amount) if unit.casefold() == "ms" else timedelta(seconds=amount)
    except OverflowError:
        return timedelta.max


def _without_emphasis(pieces: list[_Piece], faults: Faults) -> list[_Piece]:
    """Drop emphasis signs that come in pairs; a lone `*` at a word is a fault, a lone `_` or `~~` is text."""
    open_at: dict[str, int] = {}
    dropped: set[int] = set()
    for at, piece in enumerate(pieces):
        if not (isinstance(piece.what, str) and (piece.opens or piece.closes)):
            continue
        if piece.closes and piece.what in open_at:
            dropped |= {at, open_at.pop(piece.what)}
        elif piece.opens:
            open_at[piece.what] = at
    for at, piece in enumerate(pieces):
        if at not in dropped and isinstance(piece.what, str) and "*" in piece.what and (piece.opens or piece.closes):
            faults.add_once(piece.line, message("This * has no partner; take it out, or write \\* to show it."))
    return [piece for at, piece in enumerate(pieces) if at not in dropped]
