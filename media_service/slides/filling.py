"""Fills SVG templates by Jinja2 inside a sandbox, and says in people's words where one is at fault."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from media_service.errors import Fault, InputError
from media_service.messages import message
from media_service.slides.templates import Folders, missing


def fill(folders: Folders, name: str, values: Mapping[str, object]) -> str:
    """Return a template filled with values, everything escaped.

    A file of an earlier folder wins over its namesake in later ones. Raises InputError naming template and line.
    """
    try:
        return _environment(folders).get_template(name).render(values)
    except jinja2.TemplateNotFound as exc:
        raise missing(str(exc.name)) from exc
    except jinja2.TemplateSyntaxError as exc:
        raise fault(exc.name or name, exc.lineno, exc.message or "syntax") from exc
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as exc:
        where, line = _place(exc.__traceback__, folders) or (name, 0)
        raise fault(where, line, str(exc)) from exc


def fault(name: str, line: int, reason: str) -> InputError:
    """Name what is wrong in a template; `line` 0 where it is not known."""
    if line:
        said = message(
            "The template {file} has a fault in line {line} ({reason}); mend it or take your copy away.",
            file=name,
            line=line,
            reason=reason,
        )
    else:
        said = message(
            "The template {file} has a fault ({reason}); mend it or take your copy away.",
            file=name,
            reason=reason,
        )
    return InputError([Fault(name, line, said)])


def _environment(folders: Folders) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folders), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _place(trace: TracebackType | None, folders: Folders) -> tuple[str, int] | None:
    """Find the innermost line of a template in a traceback; Jinja2 writes templates' own lines there."""
    for frame in reversed(traceback.extract_tb(trace)):
        path = Path(frame.filename)
        for folder in folders:
            if path.suffix == ".svg" and path.is_relative_to(folder):
                return path.relative_to(folder).as_posix(), frame.lineno or 0
    return None
