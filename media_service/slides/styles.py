"""The looks slides come in, read from `slides/styles.toml`: colours by kind of work, sizes by role of text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec

from media_service.domain.look import Look
from media_service.errors import refused
from media_service.filling import Folders, find
from media_service.messages import message
from media_service.slides import contrast, fonts

FILE = "slides/styles.toml"
GROUNDS = (("ink", "paper"), ("accent", "paper"), ("soft", "paper"), ("on_deep", "deep"), ("ink", "glow"))
"""Which colours text is set in, and on which grounds: each pair must be told apart (standard V4)."""
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
    """One look: `palette` names colours as `#rrggbb`; `ornament` is a drawing of `parts/ornaments/`.

    `scenes` are drawings of `parts/scenes/`, one of which stands where there is no picture.
    """

    name: str
    theme: str
    ornament: str
    scenes: tuple[str, ...]
    palette: Mapping[str, str]
    roles: Mapping[str, Role]


def read(folders: Folders, look: Look) -> Style:
    """Return a look's style in its theme from the first folder that has a `styles.toml`.

    Raises InputError where the file is missing or at fault, or knows no such style or theme; it then lists those it
    knows.
    """
    table, path = _table(folders)
    entry = _entry(table, path, look.style)
    theme = look.theme or next(iter(entry.themes), "")
    if theme and theme not in entry.themes:
        raise refused(
            str(path),
            message(
                "There is no theme {theme} for {style} in {file}; choose one of: {known}.",
                theme=theme,
                style=look.style,
                file=str(path),
                known=", ".join(entry.themes),
            ),
        )
    own = table.themes.get(theme, _Theme())
    style = Style(
        look.style,
        theme,
        own.ornament or entry.ornament,
        own.scenes or entry.scenes,
        {**entry.palette, **own.palette},
        table.roles,
    )
    _check(style, path)
    return style


def themes(folders: Folders, name: str) -> tuple[str, ...]:
    """Name the themes of a style, the usual one first; raises InputError as `read` does."""
    table, path = _table(folders)
    return _entry(table, path, name).themes


@dataclass(frozen=True, slots=True)
class _Theme:
    """What a theme gives the styles that name it; it wins over theirs."""

    ornament: str = ""
    scenes: tuple[str, ...] = ()
    palette: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    ornament: str
    palette: dict[str, str] = field(default_factory=dict)
    scenes: tuple[str, ...] = ("coast",)
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    roles: dict[str, Role]
    styles: dict[str, _Entry]
    themes: dict[str, _Theme] = field(default_factory=dict)


msgspec.json.Decoder(_Table)  # known from here on: threads that learn it at once would kill the process (msgspec 0.22)


def _table(folders: Folders) -> tuple[_Table, Path]:
    path = find(folders, FILE)
    try:
        there = path.stat()
        return _parsed(path, there.st_mtime_ns, there.st_size), path
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as exc:
        raise refused(
            str(path),
            message("The styles in {file} cannot be read ({reason}); mend the file.", file=str(path), reason=str(exc)),
        ) from exc


@lru_cache(maxsize=4)
def _parsed(path: Path, _changed_ns: int, _size: int) -> _Table:
    """Parse the styles once as long as the file stays as it is: every slide of a long book asks for them."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), _Table)


def _entry(table: _Table, path: Path, name: str) -> _Entry:
    if name not in table.styles:
        known = ", ".join(sorted(table.styles))
        raise refused(
            str(path),
            message(
                "There is no style {style} in {file}; choose one of: {known}.", style=name, file=str(path), known=known
            ),
        )
    return table.styles[name]


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
    _check_contrast(style, path)
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


def _check_contrast(style: Style, path: Path) -> None:
    for text, ground in GROUNDS:
        for name in (text, ground):
            if name not in style.palette:
                said = message(
                    "Style {style} in {file} lacks the colour {name}; add it.",
                    style=style.name, file=str(path), name=name,
                )  # fmt: skip
                raise refused(str(path), said)
        apart = contrast.between(style.palette[text], style.palette[ground])
        if apart < contrast.ENOUGH:
            raise refused(
                str(path),
                message(
                    "In theme {theme} of style {style} in {file}, {text} on {ground} has a contrast of {apart}, not "
                    "{least}; make one darker or lighter.",
                    theme=style.theme or "–",
                    style=style.name,
                    file=str(path),
                    text=text,
                    ground=ground,
                    apart=f"{apart:.1f}",
                    least=f"{contrast.ENOUGH:g}",
                ),
            )
