"""The facts at the head of a script: YAML held against `front-matter.schema.json`, each fault a sentence with its line.

The schema serves editors too and is the one truth; only what it cannot say is checked here. Whether a voice exists is
for others to know: `Head.lines` tells them where it is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from media_service.domain.edition import Edition, Excerpt, Motion
from media_service.domain.nearest import nearest
from media_service.domain.pace import Age
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script import Borrow, English, Facts, Kind
from media_service.intake.faults import Faults
from media_service.intake.marks import file_name
from media_service.intake.yaml_slips import INDENT, WORD_QUOTES, missing_spaces
from media_service.messages import Message, message

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from media_service.intake.yaml_tree import Tree


_GROUPS = ("cast", "rights", "borrow", "english", "short")
"""Keys that hold keys of their own."""
_HOLDS_KEYS = "“{key}” must hold keys of its own, each on a line under it; see the guide."


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
    unspaced = {first_line + at: sentence for at, sentence in missing_spaces(text.split("\n")).items()}
    if tree.value is not None and not isinstance(tree.value, dict):
        no_keys = {first_line: message("Front matter is written as lines “key: value”; see the guide.")}
        for line, sentence in (unspaced or no_keys).items():
            faults.add(line, sentence)
        return Head()
    values = _with_plain_age(tree.value or {})
    said = [
        *_without_what_follows(_against_schema(values, tree, first_line), unspaced),
        *_cast_twice(values, tree),
        *_word_quotes(values, tree),
    ]
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
            unknown = [key for key in given if key not in known]
            found += [(tree.lines[*path, key], _unknown_key(key, known, given)) for key in unknown]
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


def _without_what_follows(
    said: list[tuple[int, Message]], unspaced: Mapping[int, Message]
) -> list[tuple[int, Message]]:
    """Put missing spaces in the place of what follows from them, on their lines or where their group begins."""
    kept = [
        (line, sentence)
        for line, sentence in said
        if not (line in unspaced or (sentence.key == _HOLDS_KEYS and line + 1 in unspaced))
    ]
    return kept if len(kept) == len(said) else [*kept, *unspaced.items()]


def _unknown_key(key: str, known: list[str], given: Mapping[str, object]) -> Message:
    near = nearest(key, known)
    if near:
        return message("The key “{key}” is not known; did you mean “{nearest}”?", key=key, nearest=near)
    before = [other for other in list(given)[: list(given).index(key)] if other in known]
    if before and before[-1] in _GROUPS and given[before[-1]] is None:
        return INDENT
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
        return message(_HOLDS_KEYS, key=key)
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


def _word_quotes(values: dict[str, Any], tree: Tree) -> list[tuple[int, Message]]:
    """Find values that stand as a whole in the quotation marks that Word writes."""
    quoted = {
        tree.lines[path]
        for path, text in _texts(values, ())
        if len(text) > 1 and text.startswith("“") and text.endswith("”")
    }
    return [(line, WORD_QUOTES) for line in sorted(quoted)]


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _texts(held, (*path, key))
    elif isinstance(value, list):
        for at, held in enumerate(value):
            yield from _texts(held, (*path, at))


def _with_plain_age(values: dict[str, Any]) -> dict[str, Any]:
    """Return values with an age as the schema writes it: word processors make `3–6` of `3-6`, people write `10 +`."""
    age = values.get("age")
    return {**values, "age": re.sub("[–—]", "-", re.sub(r"\s", "", age))} if isinstance(age, str) else values


def _facts(values: dict[str, Any], slug: str) -> Facts:
    """Build the facts of values that the schema has passed."""
    makers = ("author", "presenter", "reteller", "translator", "illustrator", "publisher")
    plain = (*makers, "short_title", "year", "playlist", "narrator", "contact", "music", "theme")
    texts = {name: _line(values.get(name)) for name in plain}
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
        borrow=Borrow(*(_line(borrow.get(name)) for name in ("call_number", "link", "isbn"))),
        cover=file_name(_line(values.get("cover"))),
        made_for_kids=values.get("made_for_kids"),
        synthetic_media=values.get("synthetic_media"),
        english=English(**{name: _line(text) for name, text in (values.get("english") or {}).items()}),
        motion=Motion(values["motion"]) if values.get("motion") else None,
        editions=_editions(values.get("editions")),
        short=_excerpt(values.get("short")),
        **texts,
    )


def _editions(given: list[str] | None) -> tuple[Edition, ...] | None:
    """Return the films asked for beside the main one, in one order however they were written."""
    return None if given is None else tuple(one for one in Edition if one in given and one is not Edition.MAIN)


def _excerpt(given: Mapping[str, Any] | None) -> Excerpt | None:
    return Excerpt(_line(given["from"]), _line(given["to"])) if given else None


def _right(given: Mapping[str, Any]) -> Right:
    texts = {name: _line(given.get(name)) for name in ("evidence", "licence", "holder")}
    return Right(Basis(given["basis"]), **texts)


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
