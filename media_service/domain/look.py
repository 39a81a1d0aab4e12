"""How a work looks on the screen: which style and theme, and on which canvas; what that means is for `slides/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from media_service.domain.script import Facts
from media_service.messages import Message, message


class Canvas(StrEnum):
    """The shape of a film's picture."""

    WIDE = "wide"
    """1920 x 1080: what most films are."""
    TALL = "tall"
    """1080 x 1920: short films, held upright."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (1920, 1080) if self is Canvas.WIDE else (1080, 1920)


@dataclass(frozen=True, slots=True)
class Look:
    """`style` is named by the kind of work, `theme` is one of that style's; empty for its first."""

    style: str
    theme: str = ""
    canvas: Canvas = Canvas.WIDE


def unknown_theme(
    facts: Facts, lines: Mapping[str, int], themes: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, Message]]:
    """Yield a fault with its line where a work asks for a theme that its kind does not have."""
    known = themes.get(facts.kind.value, ())
    if facts.theme and known and facts.theme not in known:
        said = message(
            "“{key}” is “{value}”; choose one of: {known}.", key="theme", value=facts.theme, known=", ".join(known)
        )
        yield lines.get("theme", 1), said


def look_of(facts: Facts, canvas: Canvas = Canvas.WIDE) -> Look:
    """Return the look that a work asks for."""
    return Look(facts.kind.value, facts.theme, canvas)
