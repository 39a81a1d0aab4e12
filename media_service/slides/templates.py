"""The template folders: which file counts where several have it; filling templates is for `filling`."""

from __future__ import annotations

from pathlib import Path

from media_service.errors import Fault, InputError
from media_service.messages import message

PARTS = "slides/parts"
"""Drawings that templates share; a change there may change every slide."""

Folders = tuple[Path, ...]
"""Template folders; a file of an earlier one wins over its namesake in later ones."""


def find(folders: Folders, name: str) -> Path:
    """Return the file that counts; raises InputError where no folder has it."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise missing(name)


def sources(folders: Folders, name: str) -> dict[str, str]:
    """Return the text of a template and of all shared parts, by name: what its picture may depend on."""
    names = {name}
    for folder in folders:
        names.update(path.relative_to(folder).as_posix() for path in (folder / PARTS).rglob("*.svg"))
    return {each: find(folders, each).read_text("utf-8") for each in sorted(names)}


def missing(name: str) -> InputError:
    """Say that a template file is not there."""
    said = message("The template file {file} is missing; put it back into the templates folder.", file=name)
    return InputError([Fault(name, 0, said)])
