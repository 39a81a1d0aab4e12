"""Punctuation made fit for a voice: what it would name or stumble over goes, its pauses and stops stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """Where `pattern` matches (never emptily), `put` stands instead."""

    pattern: re.Pattern[str]
    put: Callable[[re.Match[str]], str]


def _put(new: str) -> Callable[[re.Match[str]], str]:
    return lambda _: new


def _one_stop(match: re.Match[str]) -> str:
    """Keep of several stops what ends the sentence: ?!! is a question, an ellipsis stays one."""
    run = match[0]
    sign = next((mark for mark in run if mark in "?!"), "")
    if sign:
        return sign
    if ".." in run or "…" in run:
        return "…"
    ends = [mark for mark in run if mark in ".:;"]
    return ends[0] if ends else run[0]


def _closed(match: re.Match[str]) -> str:
    """Put a breath for a closing bracket, unless a stop follows it anyway."""
    is_stopped = match.end() == len(match.string) or match.string[match.end()] in ".,;:?!…"
    return "" if is_stopped else ", "


BLANKS = Mark(re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\ufeff\ue000\ue001]+"), _put(" "))
"""Comes first: rules count on single blanks, and on their own signs being nobody else's."""

MARKS = (
    Mark(re.compile(r"(?<=[^\W_])[*_#`~^|\\]+(?=[^\W_])"), _put(" ")),
    Mark(re.compile(r"[*_#`~^|\\]+"), _put("")),  # espeak-ng names these marks
    Mark(re.compile(r"  +"), _put(" ")),
    Mark(re.compile(r"^[^\w–—-]*[–—-]+ +"), _put("")),  # the dash that opens speech
    Mark(re.compile(r"(?<=[.,;:?!…”»\"]) [–—-]+ "), _put(" ")),
    Mark(re.compile(r" [–—-]+ | [–—]+(?=\w)|(?<=\w)[–—]+ |(?<=\w)—+(?=\w)"), _put(", ")),
    Mark(re.compile(r"(?<=\w)–+(?=\w)"), _put(" ")),
    Mark(re.compile(r"(?<![-–—])[-–—]+(?=[.,;:?!)]|$)"), _put("")),
    Mark(re.compile(r"(?<=\w)[“”„«»\"](?=\w)"), _put(" ")),
    Mark(re.compile(r"[“”„‟«»‹›\"]+|(?<!\w)[‘’']+|[‘’']+(?!\w)"), _put("")),
    Mark(re.compile(r"  +"), _put(" ")),
    Mark(re.compile(r" ?[(\[{]+ ?"), _put(", ")),
    Mark(re.compile(r" ?[)\]}]+ ?"), _closed),
    Mark(re.compile(r"  +"), _put(" ")),
    Mark(re.compile(r" (?=[.,;:?!…])"), _put("")),
    Mark(re.compile(r"^[ .,;:?!…]+| +$"), _put("")),
    Mark(re.compile(r"[.,;:?!…](?:[.,;:?!…]| (?=[.,;:?!…]))+"), _one_stop),
    Mark(re.compile(r"  +"), _put(" ")),
)
"""In the order they are applied."""
