"""The numbers that Word writes before headings by itself (“Chương 1:”): part of the title, though not of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from media_service.books.markup import Element, found, name_of, value_of


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbered list: how its number is written."""

    text: str
    form: str
    start: int


@dataclass(slots=True)
class Numbers:
    """Counts headings as Word does."""

    lists: Mapping[str, Mapping[int, Level]]
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, number: str, depth: int) -> str:
        """Count one paragraph of a list on and return its label; empty where that is a bullet or a bare number."""
        levels = self.lists.get(number, {})
        level = levels.get(depth)
        if level is None:
            return ""
        key = (number, depth)
        self._counts[key] = self._counts.get(key, level.start - 1) + 1
        for known in list(self._counts):
            if known[0] == number and known[1] > depth:
                del self._counts[known]
        if level.form in {"bullet", "none"} or not any(char.isalpha() for char in level.text):
            return ""
        label = level.text
        for at in range(depth + 1):
            shape = levels.get(at, level)
            label = label.replace(f"%{at + 1}", _written(self._counts.get((number, at), shape.start), shape.form))
        return label.strip()


def read_numbers(root: Element | None) -> Numbers:
    """Read `numbering.xml`."""
    if root is None:
        return Numbers({})
    shapes = {
        value_of(shape, "abstractNumId"): {
            int(value_of(level, "ilvl") or 0): _level(level)
            for level in shape
            if name_of(level) == "lvl" and (value_of(level, "ilvl") or "0").isdigit()
        }
        for shape in found(root, "abstractnum")
    }
    lists = {}
    for number in found(root, "num"):
        shape = next((value_of(child, "val") for child in number if name_of(child) == "abstractnumid"), "")
        lists[value_of(number, "numId")] = shapes.get(shape, {})
    return Numbers(lists)


def _level(level: Element) -> Level:
    said = {name_of(child): value_of(child, "val") for child in level}
    start = said.get("start", "1")
    return Level(said.get("lvltext", ""), said.get("numfmt", "decimal"), int(start) if start.isdigit() else 1)


def _written(number: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        roman, rest = "", number
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return roman if form == "upperRoman" else roman.lower()
    if form in {"upperLetter", "lowerLetter"} and 0 < number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    return str(number)


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
