"""Reads a piece of YAML as plain values, each with its line, and without YAML's traps.

Numbers and dates stay the text that was written (`1984`, `0123`, `12:30`); only `true` and `false` are truth values.
Anchors, aliases, tags and doubled keys are faults. What the keys mean is the affair of `front_matter`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import yaml

from media_service.intake.faults import Faults
from media_service.intake.text_file import clean
from media_service.intake.yaml_slips import slips
from media_service.messages import Message, message

Path = tuple[str | int, ...]

DEEPEST = 8
"""Levels of front matter; its own keys need three."""
LONGEST = 60_000
"""Characters of front matter; more is no front matter but a text."""

_WORDS: Mapping[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
}  # fmt: skip  # the core schema of YAML 1.2, as editors read it

_BEGINS_SO = message("A value that begins with &, * or ! must stand in quotation marks.")
_SAYINGS = (
    ("", "mapping values are not allowed", True, message("A value with “: ” in it must stand in quotation marks.")),
    ("quoted scalar", "", False, message("The quotation mark that opens here is not closed, or a \\ is in its text.")),
    ("flow", "", False, message("The bracket that opens here is not closed, or a comma is missing in it.")),
    ("", "cannot start any token", True, message("A value that begins with this sign must stand in quotation marks.")),
    ("alias", "", True, _BEGINS_SO),
    ("anchor", "", True, _BEGINS_SO),
    ("tag", "", True, _BEGINS_SO),
    (
        "",
        "could not find expected ':'",
        False,
        message("This line lacks a colon and a space; write it as “key: value”."),
    ),
)
"""What PyYAML names as context and problem; whether the problem's place is meant; what people are told."""
_UNEXPLAINED = message("This line does not fit the lines above it; check its spaces and quotation marks.")


@dataclass(frozen=True, slots=True)
class Tree:
    """Values (mapping, list, text, truth value, None) and the line of each key by its path."""

    value: object
    lines: Mapping[Path, int]


class _Mark(Protocol):
    @property
    def line(self) -> int: ...


class _GivenUpError(Exception):
    """A fault was noted behind which nothing can be read."""


def read_yaml(text: str, first_line: int, faults: Faults) -> Tree | None:
    """Return what a piece of YAML says, None where it cannot be read; `first_line` is the line it begins on."""
    tab = re.search(r"^ *\t", text, re.MULTILINE)
    if tab:
        line = first_line + text.count("\n", 0, tab.start())
        faults.add(line, message("This line begins with a tab; use spaces instead."))
        return None
    if len(text) > LONGEST:
        faults.add(first_line, message("This front matter is too long; the story belongs below the second line ---."))
        return None
    reading = _Reading(first_line, faults)
    try:
        value = reading.document(yaml.parse(text, Loader=yaml.SafeLoader))
    except _GivenUpError:
        return None
    except yaml.MarkedYAMLError as exc:
        for at, said in _explained(exc, text).items():
            faults.add(first_line + at, said)
        return None
    except (yaml.YAMLError, ValueError, OverflowError):  # a sign or an escape (\\Uffffffff) that is no character
        faults.add(first_line, message("There is a sign in this front matter that is no character; write it again."))
        return None
    return Tree(value, reading.lines)


class _Reading:
    def __init__(self, first_line: int, faults: Faults) -> None:
        self._first_line = first_line
        self._faults = faults
        self.lines: dict[Path, int] = {}

    def document(self, events: Iterator[yaml.Event]) -> object:
        value: object = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        line = self._line(event)
        self.lines.setdefault(path, line)
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) not in {None, "!"}:
            raise self._given_up(event, _BEGINS_SO)
        if len(path) > DEEPEST:
            raise self._given_up(
                event, message("The front matter is nested too deeply here; see the guide for its keys.")
            )
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: Iterator[yaml.Event], path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
                raise self._given_up(
                    event, message("The key on this line is not plain text; write it as “key: value”.")
                )
            key = " ".join(clean(event.value).split())
            if key in found:
                self._faults.add(
                    self._line(event), message("The key “{key}” stands here a second time; keep one of them.", key=key)
                )
            self.lines[*path, key] = self._line(event)
            found[key] = self._value(next(events), events, (*path, key))
        return found

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)

    def _given_up(self, event: yaml.Event, said: Message) -> _GivenUpError:
        self._faults.add(self._line(event), said)
        return _GivenUpError()


def _scalar(event: yaml.ScalarEvent) -> str | bool | None:
    if event.style is None and event.value in _WORDS:
        return _WORDS[event.value]
    return "\n".join(clean(line) for line in str(event.value).split("\n")).strip()


def _explained(error: yaml.MarkedYAMLError, text: str) -> Mapping[int, Message]:
    """Return each line, counted from 0, with a sentence for what PyYAML says in its own words."""
    mark, said = _translated(error)
    opened_at = mark.line if mark else 0
    at = error.problem_mark.line if error.problem_mark else opened_at
    return slips(text.split("\n"), at, opened_at, error.problem or "") or {opened_at: said}


def _translated(error: yaml.MarkedYAMLError) -> tuple[_Mark | None, Message]:
    for context, problem, at_problem, said in _SAYINGS:
        if context in (error.context or "") and problem in (error.problem or ""):
            return error.problem_mark if at_problem else error.context_mark or error.problem_mark, said
    return error.problem_mark, _UNEXPLAINED
