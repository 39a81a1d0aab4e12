"""Slips of people who write YAML by hand, found in its lines: YAML's reader names another place for them, or none.

Every line here is counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from media_service.messages import Message, message

INDENT = message("This line is indented differently from its group; indent it by two spaces.")
WORD_QUOTES = message("“ ” are Word's quotation marks; use \" or none in the front matter.")
_SPACES = message("Spaces stand before this key; take them out.")

_NO_SPACE = re.compile(r" *(?P<key>[^\W\d_][^:：#\"'“\[\]{},]{0,59}):(?=[^\s:/])")
_KEY = re.compile(r"(?P<indent> *)(?P<key>[^\s:][^:]*):(?:\s+(?P<value>\S.*))?$")
_CURLY_VALUE = re.compile(r"[:\[{,]\s*(?:[“”„]|\"[^\"”]*”)")
_OWN_KEY = re.compile(r"[a-z_]+")


def missing_spaces(lines: Sequence[str]) -> dict[int, Message]:
    """Return for each line that reads `key:value` what to write instead."""
    found = {at: _NO_SPACE.match(line) for at, line in enumerate(lines)}
    return {
        at: message("A space is missing behind the colon; write “{key}: …”.", key=match["key"].rstrip())
        for at, match in found.items()
        if match
    }


def slips(lines: Sequence[str], at: int, opened_at: int, problem: str) -> Mapping[int, Message]:
    """Return what a person did where YAML ends; empty where that is not known.

    YAML's reader gives up at the line `at` with a `problem`; what it could not finish began at `opened_at`.
    """
    unspaced = missing_spaces(lines[: at + 1])
    if unspaced:
        return unspaced
    if opened_at < len(lines) and _CURLY_VALUE.search(lines[opened_at]):
        return {opened_at: WORD_QUOTES}
    if "<document start>" in problem and lines[0].startswith(" "):
        return {0: _SPACES}
    if at < len(lines) and lines[at].startswith(" "):
        said = _indented(lines, at, problem)
        return {at: said} if said else {}
    return {}


def _indented(lines: Sequence[str], at: int, problem: str) -> Message | None:
    """Return what is wrong with the spaces before a line, None where it may be the end of the value above it."""
    if "expected <block end>" in problem and "start>" in problem:
        return INDENT
    this = _KEY.match(lines[at])
    above = next((_KEY.match(line) for line in reversed(lines[:at]) if line.strip()), None)
    if "mapping values" not in problem or not (this and above and above["value"]):
        return None
    if len(this["indent"]) <= len(above["indent"]):
        return None
    if above["indent"]:
        return INDENT
    return _SPACES if _OWN_KEY.fullmatch(this["key"]) else None
