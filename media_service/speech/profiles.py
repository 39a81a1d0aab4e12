"""Voice profiles: `voices/*.toml` -> `Voice`. Which voice a work gets is the affair of others.

A profile's name is its file's; its keys are the fields of `Voice`. That the voices named as fallbacks exist is seen
when all are read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from media_service.domain import fallbacks
from media_service.domain.casting import Voice
from media_service.domain.nearest import nearest
from media_service.errors import Fault, InputError, refused
from media_service.messages import Message, message

_KINDS: Mapping[str, tuple[type, ...]] = {
    "rate": (float, int),
    "pitch": (int,),
    "requests_per_minute": (int,),
    "draft": (bool,),
    "gain": (float, int),
    "natural": (float, int),
    "fallback": (list,),
}
"""Key -> what its value may be; all others are text."""
_LIMITS: Mapping[str, tuple[float, float]] = {
    "rate": (0.5, 2.0),
    "pitch": (0, 100),
    "requests_per_minute": (0, 6000),
    "gain": (-12, 6),
    "natural": (0, 12),
}
_KEYS = tuple(field.name for field in fields(Voice) if field.name != "name")
_REQUIRED = tuple(field.name for field in fields(Voice) if field.default is MISSING and field.name != "name")
_ASKED_FOR = {
    str: message("text in quotation marks"),
    float: message("a number"),
    int: message("a whole number"),
    bool: message("true or false"),
    list: message("a list of names of voices"),
}


def load(folders: Sequence[Path]) -> tuple[Voice, ...]:
    """Read every profile, by name; of two with one name, the one in the earlier folder counts.

    Folders that do not exist are passed over. Raises InputError with every fault of every file.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            files.setdefault(file.stem, file)
    voices: list[Voice] = []
    faults: list[Fault] = []
    for name in sorted(files):
        try:
            voices.append(read(files[name]))
        except InputError as error:
            faults.extend(error.faults)
    faults.extend(_fallback_faults(voices, files))
    if faults:
        raise InputError(faults)
    return tuple(voices)


def _fallback_faults(voices: Sequence[Voice], files: Mapping[str, Path]) -> Iterator[Fault]:
    """Yield what is wrong with the voices that profiles name as fallbacks; one with faults of its own counts."""
    for name, said in fallbacks.wrong({voice.name: voice.fallback for voice in voices}, files):
        yield Fault(str(files[name]), _line_of("fallback", files[name].read_text(encoding="utf-8")), said)


def read(file: Path) -> Voice:
    """Read one profile; raises InputError with every fault in it."""
    try:
        text = file.read_bytes().decode()
        values = tomllib.loads(text)
    except OSError as exc:
        raise refused(
            str(file),
            message("This voice profile cannot be read ({reason}); check its permissions.", reason=exc.strerror),
        ) from exc
    except UnicodeDecodeError as exc:
        raise refused(str(file), message("This voice profile is not UTF-8 text; save it as UTF-8.")) from exc
    except tomllib.TOMLDecodeError as exc:
        said = message("This voice profile is not valid TOML ({reason}); write each line as key = value.", reason=exc)
        raise refused(str(file), said, _line_told(str(exc), text)) from exc
    faults = [Fault(str(file), _line_of(key, text), said) for key, said in _wrong(values)]
    if faults:
        raise InputError(faults)
    return Voice(name=file.stem, **{key: _held(value) for key, value in values.items()})


def _held(value: Any) -> Any:
    """Return a value as a profile holds it: its lists cannot be changed."""
    return tuple(value) if isinstance(value, list) else value


def _wrong(values: Mapping[str, object]) -> Iterator[tuple[str, Message]]:
    """Yield (key, what is wrong with it)."""
    for key, value in values.items():
        if key not in _KEYS:
            yield key, _unknown(key)
            continue
        kinds = _KINDS.get(key, (str,))
        if type(value) not in kinds or (isinstance(value, list) and not all(type(one) is str for one in value)):
            yield key, message("“{key}” must be {kind}.", key=key, kind=_ASKED_FOR[kinds[0]])
        elif key in _LIMITS and not _LIMITS[key][0] <= float(str(value)) <= _LIMITS[key][1]:
            low, high = _LIMITS[key]
            yield key, message("“{key}” must lie between {low} and {high}.", key=key, low=low, high=high)
    for key in _missing(values):
        yield key, message("The key “{key}” is missing; write it.", key=key)


def _missing(values: Mapping[str, object]) -> Iterable[str]:
    return (key for key in _REQUIRED if values.get(key, "") == "")


def _unknown(key: str) -> Message:
    near = nearest(key, _KEYS)
    if near:
        return message("The key “{key}” is not known; did you mean “{nearest}”?", key=key, nearest=near)
    return message("The key “{key}” is not known; the keys here are: {known}.", key=key, known=", ".join(_KEYS))


def _line_of(key: str, text: str) -> int:
    """Return the line on which a key stands, 0 where it does not."""
    pattern = re.compile(rf"\s*[\[\"']*{re.escape(key)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)


def _line_told(reason: str, text: str) -> int:
    told = re.search(r"at line (\d+)", reason)
    return int(told.group(1)) if told else len(text.splitlines())
