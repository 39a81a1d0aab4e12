"""The facts at the head of a script: YAML held against `front-matter.schema.json`, each fault a sentence with its line.

The schema serves editors too and is the one truth; only what it cannot say is checked here. Whether a voice exists is
for others to know: `Head.lines` tells them where it is named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from media_service.domain.nearest import nearest
from media_service.domain.pace import Age
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script import Borrow, Facts, Kind
from media_service.intake.faults import Faults
from media_service.intake.marks import file_name
from media_service.messages import Message, message

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from media_service.intake.yaml_tree import Tree


@dataclass(frozen=True, slots=True)
class Head:
    """What front matter gives the body and the script.

    `facts` is None where faults were found; `kind` and `cast` are there as far as they could be read. `lines` has the
    line of each key by its path (`cast.An Tiêm`, `narrator`).
    """

    facts: Facts | None = None
    kind: Kind | None = None
    cast: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, int], ...] = ()


def schema() -> dict[str, Any]:
    """Return the JSON schema (draft 7) of front matter, a new copy each time."""
    text = (resources.files("media_service.intake") / "front-matter.schema.json").read_text("utf-8")
    return cast("dict[str, Any]", json.loads(text))


def read_front_matter(text: str, first_line: int, slug: str, faults: Faults) -> Head:
    """Read what stands between the two `---`; `first_line` is the line it begins on."""
    from media_service.intake.yaml_tree import read_yaml  # noqa: PLC0415  # PyYAML waits until a script is read

    tree = read_yaml(text, first_line, faults)
    if tree is None:
        return Head()
    if tree.value is not None and not isinstance(tree.value, dict):
        faults.add(first_line, message("Front matter is written as lines “key: value”; see the guide."))
        return Head()
    values: dict[str, Any] = tree.value or {}
    said = [*_against_schema(values, tree, first_line), *_cast_twice(values, tree)]
    for line, sentence in said:
        faults.add(line, sentence)
    return Head(
        None if said else _facts(values, slug),
        _kind(values),
        _cast(values),
        tuple((".".join(map(str, path)), line) for path, line in tree.lines.items() if path),
    )


def _against_schema(values: dict[str, Any], tree: Tree, first_line: int) -> list[tuple[int, Message]]:
    from jsonschema import Draft7Validator  # noqa: PLC0415  # waits until a script is read

    found: list[tuple[int, Message]] = []
    for error in Draft7Validator(schema()).iter_errors(values):
        path = tuple(error.absolute_path)
        line = tree.lines.get(path, first_line) if path else first_line
        given: Any = error.instance
        if error.validator == "additionalProperties":
            known = list(error.schema["properties"])
            found += [(tree.lines[*path, key], _unknown_key(key, known)) for key in given if key not in known]
        elif "propertyNames" in error.absolute_schema_path:
            said = message("“{name}” cannot name a speaker; write a short name without : * or _.", name=given)
            found.append((tree.lines[*path, given], said))
        elif error.validator == "required":  # reported once for each key, without saying which
            found += [(line, said) for said in _missing(path, error) if (line, said) not in found]
        else:
            found.append((line, _sentence(error)))
    return found


def _missing(path: tuple[str | int, ...], error: ValidationError) -> list[Message]:
    needed: Any = error.validator_value
    given: Any = error.instance
    keys = [".".join(map(str, (*path, key))) for key in needed if key not in given]
    return [message("The key “{key}” is missing; write it.", key=key) for key in keys]


def _unknown_key(key: str, known: list[str]) -> Message:
    near = nearest(key, known)
    if near:
        return message("The key “{key}” is not known; did you mean “{nearest}”?", key=key, nearest=near)
    return message("The key “{key}” is not known; the keys here are: {known}.", key=key, known=", ".join(known))


def _sentence(error: ValidationError) -> Message:
    """Put what a schema finds wrong into one sentence that says what to write instead."""
    key = ".".join(map(str, error.absolute_path))
    value: Any = error.instance
    rule: Any = error.validator_value
    if value is None or value == "":
        return message("The key “{key}” has no value; write one behind the colon.", key=key)
    if error.validator == "enum":
        known = ", ".join(choice for choice in rule if choice)
        return message("“{key}” is “{value}”; choose one of: {known}.", key=key, value=value, known=known)
    if error.validator == "pattern":
        return _not_in_form(str(error.absolute_path[-1]), key)
    return _wanted(key, rule)


def _not_in_form(name: str, key: str) -> Message:
    if name == "link":
        return message("“{key}” must be an address that begins with https:// or http://.", key=key)
    if name == "language":
        return message("“{key}” must be the code of a language, such as vi or en.", key=key)
    return message("The key “{key}” has no value; write one behind the colon.", key=key)


def _wanted(key: str, types: list[str]) -> Message:
    if "object" in types:
        return message("“{key}” must hold keys of its own, each on a line under it; see the guide.", key=key)
    if "array" in types:
        return message("“{key}” must be a list: [one, two].", key=key)
    if "boolean" in types:
        return message("“{key}” must be true or false.", key=key)
    return message("“{key}” must be text; put it in quotation marks.", key=key)


def _kind(values: dict[str, Any]) -> Kind | None:
    return next((kind for kind in Kind if kind == values.get("kind")), None)


def _cast(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    given = values.get("cast")
    return tuple((name, str(voice)) for name, voice in given.items()) if isinstance(given, dict) else ()


def _cast_twice(values: dict[str, Any], tree: Tree) -> list[tuple[int, Message]]:
    seen: set[str] = set()
    twice = []
    for name, _ in _cast(values):
        if name.casefold() in seen:
            said = message("“{name}” stands in the cast twice; capital letters make no second name.", name=name)
            twice.append((tree.lines["cast", name], said))
        seen.add(name.casefold())
    return twice


def _facts(values: dict[str, Any], slug: str) -> Facts:
    """Build the facts of values that the schema has passed."""
    plain = ("short_title", "author", "reteller", "translator", "illustrator", "publisher", "year", "playlist")
    texts = {name: _line(values.get(name)) for name in (*plain, "narrator", "contact", "music")}
    borrow = values.get("borrow") or {}
    return Facts(
        title=_line(values["title"]),
        kind=Kind(values["kind"]),
        age=Age(values.get("age") or Age.CHILD),
        slug=slug,
        language=values.get("language") or "vi",
        summary="\n".join(_line(line) for line in (values.get("summary") or "").split("\n")),
        tags=tuple(_line(tag) for tag in values.get("tags") or ()),
        cast=_cast(values),
        rights=Rights(**{part: _right(right) for part, right in (values.get("rights") or {}).items() if right}),
        borrow=Borrow(_line(borrow.get("call_number")), _line(borrow.get("link"))),
        cover=file_name(_line(values.get("cover"))),
        made_for_kids=values.get("made_for_kids"),
        **texts,
    )


def _right(given: Mapping[str, Any]) -> Right:
    texts = {name: _line(given.get(name)) for name in ("evidence", "licence", "holder")}
    return Right(Basis(given["basis"]), **texts)


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
