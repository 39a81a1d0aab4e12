"""The marks inside a paragraph: pictures, pauses, ways of speaking, links, escapes. What makes one, `markdown` knows.

What is no mark of ours is a fault rather than read aloud.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import unquote

from media_service.domain.manner import Manner
from media_service.domain.nearest import without_marks
from media_service.domain.pace import LONGEST_PAUSE
from media_service.domain.script import Card, Cue, Pause, Words
from media_service.intake.cards import MARK, cards
from media_service.intake.faults import Faults
from media_service.intake.manners import is_sound_note, lacks_colon, manner_of, no_such_manner
from media_service.intake.picture_notes import read_notes
from media_service.intake.runs import Closing, Opening, Piece, in_manners, words_of
from media_service.messages import Message, message

Part = Words | Cue | Pause | Card

_INNER = r"(?:[^\[\]\\]|\\.)*"
_TARGET = r"(?:[^()\n]|\([^()\n]*\))*"
_MARK = re.compile(
    rf"""
      \\(?P<literal>[!-/:-@\[-`{{-~])
    | (?P<cue>!\[(?P<alt>{_INNER})\]\((?P<target>{_TARGET})\))
    | (?P<broken_cue>!\[)
    | (?P<link>\[(?P<label>{_INNER})\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))
    | {MARK}
    | (?P<opens>\[[ \t]*(?P<name>[^\[\]:：\n]{{1,60}})[:：][ \t]*)
    | (?P<bracket>\[(?P<inside>[^\[\]\n]*)\])
    | (?P<closes>\])
    | (?P<tag></?[A-Za-z!?][^<>\n]*>?)
    | (?P<emphasis>\*+|_+|~~)
    | (?P<code>`)
    """,
    re.VERBOSE | re.DOTALL,
)
LEADING = re.compile(
    rf"(?:\s*(?:!\[{_INNER}\]\({_TARGET}\)|\[(?:\s*(?:âm thanh|sound)\s*:)?[^\[\]:\n]*\]))+", re.IGNORECASE
)
"""Pictures, pauses and notes of sounds that a line begins with; a speaker's name may stand behind them."""

_PAUSE = re.compile(r"\s*nghỉ\s+([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(ms|s|giây)\s*", re.IGNORECASE)
_PAUSE_WORDS = {"nghi", "ngung", "dung", "ngat", "pause", "break", "silence"}


def read_marks(
    text: str, first_line: int, faults: Faults, verse: bool = False, cast: Sequence[str] = ()
) -> tuple[Part, ...]:
    """Return a paragraph's parts; `text` has its line ends as written, its first line is `first_line`.

    Words come on one line, in verse with their line ends. `cast` are the names that may speak. Faults are noted and
    left out.
    """
    pieces = _without_emphasis(list(_pieces(text, first_line, faults, cast)), faults)
    parts: list[Part] = []
    run: list[Piece] = []
    for piece in in_manners(pieces, faults):
        if isinstance(piece.what, str):
            run.append(piece)
        elif isinstance(piece.what, Cue | Pause):
            parts += [*words_of(run, verse), piece.what]
            run = []
        elif isinstance(piece.what, Card):
            parts += [*words_of(run, verse), piece.what, Words(piece.what.text, piece.line)]
            run = []
    return (*parts, *words_of(run, verse))


def _pieces(text: str, first_line: int, faults: Faults, cast: Sequence[str] = ()) -> Iterator[Piece]:
    ends = [found.start() for found in re.finditer("\n", text)]
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() > done:
            yield Piece(text[done : mark.start()], first_line + bisect_left(ends, done))
        line = first_line + bisect_left(ends, mark.start())
        if mark["card"]:
            yield from _cards(mark, line, faults)
        else:
            yield from _span(mark, line, faults, cast) if mark["opens"] else _piece(mark, line, faults)
        done = mark.end()
    if done < len(text):
        yield Piece(text[done:], first_line + bisect_left(ends, done))


def _piece(mark: re.Match[str], line: int, faults: Faults) -> Iterator[Piece]:
    if mark["literal"]:
        yield Piece(mark["literal"], line)
    elif mark["cue"]:
        yield Piece(_cue(mark["alt"], mark["target"], line, faults), line)
    elif mark["link"]:
        yield from _pieces(mark["label"], line, faults)
    elif mark["closes"]:
        yield Piece(Closing(), line)
    elif mark["bracket"]:
        yield from _bracket(mark["inside"], line, faults)
    elif mark["emphasis"]:
        start, end = mark.span()
        opens = not mark.string[end : end + 1].isspace() and end < len(mark.string)
        closes = start > 0 and not mark.string[start - 1].isspace()
        if mark["emphasis"][0] == "_":  # within a word it is part of the word
            opens = opens and not mark.string[max(0, start - 1) : start].isalnum()
            closes = closes and not mark.string[end : end + 1].isalnum()
        yield Piece(mark["emphasis"], line, opens, closes)
    elif mark["broken_cue"]:
        faults.add_once(line, message("This picture is not complete; write ![what it shows](file.png)."))
    elif mark["tag"]:
        said = message("“{tag}” looks like HTML, which scripts do not use; take it out or write \\<.", tag=mark["tag"])
        faults.add_once(line, said)
    else:
        faults.add_once(line, message("The sign ` is not used in scripts; write ’ or take it out."))


def _cards(mark: re.Match[str], line: int, faults: Faults) -> Iterator[Piece]:
    found = list(cards(mark["card"], mark["shown"], line))
    if not found:
        faults.add(line, message("[{name}: ] shows no words; write them behind the colon.", name=mark["card"]))
    for card in found:
        yield Piece(card, line)


def _span(mark: re.Match[str], line: int, faults: Faults, cast: Sequence[str]) -> Iterator[Piece]:
    """Yield the opening of a span; where its name means nothing, the words as they stand, with a fault."""
    name = " ".join(mark["name"].split())
    manner = manner_of(name, cast)
    if manner:
        yield Piece(Opening(manner, name), line)
        return
    yield Piece(mark["opens"], line)
    inside = re.match(r"[^\[\]\n]*", mark.string[mark.start() + 1 :])
    written = inside[0] if inside else name
    if _is_pause(name):
        faults.add(line, _no_pause(written))
    elif any(sign.isalnum() for sign in written):
        faults.add(line, no_such_manner(name, written, cast))


def _is_pause(written: str) -> bool:
    return re.split(r"[^a-z]", without_marks(written).casefold().strip())[0] in _PAUSE_WORDS


def _no_pause(written: str) -> Message:
    return message("[{written}] is not written as a pause; write for example [nghỉ 2s].", written=written)


def _cue(alt: str, target: str, line: int, faults: Faults) -> Cue:
    titled = re.fullmatch(r"(.*?)\s+(\"[^\"]*\"|'[^']*')\s*", target, re.DOTALL)
    name = (titled[1] if titled else target).strip()
    if name.startswith("<") and name.endswith(">"):
        name = name[1:-1]
    shown = " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", alt).split())
    if not shown:
        faults.add(
            line, message("This picture has no description; write in [ ] what it shows, for those who cannot see.")
        )
    focus, label = read_notes(titled[2][1:-1], line, faults) if titled else (None, "")
    return Cue(file_name(name), shown, line, focus, label)


