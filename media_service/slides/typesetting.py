"""Sets text into boxes with the real fonts: sizes, lines and places, as values that templates draw and tests check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from media_service.errors import refused
from media_service.messages import message
from media_service.slides import measuring
from media_service.slides.linebreaks import ELLIPSIS, Measure, even, fitting, shortened
from media_service.slides.styles import Role, Style

HEAD = 1.25
"""Em from the top of a block to its first baseline: capitals with two marks reach 1.23 em (measured)."""
FOOT = 0.3
"""Em from the last baseline to the bottom of a block: the descenders."""
STEPS = 30
"""How many sizes are tried between a role's largest and its smallest."""
WORTH = 0.85
"""Text is set this much smaller where that saves a line."""
ANCHORS = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""How much of a box's free height stands above the text."""
ALIGNMENTS = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a line's free width stands to its left."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: `x` is its left edge, `y` its baseline."""

    text: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """Text of one role, set; `color` is `#rrggbb`, lengths are pixels of the slide."""

    role: str
    family: str
    weight: int
    size: int
    color: str
    lines: tuple[Line, ...]
    top: float
    bottom: float
    whole: bool = True
    """Whether nothing of its text is left out."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place for text. `align` is left, center or right; `anchor` is top, middle or bottom."""

    x: float
    y: float
    width: float
    height: float
    align: str = "left"
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Text:
    """Blocks that stand together, and the bounds of what they cover."""

    blocks: tuple[Block, ...]
    left: float
    right: float
    top: float
    bottom: float
    box: int = 0
    """Which of the boxes offered was taken."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into lines for one size, not yet placed."""

    name: str
    role: Role
    text: str
    size: int
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Room for marks above and descenders below included."""
        return (HEAD + FOOT + (len(self.lines) - 1) * self.role.step) * self.size

    def width(self, line: str) -> float:
        """Return how wide one of its lines is drawn."""
        return measuring.width(line, self.role.family, self.role.weight) * self.size


def stack(texts: Iterable[tuple[str, str]], style: Style, boxes: Sequence[Box]) -> Text:
    """Set (role, text) pairs under each other as large as their roles and the first box allow; empty ones are left out.

    All shrink together. The first box that holds them at their good sizes within their lines is taken; where none does,
    the last, at sizes down to the smallest and in as many lines as it holds; only what is too long even so ends in an
    ellipsis. Raises InputError where the typeface lacks a character.
    """
    wanted = [(name, style.roles[name], printable(text, name, style)) for name, text in texts]
    wanted = [entry for entry in wanted if entry[2]]
    for number, box in enumerate(boxes):
        cuts = _fitted(wanted, box, last=number + 1 == len(boxes))
        if cuts is not None:
            return replace(_placed([_finished(one, box.width) for one in cuts], style, box), box=number)
    raise ValueError("no box for the text")


def _finished(one: Cut, width: float) -> Cut:
    if one.lines[-1].endswith(ELLIPSIS) and not one.text.endswith(ELLIPSIS):
        return one
    return evened(_saving_a_line(one, width), width)


def _fitted(wanted: Sequence[tuple[str, Role, str]], box: Box, *, last: bool) -> list[Cut] | None:
    """Return the largest cuts that a box holds; None where a better box may follow."""
    cuts: list[Cut] = []
    for step in range(STEPS + 1):
        cuts = [cut(name, role, text, (size_at(role, step), box.width)) for name, role, text in wanted]
        poor = [one for one in cuts if one.size < one.role.good or len(one.lines) > one.role.lines]
        if _height(cuts) <= box.height and (not poor or (last and all(one.size <= one.role.good for one in poor))):
            return cuts
    return _cropped(cuts, box) if last else None


def size_at(role: Role, step: int) -> int:
    """Return the size at a step of `STEPS` from the role's largest to its smallest."""
    return round(role.largest - (role.largest - role.smallest) * step / STEPS)


