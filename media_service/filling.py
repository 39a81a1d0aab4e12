"""The one door to Jinja2: finds templates in their folders, fills them in a sandbox, says where one is at fault.

What templates are given, and what becomes of what they make, is for the rooms that ask.
"""

# ruff: noqa: PLC0415  # Jinja2 waits until a template is filled: start-up stays quick
from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING

from media_service.errors import InputError, MediaServiceError, refused
from media_service.messages import message

if TYPE_CHECKING:
    from jinja2 import Environment

Folders = tuple[Path, ...]
"""Template folders; a file of an earlier one wins over its namesake in later ones."""

Tools = Mapping[str, Callable[..., object]]
"""The functions that a template may call, by name."""

_SUFFIXES = {".j2", ".svg"}
_PLAIN = ".txt.j2"
_NONE: Tools = MappingProxyType({})


def fill(folders: Folders, name: str, values: Mapping[str, object], *, below: str = "", tools: Tools = _NONE) -> str:
    """Return a template filled with `values`; `tools` are the only functions it may call, macros apart.

    It may take in others: with `below`, only those in that part of the folders. Values cannot become markup, but in
    templates of plain text (`.txt.j2`), where they stand as they are. Raises InputError naming the template and the
    line, whatever the fault; errors of ours that a tool raises stay as they are.
    """
    import jinja2

    try:
        environment = _environment(folders, below, escaped=not name.endswith(_PLAIN))
        environment.globals = dict(tools)
        return environment.get_template(name).render(values)
    except MediaServiceError:
        raise
    except jinja2.TemplateNotFound as exc:
        raise missing(str(exc.name)) from exc
    except jinja2.TemplateSyntaxError as exc:
        raise fault(exc.name or name, exc.message or "syntax", exc.lineno) from exc
    except Exception as exc:  # whoever writes a template may cause any fault; none is ours to pass on raw
        where, line = _place(exc.__traceback__, folders) or (name, 0)
        raise fault(where, str(exc) or type(exc).__name__, line) from exc


class Pages:
    """Templates of our own that are filled many times over: each is read and compiled once.

    They are as trusted as our code, and need no sandbox, which took a quarter of a page's time.
    """

    def __init__(self, folder: Path) -> None:
        """`folder`: the shipped templates, none that anybody may change while the program runs."""
        self._folder = folder
        self._environment: Environment | None = None

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Return a template filled with values, which cannot become markup."""
        return self._ready().get_template(name).render(values)

    def _ready(self) -> Environment:
        if self._environment is None:
            self._environment = _trusted(self._folder)
        return self._environment


def find(folders: Folders, name: str) -> Path:
    """Return the file that counts; raises InputError where no folder has it."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise missing(name)


def checksum(folders: Folders, below: str) -> str:
    """Return the SHA-256 of all files below that part of template folders, each as the folder that counts has it.

    Raises InputError where one cannot be read.
    """
    names = {path.relative_to(folder) for folder in folders for path in (folder / below).rglob("*") if path.is_file()}
    whole = hashlib.sha256()
    for name in sorted(names):
        whole.update(os.fsencode(name) + b"\0" + hashlib.sha256(_bytes(folders, name)).digest())
    return whole.hexdigest()


def _bytes(folders: Folders, name: Path) -> bytes:
    """Return what a file holds; nothing where it has just been taken away."""
    for folder in folders:
        try:
            return (folder / name).read_bytes()
        except FileNotFoundError:
            continue
        except OSError as exc:
            raise fault(name.as_posix(), exc.strerror or type(exc).__name__) from exc
    return b""


def missing(name: str) -> InputError:
    """Return the error for a template file that is not there."""
    said = message("The template file {file} is missing; put it back into the templates folder.", file=name)
    return refused(name, said)


def fault(name: str, reason: str, line: int = 0) -> InputError:
    """Return the error for what is wrong in a template; `line` 0 where it is not known."""
    if line:
        said = message(
            "The template {file} has a fault in line {line} ({reason}); mend it or take your copy away.",
            file=name,
            line=line,
            reason=reason,
        )
    else:
        said = message(
            "The template {file} has a fault ({reason}); mend it or take your copy away.", file=name, reason=reason
        )
    return refused(name, said, line)


def _trusted(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _environment(folders: Folders, below: str, *, escaped: bool) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Within(FileSystemLoader):
        """Finds templates in one part of the folders only."""

        def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
            if not template.startswith(below):
                raise TemplateNotFound(template)
            return super().get_source(environment, template)

    return ImmutableSandboxedEnvironment(
        loader=Within(folders),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _place(trace: TracebackType | None, folders: Folders) -> tuple[str, int] | None:
    """Find the innermost line of a template in a traceback; Jinja2 writes templates' own lines there."""
    for frame in reversed(traceback.extract_tb(trace)):
        path = Path(frame.filename)
        for folder in folders:
            if path.suffix in _SUFFIXES and path.is_relative_to(folder):
                return path.relative_to(folder).as_posix(), frame.lineno or 0
    return None