def file_name(written: str) -> str:
    """Return a picture's path as files have it: editors write spaces and accents as `%20`."""
    try:
        plain = unquote(written, errors="strict")
    except UnicodeDecodeError:
        plain = written
    parts = unicodedata.normalize("NFC", plain).split("/")
    return "/".join(part for at, part in enumerate(parts) if part != "." and (part or at == 0))


def _bracket(inside: str, line: int, faults: Faults) -> Iterator[Piece]:
    """Yield a pause, a note of a sound, or the brackets themselves where they hold no word (`[…]`)."""
    if not any(char.isalnum() for char in inside):
        yield Piece(f"[{inside}]", line)
        return
    pause = _PAUSE.fullmatch(inside)
    length = _length(pause[1], pause[2]) if pause else timedelta()
    if pause and timedelta() < length <= LONGEST_PAUSE:
        yield Piece(Pause(length, line), line)
    elif pause:
        said = message("The pause [{written}] must be longer than 0 and at most 3.5 seconds.", written=inside)
        faults.add(line, said)
    elif _is_pause(inside):
        faults.add(line, _no_pause(inside))
    elif is_sound_note(inside):
        yield Piece(f"[{inside.strip()}]", line, manner=Manner(shown_only=True))
    else:
        faults.add(line, lacks_colon(inside) or no_such_manner(inside, inside, ()))


def _length(number: str, unit: str) -> timedelta:
    amount = float(number.replace(",", "."))
    try:
        return timedelta(milliseconds=amount) if unit.casefold() == "ms" else timedelta(seconds=amount)
    except OverflowError:
        return timedelta.max


def _without_emphasis(pieces: list[Piece], faults: Faults) -> list[Piece]:
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
