"""The looks slides come in, read from `slides/styles.toml`: colours by kind of work, sizes by role of text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from media_service.errors import refused
from media_service.filling import Folders, find
from media_service.messages import message
from media_service.slides import fonts

FILE = "slides/styles.toml"
COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True, slots=True)
class Role:
    """How text of one role is set; sizes in pixels of the slide, `step` (line to line) in em."""

    family: str
    weight: int
    largest: int
    good: int
    """Down to here text may shrink to stay within `lines` lines; only what is too long even so goes below."""
    smallest: int
    color: str
    """A name of the style's palette."""
    lines: int = 3
    gap: float = 0
    """Pixels of air above, where other text stands over it."""
    step: float = 1.5


@dataclass(frozen=True, slots=True)
class Style:
    """One look: `palette` names colours as `#rrggbb`; `ornament` is a drawing of `parts/ornaments/`."""

    name: str
    ornament: str
    palette: Mapping[str, str]
    roles: Mapping[str, Role]


def read(folders: Folders, name: str) -> Style:
    """Return the style of that name from the first folder that has a `styles.toml`.

    Raises InputError where the file is missing or at fault, or knows no such style; it then lists those it knows.
    """
    path = find(folders, FILE)
    try:
        table = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as exc:
        raise refused(
            str(path),
            message("The styles in {file} cannot be read ({reason}); mend the file.", file=str(path), reason=str(exc)),
        ) from exc
    if name not in table.styles:
        known = ", ".join(sorted(table.styles))
        raise refused(
            str(path),
            message(
                "There is no style {style} in {file}; choose one of: {known}.", style=name, file=str(path), known=known
            ),
        )
    entry = table.styles[name]
    style = Style(name, entry.ornament, entry.palette, table.roles)
    _check(style, path)
    return style


@dataclass(frozen=True, slots=True)
class _Entry:
    ornament: str
    palette: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Table:
    roles: dict[str, Role]
    styles: dict[str, _Entry]


def _check(style: Style, path: Path) -> None:
    for name, color in style.palette.items():
        if not COLOR.match(color):
            raise refused(
                str(path),
                message(
                    "The colour {name} of style {style} in {file} is {color}; write it like #12ab9f.",
                    name=name,
                    style=style.name,
                    file=str(path),
                    color=color,
                ),
            )
    for name, role in style.roles.items():
        if role.color not in style.palette:
            raise refused(
                str(path),
                message(
                    "Text role {name} asks for the colour {color}, which style {style} in {file} lacks; add it.",
                    name=name,
                    color=role.color,
                    style=style.name,
                    file=str(path),
                ),
            )
        if not fonts.exists(role.family, role.weight):
            raise refused(
                str(path),
                message(
                    "Text role {name} in {file} asks for {family} {weight}, which is not here; choose another.",
                    name=name,
                    file=str(path),
                    family=role.family,
                    weight=role.weight,
                ),
            )
