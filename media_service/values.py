"""Values of the domain as JSON and back: for whoever keeps them or hands them to another process.

What comes back is checked against its type, down to the last field: text from outside never becomes a value by luck.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError, StructureHandlerNotFoundError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from media_service.messages import Message

Value = TypeVar("Value")

TAG = "type"
"""Names the class of a value where its place allows several."""
_MICROSECOND = timedelta(microseconds=1)
_FAULTS = (
    ValueError,  # JSON that is none, enums, and what this module says itself
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
    ForbiddenExtraKeysError,
    BaseValidationError,
    StructureHandlerNotFoundError,
)


class NotAValueError(ValueError):
    """Text that does not say a value of the type that was asked for."""


def dump(value: object, as_type: Any = None) -> bytes:
    """Return a value as JSON; `as_type` where its place allows several classes (a union), so that it is told which.

    Takes dataclasses, enums, timedeltas, paths, mappings by text, tuples, text, numbers, truth values and None. Raises
    ValueError for what JSON has no word for: numbers that are none, and halves of characters.
    """
    plain = _converter().unstructure(value, unstructure_as=as_type)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def load(data: bytes, as_type: type[Value]) -> Value:
    """Return the value of that type (a class, `tuple[X, ...]`, a union) that `dump` wrote.

    Fields that are missing take their defaults, so that what an older program wrote can be read; raises NotAValueError
    for anything unknown, ill-typed or missing.
    """
    try:
        return _converter().structure(json.loads(data), as_type)
    except _FAULTS as exc:
        raise NotAValueError(f"not a {getattr(as_type, '__name__', as_type)}: {exc!r}") from exc


def prepare(kind: Any) -> None:
    """Learn now how values of that type are written and read, so that the first one is as quick as the others."""
    _converter().get_unstructure_hook(kind)
    _converter().get_structure_hook(kind)


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=False, forbid_extra_keys=True)
    for plain in (str, int, bool, NoneType):
        converter.register_structure_hook(plain, _plain)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook_func(_is_enum, _plain)
    converter.register_structure_hook(Path, lambda given, _: Path(_of(str, given)))
    converter.register_unstructure_hook(Path, str)
    converter.register_structure_hook(timedelta, lambda given, _: _of(int, given) * _MICROSECOND)
    converter.register_unstructure_hook(timedelta, lambda length: length // _MICROSECOND)
    converter.register_structure_hook(Message, lambda given, _: _message(given))
    converter.register_unstructure_hook(Message, _plain_message)
    converter.register_structure_hook_factory(_is_tuple, _tuple_reader)
    converter.register_unstructure_hook_factory(_is_tuple, _tuple_writer)
    converter.register_structure_hook_factory(_is_class, _class_reader)
    converter.register_unstructure_hook_factory(_is_class, _class_writer)
    converter.register_structure_hook_factory(_is_choice, _choice_reader)
    converter.register_unstructure_hook_factory(_is_choice, _choice_writer)
    return converter


def _of(kind: type[Value], given: object) -> Value:
    """Return what was given if it is of exactly that type: True is no number here."""
    if type(given) is not kind:
        raise NotAValueError(f"{kind.__name__} expected, not {given!r:.80}")
    return given


def _plain(given: object, kind: Any) -> object:
    """Read an enum, whose members are text and would pass for it, or what is kept as it is."""
    return kind(_of(str, given)) if _is_enum(kind) else _of(kind, given)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _number(given: object, _: Any) -> float:
    return float(given) if isinstance(given, int) and not isinstance(given, bool) else _of(float, given)


def _is_tuple(kind: Any) -> bool:
    origin: object = get_origin(kind)
    return origin in {tuple, Iterable, Sequence}


def _tuple_reader(kind: Any, converter: Converter) -> Callable[[object, Any], object]:
    each = [(part, converter.get_structure_hook(part)) for part in _parts(kind)]

    def read(given: object, _: Any) -> object:
        ways = each * len(_of(list, given)) if _is_even(kind) else each
        return tuple(way(one, part) for one, (part, way) in zip(_of(list, given), ways, strict=True))

    return read


def _tuple_writer(kind: Any, converter: Converter) -> Callable[[Iterable[object]], object]:
    each = [converter.get_unstructure_hook(part) for part in _parts(kind)]

    def write(value: Iterable[object]) -> object:
        items = tuple(value)
        ways = each * len(items) if _is_even(kind) else each
        return [way(one) for one, way in zip(items, ways, strict=True)]

    return write


def _is_even(kind: Any) -> bool:
    """Tell whether all items are of one type, however many there are."""
    return get_origin(kind) is not tuple or Ellipsis in get_args(kind)


def _parts(kind: Any) -> list[Any]:
    return [part for part in get_args(kind) if part is not Ellipsis]


def _is_class(kind: Any) -> bool:
    return is_dataclass(get_origin(kind) or kind) and kind is not Message


def _class_reader(kind: Any, converter: Converter) -> Callable[[object, Any], object]:
    read = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False)
    return lambda given, _: read(_of(dict, given), kind)


def _class_writer(kind: Any, converter: Converter) -> Callable[[object], object]:
    write = make_dict_unstructure_fn(kind, converter)

    def whole(value: object) -> object:
        if type(value) is not (get_origin(kind) or kind):  # a subclass would lose what it adds
            raise NotAValueError(f"{type(value).__name__} where {kind} belongs")
        return write(value)

    return whole


def _is_choice(kind: Any) -> bool:
    """Tell whether a place allows several dataclasses; None may be among them."""
    return get_origin(kind) in {Union, UnionType} and sum(map(is_dataclass, get_args(kind))) > 1


def _choice_reader(kind: Any, converter: Converter) -> Callable[[object, Any], object]:
    classes = {one.__name__: one for one in get_args(kind) if one is not NoneType}

    def read(given: object, _: Any) -> object:
        if given is None and NoneType in get_args(kind):
            return None
        fields = dict(_of(dict, given))
        return converter.structure(fields, classes[fields.pop(TAG)])

    return read


def _choice_writer(kind: Any, converter: Converter) -> Callable[[object], object]:
    def write(value: object) -> object:
        if value is None:
            return None
        if type(value) not in get_args(kind):
            raise NotAValueError(f"{type(value).__name__} has no place in {kind}")
        return {TAG: type(value).__name__, **converter.unstructure(value)}

    return write


def _plain_message(said: Message) -> Mapping[str, object]:
    values = {
        name: _plain_message(value) if isinstance(value, Message) else _scalar(value)
        for name, value in said.values.items()
    }
    return {"key": said.key, "values": values}


def _scalar(value: object) -> object:
    """Return a message's value as it is kept: what is neither text nor number (a path) as people read it."""
    return value if value is None or type(value) in {str, int, float, bool} else str(value)


def _message(given: object) -> Message:
    fields = _of(dict, given)
    if fields.keys() != {"key", "values"}:
        raise NotAValueError("a message is a key and its values")
    values = {
        name: _message(value) if isinstance(value, dict) else _message_value(value)
        for name, value in _of(dict, fields["values"]).items()
    }
    return Message(_of(str, fields["key"]), values)


def _message_value(given: object) -> object:
    if isinstance(given, list):
        raise NotAValueError("a message holds no lists")
    return given
