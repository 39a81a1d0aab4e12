"""Holds what is sent against the discovery document: names, types and closed sets, each fault named as Google does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.datastructures import QueryParams

from media_service.youtube.sandbox import clock
from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.protocol import Method, Protocol, Schema

Fault = tuple[str, str]
"""Where it is (`snippet.title`), and a sentence."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int, str),
    "number": (int, float, str),
    "array": (list,),
    "object": (dict,),
}
"""What JSON type each type takes; numbers may be written as text (proto3)."""
_UPLOADING = {"upload_id", "uploadType", "upload_protocol"}


def parameters(protocol: Protocol, method: Method, query: QueryParams) -> dict[str, tuple[str, ...]]:
    """Return a call's parameters; raises RefusedError for one that is missing, unknown or out of its set."""
    given = {name: tuple(query.getlist(name)) for name in query}
    for name, schema in method.parameters.items():
        if schema.get("required") and schema.get("location") == "query" and not any(given.get(name, ())):
            raise RefusedError(
                400, "missingRequiredParameter", f"The request is missing a required parameter: {name}.", place=name
            )
    for name, values in given.items():
        known = method.parameters.get(name) or protocol.parameters.get(name)
        if known is None and name not in _UPLOADING:
            unknown = f'Unknown name "{name}": Cannot bind query parameter.'
            said = f"{unknown} Field '{name}' could not be found in request message."
            raise _invalid([(name, said)])
        for value in values:
            if known and not _fits(known, value):
                raise RefusedError(400, "invalidParameter", f"Invalid value '{value}' for {name}.", place=name)
    return given


def _fits(schema: Schema, value: str) -> bool:
    if "enum" in schema and value not in schema["enum"]:
        return False
    if schema["type"] == "boolean":
        return value.lower() in {"true", "false"}
    if schema["type"] == "integer":
        if not value.removeprefix("-").isdecimal():
            return False
        return int(schema.get("minimum", value)) <= int(value) <= int(schema.get("maximum", value))
    return True


def parts(protocol: Protocol, call_parts: tuple[str, ...], resource: str) -> None:
    """Raise RefusedError for a part that the resource does not have."""
    known = set(protocol.schemas[resource]["properties"]) - {"etag", "kind"}
    for part in call_parts:
        if part not in known:
            raise RefusedError(400, "unknownPart", f"'{part}'", place="part")


def body(protocol: Protocol, name: str, sent: object) -> None:
    """Raise RefusedError for whatever in a body is not as its schema says, all faults at once."""
    if not isinstance(sent, dict):
        raise _invalid([("", "Invalid JSON payload received. Unexpected token.")])
    if faults := list(_faults(protocol, protocol.schemas[name], sent, "")):
        raise _invalid(faults)


def _invalid(faults: list[Fault]) -> RefusedError:
    said = "\n".join(sentence for _, sentence in faults)
    refused = RefusedError(400, "invalid", said)
    violations = [{"field": place, "description": sentence} for place, sentence in faults]
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}]
    refused.extra = {"status": "INVALID_ARGUMENT", "details": details}
    return refused


def _faults(protocol: Protocol, schema: Schema, value: Any, place: str) -> Iterator[Fault]:  # JSON
    schema = protocol.schemas[schema["$ref"]] if "$ref" in schema else schema
    if value is None:
        return
    kind: str = schema.get("type", "object")
    if not _is_a(kind, value):
        yield place, f"Invalid value at '{place}' (TYPE_{kind.upper()}), {value!r}"
    elif kind == "array":
        for index, each in enumerate(value):
            yield from _faults(protocol, schema["items"], each, f"{place}[{index}]")
    elif kind == "object":
        yield from _members(protocol, schema, value, place)
    elif not _sound(schema, value):
        yield place, f"Invalid value at '{place}' ({schema.get('format', 'enum')}), {value!r}"


def _is_a(kind: str, value: object) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _members(protocol: Protocol, schema: Schema, value: Mapping[str, Any], place: str) -> Iterator[Fault]:
    named = schema.get("properties", {})
    for name, each in value.items():
        within = named.get(name) or schema.get("additionalProperties")
        if within is None:
            at = f" at '{place}'" if place else ""
            yield place, f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
        else:
            yield from _faults(protocol, within, each, f"{place}.{name}" if place else name)


def _sound(schema: Schema, value: str | float) -> bool:
    """Tell whether a plain value is of its set and form."""
    if "enum" in schema:
        return value in schema["enum"]
    try:
        if schema.get("format") == "date-time":
            clock.read(str(value))
        elif schema.get("format", "").startswith(("int", "uint")):
            return int(value) >= 0 or not schema["format"].startswith("u")
        elif schema.get("type") == "number":
            float(value)
    except ValueError:
        return False
    return True
