"""Names for products: the same inputs give the same name, on every machine and in every year."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from functools import cache
from pathlib import PurePath

LENGTH = 20
"""Hexadecimal digits kept: 80 bits, far beyond any shelf's chance of two products sharing a name."""


def fingerprint(*inputs: object) -> str:
    """Return a stable name of `LENGTH` lower-case hexadecimal digits for values of the domain.

    Takes dataclasses, enums, timedeltas, mappings, sequences, text, numbers, booleans and None; anything else is a
    TypeError, because a name that silently depended on an object's address would never be found again.
    """
    text = json.dumps([_plain(value) for value in inputs], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {type(value).__name__: {name: _plain(getattr(value, name)) for name in _names(type(value))}}
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, timedelta):
        return {"microseconds": round(value / timedelta(microseconds=1))}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(
        f"{type(value).__name__} has no stable fingerprint"
        + (" (give the content, not the path)" if isinstance(value, PurePath) else "")
    )
