"""One piece of our own work as values that can be sent: what is to be called with what, and what came of it.

JSON checked against the types of the function that is called, never pickle: whoever did the work is not believed.
"""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from inspect import signature
from typing import Any, ParamSpec, TypeVar, get_type_hints

from media_service import errors, values
from media_service.errors import Fault, InputError, MediaServiceError, ToolFailedError
from media_service.messages import Message

Given = ParamSpec("Given")
Gives = TypeVar("Gives")

RAISED: Mapping[str, Callable[[Message], MediaServiceError]] = {
    kind.__name__: kind
    for kind in (
        errors.SetupError,
        errors.NotWritableError,
        errors.NothingToSayError,
        errors.SilentVoiceError,
        errors.NoSpaceError,
        errors.ToolKilledError,
    )
}
"""Errors of ours that are raised again from their sentence alone."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A call: a function of this program, or a method of a dataclass whose value is `subject`; the rest is JSON."""

    module: str
    name: str
    subject: str | None
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What the call returned, as JSON."""

    value: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An error of our tree."""

    kind: str
    said: Message
    faults: tuple[Fault, ...] = ()
    last_lines: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """An error of the system, which whoever called knows how to name."""

    errno: int
    reason: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Starved:
    """There was not enough memory."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Any other error; `trace` says where."""

    reason: str
    trace: str


Answer = Made | Refused | Failed | Starved | Broken


def errand(work: Callable[Given, Gives], *args: Given.args, **kwargs: Given.kwargs) -> Errand:
    """Return the call as a value; `work` is a function of a module, or a method of a dataclass, with its types."""
    subject = getattr(work, "__self__", None)
    bound = signature(work).bind(*args, **kwargs)
    bound.apply_defaults()
    hints = get_type_hints(work)
    return Errand(
        work.__module__,
        work.__qualname__,
        None if subject is None else values.dump(subject).decode(),
        tuple(values.dump(value, hints[name]).decode() for name, value in bound.arguments.items()),
    )


def kind_of_result(work: Callable[..., object]) -> Any:
    """Return the type that a function promises to return."""
    return get_type_hints(work)["return"]


def prepare(module: str, name: str) -> None:
    """Learn now how the arguments and the result of a function are sent."""
    work, owner = _found(module, name)
    for kind in (*get_type_hints(work).values(), *([owner] if owner else []), Errand, Answer):
        values.prepare(kind)


def perform(asked: bytes) -> bytes:
    """Do an errand and return its answer, whatever happens."""
    try:
        answer: Answer = _done(values.load(asked, Errand))
    except BaseException as exc:  # noqa: BLE001  # even a panic of a library written in Rust is an answer
        answer = _answer_of(exc)
    try:
        return values.dump(answer, Answer)
    except MemoryError:  # what was made is too large to be told
        return values.dump(Starved(), Answer)


def result(answered: bytes, kind: type[Gives]) -> Gives | Answer:
    """Return the value that was made, or the answer that is none.

    Raises the error of ours or of the system that the work raised, and NotAValueError for what is no answer.
    """
    answer: Answer = values.load(answered, Answer)  # type: ignore[arg-type]  # a union is no class to mypy
    if isinstance(answer, Made):
        return values.load(answer.value.encode(), kind)
    if isinstance(answer, Refused):
        raise _raised(answer)
    if isinstance(answer, Failed):
        raise OSError(answer.errno, answer.reason, answer.file)
    return answer


def _done(asked: Errand) -> Made:
    work, owner = _found(asked.module, asked.name)
    hints = get_type_hints(work)
    gives = hints.pop("return")
    given = [values.load(text.encode(), kind) for text, kind in zip(asked.arguments, hints.values(), strict=True)]
    if owner is not None:
        given.insert(0, values.load((asked.subject or "").encode(), owner))
    return Made(values.dump(work(*given), gives).decode())


def _found(module: str, name: str) -> tuple[Callable[..., object], type | None]:
    """Return a function of this program, and its class where it is a method."""
    home = importlib.import_module(module)
    *owners, last = name.split(".")
    owner: Any = reduce(getattr, owners, home)
    return getattr(owner, last), owner if owners else None


def _answer_of(exc: BaseException) -> Answer:
    if isinstance(exc, MediaServiceError):
        faults = exc.faults if isinstance(exc, InputError) else ()
        last_lines = exc.last_lines if isinstance(exc, ToolFailedError) else ""
        return Refused(type(exc).__name__, exc.said, faults, last_lines)
    if isinstance(exc, OSError) and exc.errno is not None:
        return Failed(exc.errno, exc.strerror or "", None if exc.filename is None else str(exc.filename))
    if isinstance(exc, MemoryError):
        return Starved()
    return Broken(f"{type(exc).__name__}: {exc}"[:200], "".join(traceback.format_exception(exc))[-10_000:])


def _raised(answer: Refused) -> MediaServiceError:
    if answer.kind == InputError.__name__ and answer.faults:
        return InputError(answer.faults)
    if answer.kind == ToolFailedError.__name__:
        return ToolFailedError(answer.said, answer.last_lines)
    if answer.kind not in RAISED:
        raise values.NotAValueError(f"{answer.kind} is no error that a child may raise")
    return RAISED[answer.kind](answer.said)