def cut(name: str, role: Role, text: str, measure: tuple[int, float]) -> Cut:
    """Cut a text into even lines; `measure` is the size and the width of the box."""
    size, width = measure
    return Cut(name, role, text, size, fitting(text, width / size, _measure(role)))


def evened(one: Cut, width: float) -> Cut:
    """Even out the lines of a cut, for good looks; it keeps their number."""
    return replace(one, lines=even(one.text, width / one.size, _measure(one.role)))


def shortened_cut(one: Cut, lines: int, width: float) -> Cut:
    """Keep at most so many lines, the last behind an ellipsis where there were more."""
    return replace(one, lines=shortened(one.text, lines, width / one.size, _measure(one.role)))


def place(one: Cut, style: Style, box: Box) -> Block:
    """Give the lines of a cut their places at the top of a box."""
    first = box.y + HEAD * one.size
    shift = ALIGNMENTS[box.align]
    lines = []
    for number, text in enumerate(one.lines):
        width = one.width(text)
        lines.append(Line(text, box.x + shift * (box.width - width), first + number * one.role.step * one.size, width))
    role = one.role
    color = style.palette[role.color]
    whole = one.text.endswith(ELLIPSIS) or not one.lines[-1].endswith(ELLIPSIS)
    return Block(one.name, role.family, role.weight, one.size, color, tuple(lines), box.y, box.y + one.height, whole)


def gathered(blocks: Sequence[Block], box: Box) -> Text:
    """Return blocks with their common bounds; none at all lie at the foot of their box."""
    lines = [line for block in blocks for line in block.lines]
    if not lines:
        return Text((), box.x, box.x, box.y + box.height, box.y + box.height)
    left, right = min(line.x for line in lines), max(line.x + line.width for line in lines)
    return Text(tuple(blocks), left, right, min(block.top for block in blocks), max(block.bottom for block in blocks))


def printable(text: str, name: str, style: Style) -> str:
    """Return text of a role as it can be drawn, on one line.

    Raises InputError naming the role, there being no file, and the characters the typeface lacks.
    """
    shown, role = measuring.printable(text), style.roles[name]
    if lacking := measuring.missing(shown, role.family, role.weight):
        said = message(
            "The typeface of the slides has no sign {signs}, found in “{text}”; write it another way.",
            signs=" ".join(lacking), text=shown,
        )  # fmt: skip
        raise refused(name, said)
    return shown


def _height(cuts: Sequence[Cut]) -> float:
    return sum(one.height for one in cuts) + sum(one.role.gap for one in cuts[1:])


def _saving_a_line(one: Cut, width: float) -> Cut:
    floor = max(int(one.size * WORTH), min(one.size, one.role.good), one.role.smallest)
    for size in range(one.size - 1, floor - 1, -1):
        smaller = cut(one.name, one.role, one.text, (size, width))
        if len(smaller.lines) < len(one.lines):
            return smaller
    return one


def _cropped(cuts: list[Cut], box: Box) -> list[Cut]:
    """Take lines from the longest text until all fit."""
    allowed = [len(one.lines) for one in cuts]
    while _height([_clipped(one, n) for one, n in zip(cuts, allowed, strict=True)]) > box.height and max(allowed) > 1:
        allowed[allowed.index(max(allowed))] -= 1
    return [shortened_cut(one, n, box.width) for one, n in zip(cuts, allowed, strict=True)]


def _clipped(one: Cut, lines: int) -> Cut:
    return replace(one, lines=one.lines[:lines])


def _measure(role: Role) -> Measure:
    return lambda run: measuring.width(run, role.family, role.weight)


def _placed(cuts: Sequence[Cut], style: Style, box: Box) -> Text:
    free = box.height - _height(cuts)
    y = box.y + free * ANCHORS[box.anchor]
    blocks = []
    for number, one in enumerate(cuts):
        y += one.role.gap if number else 0
        blocks.append(place(one, style, Box(box.x, y, box.width, one.height, box.align)))
        y += one.height
    return gathered(blocks, box)
