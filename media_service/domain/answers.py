"""Writes what a person answers on rights and children into a script's front matter, in place of what stood there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_service.domain.rights import Right, Rights
from media_service.domain.script_text import UNANSWERED

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_ANSWER = re.compile(r"(rights|made_for_kids)[ \t]*:")
_ITS_OWN = re.compile(r"[ \t}]|$")
"""How lines begin that belong to the key above them."""
_HINTS = frozenset(UNANSWERED.split("\n"))


@dataclass(frozen=True, slots=True)
class Answers:
    """On what grounds each part of a work is used, and whether it is for children; None where nobody has said."""

    rights: Rights
    made_for_kids: bool | None


def answered(script: str, answers: Answers) -> str:
    """Return a script whose front matter gives these answers; all else in it stays as it is written."""
    found = _HEAD.match(script)
    head, body = (found[1], script[found.end() :]) if found else ("", f"\n{script}")
    lines = [*_without_answers(head.split("\n")), *_lines(answers)]
    return "\n".join(("---", *lines, "---", body))


def _without_answers(lines: Sequence[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        inside = bool(_ANSWER.match(line)) or (inside and bool(_ITS_OWN.match(line)))
        if line and not inside and line not in _HINTS:
            yield line


def _lines(answers: Answers) -> Iterator[str]:
    parts = {name: getattr(answers.rights, name) for name in ("text", "pictures", "music", "voice")}
    if any(parts.values()):
        yield "rights:"
        yield from (f"  {name}: {{{_written(right)}}}" for name, right in parts.items() if right)
    if answers.made_for_kids is not None:
        yield f"made_for_kids: {json.dumps(answers.made_for_kids)}"


def _written(right: Right) -> str:
    said = {"evidence": right.evidence, "licence": right.licence, "holder": right.holder}
    quoted = (f"{name}: {_quoted(text)}" for name, text in said.items() if text.strip())
    return ", ".join((f"basis: {right.basis.value}", *quoted))


def _quoted(text: str) -> str:
    """Return a text as JSON writes it, which YAML reads alike once nothing invisible is left in it."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return json.dumps(" ".join(plain.split()), ensure_ascii=False)
