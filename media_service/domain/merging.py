"""Merges three versions of a script: what its file said at first, what it says now, what people changed since.

Where both changed the same passage the people's words stay, and what the file says now is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage that both changed: where it stands in the merged script, and what the file says now."""

    line: int
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged script; `edits` counts the passages that people had changed."""

    text: str
    conflicts: tuple[Conflict, ...] = ()
    edits: int = 0


def merged(before: str, now: str, mine: str) -> Merged:
    """Merge what was imported `before`, what would be imported `now`, and the script as people left it (`mine`)."""
    if mine in {before, now}:
        return Merged(now)
    made: list[str] = []
    conflicts: list[tuple[int, str, str]] = []
    edits = 0
    for base, theirs, ours in _regions(*map(_passages, (before, now, mine))):
        for old, new, own in _aligned(base, theirs, ours):
            edits += own != old
            if own != old and new not in (old, own):
                conflicts.append((len(made), "\n\n".join(own), "\n\n".join(new)))
            made += new if own == old else own
    text, lines = _whole(made)
    told = tuple(Conflict(lines[min(at, len(lines) - 1)] if lines else 1, kept, new) for at, kept, new in conflicts)
    return Merged(text, told, edits)


_Passages = list[str]


def _passages(text: str) -> _Passages:
    """Cut a script into the lines of its front matter and the paragraphs of its body."""
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    head = front[0] if front else ""
    body = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text[len(head) :])]
    return [*(line + "\n" for line in head.splitlines()), *(part for part in body if part.strip())]


def _whole(passages: Sequence[str]) -> tuple[str, list[int]]:
    """Put passages together again; return the text and the line on which each begins."""
    text, line = "", 1
    lines = []
    for passage in passages:
        lead = "" if passage.endswith("\n") or not text else "\n"
        lines.append(line + len(lead))
        piece = lead + passage + ("" if passage.endswith("\n") else "\n")
        text += piece
        line += piece.count("\n")
    return text, lines


def _regions(base: _Passages, theirs: _Passages, ours: _Passages) -> Iterator[tuple[_Passages, _Passages, _Passages]]:
    """Yield runs of passages that belong together, as three versions have them; equal ones by themselves."""
    to_theirs, to_ours = _matches(base, theirs), _matches(base, ours)
    at = their = our = 0
    for anchor in [*(number for number in range(len(base)) if number in to_theirs and number in to_ours), len(base)]:
        their_next = to_theirs.get(anchor, len(theirs))
        our_next = to_ours.get(anchor, len(ours))
        if (anchor, their_next, our_next) != (at, their, our):
            yield base[at:anchor], theirs[their:their_next], ours[our:our_next]
        if anchor < len(base):
            yield [base[anchor]], [base[anchor]], [base[anchor]]
        at, their, our = anchor + 1, their_next + 1, our_next + 1


def _matches(base: _Passages, other: _Passages) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _moved(base: _Passages, other: _Passages) -> bool:
    """Tell whether a passage stands elsewhere in a run than it stood."""
    return any(at != to for at, to in _matches(base, other).items())


def _aligned(base: _Passages, theirs: _Passages, ours: _Passages) -> Iterator[tuple[_Passages, _Passages, _Passages]]:
    """Yield a run passage by passage where all three have as many, so that neighbours do not hinder each other."""
    if len(base) == len(theirs) == len(ours) > 1 and not any(_moved(base, other) for other in (theirs, ours)):
        yield from (([one], [two], [three]) for one, two, three in zip(base, theirs, ours, strict=True))
    else:
        yield base, theirs, ours
