"""Fills text templates by Jinja2 inside a sandbox, and says in people's words where one is at fault."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from media_service.errors import Fault, InputError
from media_service.messages import message

Folders = tuple[Path, ...]
"""Template folders; a file of an earlier one wins over its namesake in later ones."""


def fill(folders: Folders, name: str, values: Mapping[str, object], tools: Mapping[str, Callable[..., str]]) -> str:
    """Return a template filled with `values`; `tools` are the only functions it may call, macros apart.

    Raises InputError naming the template and the line, whatever the fault.
    """
    try:
        return _environment(folders, tools).get_template(name).render(values)
    except jinja2.TemplateNotFound as exc:
        said = message("The template file {file} is missing; put it back into the templates folder.", file=exc.name)
        raise InputError([Fault(str(exc.name), 0, said)]) from exc
    except jinja2.TemplateSyntaxError as exc:
        raise _fault(exc.name or name, exc.lineno, exc.message or "syntax") from exc
    except Exception as exc:  # whoever writes a template may cause any fault; none is ours to pass on raw
        where, line = _place(exc.__traceback__, folders) or (name, 0)
        raise _fault(where, line, str(exc) or type(exc).__name__) from exc


def _fault(name: str, line: int, reason: str) -> InputError:
    key = "The template {file} has a fault in line {line} ({reason}); mend it or take your copy away."
    if not line:
        key = "The template {file} has a fault ({reason}); mend it or take your copy away."
    return InputError([Fault(name, line, message(key, file=name, line=line, reason=reason))])


def _environment(folders: Folders, tools: Mapping[str, Callable[..., str]]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=False,  # plain text, never shown as HTML from here
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = dict(tools)
    return environment


def _place(trace: TracebackType | None, folders: Folders) -> tuple[str, int] | None:
    """Find the innermost line of a template in a traceback; Jinja2 writes templates' own lines there."""
    for frame in reversed(traceback.extract_tb(trace)):
        path = Path(frame.filename)
        for folder in folders:
            if path.suffix == ".j2" and path.is_relative_to(folder):
                return path.relative_to(folder).as_posix(), frame.lineno or 0
    return None
